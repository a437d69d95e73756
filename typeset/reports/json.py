"""Results and diagnostics as JSON, for programs."""

from __future__ import annotations

import json
from typing import Any

from typeset.diagnostics import Diagnostic, Report
from typeset.pipeline.result import Build
from typeset.reports.lines import lines_as_value
from typeset.reports.pages import pages_as_value

__all__ = ["render_build", "render_failure"]


def render_build(build: Build, *, statistics: bool = False) -> str:
    """Return a finished build as JSON.

    Args:
        build: what was built.
        statistics: whether to include how well lines are set and pages made up.
    """
    return _render(
        {
            "ok": True,
            "issue": {
                "name": build.issue.name.text,
                "volume": build.issue.volume,
                "number": build.issue.number,
                "date": build.issue.date.isoformat(),
                "slug": build.issue.slug,
            },
            "outputs": [
                {
                    "edition": output.edition,
                    "path": output.path.as_posix(),
                    "pages": output.pages,
                    "bytes": output.size,
                    "sha256": output.sha256,
                }
                for output in build.outputs
            ],
            "seconds": {step: round(value, 3) for step, value in build.seconds.items()},
            **(_statistics(build) if statistics else {}),
            "diagnostics": _diagnostics(build.report),
        }
    )


def render_failure(
    report: Report | None, *, kind: str, message: str, hint: str, exit_code: int
) -> str:
    """Return the failure of a command as JSON.

    Args:
        report: the diagnostics, if the content of an issue has errors.
        kind: ``content``, ``usage``, ``environment``, ``internal`` or ``interrupted``.
        message: one sentence.
        hint: what to do about it; may be empty.
        exit_code: that of the command.
    """
    error = {"kind": kind, "message": message, "hint": hint or None, "exit_code": exit_code}
    diagnostics = _diagnostics(report) if report is not None else []
    return _render({"ok": False, "error": error, "outputs": [], "diagnostics": diagnostics})


def _statistics(build: Build) -> dict[str, Any]:
    place_of, made_up = build.issue.place_of, build.made_up
    return {
        "lines": lines_as_value(build.lines, place_of),
        "pages": pages_as_value(made_up, place_of) if made_up else None,
    }


def _render(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _diagnostics(report: Report) -> list[dict[str, Any]]:
    return [_diagnostic(diagnostic) for diagnostic in report.sorted()]


def _diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    location, page = diagnostic.location, diagnostic.page
    return {
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hints": list(diagnostic.hints),
        "file": location.path if location else None,
        "line": location.line or None if location else None,
        "column": location.column or None if location else None,
        "page": page.page if page else None,
    }

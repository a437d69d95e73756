"""The diagnostics, with their places on the pages."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from typeset.diagnostics import Diagnostic, Report, Severity
from typeset.preview.panels.base import STATIC, Panel
from typeset.preview.proof import Proof
from typeset.preview.revision import Revision
from typeset.preview.source_map import sides

__all__ = ["CHECKS"]

_SEVERITIES = list(Severity)


def _state(revision: Revision | None, proof: Proof | None) -> dict[str, Any]:
    report = proof.report if proof else Report()
    # What stops a build comes first; places keep their order, as sorting does.
    found = sorted(report.sorted(), key=lambda one: _SEVERITIES.index(one.severity))
    return {
        "errors": report.count(Severity.ERROR),
        "warnings": report.count(Severity.WARNING),
        "diagnostics": [_diagnostic(one, revision) for one in found],
    }


def _diagnostic(diagnostic: Diagnostic, revision: Revision | None) -> dict[str, Any]:
    location = diagnostic.location
    box = revision.places.of(diagnostic) if revision else None
    return {
        "severity": str(diagnostic.severity),
        "code": diagnostic.code,
        "message": diagnostic.message,
        "hints": diagnostic.hints,
        "file": location.path if location else "",
        "line": location.line if location else 0,
        "column": location.column if location else 0,
        "page": box.page if box else 0,
        "box": sides(box) if box else None,
    }


CHECKS = Panel(
    name="checks",
    title="Checks",
    state=_state,
    script=STATIC.joinpath("checks.js"),
    markup=files("typeset.preview.panels").joinpath("checks.html"),
)

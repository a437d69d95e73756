"""Diagnostics as lines of text, one line each and its hints below it."""

from __future__ import annotations

import click

from typeset.diagnostics import Diagnostic, Report, Severity

__all__ = ["render_report"]

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def render_report(report: Report, *, color: bool) -> str:
    """Return every diagnostic by file and line, then their counts.

    Args:
        report: the diagnostics.
        color: whether to mark severities with ANSI colors.
    """
    lines = [_line(diagnostic, color=color) for diagnostic in report.sorted()]
    return "\n".join([*lines, report.summary(), ""])


def _line(diagnostic: Diagnostic, *, color: bool) -> str:
    label = f"{diagnostic.severity}[{diagnostic.code}]"
    if color:
        label = click.style(label, fg=_COLORS[diagnostic.severity], bold=True)
    place = f"{diagnostic.location}: " if diagnostic.location else ""
    hints = "; ".join(diagnostic.hints)
    return f"{place}{label}: {diagnostic.message}" + (f"; {hints}" if hints else "")

"""Nothing sticks out of its column, cell or page, and no table is too wide for its words."""

from __future__ import annotations

from typeset.diagnostics import Diagnostic, PagePlace, Report, Severity
from typeset.pages import Overset
from typeset.preflight.subject import Subject

__all__ = ["check_overset"]

_HINTS = {
    "right": "shorten the longest word there, or give it more room with width=wide",
    "foot": "shorten it, or divide it",
}


def check_overset(subject: Subject, report: Report) -> None:
    """Report what sticks out, and tables in which words are broken to fit."""
    for overset in subject.pages.overset:
        report.add(_diagnostic(overset, subject))
    for table in subject.pages.broken:
        boxes = subject.pages.boxes.get(table, ())
        hint = "write width=wide in its caption, or make two tables of it"
        message = "a table has too many columns, or too long words: they are broken anywhere"
        page = PagePlace(boxes[0].page) if boxes else None
        place = subject.issue.place_of(table)
        report.add(Diagnostic(Severity.WARNING, "table-crowded", message, place, page, (hint,)))


def _diagnostic(overset: Overset, subject: Subject) -> Diagnostic:
    """Say what sticks out: a warning, or an error where a part of it is cut off."""
    edge = "of its column" if overset.side == "right" else "of the page's foot"
    end = "; what leaves the sheet is cut off" if overset.is_cut else ""
    return Diagnostic(
        Severity.ERROR if overset.is_cut else Severity.WARNING,
        "overset",
        f"on page {overset.page} something sticks {overset.over:.0f} points out {edge}{end}",
        subject.issue.place_of(overset.element_id),
        PagePlace(overset.page),
        (_HINTS[overset.side],),
    )

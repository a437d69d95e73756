"""Checks that nothing sticks out of its column, cell or page, and that tables fit their words."""

from __future__ import annotations

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, PagePlace, Report
from typeset.layout.findings import BROKEN_TABLES, OVERSET, Overset
from typeset.model import Table
from typeset.preflight.subject import Subject

__all__ = ["check_overset"]

_HINTS = {
    "right": "shorten the longest word there, or put &shy; where it may be divided",
    "foot": "shorten it, or divide it",
}


def check_overset(subject: Subject, report: Report) -> None:
    """Report what sticks out, and tables in which words are broken to fit."""
    for overset in subject.pages.found(OVERSET):
        report.take(_diagnostic(overset, subject))
    broken = subject.pages.found(BROKEN_TABLES)
    for article in subject.issue.articles:
        for block in article.blocks:
            if isinstance(block, Table) and block.id in broken:
                report.take(_crowded(block, subject))


def _crowded(table: Table, subject: Subject) -> Diagnostic:
    """Say that a table is too wide even with its words hyphenated."""
    message = "a table has too many columns, or too long words: they are broken anywhere"
    hint = "make two tables of it"
    if table.width == "column":
        hint = f"write width=wide in its caption, or {hint}"
    boxes = subject.pages.boxes.get(table.id, ())
    page = PagePlace(boxes[0].page) if boxes else None
    return Diagnostic(Code.TABLE_CROWDED, message, table.location, page, (hint,))


def _diagnostic(overset: Overset, subject: Subject) -> Diagnostic:
    """Say what sticks out: a warning, or an error where a part of it is cut off."""
    edge = "of its column" if overset.side == "right" else "of the page's foot"
    end = "; what leaves the sheet is cut off" if overset.is_cut else ""
    return Diagnostic(
        Code.OVERSET_CUT if overset.is_cut else Code.OVERSET,
        f"on page {overset.page} something sticks {overset.over:.0f} points out {edge}{end}",
        subject.issue.place_of(overset.element_id),
        PagePlace(overset.page),
        (_HINTS[overset.side],),
    )

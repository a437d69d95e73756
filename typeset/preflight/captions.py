"""Checks that captions are with their pictures and tables."""

from __future__ import annotations

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, PagePlace, Report
from typeset.layout.findings import PARTED, Parted
from typeset.model import Table
from typeset.preflight.subject import Subject

__all__ = ["check_captions"]

_HINTS = {
    "picture": "move the picture elsewhere in the text, or shorten its caption",
    "table": "move the table elsewhere in the text, or divide it",
}


def check_captions(subject: Subject, report: Report) -> None:
    """Report captions that are apart from what they belong to."""
    for parted in subject.pages.found(PARTED):
        report.take(_diagnostic(parted, subject))


def _diagnostic(parted: Parted, subject: Subject) -> Diagnostic:
    block = subject.issue.block_of(parted.element_id)
    kind = "table" if isinstance(block, Table) else "picture"
    what = "the end of a caption" if parted.goes_on else "a caption"
    where = "in another column" if parted.page == parted.caption_page else f"on page {parted.page}"
    place = subject.issue.place_of(parted.element_id)
    return Diagnostic(
        Code.CAPTION_APART,
        f"{what} on page {parted.caption_page} is apart from its {kind}, {where} ({place})",
        subject.issue.place_of(parted.caption_id),
        PagePlace(parted.caption_page),
        (_HINTS[kind],),
    )

"""A check with its own data from the pages: no page has more than two headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, PagePlace, Report
from typeset.layout.findings import Inspection
from typeset.layout.inspect import Inspector, LaidDocument
from typeset.preflight import Subject

__all__ = ["INSPECTOR", "check_headings"]

_MOST = 2


@dataclass(frozen=True, slots=True)
class HeadingCount:
    """How many headings a page has."""

    page: int
    """From 1."""
    headings: int


HEADING_COUNTS: Inspection[HeadingCount] = Inspection("heading-counts")


def _count_headings(laid: LaidDocument) -> Iterator[HeadingCount]:
    for number, page in enumerate(laid.document.pages, 1):
        yield HeadingCount(number, len(page.bookmarks))


INSPECTOR = Inspector(HEADING_COUNTS, _count_headings)
"""The row of the layout."""


def check_headings(subject: Subject, report: Report) -> None:
    """Report pages with too many headings; this is the row of preflight."""
    for count in subject.pages.found(HEADING_COUNTS):
        if count.headings > _MOST:
            message = f"page {count.page} has {count.headings} headings"
            report.take(Diagnostic(Code.ENGINE, message, None, PagePlace(count.page)))

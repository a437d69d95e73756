"""Checks that articles are not longer than the issue allows."""

from __future__ import annotations

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.layout.protocol import Box
from typeset.preflight.subject import Subject

__all__ = ["check_length"]


def check_length(subject: Subject, report: Report) -> None:
    """Report articles that take more pages than ``max_pages`` allows."""
    if subject.offprint is not None:
        return  # the limit is of the pages
    settings = subject.manifest.settings
    for position, entry in enumerate(settings.articles):
        if entry.max_pages is None:
            continue
        pages = _extent(subject.pages.boxes_of(f"a{position + 1}"), subject)
        if pages > entry.max_pages:
            message = f"this article takes {pages:.1f} pages; its limit is {entry.max_pages:g}"
            place = subject.manifest.locate("articles", position, "max_pages")
            report.add(Code.ARTICLE_PAGES, message, place, "cut it, or raise the limit")


def _extent(boxes: list[Box], subject: Subject) -> float:
    """Return how many pages an article takes, from its first line to its last."""
    if not boxes:
        return 0.0
    geometry = subject.geometry
    height = geometry.lines * geometry.baseline

    def position(box: Box, edge: float) -> float:
        within = (edge - geometry.top) / height
        if box.page == 1:
            return within
        column = 0 if box.left < geometry.middle(box.page) else 1
        return box.page - 1 + (column + within) / 2

    start = min(position(box, box.top) for box in boxes)
    return max(position(box, box.bottom) for box in boxes) - start

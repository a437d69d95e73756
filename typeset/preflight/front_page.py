"""Checks that the masthead ends above the foot of the front page."""

from __future__ import annotations

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.layout.document import Id
from typeset.preflight.subject import Subject

__all__ = ["check_front_page", "excess_of_masthead"]

_TOLERANCE = 0.5
"""In points."""


def check_front_page(subject: Subject, report: Report) -> None:
    """Report a masthead that is longer than its page."""
    over = excess_of_masthead(subject)
    if over:
        lines = max(1, round(over / subject.geometry.baseline))
        long = f"{lines} {'line' if lines == 1 else 'lines'} too long"
        if subject.offprint is not None:
            message = f"what stands beside the article is {long}"
            hint = "shorten the article's title, or the `rights` of the publication"
            place = subject.issue.place_of(f"{subject.offprint.article.id}-title")
            report.add(Code.SIDEBAR_LONG, message, place, hint)
            return
        message = f"the masthead is {long}"
        hint = "shorten it, or leave out the contents with `contents: false`"
        report.add(Code.MASTHEAD_LONG, message, subject.manifest.locate("masthead"), hint)


def excess_of_masthead(subject: Subject) -> float:
    """Return by how many points the masthead is longer than its page; 0 if it fits."""
    boxes = subject.pages.boxes.get(Id.MASTHEAD, ())
    height = subject.pages.heights.get(Id.MASTHEAD)
    if not boxes or height is None:
        return 0.0
    # The engine cuts off what does not fit, or moves it to the next page, so add up its own height.
    end = boxes[0].top + height
    over = end - (subject.geometry.height - subject.geometry.bottom)
    return over if over > _TOLERANCE else 0.0

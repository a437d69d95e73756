"""Checks that no content of the issue is missing from its pages, doubled, or out of order."""

from __future__ import annotations

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.layout.document import Id
from typeset.layout.findings import LOSSES, Loss
from typeset.preflight.front_page import excess_of_masthead
from typeset.preflight.subject import Subject

__all__ = ["check_completeness"]

_WORDS = {
    "lost": "is not on the pages",
    "doubled": "is on the pages twice",
    "out of order": "is out of order on the pages",
}


def check_completeness(subject: Subject, report: Report) -> None:
    """Report content that the layout lost, doubled or moved."""
    for loss in _reported(subject):
        what = f"`{loss.text}`" if loss.text else f"the element `{loss.element_id}`"
        location = subject.issue.place_of(loss.element_id)
        hint = "nothing was written; try the text before this place in another order or form"
        report.add(Code.CONTENT_LOST, f"{what} {_WORDS[loss.kind]}", location, hint)


def _reported(subject: Subject) -> list[Loss]:
    """Leave out an element's loss if the loss of its text is reported."""
    losses = subject.pages.found(LOSSES)
    texts = {loss.element_id for loss in losses if loss.text}
    is_cut = excess_of_masthead(subject) > 0
    return [
        loss
        for loss in losses
        if (loss.text or loss.element_id not in texts)
        and not (is_cut and loss.element_id.startswith(Id.MASTHEAD))
    ]

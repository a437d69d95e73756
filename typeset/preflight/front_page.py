"""The front page holds what stands on it: the masthead ends above the foot of the page."""

from __future__ import annotations

from typeset.diagnostics import Report
from typeset.preflight.subject import Subject

__all__ = ["check_front_page"]


def check_front_page(subject: Subject, report: Report) -> None:
    """Report a masthead that is longer than its page."""
    boxes = subject.pages.boxes.get("masthead", ())
    foot = subject.geometry.height - subject.geometry.bottom
    for box in boxes[:1]:
        over = box.bottom - foot
        if over > 0.5:
            message = f"the masthead is {over / subject.geometry.baseline:.0f} lines too long"
            hint = "shorten it, or leave out the contents with `contents: false`"
            report.error("masthead-long", message, subject.manifest.locate("masthead"), hint)

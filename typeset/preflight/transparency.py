"""Checks that no content is see-through, as screen readers could not read it."""

from __future__ import annotations

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, PagePlace, Report
from typeset.layout.findings import SEE_THROUGH
from typeset.preflight.subject import Subject

__all__ = ["check_see_through"]


def check_see_through(subject: Subject, report: Report) -> None:
    """Report what the styles of a theme make see-through."""
    place = subject.manifest.locate("theme")
    for one in subject.pages.found(SEE_THROUGH):
        message = (
            f"the styles set `opacity: {one.opacity:g}` for `{one.element}`, "
            "which loses its tags in the PDF"
        )
        hint = "take a lighter color instead of `opacity`, or a lighter picture"
        page = PagePlace(one.page)
        report.take(Diagnostic(Code.STYLE_OPACITY, message, place, page, (hint,)))

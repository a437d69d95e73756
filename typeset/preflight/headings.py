"""Checks that no article ends with a heading."""

from __future__ import annotations

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.model import Prose
from typeset.preflight.subject import Subject

__all__ = ["check_headings"]


def check_headings(subject: Subject, report: Report) -> None:
    """Report articles that end with a heading: its text was forgotten, or lies elsewhere."""
    for article in subject.issue.articles:
        last = article.blocks[-1] if article.blocks else None
        if isinstance(last, Prose) and last.html.startswith(("<h3", "<h4")):
            hint = "write its text, or remove it"
            message = "the article ends with a heading that no text follows"
            report.add(Code.HEADING_ALONE, message, last.location, hint)

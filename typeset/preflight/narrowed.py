"""Wide figures and tables are as wide as the page."""

from __future__ import annotations

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, PagePlace, Report
from typeset.model import Figure, Table
from typeset.preflight.subject import Subject

__all__ = ["check_narrowed"]

_MOST = 0.75
"""The share of the page's width that a column's figure has at the most."""


def check_narrowed(subject: Subject, report: Report) -> None:
    """Report wide figures and tables that were set as wide as a column."""
    narrow = _MOST * subject.geometry.content_width
    for article in subject.issue.articles:
        for block in article.blocks:
            if not isinstance(block, Figure | Table) or block.width != "wide":
                continue
            name = block.id if isinstance(block, Figure) else f"{block.id}-table"
            boxes = subject.pages.boxes.get(name, ())
            if boxes and boxes[0].right - boxes[0].left < narrow:
                what = "figure" if isinstance(block, Figure) else "table"
                report.take(
                    Diagnostic(
                        Code.FIGURE_NARROWED,
                        f"a wide {what} stands in one column: no page has room for it",
                        block.location,
                        PagePlace(boxes[0].page),
                        ("move it to where its article has more text, or make it less high",),
                    )
                )

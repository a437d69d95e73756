"""Reports HTML tags of authors, which are printed as text."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.markdown.source_places import Locate
from typeset.markdown.trees import RAW_TAG, with_lines

__all__ = ["report_raw_html"]


def report_raw_html(root: Element, locate: Locate, report: Report) -> None:
    """Report tags that the author wrote as HTML, and comments without an end."""
    for element, line in with_lines(root):
        if element.tag != RAW_TAG:
            continue
        tag = "".join(element.itertext())
        place = locate(line, tag)
        if tag.startswith("<!--"):
            hint = "end it with -->, or write \\<!-- to print these marks"
            report.add(Code.COMMENT_UNCLOSED, "a comment is not closed", place, hint)
            continue
        shown = " ".join(tag.split())
        hint = "use Markdown; HTML is printed as text"
        report.add(Code.RAW_HTML, f"`{shown[:40]}` is HTML", place, hint)

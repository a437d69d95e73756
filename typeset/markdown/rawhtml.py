"""Tags that an author wrote as HTML: they are printed as they were written, and reported."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from typeset.diagnostics import Report
from typeset.markdown.places import Locate
from typeset.markdown.trees import RAW_TAG, with_lines

__all__ = ["report_raw_html"]


def report_raw_html(root: Element, locate: Locate, report: Report) -> None:
    """Report tags and comments that the author wrote as HTML."""
    for element, line in with_lines(root):
        if element.tag != RAW_TAG:
            continue
        tag = "".join(element.itertext())
        if tag.startswith("<!--"):
            message, hint = "a comment is printed as it stands", "take it out"
        else:
            shown = " ".join(tag.split())
            message = f"`{shown[:40]}` is HTML"
            hint = "use Markdown; HTML is printed as it stands"
        report.warning("raw-html", message, locate(line, tag), hint)

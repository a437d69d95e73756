"""Headings: two levels, sections and their parts, below the article's title."""

from __future__ import annotations

import re
from typing import ClassVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.markdown.source_places import Locate
from typeset.markdown.trees import plain_text, with_lines

__all__ = ["check_headings", "register_headings"]

_LEVELS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}


class _Heading(HashHeaderProcessor):
    """A heading must have a space after its marks, since ``#1`` may be a rank."""

    # Words behind a space each; the marks that close a heading are none, unless they come first.
    RE: ClassVar[re.Pattern[str]] = re.compile(
        r"(?:^|\n)[ ]{0,3}(?P<level>#{1,6})"
        r"(?P<header>(?:[ ]++[^ \n]++(?:[ ]++(?!#++[ ]*+(?:\n|$))[^ \n]++)*+)?+)"
        r"(?:[ ]++#++)?+[ ]*+(?:\n|$)"
    )


def register_headings(md: Markdown) -> None:
    """Set a parser up for headings."""
    md.parser.blockprocessors.register(_Heading(md.parser), "hashheader", 70)


def check_headings(root: Element, locate: Locate, report: Report) -> None:
    """Bring headings to two levels below the title, reporting any that do not fit.

    Sections (``##``) become ``h3`` and their parts (``###``) ``h4``: above them stand the issue's
    name and the article's title.
    """
    above = 0
    in_items = {heading for item in root.iter("li") for heading in item.iter()}
    for element, line in with_lines(root):
        level = _LEVELS.get(element.tag)
        if level is None:
            continue
        words = plain_text(element).strip()
        place = locate(line, words)
        if not words:
            report.add(Code.HEADING_EMPTY, "a heading is empty", place)
        elif element.tag == "h1" and element not in in_items:
            hint = "begin sections with ##; the title is in the front matter"
            report.add(Code.HEADING_LEVEL, f"`{words}` is on the title's level", place, hint)
        elif level == 3:
            hint = "sections begin with ##, their parts with ###; there is no third level"
            report.add(Code.HEADING_DEEP, f"`{words}` is on too low a level", place, hint)
        elif level > above + 1:
            hint = "begin with ## and use ### only below it"
            report.add(Code.HEADING_JUMP, f"`{words}` is not below a section", place, hint)
            level = above + 1
        if words and element in in_items:
            hint = "write it in **bold**, or give it a paragraph of its own"
            message = f"the heading `{words}` is inside a list"
            report.add(Code.HEADING_NESTED, message, place, hint)
        above = min(level, 2)
        element.tag = f"h{above + 2}"

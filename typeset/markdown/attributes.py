"""What of an author's markup may reach the page: attributes, headings, tags written as HTML."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from typeset.diagnostics import Report
from typeset.markdown.endnotes import Locate
from typeset.markdown.inline import RAW_TAG
from typeset.markdown.trees import BLOCK_TAGS, LINE, plain_text, with_lines

__all__ = ["check_attributes", "check_headings", "report_raw_html"]

_OWN = {"a": {"href", "title"}, "img": {"src", "alt"}, "abbr": {"title"}, "ol": {"start"}}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_NAME = re.compile(r"[A-Za-z][\w-]*")
_LEVELS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}


def check_attributes(root: Element, prefix: str, locate: Locate, report: Report) -> None:
    """Keep ``lang``, ``id`` and ``class``; report any other attribute that an author set.

    Figures, tables and their captions read their own attributes, so these are left alone.
    """
    for element, line in with_lines(root):
        if element.tag in ("figure", "figcaption", "table-caption"):
            continue
        for name, value in list(element.attrib.items()):
            if name.startswith("data-") or name in _OWN.get(element.tag, ()):
                continue
            problem = _problem(name, value)
            if name == "align" and element.tag in ("td", "th"):
                del element.attrib[name]
                element.set("class", f"align-{value}")
            elif problem:
                del element.attrib[name]
                known = "known are lang, an #id and a .class"
                report.warning("attribute-unknown", problem, locate(line, name), known)
            elif name == "id":
                element.set("id", f"{prefix}-{value}")


def _problem(name: str, value: str) -> str:
    if name == "lang":
        return "" if _LANGUAGE.fullmatch(value) else f"`{value}` is not a language tag"
    if name in ("id", "class", "name"):
        fine = all(_NAME.fullmatch(word) for word in value.split())
        return "" if fine or name == "name" else f"`{value}` is not a name"
    return f"the attribute `{name}` is not known here"


def check_headings(root: Element, locate: Locate, report: Report) -> None:
    """Bring headings to two levels below the title, reporting any that do not fit.

    Sections (``##``) become ``h3`` and their parts (``###``) ``h4``: above them stand the issue's
    name and the article's title.
    """
    above = 0
    for element, line in with_lines(root):
        level = _LEVELS.get(element.tag)
        if level is None:
            continue
        words = plain_text(element)
        place = locate(line, words)
        if not words.strip():
            report.error("heading-empty", "a heading says nothing", place)
        if element.tag == "h1":
            hint = "begin sections with ##; the title stands in the front matter"
            report.warning("heading-level", f"`{words}` is on the title's level", place, hint)
        elif level == 3:
            hint = "sections begin with ##, their parts with ###; there is no third level"
            report.error("heading-level", f"`{words}` is on too low a level", place, hint)
        elif level > above + 1:
            hint = "begin with ## and use ### only below it"
            report.warning("heading-jump", f"`{words}` stands below no section", place, hint)
            level = above + 1
        above = min(level, 2)
        element.tag = f"h{above + 2}"


def report_raw_html(root: Element, locate: Locate, report: Report) -> None:
    """Report tags that the author wrote as HTML; they stay in the text as they were written."""
    for element, line in with_lines(root):
        if element.tag == RAW_TAG:
            tag = element.text or ""
            hint = "use Markdown; HTML is printed as it stands"
            report.warning("raw-html", f"`{tag[:40]}` is HTML", locate(line, tag), hint)
            element.tag = "span"
        elif element.tag == "pre" and element.attrib.pop("data-unclosed", None) is not None:
            hint = "close it with a line of the same marks"
            report.error("fence-unclosed", "a block of code is not closed", locate(line, ""), hint)


def number_blocks(root: Element, prefix: str) -> dict[str, int]:
    """Give every block an id, and return the line of each."""
    lines = {}
    for number, (element, line) in enumerate(with_lines(root)):
        if element is root:
            continue
        if element.tag in BLOCK_TAGS and "id" not in element.attrib:
            element.set("id", f"{prefix}-{number}")
        if "id" in element.attrib:
            lines[element.attrib["id"]] = line
        element.attrib.pop(LINE, None)
    return lines

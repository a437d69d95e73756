"""Links: which targets survive, and how they are marked for the page."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.layout.document import Class
from typeset.markdown.attributes import Anchors
from typeset.markdown.source_places import Locate
from typeset.markdown.suggestions import guess
from typeset.markdown.trees import LITERAL_TAGS, plain_text, with_lines
from typeset.source import Location

__all__ = ["check_links", "report_undefined_image"]

_SCHEMES = ("http", "https", "mailto")
_MAX_LENGTH = 2_000
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);")
_REFERENCE = re.compile(r"!?\[[^\[\]]+\]\[(?P<name>[^\[\]^]+)\]")


def check_links(root: Element, anchors: Anchors, locate: Locate, report: Report) -> None:
    """Keep links to the web, to mail addresses and within the article; report any other.

    Args:
        root: the text; a link that may not stay becomes plain text.
        anchors: where links within the article may lead.
        locate: gives a link's place.
        report: receives what is wrong with a link.
    """
    for element, line in with_lines(root):
        for text in (element.text if element.tag not in LITERAL_TAGS else "", element.tail):
            for match in _REFERENCE.finditer(text or ""):
                _report_undefined(match, locate(line, match[0]), report)
        if element.tag == "img":
            source = element.get("src", "")
            _report_image(source, locate(line, source), report)
            element.tag, element.text = "span", element.get("alt", "")
            element.attrib.clear()
        elif element.tag == "a" and element.get("class") != Class.CALL:
            _check(element, line, anchors, locate, report)


def _report_undefined(match: re.Match[str], place: Location, report: Report) -> None:
    """Report a link or an image by a label that stands for no address."""
    name = match["name"]
    if match[0].startswith("!"):
        report_undefined_image(name, place, report)
        return
    hint = f"add a line `[{name}]: https://…`"
    report.add(Code.LINK_UNDEFINED, f"the address `{name}` is not defined", place, hint)


def report_undefined_image(label: str, place: Location, report: Report) -> None:
    """Report an image by a label that stands for no file."""
    hint = f"add a line `[{label}]: images/…`"
    report.add(Code.IMAGE_UNDEFINED, f"the image `{label}` is not defined", place, hint)


def _report_image(source: str, place: Location, report: Report) -> None:
    """Report an image that is no figure."""
    if re.search(r"\s", source):
        message = f"the name of the image `{source}` holds a space"
        report.add(Code.IMAGE_NAME, message, place, f"put it between angle brackets: (<{source}>)")
    else:
        hint = "give it a line of its own, so that it becomes a figure"
        report.add(Code.IMAGE_INLINE, "an image is among words", place, hint)


def _check(link: Element, line: int, anchors: Anchors, locate: Locate, report: Report) -> None:
    written = link.get("href", "")
    target = _ENTITY.sub(lambda match: html.unescape(match[0]), written)
    words = plain_text(link)
    place = locate(line, written)
    if not place.column:  # the address stands elsewhere
        place = locate(line, f"[{words}]")
    link.attrib.pop("title", None)
    problem, hint = _problem(target, anchors, report)
    if not problem and not words.strip() and link.find("img") is None:
        problem, hint = f"the link to {target} has no words", "write them between the brackets"
    if problem:
        report.add(Code.LINK_TARGET, problem, place, hint)
        link.tag = "span"
        link.attrib.clear()
    elif target.startswith("#"):
        link.set("href", f"#{anchors.ids[target[1:]]}")
    else:
        link.set("href", target)
        if target.removeprefix("mailto:") == words:
            link.set("class", Class.ADDRESS)


def _problem(target: str, anchors: Anchors, report: Report) -> tuple[str, str]:
    """Return what is wrong with a target, and what to do about it."""
    shown = " ".join(target.split())
    shown = f"`{shown[:60]}…`" if len(shown) > 60 else f"`{shown}`"
    if not target or target == "#":
        return "a link leads nowhere", "write the address in parentheses after the brackets"
    if target.startswith("#"):
        if target[1:] in anchors.ids:
            return "", ""
        hint = guess(target[1:], anchors.ids, report) or f"give a heading this name: {{{target}}}"
        return f"nothing here is named {shown}", hint
    if len(target) > _MAX_LENGTH:
        return f"{shown} is longer than {_MAX_LENGTH:,} characters", ""
    if re.search(r"\s", target):
        return f"{shown} holds a space", "write it as %20"
    return _problem_of_address(target, shown)


def _problem_of_address(target: str, shown: str) -> tuple[str, str]:
    try:
        parts = urlsplit(target)
        host = parts.hostname
    except ValueError:
        return f"{shown} is not an address", ""
    if not parts.scheme:
        hint = "begin an address with https://"
        return f"{shown} is not a whole address; print has no relative links", hint
    if parts.scheme not in _SCHEMES:
        return f"a link may not use `{parts.scheme}:`", "use https, http or mailto"
    if parts.scheme == "mailto":
        fine = re.fullmatch(r"[^@?]+@[^@?]+(\?.*)?", parts.path + ("?" if parts.query else ""))
        return ("", "") if fine else (f"{shown} names no mailbox", "write mailto:name@example.org")
    return ("", "") if host else (f"{shown} names no site", "")

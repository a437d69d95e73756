"""Links: which targets survive, and how they are marked for the page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from typeset.diagnostics import Report
from typeset.markdown.endnotes import Locate
from typeset.markdown.trees import plain_text, with_lines

__all__ = ["check_links"]

_SCHEMES = ("http", "https", "mailto")


def check_links(root: Element, prefix: str, locate: Locate, report: Report) -> None:
    """Keep links to the web, to mail addresses and within the article; report any other.

    Args:
        root: the text; a link that may not stay becomes plain text.
        prefix: what the ids in this article begin with.
        locate: gives a link's place.
        report: receives what is wrong with a link.
    """
    for element, line in with_lines(root):
        if element.tag == "img":
            message = "an image stands among words"
            hint = "put it on a paragraph of its own, so that it becomes a figure"
            report.error("image-inline", message, locate(line, element.get("src", "")), hint)
            element.tag, element.text = "span", element.get("alt", "")
            element.attrib.clear()
        if element.tag != "a" or element.get("class") == "call":
            continue
        element.attrib.pop("title", None)
        target = element.get("href", "")
        problem, hint = _problem(target)
        if problem:
            report.error("link-target", problem, locate(line, target), hint)
            element.tag = "span"
            element.attrib.clear()
        elif target.startswith("#"):
            element.set("href", f"#{prefix}-{target[1:]}")
        elif re.sub(r"^mailto:", "", target) == plain_text(element):
            element.set("class", "address")


def _problem(target: str) -> tuple[str, str]:
    """Return what is wrong with a target, and what to do about it."""
    if not target or target == "#":
        return "a link leads nowhere", "write the address in parentheses after the brackets"
    if target.startswith("#"):
        return "", ""
    try:
        parts = urlsplit(target)
    except ValueError:
        return f"`{target}` is not an address", ""
    if parts.scheme and parts.scheme not in _SCHEMES:
        return f"a link may not use `{parts.scheme}:`", "use https, http or mailto"
    if not parts.scheme:
        hint = "begin an address with https://"
        return f"`{target}` is not a whole address; print has no relative links", hint
    if parts.scheme != "mailto" and not parts.netloc:
        return f"`{target}` names no site", ""
    return "", ""

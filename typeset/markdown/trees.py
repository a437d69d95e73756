"""Helpers for element trees: text and children as one sequence, and lines handed down."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from markupsafe import Markup

from typeset.model import Inline

__all__ = [
    "BLOCK_TAGS",
    "LINE",
    "Piece",
    "contents",
    "fill",
    "inline_of",
    "line_of",
    "markup",
    "plain_text",
    "with_lines",
]

LINE = "data-line"
"""The attribute in which an element carries its source line until the tree is printed."""

BLOCK_TAGS = frozenset(
    "p li ul ol dl dt dd blockquote h1 h2 h3 h4 h5 h6 hr pre "
    "table thead tbody tr th td figure figcaption".split()
)

Piece = str | Element


def contents(element: Element) -> list[Piece]:
    """Take an element's content out of it, as strings and elements in their order."""
    pieces: list[Piece] = [element.text] if element.text else []
    for child in list(element):
        pieces.append(child)
        if child.tail:
            pieces.append(child.tail)
        child.tail = None
        element.remove(child)
    element.text = None
    return pieces


def fill(element: Element, pieces: Iterable[Piece]) -> None:
    """Append strings and elements to an element's content."""
    for piece in pieces:
        if isinstance(piece, Element):
            element.append(piece)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + piece
        else:
            element.text = (element.text or "") + piece


def line_of(element: Element) -> int:
    """Return the source line that an element carries, or 0."""
    return int(element.get(LINE, "0"))


def with_lines(root: Element, line: int = 0) -> Iterator[tuple[Element, int]]:
    """Go through a tree in document order, each element with the line it stands on."""
    line = line_of(root) or line
    yield root, line
    for child in root:
        yield from with_lines(child, line)


def plain_text(element: Element) -> str:
    """Return the text of an element without the calls of its endnotes."""
    parts = [element.text or ""]
    for child in element:
        if child.get("class") != "call":
            parts.append(plain_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def markup(element: Element, *, outer: bool = True) -> Markup:
    """Print an element, or only its content, as HTML."""
    for inner in element.iter():
        inner.attrib.pop(LINE, None)
    tail, element.tail = element.tail, None
    html = etree.tostring(element, encoding="unicode", method="html")
    element.tail = tail
    if not outer:
        html = html[html.index(">") + 1 : html.rindex("</")]
    return Markup(html)  # noqa: S704 - printed from a tree, in which all text is escaped


def inline_of(element: Element | None) -> Inline:
    """Return the content of an element as a run of text."""
    if element is None:
        return Inline(Markup(""), "")
    text = " ".join(plain_text(element).split())
    return Inline(markup(element, outer=False), text)

"""Helpers for element trees: text and children as one sequence, and lines handed down.

Attributes whose names begin with ``@`` are notes to ourselves: no author can write one, since the
parser removes that mark from names, and none is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from xml.etree.ElementTree import Element

from markupsafe import Markup

from typeset.layout.document import Class
from typeset.model import Inline

__all__ = [
    "BLOCK_TAGS",
    "CAPTION_TAG",
    "LINE",
    "LITERAL_TAGS",
    "RAW_TAG",
    "TABLE_TAG",
    "Piece",
    "contents",
    "depth_of",
    "fill",
    "inline_of",
    "line_of",
    "markup",
    "plain_text",
    "unwrap",
    "with_lines",
]

LINE = "@line"
"""The attribute in which an element carries its source line."""

BLOCK_TAGS = frozenset(
    "p li ul ol dl dt dd blockquote h1 h2 h3 h4 h5 h6 hr pre "
    "table thead tbody tr th td figure figcaption".split()
)

RAW_TAG = "raw-html"
"""The element that stands for a tag the author wrote, until the text around it is set."""

CAPTION_TAG = "table-caption"
"""The element that stands for a ``Table:`` line until it is joined to its table."""

TABLE_TAG = "captioned-table"
"""The element that holds a table's caption, unit, rows and source in the order of reading."""

LITERAL_TAGS = frozenset({"code", "pre", RAW_TAG})
"""Elements whose text is printed character by character as it was typed."""

_VOID_TAGS = frozenset({"br", "hr", "img"})
_QUOTE = '"'

Piece = str | Element


def contents(element: Element) -> list[Piece]:
    """Remove an element's content, and return it as strings and elements in order."""
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
    last = element[-1] if len(element) else None
    for piece in pieces:
        if isinstance(piece, Element):
            element.append(piece)
            last = piece
        elif last is not None:
            last.tail = (last.tail or "") + piece
        else:
            element.text = (element.text or "") + piece


def unwrap(root: Element, tag: str) -> None:
    """Put the content of every element of a kind in its place."""
    for parent in [parent for parent in root.iter() if parent.find(tag) is not None]:
        pieces: list[Piece] = []
        for piece in contents(parent):
            inside = isinstance(piece, Element) and piece.tag == tag
            pieces.extend(contents(piece) if isinstance(piece, Element) and inside else [piece])
        fill(parent, pieces)


def line_of(element: Element) -> int:
    """Return the source line that an element carries, or 0."""
    return int(element.get(LINE, "0"))


def with_lines(root: Element, line: int = 0) -> Iterator[tuple[Element, int]]:
    """Go through a tree in document order, each element with the line it stands on."""
    waiting = [(root, line)]
    while waiting:
        element, inherited = waiting.pop()
        own = line_of(element) or inherited
        yield element, own
        waiting.extend((child, own) for child in reversed(element))


def depth_of(root: Element) -> int:
    """Return how many elements stand inside one another at most, without recursion."""
    depth, level = 0, [root]
    while level:
        depth += 1
        level = [child for element in level for child in element]
    return depth


def plain_text(element: Element) -> str:
    """Return the text of an element without the calls of its endnotes, which are no part of it."""
    parts = [element.text or ""]
    for child in element:
        if child.get("class") != Class.CALL:
            parts.append(plain_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def markup(element: Element, *, outer: bool = True) -> Markup:
    """Print an element, or only its content, as HTML."""
    for inner in element.iter():
        for name in [name for name in inner.attrib if name.startswith("@")]:
            del inner.attrib[name]
    printed: Iterable[str] = _content(element)
    if outer:
        printed = [_start_tag(element), *printed, _end_tag(element)]
    return Markup("".join(printed))  # noqa: S704 - printed from a tree, all text escaped


def _content(element: Element) -> Iterator[str]:
    """Print what is in an element.

    The library's own printer leaves ``<`` in attributes as it is, where a pattern that looks for
    tags would take it for one.
    """
    if element.text:
        yield escape(element.text, quote=False)
    for child in element:
        yield _start_tag(child)
        yield from _content(child)
        yield _end_tag(child)
        if child.tail:
            yield escape(child.tail, quote=False)


def _start_tag(element: Element) -> str:
    attributes = "".join(
        f' {name}="{escape(value, quote=False).replace(_QUOTE, "&quot;")}"'
        for name, value in element.items()
    )
    return f"<{element.tag}{attributes}>"


def _end_tag(element: Element) -> str:
    return "" if element.tag in _VOID_TAGS else f"</{element.tag}>"


def inline_of(element: Element | None) -> Inline:
    """Return the content of an element as a run of text."""
    if element is None:
        return Inline(Markup(""), "")
    text = " ".join(plain_text(element).split())
    return Inline(markup(element, outer=False), text)

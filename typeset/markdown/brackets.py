"""Keeps short names in brackets, such as ``(神戸)``, on one line with their brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from typeset.languages.east_asian import EAST_ASIAN
from typeset.layout.document import Class
from typeset.markdown.trees import (
    BLOCK_TAGS,
    LITERAL_TAGS,
    Piece,
    contents,
    fill,
    plain_text,
)

__all__ = ["bind_brackets"]

_MOST = 16
"""The longest name, in letters; a Chinese character counts for two."""
_BRACKET = re.compile("[()\uff08\uff09]")
_OPENING = "(\uff08"
_CLOSING = {"(": ")", "\uff08": "\uff09"}
_CELLS = ("td", "th")


def bind_brackets(root: Element) -> None:
    """Bind short names in East Asian characters to the brackets around them.

    Cells of tables, which may be narrower than a name, are left alone.
    """
    narrow = {inner for tag in _CELLS for cell in root.iter(tag) for inner in cell.iter()}
    for element in [one for one in root.iter() if one not in narrow]:
        if element.tag not in LITERAL_TAGS and any(map(_opens, _strings(element))):
            fill(element, _bound(contents(element)))


def _strings(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def _opens(text: str) -> bool:
    return any(bracket in text for bracket in _OPENING)


def _bound(pieces: Sequence[Piece]) -> list[Piece]:
    """Put each short name in brackets into an element that does not break."""
    result: list[Piece] = []
    open_at: tuple[int, str] | None = None
    """Where in the result the last bracket opened, and which."""
    for piece in pieces:
        if not isinstance(piece, str):
            result.append(piece)
            continue
        start = 0
        for match in _BRACKET.finditer(piece):
            bracket = match[0]
            if bracket in _OPENING:
                result.append(piece[start : match.start()])
                open_at, start = (len(result), bracket), match.start()
            elif open_at is not None and bracket == _CLOSING[open_at[1]]:
                result.append(piece[start : match.end()])
                start = match.end()
                name = result[open_at[0] :]
                if _is_short_name(name):
                    bound = Element("span", {"class": Class.BOUND})
                    fill(bound, name)
                    result[open_at[0] :] = [bound]
                open_at = None
            else:
                open_at = None
        result.append(piece[start:])
    return [piece for piece in result if piece != ""]


def _is_short_name(pieces: Sequence[Piece]) -> bool:
    """Return whether what stands in brackets is a short name in characters."""
    for piece in pieces:
        if isinstance(piece, Element) and any(map(_is_apart, piece.iter())):
            return False
    text = "".join(one if isinstance(one, str) else plain_text(one) for one in pieces)[1:-1]
    wide = len(EAST_ASIAN.findall(text))
    # The engine never parts a single character from its brackets.
    return wide > 0 and len(text) > 1 and len(text) + wide <= _MOST


def _is_apart(element: Element) -> bool:
    """Return whether an element is no part of a name: a break, a call, code."""
    return (
        element.tag in BLOCK_TAGS
        or element.tag in LITERAL_TAGS
        or element.tag in ("br", "img")
        or element.get("class") in (Class.CALL, Class.ADDRESS)
    )

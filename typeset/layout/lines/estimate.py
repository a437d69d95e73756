"""How many lines the engine will make of text that is left to it: a guess, for planning columns."""

from __future__ import annotations

import math
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from typeset.layout.engine.styles import StyleFor
from typeset.layout.lines.font_book import FontBook
from typeset.layout.lines.shaping import Uncovered

__all__ = ["estimated_lines"]

_FILLED = 0.96
"""The share of a ragged line that its text fills."""


def estimated_lines(element: Element, style_for: StyleFor, book: FontBook, column: float) -> int:
    """Return how many lines an element's own text will take, besides that of the blocks in it.

    Args:
        element: what is left to the engine.
        style_for: gives the engine's styles.
        book: the fonts.
        column: the width of a column, in pixels.
    """
    computed = style_for(element)
    if element.tag == "hr":
        return 1
    if computed is None or computed["display"][0] != "block":
        return 0
    own = "".join(_own_text(element, style_for)).strip()
    measure = book.style(computed)
    if not own or measure is None:
        return 0
    try:
        width = measure.width(own)
    except Uncovered:
        width = len(own) * computed["font_size"] / 2
    return math.ceil(width / (_FILLED * column))


def _own_text(element: Element, style_for: StyleFor) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        computed = style_for(child)
        if computed is None or computed["display"][0] != "block":
            yield from child.itertext()
        yield child.tail or ""

"""Optical margins: marks with little ink hang over the edge of a text, so that it looks straight.

What hangs is a share of the mark's own width, as in Hàn Thế Thành, "Micro-typographic extensions
to the TeX typesetting system" (2000).  The shares were chosen by eye, for faces with and without
serifs.
"""

from __future__ import annotations

__all__ = ["hanging_left", "hanging_right"]

_RIGHT = {
    **dict.fromkeys("-\u2010\u2011", 0.6),
    **dict.fromkeys(".,", 0.7),
    **dict.fromkeys(":;", 0.4),
    **dict.fromkeys("\u2019\u2018'", 0.6),
    **dict.fromkeys('\u201d\u201c"', 0.5),
    **dict.fromkeys("»›«‹", 0.3),
    **dict.fromkeys("!?)]", 0.1),
    "\u2013": 0.3,
    "\u2014": 0.2,
}
"""Of marks at the end of a line, by which part of their width they hang."""
_LEFT = {
    **dict.fromkeys("\u2018\u2019\u201a'", 0.6),
    **dict.fromkeys('\u201c\u201d\u201e"', 0.5),
    **dict.fromkeys("«‹»›", 0.3),
    **dict.fromkeys("([", 0.1),
    "\u2013": 0.3,
    "\u2014": 0.2,
}
"""The same of marks at its beginning."""


def hanging_right(character: str) -> float:
    """Return by which part of its width a character hangs at the end of a line."""
    return _RIGHT.get(character, 0.0)


def hanging_left(character: str) -> float:
    """Return by which part of its width a character hangs at the beginning of a line."""
    return _LEFT.get(character, 0.0)

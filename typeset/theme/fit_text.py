"""Finds the size at which a few words fill their place, by the widths of the font."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from functools import cache

from fontTools.ttLib import TTFont

__all__ = ["fitted_size"]

_MOST_LINES = 4
_FILLED = (1.0, 0.9, 0.85, 0.8)
"""The share of the width that words fill on one line, and on average on two, three or four."""
_FLOOR = 8.0
"""The smallest size, in points; a word that is still too wide is broken."""


def fitted_size(text: str, font: bytes, *, size: float, least: float, room: float) -> float:
    """Return the largest size at which a text fits well into its place.

    Args:
        text: the words.
        font: the font file that they are set in.
        size: the size that is wanted, in points.
        least: the size down to which it may shrink before the text takes another line.
        room: the width of its place, in points.
    """
    widths = _advances(font)
    whole, longest = (
        max((sum(widths.get(ord(one), 1.0) for one in part) for part in parts), default=0.0)
        for parts in ([text], text.split())
    )
    if not whole:
        return size
    best = least
    for lines, filled in enumerate(_FILLED[:_MOST_LINES], 1):
        best = lines * filled * room / whole
        if best >= least:
            break
    return math.floor(max(_FLOOR, min(size, best, room / longest)) * 10) / 10


@cache
def _advances(font: bytes) -> Mapping[int, float]:
    """Return the width of each character, in font sizes; 1 for one that the font lacks."""
    with TTFont(io.BytesIO(font), lazy=True) as face:
        em, metrics = face["head"].unitsPerEm, face["hmtx"]
        return {point: metrics[name][0] / em for point, name in face.getBestCmap().items()}

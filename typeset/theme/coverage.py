"""Finds the characters that a font has, by its character map."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Mapping
from functools import lru_cache, reduce

from fontTools.ttLib import TTFont, TTLibError

from typeset.theme.theme import Coverage, FaceStyle

__all__ = ["characters_in", "common_coverage", "fault_of_font"]

_NEEDED = ("head", "hhea", "hmtx", "maxp", "name", "OS/2", "cmap")
_OUTLINES = ("glyf", "CFF ", "CFF2")
_CACHED = 64
"""How many fonts are cached, as a preview reads the same ones each time."""


@lru_cache(maxsize=_CACHED)
def characters_in(font: bytes) -> frozenset[int]:
    """Return the code points in the character map of a TrueType or OpenType font.

    Raises:
        fontTools.ttLib.TTLibError: if the bytes are not a font.
    """
    with TTFont(io.BytesIO(font), lazy=True) as face:
        return frozenset(face.getBestCmap())


def fault_of_font(data: bytes) -> str:
    """Return why a file is not a usable font, or an empty text."""
    try:
        with TTFont(io.BytesIO(data), lazy=True) as face:
            if "fvar" in face:
                return "is a variable font, which PDF files cannot hold"
            lacks = [tag for tag in _NEEDED if tag not in face]
            if lacks or not any(tag in face for tag in _OUTLINES):
                return f"is damaged or no whole font: it lacks its table {[*lacks, 'glyf'][0]}"
            tables = face.reader.tables.values() if face.flavor is None else ()
            if any(table.offset + table.length > len(data) for table in tables):
                return "is damaged: it ends before its last table does"
            return "" if face.getBestCmap() else "has no character map"
    except (TTLibError, KeyError, ValueError, struct.error):
        return "is not a font"


def common_coverage(families: Iterable[Mapping[FaceStyle, frozenset[int]]]) -> Coverage:
    """Return the code points that all of several families have, for each style."""

    def both(one: Coverage, other: Coverage) -> Coverage:
        return {style: one[style] & other[style] for style in one.keys() & other.keys()}

    return reduce(both, families)

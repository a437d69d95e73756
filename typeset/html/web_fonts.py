"""Packs fonts for web pages, as WOFF2 with only the characters of a page."""

from __future__ import annotations

import io

from fontTools import subset
from fontTools.ttLib import TTFont

__all__ = ["pack_font"]

_RESTRICTED = 0x0002 | 0x0100 | 0x0200
"""Bits of OS/2.fsType: the licence forbids embedding, subsetting or embedding outlines."""
_FEATURES = ("ccmp", "locl", "mark", "mkmk", "kern", "liga", "lnum", "onum", "pnum", "tnum", "sups")


def pack_font(data: bytes, text: str) -> bytes:
    """Return a font with only the characters of a text; empty if the licence forbids it.

    Args:
        data: the font file.
        text: the characters.

    Raises:
        Exception: of any kind, if the font is damaged.
    """
    with TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False) as font:
        if font["OS/2"].fsType & _RESTRICTED:
            return b""
        options = subset.Options(
            hinting=False, layout_features=list(_FEATURES), notdef_outline=True, name_IDs=["*"]
        )
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(font)
        font.flavor = "woff2"
        file = io.BytesIO()
        font.save(file)
    return file.getvalue()

"""Unpacks web fonts, as neither the shaper nor our own tools read packed tables."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

__all__ = ["unpacked"]


def unpacked(font: bytes) -> bytes:
    """Return a WOFF or WOFF2 font as plain TrueType or OpenType; other bytes as they are.

    Raises:
        fontTools.ttLib.TTLibError: if it says that it is such a font and is not.
    """
    if font[:3] != b"wOF":
        return font
    out = io.BytesIO()
    with TTFont(io.BytesIO(font), recalcBBoxes=False, recalcTimestamp=False) as face:
        face.flavor = None
        face.save(out, reorderTables=None)
    return out.getvalue()

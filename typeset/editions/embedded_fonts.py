"""Shrinks embedded East Asian fonts to the glyphs that are shown.

The layout engine keeps the glyph numbers of the whole font, so an embedded East Asian font has an
empty glyph for each of tens of thousands that are not shown.  In a font that finds its glyphs by
character ids (CFF, Adobe's technical note 5176), those empty glyphs are not needed.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pikepdf

__all__ = ["slim_fonts"]

_FONTS = 8
"""Of one file, as many as are likely: regular and bold for each language."""


@dataclass(slots=True)
class _FontFile:
    """A font file, and the glyphs of it that are shown."""

    stream: Any
    shown: set[int] = field(default_factory=set)
    """Character ids."""


def slim_fonts(pdf: pikepdf.Pdf) -> None:
    """Remove the empty glyphs from the East Asian fonts of a file."""
    files: dict[tuple[int, int], _FontFile] = {}
    for item in pdf.objects:
        font: Any = item
        if not isinstance(item, pikepdf.Dictionary) or font.get("/Subtype") != "/CIDFontType0":
            continue
        stream = font.FontDescriptor.get("/FontFile3")
        if stream is not None and stream.get("/Subtype") == "/OpenType":
            files.setdefault(stream.objgen, _FontFile(stream)).shown.update(_shown_glyphs(font.W))
    for file in files.values():
        slim = _with_glyphs(_cff_table(file.stream.get_stream_buffer()), frozenset(file.shown))
        if slim:
            file.stream.write(slim)
            file.stream["/Subtype"] = pikepdf.Name.CIDFontType0C


def _shown_glyphs(widths: Iterable[Any]) -> set[int]:
    """Return the character ids that a font's array of widths names (ISO 32000-1, 9.7.4.3)."""
    shown: set[int] = set()
    items = list(widths)
    while items:
        first, second = int(items[0]), items[1]
        if isinstance(second, pikepdf.Array):
            shown.update(range(first, first + len(second)))
            del items[:2]
        else:
            shown.update(range(first, int(second) + 1))
            del items[:3]
    return shown


def _cff_table(font: Any) -> bytes:
    """Return the CFF table of an OpenType font, or an empty text if it has none."""
    data = bytes(font)
    (count,) = struct.unpack_from(">H", data, 4)
    for position in range(12, 12 + 16 * count, 16):
        tag, _, offset, length = struct.unpack_from(">4s3I", data, position)
        if tag == b"CFF ":
            return data[offset : offset + length]
    return b""


@lru_cache(maxsize=_FONTS)  # an edit in the preview rarely brings a glyph
def _with_glyphs(table: bytes, shown: frozenset[int]) -> bytes:
    """Return a CFF table with some glyphs only, or nothing if it has no character ids."""
    if not table:
        return b""
    # Imported here, as it loads slowly and only the layout process needs it.
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(table), None)
    top = fonts.topDictIndex[0]
    if not hasattr(top, "ROS"):
        return b""
    names: list[str] = top.charset
    # A font must have the first glyph, .notdef.
    numbers = [n for n, name in enumerate(names) if not n or int(name.removeprefix("cid")) in shown]
    outlines = top.CharStrings.charStringsIndex
    chosen = [outlines[n] for n in numbers]
    outlines.items, outlines.count = chosen, len(chosen)
    outlines.offsets = [0] * (len(chosen) + 1)
    top.charset = [names[n] for n in numbers]
    top.CharStrings.charStrings = {name: n for n, name in enumerate(top.charset)}
    top.numGlyphs = len(numbers)
    top.FDSelect.gidArray = [top.FDSelect.gidArray[n] for n in numbers]
    # A plain list, as some readers misread the formats with ranges.
    top.FDSelect.format = 0
    data = io.BytesIO()
    # The compiler reads only this attribute of a font: it keeps the bounding box as it is.
    fonts.compile(data, SimpleNamespace(recalcBBoxes=False))
    return data.getvalue()

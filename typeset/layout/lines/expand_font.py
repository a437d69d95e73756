"""Makes copies of a font that are a little wider or narrower: font expansion, as in microtype.

A line whose spaces would be too wide is set in letters wider by a hundredth or two, which nobody
sees.  Only what runs along the line changes: outlines, advances, bearings and kerning.  What stands
across it (the ascent, the descent and the gap between lines) stays, so text keeps to its grid.

TrueType outlines and positioning tables are rewritten in place as numbers, without building
fontTools' objects for them, which would take twenty times as long.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont, TTLibError
from fontTools.ttLib.tables.DefaultTable import DefaultTable

from typeset.files.disk_cache import key_of, load, store
from typeset.layout.lines.expand_glyphs import scaled, scaled_glyph
from typeset.layout.lines.expand_positions import scale_kerning, scale_positions
from typeset.layout.lines.web_fonts import unpacked

__all__ = ["CannotExpand", "expanded"]

_FORMAT = 1
"""The version of the copies; after a change, old copies are not used."""
_HINTING = ("fpgm", "prep", "cvt ", "hdmx", "VDMX", "LTSH", "gasp")
_OUTDATED = ("DSIG", "JSTF", "PCLT", "vmtx", "vhea", "VORG")
"""A signature, which would be wrong, and tables for justification, printers and vertical text."""
_PICTURES = ("EBDT", "CBDT", "sbix", "SVG ", "COLR", "CFF2")
_MOST = 100
"""The largest step, in thousandths, that F2Dot14 can certainly hold."""
_MOST_GLYPHS = 10_000
"""Of a font with CFF outlines, whose glyphs take time and memory: East Asian fonts have more."""


class CannotExpand(Exception):
    """No expanded copy of a font can be made; the message says why."""


def expanded(
    font: bytes,
    thousandths: int,
    family: str,
    cache: Path | None = None,
    *,
    characters: frozenset[int] | None = None,
) -> bytes:
    """Return a copy of a font that is wider or narrower.

    The same font gives the same bytes everywhere.  Positions are whole font units, so a glyph may
    be half a unit off; measure with the copy, not with the original.

    Args:
        font: a TrueType or OpenType font, WOFF too.
        thousandths: how much wider: 20 is two per cent, a negative number narrower.
        family: the name of the copy's family.
        cache: a folder that keeps copies; None, or one that cannot be written, keeps none.
        characters: the code points to keep, with all that they may turn into; None keeps all,
            which is the quicker of the two unless a font is very large.

    Raises:
        CannotExpand: if the bytes are no font, or its outlines cannot be scaled.
        ValueError: if the step is beyond a tenth.
    """
    if abs(thousandths) > _MOST:
        raise ValueError(f"no font is expanded by {thousandths} thousandths")
    kept = "all" if characters is None else ",".join(map(str, sorted(characters)))
    key = key_of(font, f"{_FORMAT}\n{thousandths}\n{family}\n{kept}")
    if cache and (found := load(cache, key)) is not None:
        return found
    made = _expand(font, thousandths, family, characters)
    if cache:
        store(cache, key, made)
    return made


def _expand(font: bytes, thousandths: int, family: str, characters: frozenset[int] | None) -> bytes:
    try:
        if font.startswith(b"ttcf"):
            raise CannotExpand("it is a collection of fonts")
        font = unpacked(font)
        if characters is not None:
            font = _subset(font, characters)
        with TTFont(io.BytesIO(font), recalcBBoxes=False, recalcTimestamp=False) as face:
            _refuse(face, _MOST_GLYPHS)
            _scale(face, font, thousandths)
            _name(face, family)
            out = io.BytesIO()
            face.save(out, reorderTables=None)
    except (TTLibError, struct.error, KeyError, IndexError, ValueError, OverflowError) as error:
        raise CannotExpand(f"its tables are damaged: {error}") from error
    return out.getvalue()


def _refuse(face: TTFont, glyphs: float = float("inf")) -> None:
    if "fvar" in face:
        raise CannotExpand("it is a variable font")
    for tag in _PICTURES:
        if tag in face:
            raise CannotExpand(f"its glyphs are no plain outlines ({tag.strip()})")
    if "glyf" not in face and "CFF " not in face:
        raise CannotExpand("it has no outlines")
    if "CFF " in face and len(face.getGlyphOrder()) > glyphs:
        raise CannotExpand(f"it has more than {glyphs} glyphs")


def _scale(face: TTFont, font: bytes, thousandths: int) -> None:
    # As they are in the file, since fontTools would compute them again.
    summary = {tag: face.getTableData(tag) for tag in ("head", "hhea", "hmtx")}
    if "CFF " in face:
        _scale_cff(face, font, thousandths)
    else:
        summary["head"] = _scale_glyf(face, summary["head"], thousandths)
    _scale_metrics(face, summary, thousandths)
    if "GPOS" in face:
        _put(face, "GPOS", scale_positions(face.getTableData("GPOS"), thousandths))
    if "kern" in face:
        _put(face, "kern", scale_kerning(face.getTableData("kern"), thousandths))
    for tag in (*_HINTING, *_OUTDATED):
        if tag in face:
            del face[tag]


def _scale_glyf(face: TTFont, head: bytes, thousandths: int) -> bytes:
    """Scale the outlines, and return the table ``head`` that says how long their places are."""
    (is_long,) = struct.unpack_from(">h", head, 50)
    places = face.getTableData("loca")
    count = len(places) // (4 if is_long else 2)
    offsets = struct.unpack(f">{count}{'L' if is_long else 'H'}", places)
    if not is_long:
        offsets = tuple(2 * offset for offset in offsets)
    outlines = face.getTableData("glyf")
    new, starts = bytearray(), [0]
    for glyph, start in enumerate(offsets[:-1]):
        if offsets[glyph + 1] > start:
            new += scaled_glyph(outlines[start : offsets[glyph + 1]], thousandths)
            new += b"\0" * (-len(new) % 4)
        starts.append(len(new))
    _put(face, "glyf", bytes(new))
    _put(face, "loca", struct.pack(f">{count}L", *starts))
    # Nothing is hinted any more: twilight points, storage, functions, stack and instructions.
    limits = bytearray(face.getTableData("maxp"))
    struct.pack_into(">7H", limits, 14, 1, 0, 0, 0, 0, 0, 0)
    _put(face, "maxp", bytes(limits))
    return head[:50] + struct.pack(">h", 1) + head[52:]


def _scale_cff(face: TTFont, font: bytes, thousandths: int) -> None:
    cff = face["CFF "].cff
    top = cff.topDictIndex[0]
    strings, advances = top.CharStrings, face["hmtx"].metrics
    factor = 1 + thousandths / 1000
    for name, outline in _drawn(font).items():
        string = strings[name]
        private = string.private
        width = scaled(advances[name][0], thousandths)
        usual, nominal = private.defaultWidthX, private.nominalWidthX
        pen = T2CharStringPen(None if width == usual else width - nominal, None)
        outline.replay(TransformPen(pen, (factor, 0, 0, 1, 0, 0)))
        string.program = pen.getCharString(private).program
        string.bytecode = None
    _forget_hints(top)
    cff.GlobalSubrs.items.clear()
    box = top.FontBBox
    top.FontBBox = [scaled(box[0], thousandths), box[1], scaled(box[2], thousandths), box[3]]


@lru_cache(maxsize=4)
def _drawn(font: bytes) -> dict[str, RecordingPen]:
    """Draw each glyph of a font: this takes the most time, and serves every step."""
    outlines = {}
    with TTFont(io.BytesIO(font)) as face:
        glyphs = face.getGlyphSet()
        for name in face.getGlyphOrder():
            outlines[name] = RecordingPen()
            glyphs[name].draw(outlines[name])
    return outlines


def _forget_hints(top: Any) -> None:
    """Remove the widths of stems, and the subroutines of glyphs, which are no longer used."""
    for one in getattr(top, "FDArray", [top]):
        for key in ("StdVW", "StemSnapV", "Subrs"):
            one.Private.rawDict.pop(key, None)
            vars(one.Private).pop(key, None)


def _scale_metrics(face: TTFont, tables: Mapping[str, bytes], thousandths: int) -> None:
    """Scale the advances and bearings, and what sums them up."""
    (count,) = struct.unpack_from(">H", tables["hhea"], 34)
    data = tables["hmtx"]
    form = ">" + "Hh" * count + "h" * (len(data) // 2 - 2 * count)
    numbers = struct.unpack_from(form, data)
    _put(face, "hmtx", struct.pack(form, *(scaled(number, thousandths) for number in numbers)))
    # hhea: the greatest advance, the least bearings and the greatest extent; head: the box.
    for tag, places in (("hhea", ((">H", 10), (">hhh", 12))), ("head", ((">h", 36), (">h", 40)))):
        table = bytearray(tables[tag])
        for part, place in places:
            values = struct.unpack_from(part, table, place)
            struct.pack_into(part, table, place, *(scaled(value, thousandths) for value in values))
        _put(face, tag, bytes(table))


def _name(face: TTFont, family: str) -> None:
    """Give the copy a name of its own; its other words, such as the licence, stay."""
    names = face["name"]
    style = names.getDebugName(17) or names.getDebugName(2) or "Regular"
    whole = f"{family} {style}"
    printers = re.sub("[^0-9A-Za-z-]", "", f"{family}-{style}")
    new = {1: family, 3: whole, 4: whole, 6: printers, 16: family, 18: whole}
    for record in list(names.names):
        if record.nameID in new:
            names.setName(
                new[record.nameID],
                record.nameID,
                record.platformID,
                record.platEncID,
                record.langID,
            )
    if "CFF " in face:
        cff = face["CFF "].cff
        cff.fontNames[0] = printers
        top = cff.topDictIndex[0]
        for key, value in (("FullName", whole), ("FamilyName", family)):
            if key in top.rawDict:
                top.rawDict[key] = value


def _put(face: TTFont, tag: str, data: bytes) -> None:
    """Replace a table by bytes that are saved as they are."""
    table = DefaultTable(tag)
    table.data = data
    face[tag] = table


@lru_cache(maxsize=4)
def _subset(font: bytes, characters: frozenset[int]) -> bytes:
    options = subset.Options(
        layout_features=["*"],
        name_IDs=["*"],
        name_languages=["*"],
        name_legacy=True,
        hinting=False,
        notdef_outline=True,
        recalc_timestamp=False,
        recalc_bounds=False,
        prune_unicode_ranges=False,
        glyph_names=True,
    )
    with TTFont(io.BytesIO(font), recalcTimestamp=False) as face:
        _refuse(face)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=characters)
        cutter.subset(face)
        out = io.BytesIO()
        face.save(out, reorderTables=None)
    return out.getvalue()

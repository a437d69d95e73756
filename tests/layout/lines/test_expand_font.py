"""Wider and narrower copies of fonts: what changes in them, and what must not."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import GlyphComponent
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0

from tests.layout.lines.fonts import FACES, as_web_font, font, pdf_of
from typeset.layout.lines.expand_font import CannotExpand, expanded
from typeset.layout.lines.shaping import Face, Style

pytestmark = pytest.mark.slow

STEPS = (-20, -10, 10, 20)
FILES = [(name, "ttf") for name in FACES] + [("SourceSerifPro-It", "otf")]
TEXT = "The “harbour” office: AVATAR, Tyre, We; q\u0301 Žluťoučký façade — difficult, f’ (1,234)."
ROOT = Path(__file__).parents[3]


def opened(data: bytes) -> TTFont:
    return TTFont(io.BytesIO(data))


@pytest.mark.parametrize(("name", "ending"), FILES)
@pytest.mark.parametrize("step", [-20, 10])
def test_glyphs_are_scaled_along_the_line_only(name: str, ending: str, step: int) -> None:
    old, new = opened(font(name, ending)), opened(expanded(font(name, ending), step, "Wide"))
    factor = 1 + step / 1000
    assert new.getGlyphOrder() == old.getGlyphOrder()
    outlines = old.getGlyphSet(), new.getGlyphSet()
    for glyph in old.getGlyphOrder():
        advance, bearing = new["hmtx"][glyph]
        assert advance == pytest.approx(old["hmtx"][glyph][0] * factor, abs=1)
        assert bearing == pytest.approx(old["hmtx"][glyph][1] * factor, abs=1)
        boxes = []
        for one in outlines:
            pen = BoundsPen(one)
            one[glyph].draw(pen)
            boxes.append(pen.bounds)
        before, after = boxes
        assert (before is None) == (after is None)
        if before:
            assert (after[1], after[3]) == pytest.approx((before[1], before[3]), abs=1)
            edges = before[0] * factor, before[2] * factor
            # An accent's place and its outline are rounded each for itself.
            assert (after[0], after[2]) == pytest.approx(edges, abs=1.6)


@pytest.mark.parametrize(("name", "ending"), FILES)
def test_what_stands_across_the_line_stays(name: str, ending: str) -> None:
    old, new = opened(font(name, ending)), opened(expanded(font(name, ending), 20, "Wide"))
    assert new.getBestCmap() == old.getBestCmap()
    for tag in ("OS/2", "GSUB", "cmap", "GDEF"):
        assert new.reader[tag] == old.reader[tag]
    for tag, names in {
        "hhea": ("ascent", "descent", "lineGap", "caretSlopeRise", "numberOfHMetrics"),
        "head": ("unitsPerEm", "yMin", "yMax", "modified", "created", "macStyle"),
        "post": ("italicAngle", "underlinePosition", "underlineThickness"),
    }.items():
        for attribute in names:
            assert getattr(new[tag], attribute) == getattr(old[tag], attribute)
    assert new["head"].xMax == pytest.approx(old["head"].xMax * 1.02, abs=1)
    assert not {"fpgm", "prep", "cvt ", "DSIG"} & set(new.keys())


@pytest.mark.parametrize(("name", "ending"), FILES)
@pytest.mark.parametrize("step", STEPS)
def test_texts_are_wider_by_the_step(name: str, ending: str, step: int) -> None:
    old, new = Face(font(name, ending)), Face(expanded(font(name, ending), step, "Wide"))
    # Each glyph and each kern may be half a unit off, of a thousand to the em.
    assert new.width(TEXT) == pytest.approx(old.width(TEXT) * (1 + step / 1000), abs=0.02)
    for pair in ("AV", "To", "We", "f’", "V "):
        kern = old.width(pair) - sum(map(old.width, pair))
        scaled = new.width(pair) - sum(map(new.width, pair))
        assert scaled == pytest.approx(kern * (1 + step / 1000), abs=0.00051)
    ligature = old.width("fi"), old.width("fi", (("liga", 0),))
    wide = new.width("fi"), new.width("fi", (("liga", 0),))
    assert wide == pytest.approx([width * (1 + step / 1000) for width in ligature], abs=0.0012)


def places(table: Any) -> list[int]:
    """Every x of a positioning table as fontTools reads it, in its order."""
    found: list[int] = []
    seen: set[int] = set()

    def visit(part: Any) -> None:
        if isinstance(part, list | tuple):
            for one in part:
                visit(one)
        elif hasattr(part, "__dict__") and id(part) not in seen:
            seen.add(id(part))
            if hasattr(part, "ensureDecompiled"):
                part.ensureDecompiled()
            for key, value in sorted(vars(part).items()):
                if key in {"XAdvance", "XPlacement", "XCoordinate"}:
                    found.append(value)
                elif isinstance(value, dict):
                    visit([value[name] for name in sorted(value)])
                else:
                    visit(value)

    visit(table)
    return found


@pytest.mark.parametrize(("name", "ending"), FILES)
def test_every_kern_and_anchor_is_scaled_once(name: str, ending: str) -> None:
    old, new = opened(font(name, ending)), opened(expanded(font(name, ending), 20, "Wide"))
    before, after = places(old["GPOS"].table), places(new["GPOS"].table)
    assert len(before) > 1000
    assert after == [(value * 1020 + 500) // 1000 for value in before]


def test_the_copy_has_names_of_its_own() -> None:
    names = opened(expanded(font("SourceSerifPro-BoldIt"), 10, "Body 1010"))["name"]
    assert {names.getDebugName(number) for number in (1, 16)} <= {"Body 1010", None}
    assert names.getDebugName(4) == "Body 1010 Bold Italic"
    assert names.getDebugName(6) == "Body1010-BoldItalic"
    assert "Open Font License" in names.getDebugName(13)


def test_the_same_bytes_come_out_every_time() -> None:
    script = (
        "import sys; from hashlib import sha256; from tests.layout.lines.fonts import font;"
        "from typeset.layout.lines.expand_font import expanded;"
        "print(sha256(expanded(font('SourceSerifPro-It', sys.argv[1]), 10, 'Wide')).hexdigest())"
    )
    for ending in ("ttf", "otf"):
        here = sha256(expanded(font("SourceSerifPro-It", ending), 10, "Wide")).hexdigest()
        for seed in ("1", "2"):
            there = subprocess.run(
                [sys.executable, "-c", script, ending],
                env=os.environ
                | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "TZ": "Asia/Tokyo"},
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            assert there.strip() == here


def test_a_web_font_is_expanded_like_its_source() -> None:
    source = font("SourceSansPro-It")
    packed, plain = (expanded(one, 20, "Wide") for one in (as_web_font(source), source))
    assert packed[:4] == plain[:4]
    assert opened(packed)["glyf"].glyphOrder == opened(plain)["glyf"].glyphOrder
    assert Face(packed).width(TEXT) == Face(plain).width(TEXT)


def test_only_the_characters_asked_for_are_kept() -> None:
    source = font("SourceSerifPro-Regular")
    wanted = frozenset(map(ord, TEXT))
    small = expanded(source, 20, "Wide", characters=wanted)
    whole = expanded(source, 20, "Wide")
    assert set(opened(small).getBestCmap()) == wanted & set(opened(source).getBestCmap())
    assert len(small) < len(whole) / 2
    for features in ((), (("sups", 1),), (("smcp", 1),)):
        assert Face(small).width(TEXT, features) == Face(whole).width(TEXT, features)


# Fonts of our own, for what the others lack.


def drawn(family: str) -> FontBuilder:
    """Begin a font of two glyphs: a box, and that box turned and leant over."""
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 700), (450, 700), (450, 0)):
        pen.lineTo(corner)
    pen.closePath()
    box = pen.glyph()
    pen = TTGlyphPen({"box": box})
    pen.addComponent("box", (0.5, 0.25, 0.5, 1, 100, 30))
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "box", "leaning"])
    builder.setupCharacterMap({ord("b"): "box", ord("l"): "leaning"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "box": box, "leaning": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "box": (500, 50), "leaning": (900, 125)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    return builder


def bytes_of(builder: FontBuilder) -> bytes:
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def test_a_turned_part_of_a_glyph_is_scaled_like_the_whole() -> None:
    old = opened(bytes_of(drawn("Boxes")))
    new = opened(expanded(bytes_of(drawn("Boxes")), 100, "Wide"))
    before, *_ = old["glyf"]["leaning"].getCoordinates(old["glyf"])
    after, *_ = new["glyf"]["leaning"].getCoordinates(new["glyf"])
    for (old_x, old_y), (new_x, new_y) in zip(before, after, strict=True):
        assert (new_x, new_y) == pytest.approx((old_x * 1.1, old_y), abs=1)


def test_a_part_that_moves_out_of_a_byte_is_moved_by_a_word() -> None:
    builder = drawn("Boxes")
    part = GlyphComponent()
    part.glyphName, part.x, part.y, part.flags = "box", 127, 0, 0x2
    builder.font["glyf"]["leaning"].components = [part]
    new = opened(expanded(bytes_of(builder), 20, "Wide"))
    assert new["glyf"]["leaning"].components[0].x == 130


def test_old_kerning_is_scaled() -> None:
    builder = drawn("Boxes")
    builder.addOpenTypeFeatures("feature kern { pos box leaning -150; } kern;")
    source = bytes_of(builder)
    assert Face(expanded(source, 20, "Wide")).width("bl") == pytest.approx(0.510 + 0.918 - 0.153)
    with opened(source) as face:
        del face["GPOS"]
        pairs = KernTable_format_0()
        pairs.coverage, pairs.kernTable = 1, {("box", "leaning"): -150}
        face["kern"] = newTable("kern")
        face["kern"].version, face["kern"].kernTables = 0, [pairs]
        out = io.BytesIO()
        face.save(out)
    assert Face(expanded(out.getvalue(), 20, "Wide")).width("bl") == pytest.approx(1.275)


def variable_font() -> bytes:
    builder = drawn("Boxes")
    builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    return bytes_of(builder)


def bitmap_font() -> bytes:
    builder = drawn("Boxes")
    del builder.font["glyf"], builder.font["loca"]
    return bytes_of(builder)


def torn_font() -> bytes:
    whole = font("SourceSerifPro-It")
    return whole[: len(whole) // 2]


def collection() -> bytes:
    out, fonts = io.BytesIO(), TTCollection()
    fonts.fonts = [opened(bytes_of(drawn("One"))), opened(bytes_of(drawn("Other")))]
    fonts.save(out)
    return out.getvalue()


def words() -> bytes:
    return b"no font at all"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (variable_font, "variable"),
        (bitmap_font, "no outlines"),
        (torn_font, "damaged"),
        (collection, "collection"),
        (bytes, "damaged"),
        (words, "damaged"),
    ],
)
def test_what_cannot_be_scaled_is_refused_with_a_reason(data: Any, reason: str) -> None:
    for characters in (None, frozenset({98})):
        with pytest.raises(CannotExpand, match=reason):
            expanded(data(), 10, "Wide", characters=characters)


def test_a_font_with_very_many_glyphs_is_expanded_in_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("typeset.layout.lines.expand_font._MOST_GLYPHS", 300)
    source = font("SourceSerifPro-It", "otf")
    with pytest.raises(CannotExpand, match="300 glyphs"):
        expanded(source, 10, "Wide")
    assert Face(expanded(source, 10, "Wide", characters=frozenset(map(ord, "harbour")))).has("h")


# The cache.


def test_a_copy_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "deep" / "fonts"
    made = expanded(font("SourceSansPro-It"), 10, "Wide", folder)
    assert len(list(folder.iterdir())) == 1
    monkeypatch.setattr("typeset.layout.lines.expand_font._expand", None)
    assert expanded(font("SourceSansPro-It"), 10, "Wide", folder) == made


@pytest.mark.parametrize(
    "other",
    [
        {"font": font("SourceSansPro-Regular")},
        {"thousandths": 20},
        {"family": "Other"},
        {"characters": frozenset({65})},
    ],
)
def test_another_copy_is_another_file(tmp_path: Path, other: dict[str, Any]) -> None:
    usual: dict[str, Any] = {"font": font("SourceSansPro-It"), "thousandths": 10, "family": "Wide"}
    one = expanded(**usual, cache=tmp_path)
    two = expanded(**usual | other, cache=tmp_path)
    assert one != two
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("harm", ["cut", "changed", "emptied", "replaced"])
def test_a_damaged_copy_is_made_anew(tmp_path: Path, harm: str) -> None:
    made = expanded(font("SourceSansPro-It"), 10, "Wide", tmp_path)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    changed = bytearray(whole)
    changed[-100] ^= 1
    harmed = {
        "cut": whole[:-10],
        "changed": bytes(changed),
        "emptied": b"",
        "replaced": font("SourceSansPro-It"),
    }
    file.write_bytes(harmed[harm])
    assert expanded(font("SourceSansPro-It"), 10, "Wide", tmp_path) == made
    assert file.read_bytes() == whole
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    made = expanded(font("SourceSansPro-It"), 10, "Wide")
    occupied = tmp_path / "file"
    occupied.write_bytes(b"")
    assert expanded(font("SourceSansPro-It"), 10, "Wide", occupied / "fonts") == made
    # A folder where the copy's file should be: it can be neither read nor replaced.
    expanded(font("SourceSansPro-It"), 10, "Wide", tmp_path / "fonts")
    (file,) = (tmp_path / "fonts").iterdir()
    file.unlink()
    (file / "full").mkdir(parents=True)
    assert expanded(font("SourceSansPro-It"), 10, "Wide", tmp_path / "fonts") == made
    assert list((tmp_path / "fonts").iterdir()) == [file]


# On pages.


def positions(pdf: bytes, page: int) -> list[tuple[str, float, float]]:
    """The characters of a page, with the points where they begin, from left and from the foot."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        found = []
        for number in range(text.count_chars()):
            character = text.get_text_range(number, 1)
            x, y = pdfium.c_double(), pdfium.c_double()
            pdfium.FPDFText_GetCharOrigin(text.raw, number, x, y)
            if character.strip():
                found.append((character, x.value, y.value))
        text.close()
    return found


_DRIFT = 0.3
"""In points, at 30 points: the engine cuts each kern that it writes to whole thousandths, so by the
end of a line glyphs stand a little too far to the right, in any font."""


@pytest.mark.parametrize("ending", ["ttf", "otf"])
def test_a_page_shows_the_wider_glyphs_where_they_are_measured(ending: str, tmp_path: Path) -> None:
    text = "Harbour notes: seven boats came AWAY safe, tied up and unladen by noon."
    fonts = {"Plain": font("SourceSerifPro-Regular", ending)}
    fonts |= {f"Wide{step}": expanded(fonts["Plain"], step, f"Wide{step}") for step in STEPS}
    pdf = pdf_of(fonts, tmp_path, [(f'font: 40px "{name}"', text) for name in fonts])
    lines: dict[float, list[tuple[str, float]]] = {}
    for character, x, y in positions(pdf, 0):
        lines.setdefault(round(y, 2), []).append((character, x))
    assert len(lines) == len(fonts)
    baselines = sorted(lines, reverse=True)
    distances = [one - other for one, other in pairwise(baselines)]
    assert distances == pytest.approx([distances[0]] * len(distances), abs=0.02)
    ends = []
    for baseline, (name, data) in zip(baselines, fonts.items(), strict=True):
        style = Style((Face(data),), 40)
        starts = [match.start() for match in re.finditer(r"\S", text)]
        assert [character for character, _ in lines[baseline]] == [text[n] for n in starts]
        for start, (_, x) in zip(starts, lines[baseline], strict=True):
            expected = 15 + 0.75 * (style.width(text[: start + 1]) - style.width(text[start]))
            assert x == pytest.approx(expected, abs=_DRIFT), (name, start)
        _, last = lines[baseline][-1]
        ends.append(last - 15)
    assert ends[1:] == pytest.approx([ends[0] * (1 + step / 1000) for step in STEPS], abs=1)

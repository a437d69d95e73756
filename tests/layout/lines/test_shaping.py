"""Widths measured without the engine are the engine's own."""

from __future__ import annotations

import string
from itertools import product
from pathlib import Path

import pytest

from tests.layout.lines.fonts import FACES, as_web_font, engine_widths, font
from tests.parameters import slow_after
from typeset.layout.lines.shaping import Face, Features, Style, Uncovered, system_face

EXACT = 1 / 1024
"""The engine's unit, in pixels."""
PROSE = (
    "The harbour office at Voltaire Quay opens at seven; a difficult, fluffy fog often hides it.",
    "To AVATAR, Tyre and We: “Yo. Ty. W.” — V-shaped waffles, 1,234.56 tonnes (see f’ and f) too).",
    "Žluťoučký kůň, naïve façade, Ærøskøbing, señor, Łódź; e\u0301 a\u0308 n\u0303 q\u0301 «Tag»",
    "T×V and V† or W§: 5 × 7 = 35 ± 2, ½ © 2026; soft\u00adhyphens, nb\u00a0spaces,\u2009thin one.",
)
MIXED = (
    "The port of Kobe (神戸港) and V 東京 T to Yokohama 横浜, 「東京」の港、それと V.",
    "海港 ABC「燈塔」 V. ",
    "カタカナひらがな漢字Vカ (漢) T",
    " 漢 “漢” V “T”—漢—B",
)
FEATURES: tuple[tuple[str, Features], ...] = (
    ("", ()),
    ("font-kerning: none", (("kern", 0),)),
    ("font-variant-position: super", (("sups", 1),)),
    ("font-variant-ligatures: no-common-ligatures", (("liga", 0), ("clig", 0))),
    ("font-variant-numeric: oldstyle-nums tabular-nums", (("onum", 1), ("tnum", 1))),
)
SIZES = (6.5, 9, 40 / 3, 31.7)


def installed(family: str, *, bold: bool = False) -> Face:
    face = system_face(family, bold=bold)
    assert face is not None, f"{family} is not installed"
    return face


@pytest.mark.parametrize(
    ("language", "name"),
    slow_after(
        3,
        dict.fromkeys(
            [
                ("en-US", "SourceSerifPro-Regular"),
                ("pl", "SourceSansPro-It"),
                ("zh-Hant", "SourceSerifPro-Bold"),
                *product(["en-US", "pl", "zh-Hant"], FACES),
            ]
        ),
    ),
)
def test_widths_are_those_of_the_engine(name: str, language: str, tmp_path: Path) -> None:
    face, cjk = Face(font(name)), installed("Noto Serif CJK JP")
    cases = [
        (size, css, features, text, spacing)
        for size in SIZES
        for css, features in FEATURES
        for text in (*PROSE, *MIXED, "0123456789")
        for spacing in (0, -1)
    ]
    widths = engine_widths(
        {"Mine": font(name)},
        tmp_path,
        [
            (
                f'font: {size}px "Mine", "Noto Serif CJK JP"; word-spacing: {spacing}px; {css}',
                text,
            )
            for size, css, _, text, spacing in cases
        ],
        language,
    )
    errors = []
    for (size, _, features, text, spacing), width in zip(cases, widths, strict=True):
        style = Style((face, cjk), size, features, language)
        measured = style.width(text, spaces_apart=spacing != 0)
        spaces = text.count(" ") + text.count("\u00a0")
        errors.append(abs(measured + spacing * spaces - width))
    assert max(errors) <= EXACT


def test_bold_characters_of_a_collection_are_measured(tmp_path: Path) -> None:
    text = "神戸港 and 横浜 at 7"
    style = Style((installed("Noto Serif CJK JP", bold=True),), 20)
    (width,) = engine_widths({}, tmp_path, [('font: bold 20px "Noto Serif CJK JP"', text)])
    assert style.width(text) == pytest.approx(width, abs=EXACT)
    assert width != pytest.approx(Style((installed("Noto Serif CJK JP"),), 20).width(text), abs=0.5)


def test_ligatures_and_kerning_are_in_the_width() -> None:
    face = Face(font("SourceSerifPro-Regular"))
    letters = sum(face.width(letter) for letter in "AVATAR")
    assert face.width("AVATAR") < letters - 0.1
    assert face.width("AVATAR", (("kern", 0),)) == pytest.approx(letters)
    whole, parted = face.width("fi"), face.width("fi", (("liga", 0),))
    assert whole != pytest.approx(parted, abs=1e-4)


def test_a_letter_is_kerned_with_a_space_only_where_the_engine_keeps_them_together() -> None:
    style = Style((Face(font("SourceSerifPro-Regular")),), 100)
    parts = style.width("V") + style.width(" ") + style.width("V")
    assert style.width("V V") < parts
    assert style.width("V V", spaces_apart=True) == parts


def test_widths_grow_with_the_size() -> None:
    face = Face(font("SourceSansPro-It"))
    text = "".join(string.ascii_letters)
    for size in (7, 13, 100):
        tolerance = len(text) * EXACT
        assert Style((face,), size).width(text) == pytest.approx(
            face.width(text) * size, abs=tolerance
        )


def test_the_first_face_that_has_a_character_is_used() -> None:
    serif, sans = Face(font("SourceSerifPro-It")), Face(font("SourceSansPro-Regular"))
    assert not serif.has("ω")
    assert sans.has("ω")
    style = Style((serif, sans), 10)
    assert style.width("aω") == pytest.approx(
        Style((serif,), 10).width("a") + Style((sans,), 10).width("ω")
    )


def test_a_character_that_no_face_has_is_named() -> None:
    style = Style((Face(font("SourceSerifPro-Regular")),), 10)
    with pytest.raises(Uncovered, match=r"U\+6E2F") as caught:
        style.width("the port, 港")
    assert caught.value.character == "港"
    assert style.width("the port,\u2003\u00ad\u200b") > style.width("the port,")


def test_a_web_font_is_measured_like_its_source() -> None:
    source = font("SourceSansPro-It")
    assert Face(as_web_font(source)).width("AVATAR fi") == Face(source).width("AVATAR fi")


def test_a_family_that_is_not_installed_has_no_face() -> None:
    assert system_face("No Such Family: It, Is - Not There") is None


def test_a_machine_without_fontconfigs_command_has_no_faces(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert system_face.__wrapped__("Noto Serif CJK JP") is None


def test_styles_are_the_same_by_what_they_say_and_not_by_what_was_measured() -> None:
    face = Face(font("SourceSansPro-It"))
    one, other = Style((face,), 10), Style((face,), 10)
    assert one.width("harbour") > 0
    assert {one, other} == {one}
    assert one != Style((face,), 11)

"""Measures texts without the layout engine, by the same shaper on the same font files.

The engine hands its text to Pango, and Pango cuts it where script or font change, then lets
HarfBuzz shape the pieces in 1/1024 pixels.  This module does the same.  What it leaves out, since
no publication's text depends on it: text that runs from right to left, vertical text, emoji in
pictures, letters spaced out.
"""

from __future__ import annotations

import subprocess
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path

import uharfbuzz
from fontTools.unicodedata import script as script_of

from typeset.layout.lines.web_fonts import unpacked

__all__ = ["Face", "Features", "Style", "Uncovered", "system_face"]

Features = tuple[tuple[str, int], ...]
"""OpenType features and their values, as the engine's own `font_features` names them."""

_UNITS = 1024
"""Pango's units to the pixel."""
_EM = 2_048_000
"""The units in which widths in em are measured: whole ones to the unit of nearly any font."""
_COMMON = frozenset(("Zyyy", "Zinh"))
_LATIN = _COMMON | {"Latn"}
_UPRIGHT = frozenset("§©®±¼½¾×÷‖†‡※‼⁂⁇⁈⁉⁑℃℉ℓ№™Ω℮")
"""Characters between Latin letters that stand upright in vertical text.  Pango sets them, and East
Asian ones, apart from their neighbours in any text, so nothing is kerned with them."""


class Uncovered(Exception):
    """None of the fonts has a character.

    Args:
        character: the first such character of a text.
    """

    def __init__(self, character: str) -> None:
        super().__init__(f"no font has {character!r} (U+{ord(character):04X})")
        self.character = character


class Face:
    """A font file, ready to be measured with.

    Args:
        font: its bytes: TrueType or OpenType, a collection or WOFF too; or the path of a file,
            which then is not read into memory as a whole.
        index: which face of a collection.
    """

    def __init__(self, font: bytes | Path, index: int = 0) -> None:
        if isinstance(font, Path):
            blob = uharfbuzz.Blob.from_file_path(font)
        else:
            blob = uharfbuzz.Blob(unpacked(font))
        self._face = uharfbuzz.Face(blob, index)
        self._sizes: dict[int, uharfbuzz.Font] = {}
        self._has: dict[str, bool] = {}
        self._widths: dict[tuple[str, Features, str], float] = {}

    def has(self, character: str) -> bool:
        """Return whether the font has a glyph for a character."""
        if (known := self._has.get(character)) is None:
            glyph = self._at(_EM).get_nominal_glyph(ord(character))
            known = self._has[character] = bool(glyph)
        return known

    def width(self, text: str, features: Features = (), *, language: str = "") -> float:
        """Return the width of a text of one script, in em.

        Args:
            text: what is measured; a character that the font lacks counts as its empty box.
            features: those that are switched on or off.
            language: the tag of the text's language, on which shapes may depend.
        """
        key = text, features, language
        if (known := self._widths.get(key)) is None:
            script = next((_script(c) for c in text if _script(c) not in _COMMON), "Latn")
            run = _Run(0, len(text), script)
            known = self.advance(text, run, _EM, features, language) / _EM
            self._widths[key] = known
        return known

    def advance(self, text: str, run: _Run, scale: int, features: Features, language: str) -> int:
        """Return the width of a part of a text.

        Args:
            text: the whole text, since shapes may depend on the neighbours of the part.
            run: the part.
            scale: the units to the em.
            features: those that are switched on or off.
            language: the tag of the text's language.

        Returns:
            The width in the units of the scale.
        """
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text, run.start, run.end - run.start)
        buffer.flags = uharfbuzz.BufferFlags.BOT | uharfbuzz.BufferFlags.EOT
        buffer.direction = "ltr"
        buffer.script = run.script
        if language:
            buffer.language = language.lower()
        uharfbuzz.shape(self._at(scale), buffer, dict(features))
        return sum(glyph.x_advance for glyph in buffer.glyph_positions)

    def _at(self, scale: int) -> uharfbuzz.Font:
        if scale not in self._sizes:
            font = uharfbuzz.Font(self._face)
            font.scale = (scale, scale)
            self._sizes[scale] = font
        return self._sizes[scale]


@dataclass(frozen=True, slots=True)
class _Run:
    """A part of a text in one script."""

    start: int
    end: int
    script: str


@dataclass(frozen=True)
class Style:
    """How a text is set: its fonts, their size and what is switched on or off in them."""

    faces: tuple[Face, ...]
    """The first has precedence; the others have what it lacks."""
    size: float
    """In pixels."""
    features: Features = ()
    language: str = ""
    """The tag of the language, on which shapes may depend; empty if it is not known."""
    _widths: dict[tuple[str, bool], float] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def width(self, text: str, *, spaces_apart: bool = False) -> float:
        """Return the width of a text on one line, in pixels.

        Args:
            text: what is measured, with every space in it.
            spaces_apart: whether the engine sets spaces by themselves, which it does wherever it
                changes their width; then no letter is kerned with a space.

        Raises:
            Uncovered: if no face has a character.
        """
        key = text, spaces_apart
        if (known := self._widths.get(key)) is None:
            scale = int(self.size * _UNITS)
            total = 0
            for face, run in self._runs(text, spaces_apart=spaces_apart):
                total += face.advance(text, run, scale, self.features, self.language)
            known = self._widths[key] = total / _UNITS
        return known

    def _runs(self, text: str, *, spaces_apart: bool) -> Iterator[tuple[Face, _Run]]:
        for start, end, script in _script_runs(text):
            cuts = _cuts(text, start, end) if spaces_apart else []
            for one, other in pairwise((start, *cuts, end)):
                for first, last, face in self._face_runs(text, one, other):
                    yield face, _Run(first, last, script)

    def _face_runs(self, text: str, start: int, end: int) -> list[tuple[int, int, Face]]:
        """Split a part of a text by the face that has the characters.

        Spaces and what cannot be seen follow what stands before them, but go with what comes after
        if that is in a face of higher rank.
        """
        # Most texts need no look at each character.
        if all(map(self.faces[0].has, set(text[start:end]))):
            return [(start, end, self.faces[0])]
        runs: list[list[int]] = []
        for place in range(start, end):
            if _follows(text[place]):
                if runs:
                    runs[-1][1] = place + 1
                continue
            rank = self._rank(text[place])
            if runs and runs[-1][2] == rank:
                runs[-1][1] = place + 1
                continue
            begin = place if runs else start
            while runs and rank < runs[-1][2] and _follows(text[begin - 1]):
                begin -= 1
            if runs:
                runs[-1][1] = begin
            runs.append([begin, place + 1, rank])
        if not runs:
            runs.append([start, end, self._rank(" ")])
        return [(first, last, self.faces[rank]) for first, last, rank in runs]

    def _rank(self, character: str) -> int:
        for rank, face in enumerate(self.faces):
            if face.has(character):
                return rank
        raise Uncovered(character)


@cache
def system_face(family: str, *, bold: bool = False) -> Face | None:
    """Return an installed font of a family, or None if there is none.

    The engine asks the same library, Fontconfig, for fonts that no publication brings along.
    """
    pattern = f"{_escaped(family)}:weight={'bold' if bold else 'regular'}:slant=roman"
    command = ["fc-match", "--format=%{file}\n%{index}\n%{family}", pattern]
    try:
        answer = subprocess.run(  # noqa: S603 - a command of the system, and no shell
            command, capture_output=True, text=True, check=True, timeout=30
        ).stdout
        file, index, families = answer.split("\n", 2)
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    # Fontconfig always finds a font, so check that it is of this family.
    if family.casefold() not in (name.strip().casefold() for name in families.split(",")):
        return None
    # Above the face's number stands that of a variable font's instance.
    number = int(index)
    return Face(Path(file), number) if number <= 0xFFFF else None


def _escaped(family: str) -> str:
    return "".join(f"\\{c}" if c in "\\-:,=" else c for c in family)


@cache
def _follows(character: str) -> bool:
    """Return whether a character is set in whatever font is in use, as Pango does with spaces."""
    kind = unicodedata.category(character)
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return (
        kind in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        or (kind == "Zs" and character != "\u1680")
        or (is_selector)
    )


@cache
def _script(character: str) -> str:
    return str(script_of(character))


def _script_runs(text: str) -> list[tuple[int, int, str]]:
    """Split a text by script.

    Characters of every script belong to the one before them, at the beginning to the first one.
    A closing bracket belongs to the script of the opening one.
    """
    # Most texts need no look at each place.
    scripts = {_script(character) for character in set(text)}
    if scripts <= _LATIN and _UPRIGHT.isdisjoint(text):
        return [(0, len(text), "Latn" if "Latn" in scripts else "Zyyy")] if text else []
    runs: list[tuple[int, str]] = []
    open_brackets: list[tuple[str, str]] = []
    for place, character in enumerate(text):
        script = _script(character)
        current = runs[-1][1] if runs else "Zyyy"
        if (closing := _CLOSING.get(character)) is not None:
            open_brackets.append((closing, current))
        elif character in _OPENING:
            while open_brackets:
                expected, before = open_brackets.pop()
                if expected == character:
                    script = before
                    break
        if not runs:
            runs.append((0, script if script not in _COMMON else "Zyyy"))
        elif script not in _COMMON and script != current:
            if current == "Zyyy":
                runs[-1] = (runs[-1][0], script)
                open_brackets = [
                    (closing, script if before == "Zyyy" else before)
                    for closing, before in open_brackets
                ]
            else:
                runs.append((place, script))
    starts = [start for start, _ in runs]
    cuts = sorted({*starts, *_upright_cuts(text), len(text)})
    return [(one, other, runs[bisect_right(starts, one) - 1][1]) for one, other in pairwise(cuts)]


_PAIRS = "()[]{}«»‘’“”‹›⁅⁆〈〉《》「」『』【】〔〕〖〗〘〙〚〛"
_CLOSING = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_OPENING = frozenset(_PAIRS[1::2])


def _upright_cuts(text: str) -> Iterator[int]:
    for place in range(1, len(text)):
        if (text[place - 1] in _UPRIGHT) != (text[place] in _UPRIGHT):
            yield place


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Return the places before and after each space within a part of a text."""
    spaces = [place for place in range(start, end) if text[place] in " \u00a0"]
    return sorted({cut for place in spaces for cut in (place, place + 1) if start < cut < end})

"""The fonts of a document as the engine will choose them, ready to be measured with."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from typeset.layout.engine.styles import ComputedStyle, features_of
from typeset.layout.lines.expand_font import CannotExpand, expanded
from typeset.layout.lines.shaping import Face, Style, system_face
from typeset.layout.protocol import JobFace

__all__ = ["STEPS", "FontBook", "family_at"]

STEPS = (-20, -10, 10, 20)
"""How much wider letters may be set, in thousandths; more would be seen."""
_BOLD = 600
"""The weight from which on a bold face is taken."""
_CODE = "monospace"
"""The family that the engine's own styles name for code."""


def family_at(family: str, step: int) -> str:
    """Return the name of a family's copy that is expanded by so many thousandths."""
    # Pango would take a number at the end of a name for a size.
    return f"{family} X{1000 + step}"


@dataclass(frozen=True, slots=True)
class _Copy:
    """An expanded copy of a font file."""

    family: str
    face: JobFace
    address: str


class FontBook:
    """The families of a document, in all their faces and widths.

    Args:
        faces: the font files that the document brings.
        resources: their contents, by address.
        cache: a folder that keeps expanded copies; None keeps none.
    """

    def __init__(
        self,
        faces: Sequence[JobFace],
        resources: Mapping[str, tuple[str, bytes]],
        cache: Path | None,
    ) -> None:
        self.resources: dict[str, tuple[str, bytes]] = {}
        """The expanded copies, as the engine may ask for them."""
        self._own: dict[tuple[str, bool, bool], Face] = {}
        self._copies: list[_Copy] = []
        self._styles: dict[tuple[object, ...], Style | None] = {}
        self.expandable: frozenset[str] = frozenset(self._expand(faces, resources, cache))
        """The families of which there are copies."""

    def _expand(
        self,
        faces: Sequence[JobFace],
        resources: Mapping[str, tuple[str, bytes]],
        cache: Path | None,
    ) -> set[str]:
        families, stiff = set(), set()
        for face in faces:
            data = resources[face.address][1]
            self._own[face.family, face.bold, face.italic] = Face(data)
            families.add(face.family)
            for step in STEPS:
                family = family_at(face.family, step)
                try:
                    copy = expanded(data, step, family, cache)
                except CannotExpand:
                    stiff.add(face.family)
                    break
                address = f"{face.address}?{step}"
                self.resources[address] = ("font/ttf", copy)
                self._own[family, face.bold, face.italic] = Face(copy)
                self._copies.append(_Copy(family, face, address))
        return families - stiff

    def style_sheet(self) -> str:
        """Return styles that name the copies to the engine."""
        return "".join(
            f'@font-face {{ font-family: "{copy.family}"; src: url("{copy.address}");'
            f" font-weight: {'bold' if copy.face.bold else 'normal'};"
            f" font-style: {'italic' if copy.face.italic else 'normal'} }}"
            for copy in self._copies
            if copy.face.family in self.expandable
        )

    def style(self, computed: ComputedStyle, step: int = 0) -> Style | None:
        """Return what measures an element's text; None if one of its fonts is not known.

        Args:
            computed: the element's style.
            step: by how many thousandths its first family is expanded.
        """
        families = tuple(computed["font_family"])
        if step:
            families = (family_at(families[0], step), *families[1:])
        bold = computed["font_weight"] >= _BOLD
        italic = computed["font_style"] != "normal"
        features = tuple(sorted(features_of(computed).items()))
        key = (families, bold, italic, computed["font_size"], features, computed["lang"])
        if key not in self._styles:
            faces = [self._face(family, bold=bold, italic=italic) for family in families]
            known = tuple(face for face in faces if face is not None)
            self._styles[key] = (
                Style(known, computed["font_size"], features, computed["lang"] or "")
                if faces and faces[0] is not None
                else None
            )
        return self._styles[key]

    def _face(self, family: str, *, bold: bool, italic: bool) -> Face | None:
        own = self._own.get((family, bold, italic))
        return own or system_face(_installed(family), bold=bold)


@cache
def _installed(family: str) -> str:
    """Return the family that the system takes for code, in whose place the engine only says so."""
    if family != _CODE:
        return family
    command = ["fc-match", "--format=%{family[0]}", family]
    try:
        return subprocess.run(  # noqa: S603 - a command of the system, and no shell
            command, capture_output=True, text=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError, ValueError):
        return family

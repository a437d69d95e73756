"""A theme as a value, with its font files and the characters that they have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from typeset.geometry import Metrics
from typeset.languages.cjk_regions import FontStyle

__all__ = ["Coverage", "FaceStyle", "FontFace", "FontFamily", "Theme"]

FaceStyle = tuple[bool, bool]
"""Whether a face is bold, and whether it is italic."""

Coverage = Mapping[FaceStyle, frozenset[int]]
"""The code points that each style has."""


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file of a theme."""

    family: str
    style: FaceStyle
    name: str
    """A unique name."""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class FontFamily:
    """A family of a theme, and where the theme uses it."""

    name: str
    east_asian: FontStyle
    """The style of East Asian type that matches it."""
    used_in: tuple[str, ...]
    """Selectors of the elements that use it; empty for the family of the text."""
    faces: tuple[FontFace, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with the content of its files."""

    name: str
    accent: str
    styles: tuple[str, ...] = field(repr=False)
    """Style sheets for print, those of the themes that it extends first."""
    web_styles: tuple[str, ...] = field(repr=False)
    """The same for the web; may be empty, as the built-in styles suffice there."""
    metrics: Metrics
    families: tuple[FontFamily, ...]
    """The families, that of the text first."""
    templates: Mapping[str, tuple[str, str]] = field(repr=False)
    """The path and the text of each template of the theme, by its name."""
    coverage: Coverage = field(repr=False)
    """The code points that all text fonts of the theme have."""

    @property
    def faces(self) -> tuple[FontFace, ...]:
        """Every font file."""
        return tuple(face for family in self.families for face in family.faces)

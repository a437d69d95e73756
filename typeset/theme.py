"""Themes: a folder of styles and a ``theme.yaml`` that names its fonts and its page."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from typeset.assets import font_file, styles_folder
from typeset.diagnostics import Report, nearest
from typeset.errors import ContentError, EnvironmentFault
from typeset.fonts import Coverage, FaceStyle, characters_in, common_coverage
from typeset.geometry import Metrics
from typeset.source import Location, SourceFile
from typeset.validation import Settings, validate
from typeset.yamldata import load_yaml

__all__ = ["DEFAULT_THEME", "FontFace", "Theme", "load_theme", "theme_names"]

DEFAULT_THEME = "brief"

_STYLES: dict[str, FaceStyle] = {
    "regular": (False, False),
    "bold": (True, False),
    "italic": (False, True),
    "bold_italic": (True, True),
}


class _Faces(Settings):
    regular: str
    bold: str
    italic: str
    bold_italic: str


class _Family(Settings):
    family: str
    package: str
    faces: _Faces


class _ThemeFile(Settings):
    version: Literal["1"]
    accent: str
    fonts: tuple[_Family, ...]
    page: Metrics


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file of a theme."""

    family: str
    style: FaceStyle
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme, its files read."""

    name: str
    folder: Path
    accent: str
    print_css: str = field(repr=False)
    metrics: Metrics
    faces: tuple[FontFace, ...]
    coverage: Coverage = field(repr=False)
    """What every text font of the theme can show."""


def theme_names() -> list[str]:
    """Return the names of the installed themes."""
    return sorted(path.parent.name for path in styles_folder().glob("*/theme.yaml"))


def load_theme(name: str, location: Location, report: Report) -> Theme:
    """Return an installed theme; the default one after an error.

    Args:
        name: its folder's name.
        location: where the manifest names it.
        report: told if there is no such theme.
    """
    known = theme_names()
    if name not in known:
        hint = nearest(name, known) or f"there are: {', '.join(known)}"
        report.error("theme-unknown", f"there is no theme `{name}`", location, hint)
        name = DEFAULT_THEME
    return _read(styles_folder() / name)


@cache
def _read(folder: Path) -> Theme:
    path = folder / "theme.yaml"
    report = Report()
    data = load_yaml(SourceFile(path.name, path.read_text("utf-8")), report)
    settings = None if data is None else validate(_ThemeFile, data, report)
    if settings is None:
        raise EnvironmentFault(f"the theme {folder.name} is broken") from ContentError(report)
    faces = tuple(
        FontFace(family.family, _STYLES[style], name, font_file(family.package, name))
        for family in settings.fonts
        for style, name in family.faces.model_dump().items()
    )
    families = [
        {face.style: characters_in(face.data) for face in faces if face.family == family.family}
        for family in settings.fonts
    ]
    return Theme(
        name=folder.name,
        folder=folder,
        accent=settings.accent,
        print_css=(folder / "print.css").read_text("utf-8"),
        metrics=settings.page,
        faces=faces,
        coverage=common_coverage(families),
    )

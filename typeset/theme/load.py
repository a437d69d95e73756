"""Loads themes.  A theme is a folder with a ``theme.yaml``, styles, and its own templates.

A publication may have its own themes in its folder ``themes``, which take precedence over built-in
ones.  A theme may extend another, and then has only what is different.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, FiniteFloat

from typeset.config.validation import AccentColor, Settings, Text, validate
from typeset.config.yaml_loader import YamlData, load_yaml
from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report, nearest
from typeset.errors import ContentError, EnvironmentFault
from typeset.files import file_codes
from typeset.files.assets import font_file, styles_folder
from typeset.files.workspace import FileFault, ReadProblem, Workspace
from typeset.geometry import Metrics
from typeset.languages.cjk_regions import FontStyle
from typeset.source import Location
from typeset.theme.coverage import characters_in, common_coverage, fault_of_font
from typeset.theme.css_nesting import MOST_NESTED, line_too_deep
from typeset.theme.theme import FaceStyle, FontFace, FontFamily, Theme

__all__ = [
    "DEFAULT_THEME",
    "TEMPLATES",
    "installed_theme",
    "load_theme",
    "read_templates",
    "theme_names",
]

DEFAULT_THEME = "brief"
THEME_FILE = "theme.yaml"
STYLES_FILE = "print.css"
WEB_STYLES_FILE = "web.css"
OWN_THEMES = "themes"
"""The folder of a publication with its own themes."""
TEMPLATES = "templates"
"""The folder of a theme, or of a publication, with its templates."""
_TEMPLATE = ".j2"

_STYLES: dict[str, FaceStyle] = {
    "regular": (False, False),
    "bold": (True, False),
    "italic": (False, True),
    "bold_italic": (True, True),
}


def _package(value: Any) -> Any:
    # The package is imported to find its files, so only names of fonts are safe.
    if isinstance(value, str) and not (value.startswith("font_") and value.isidentifier()):
        raise ValueError(f"`{value}` is not a font package such as font_source_serif_pro")
    return value


class _Faces(Settings):
    regular: Text
    bold: Text
    italic: Text
    bold_italic: Text


class _Family(Settings):
    family: Text
    package: Annotated[str, BeforeValidator(_package)] | None = None
    faces: _Faces
    east_asian: FontStyle = "serif"
    used_in: tuple[Text, ...] = ()


class _Page(Settings):
    baseline: Annotated[FiniteFloat, Field(ge=8, le=40)] | None = None
    east_asian_baseline: Annotated[FiniteFloat, Field(ge=8, le=40)] | None = None
    top: Annotated[FiniteFloat, Field(ge=14)] | None = None
    bottom: Annotated[FiniteFloat, Field(ge=14)] | None = None
    side: Annotated[FiniteFloat, Field(ge=14)] | None = None
    gap: Annotated[FiniteFloat, Field(ge=6)] | None = None
    sidebar: Annotated[FiniteFloat, Field(ge=60)] | None = None
    sidebar_gap: Annotated[FiniteFloat, Field(ge=6)] | None = None
    first_rise: Annotated[int, Field(ge=0, le=6)] | None = None


class _ThemeFile(Settings):
    version: Literal["1"]
    extends: Text | None = None
    accent: AccentColor | None = None
    fonts: tuple[_Family, ...] = ()
    page: _Page = Field(default_factory=_Page)


def theme_names() -> list[str]:
    """Return the names of the installed themes."""
    return sorted(_names(Workspace.at(styles_folder()), "*"))


def load_theme(name: str, workspace: Workspace | None, location: Location, report: Report) -> Theme:
    """Return a theme of the publication or a built-in one; the default after an error.

    Args:
        name: its folder's name.
        workspace: the publication's folder; None if there is none yet.
        location: where the manifest names it.
        report: receives a missing theme, and mistakes in a theme of the publication.
    """
    theme = _find(name, workspace, location, report, extending=())
    return theme or installed_theme(DEFAULT_THEME)


def _find(
    name: str,
    workspace: Workspace | None,
    location: Location,
    report: Report,
    extending: tuple[str, ...],
) -> Theme | None:
    """Return the theme of a name, or None if there is no usable one.

    Those in ``extending`` are the publication's own themes that extend it: a theme may have the
    name of the installed one that it extends, but may not extend itself.
    """
    own = set() if workspace is None else _names(workspace, f"{OWN_THEMES}/*") - set(extending)
    installed = set(theme_names())
    if workspace is not None and (
        name in own or (name not in installed and workspace.is_outside(f"{OWN_THEMES}/{name}"))
    ):
        return _read_own(name, workspace, report, (*extending, name))
    if name in installed:
        return installed_theme(name)
    if name in extending:
        report.add(Code.THEME_CIRCULAR, f"the theme `{name}` extends itself", location)
    else:
        known = own | installed
        hint = nearest(name, known) or f"there are: {', '.join(sorted(known))}"
        report.add(Code.THEME_UNKNOWN, f"unknown theme `{name}`", location, hint)
    return None


def _names(workspace: Workspace, pattern: str) -> set[str]:
    """Return the names of themes, without folders behind links that lead outside."""
    return {
        path.parent.name
        for path in workspace.root.glob(f"{pattern}/{THEME_FILE}")
        if not workspace.is_outside(path.relative_to(workspace.root).as_posix())
    }


@cache
def installed_theme(name: str) -> Theme:
    """Return a built-in theme.

    Raises:
        EnvironmentFault: if one of its fonts is not installed, or one of its files is damaged.
    """
    workspace, report = Workspace.at(styles_folder() / name), Report()
    theme = None
    settings = _settings(workspace, THEME_FILE, report)
    if settings is not None:
        base = None if settings.file.extends is None else installed_theme(settings.file.extends)
        theme = _Reader(name, workspace, ".", report).read(settings, base)
    if theme is None or len(report):
        raise EnvironmentFault(f"the theme {name} is broken") from ContentError(report)
    return theme


def _read_own(
    name: str, workspace: Workspace, report: Report, extending: tuple[str, ...]
) -> Theme | None:
    folder = f"{OWN_THEMES}/{name}"
    settings = _settings(workspace, f"{folder}/{THEME_FILE}", report)
    if settings is None:
        return None
    base = None
    if settings.file.extends is not None:
        base = _find(
            settings.file.extends, workspace, settings.locate("extends"), report, extending
        )
        if base is None:
            return None
    return _Reader(name, workspace, folder, report).read(settings, base)


@dataclass(frozen=True, slots=True)
class _Settings:
    """The settings in a theme's file, and their places."""

    file: _ThemeFile
    source: YamlData

    def locate(self, *path: str | int) -> Location:
        return self.source.locate(path)


def _settings(workspace: Workspace, path: str, report: Report) -> _Settings | None:
    try:
        source = workspace.read_text(path)
    except ReadProblem as problem:
        place = Location(path)
        code = file_codes.THEME.of(problem.fault)
        report.add(code, f"{path} {problem.message}", place, problem.hint)
        return None
    data = load_yaml(source, report)
    file = None if data is None else validate(_ThemeFile, data, report)
    return None if data is None or file is None else _Settings(file, data)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the files of one theme."""

    name: str
    workspace: Workspace
    folder: str
    report: Report

    def read(self, settings: _Settings, base: Theme | None) -> Theme | None:
        """Return the theme, or None after a mistake.

        Args:
            settings: its ``theme.yaml``.
            base: the theme that it extends.
        """
        file, place = settings.file, settings.source.origin
        metrics = self._metrics(settings, base)
        families = self._families(settings) or (base.families if base else ())
        accent = file.accent or (base.accent if base else None)
        for missing, what in ((families, "fonts"), (accent, "accent")):
            if not missing:
                hint = f"add `{what}:`, or extend a theme: `extends: {DEFAULT_THEME}`"
                self.report.add(Code.SETTING_MISSING, f"`{what}` is missing", place, hint)
        styles, web_styles = self._styles(base), self._web_styles(base)
        if metrics is None or not families or accent is None or styles is None:
            return None
        return Theme(
            name=self.name,
            accent=accent,
            styles=styles,
            web_styles=web_styles,
            metrics=metrics,
            families=families,
            templates={**(base.templates if base else {}), **self._templates()},
            coverage=common_coverage(
                {face.style: characters_in(face.data) for face in family.faces}
                for family in families
            ),
        )

    def _metrics(self, settings: _Settings, base: Theme | None) -> Metrics | None:
        given = settings.file.page.model_dump(exclude_none=True)
        inherited = asdict(base.metrics) if base else {}
        missing = [one.name for one in fields(Metrics) if one.name not in {**inherited, **given}]
        for name in missing:
            place, hint = settings.locate("page"), f"add a line `{name}: …` below `page:`"
            self.report.add(Code.SETTING_MISSING, f"`page.{name}` is missing", place, hint)
        return None if missing else Metrics(**{**inherited, **given})

    def _styles(self, base: Theme | None) -> tuple[str, ...] | None:
        path = f"{self.folder}/{STYLES_FILE}"
        try:
            return (*(base.styles if base else ()), self._style(path))
        except ReadProblem as problem:
            if problem.fault is FileFault.MISSING and base is not None:
                return base.styles
            hint = f"write the styles of the theme there, or extend a theme: {DEFAULT_THEME}"
            message = f"{path} {problem.message}"
            self.report.add(file_codes.THEME.of(problem.fault), message, Location(path), hint)
            return None

    def _web_styles(self, base: Theme | None) -> tuple[str, ...]:
        inherited = base.web_styles if base else ()
        path = f"{self.folder}/{WEB_STYLES_FILE}"
        try:
            return (*inherited, self._style(path))
        except ReadProblem as problem:
            if problem.fault is not FileFault.MISSING:
                code = file_codes.THEME.of(problem.fault)
                self.report.add(code, f"{path} {problem.message}", Location(path))
            return inherited

    def _style(self, path: str) -> str:
        """Read a style sheet, and report one that parsers cannot read.

        Raises:
            ReadProblem: if it cannot be read.
        """
        text = self.workspace.read_text(path).text
        if line := line_too_deep(text):
            message = f"brackets are nested more than {MOST_NESTED} deep"
            hint = "write it with fewer: one `calc()` needs no other in it"
            self.report.add(Code.STYLE_NESTED, message, Location(path, line), hint)
        return text

    def _families(self, settings: _Settings) -> tuple[FontFamily, ...]:
        families = []
        for position, family in enumerate(settings.file.fonts):
            faces = []
            for style, name in family.faces.model_dump().items():
                place = settings.locate("fonts", position, "faces", style)
                data = self._font(family.package, name, place)
                if data is not None:
                    home = family.package or self.folder
                    faces.append(FontFace(family.family, _STYLES[style], f"{home}/{name}", data))
            if len(faces) < len(_STYLES):
                return ()
            families.append(
                FontFamily(family.family, family.east_asian, family.used_in, tuple(faces))
            )
        return tuple(families)

    def _font(self, package: str | None, name: str, place: Location) -> bytes | None:
        """Return a font file of a package, or of the theme's folder if there is no package."""
        if package is not None:
            return font_file(package, name)
        try:
            data = self.workspace.read_bytes(self.workspace.find(name, self.folder))
        except ReadProblem as problem:
            code = file_codes.FONT.of(problem.fault)
            self.report.add(code, f"{name} {problem.message}", place)
            return None
        fault = fault_of_font(data)
        if fault:
            hint = "take a static TrueType or OpenType font"
            self.report.add(Code.FONT_UNUSABLE, f"{name} {fault}", place, hint)
            return None
        return data

    def _templates(self) -> dict[str, tuple[str, str]]:
        return read_templates(self.workspace, f"{self.folder}/{TEMPLATES}", self.report)


def read_templates(workspace: Workspace, folder: str, report: Report) -> dict[str, tuple[str, str]]:
    """Return the path and the text of each template below a folder, by its name."""
    templates = {}
    if workspace.is_outside(folder):
        hint = "move the folder itself there, or delete the link"
        message = f"{folder} lies outside the publication's folder"
        report.add(Code.TEMPLATE_OUTSIDE, message, Location(folder), hint)
    for name in workspace.names(folder):
        path = str(PurePosixPath(folder, name))
        if not name.endswith(_TEMPLATE):
            continue
        try:
            templates[name] = (path, workspace.read_text(path).text)
        except ReadProblem as problem:
            message = f"{path} {problem.message}"
            code = file_codes.TEMPLATE.of(problem.fault)
            report.add(code, message, Location(path), problem.hint)
    return templates

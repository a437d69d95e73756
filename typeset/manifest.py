"""The manifest: what ``publication.yaml`` and ``issue.yaml`` say, read and judged in one run.

An issue inherits every setting of its publication and may override any: mappings merge, lists
replace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, NonNegativeInt, PositiveFloat, PositiveInt

from typeset.diagnostics import Report, nearest
from typeset.geometry import PageSize
from typeset.source import Location
from typeset.validation import IsoDate, LanguageTag, Settings, Text, validate
from typeset.workspace import ReadProblem, Workspace
from typeset.yamldata import YamlData, load_yaml, merge

__all__ = [
    "ISSUE_FILE",
    "PUBLICATION_FILE",
    "ArticleEntry",
    "IssueSettings",
    "Limits",
    "Manifest",
    "MastheadEntry",
    "load_manifest",
]

PUBLICATION_FILE = "publication.yaml"
ISSUE_FILE = "issue.yaml"

_POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0}
_MINIMUM_CONTRAST = 4.5


_PAGES = {
    "letter": PageSize(612.0, 792.0),
    "a4": PageSize(210 * _POINTS["mm"], 297 * _POINTS["mm"]),
}


def _page_size(value: Any) -> Any:
    if isinstance(value, str):
        if value.lower() not in _PAGES:
            raise ValueError(f"`{value}` is not a page; write letter, a4 or [180 mm, 250 mm]")
        return _PAGES[value.lower()]
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("expected letter, a4, or a width and a height such as [180 mm, 250 mm]")
    width, height = (_length(str(item)) for item in value)
    if not (250 <= width <= 1500 and 300 <= height <= 2200):
        raise ValueError("a page is between 88 and 529 mm wide and 106 and 776 mm high")
    return PageSize(width, height)


def _length(value: str) -> float:
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(mm|cm|in|pt)\s*", value)
    if match is None:
        raise ValueError(f"`{value}` is not a length such as 180 mm, 7.5 in or 540 pt")
    return float(match[1]) * _POINTS[match[2]]


def _accent(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise ValueError("expected a color such as `#7A1F2B`, in quotes")
    if _contrast_with_white(value) < _MINIMUM_CONTRAST:
        raise ValueError(f"the color {value} is too light to be read on white; choose a darker one")
    return value.lower()


def _contrast_with_white(color: str) -> float:
    """Return the contrast ratio of WCAG 2.2, section 1.4.3."""
    channels = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def _web_address(value: Any) -> Any:
    if isinstance(value, str) and not re.match(r"https?://[^\s/]+", value):
        raise ValueError(f"`{value}` is not a web address that begins with https://")
    return value


def _article_entry(value: Any) -> Any:
    return {"path": value} if isinstance(value, str) else value


class Cadence(Settings):
    """How often issues appear."""

    weeks: PositiveInt = 2
    weekday: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    ] = "wednesday"


class MastheadEntry(Settings):
    """A paragraph of the masthead, under a heading or not; both may hold Markdown."""

    heading: Text | None = None
    text: Text


class ArticleEntry(Settings):
    """An article of the issue, in the order of the contents."""

    path: Text
    max_pages: PositiveFloat | None = None


class Limits(Settings):
    """What laying out an issue may take before it is stopped."""

    seconds: PositiveInt = 300
    memory_mb: Annotated[int, Field(ge=256)] = 4096


class IssueSettings(Settings):
    """Everything that an issue's manifest may say, its publication's settings included."""

    version: Annotated[Literal["1"], Field(alias="schema")]
    name: Text
    publisher: Text | None = None
    language: LanguageTag = "en-US"
    cjk_language: LanguageTag = "zh-Hant"
    cadence: Cadence = Cadence()
    page: Annotated[PageSize, BeforeValidator(_page_size)] = _PAGES["letter"]
    theme: Text = "brief"
    accent: Annotated[str, BeforeValidator(_accent)] | None = None
    url: Annotated[str, BeforeValidator(_web_address)] | None = None
    rights: Text | None = None
    subject: Text | None = None
    contents: bool = True
    masthead: tuple[MastheadEntry, ...] = ()
    limits: Limits = Limits()
    volume: NonNegativeInt
    number: NonNegativeInt
    date: IsoDate
    flow: Literal["continuous"] = "continuous"
    articles: tuple[Annotated[ArticleEntry, BeforeValidator(_article_entry)], ...] = Field(
        min_length=1
    )


@dataclass(frozen=True, slots=True)
class Manifest:
    """An issue's settings, each with the place where it was set."""

    settings: IssueSettings
    folder: str
    """The issue's folder, relative to the publication's."""
    source: YamlData

    @property
    def location(self) -> Location:
        """The issue's manifest as a whole."""
        return Location(str(PurePosixPath(self.folder) / ISSUE_FILE))

    def locate(self, *path: str | int) -> Location:
        """Return the place where a setting was made."""
        return self.source.locate(path)


def load_manifest(workspace: Workspace, folder: str, report: Report) -> Manifest | None:
    """Read an issue's manifest on top of its publication's.

    Args:
        workspace: the publication's folder.
        folder: the issue's folder, relative to it.
        report: receives every mistake at its place.

    Returns:
        The manifest, or None if it cannot be used.
    """
    publication = _load(workspace, PUBLICATION_FILE, report)
    issue = _load(workspace, str(PurePosixPath(folder) / ISSUE_FILE), report)
    if publication is None or issue is None:
        return None
    source = merge(publication, issue)
    settings = validate(IssueSettings, source, report)
    # Articles are looked at in the raw data: one wrong setting hides no missing file.
    _check_articles(source, workspace, folder, report)
    return None if settings is None else Manifest(settings, folder, source)


def _load(workspace: Workspace, path: str, report: Report) -> YamlData | None:
    try:
        source = workspace.read_text(path)
    except ReadProblem as problem:
        message = f"{path} {problem.message}"
        report.error(f"manifest-{problem.code}", message, Location(path), problem.hint)
        return None
    return load_yaml(source, report)


def _check_articles(source: YamlData, workspace: Workspace, folder: str, report: Report) -> None:
    entries = source.data.get("articles")
    if not isinstance(entries, list):
        return
    seen: dict[str, Location] = {}
    for position, entry in enumerate(entries):
        path = entry.get("path") if isinstance(entry, dict) else entry
        if not isinstance(path, str) or not path:
            continue
        place = source.locate(("articles", position, "path"))
        try:
            found = workspace.find(path, folder)
        except ReadProblem as problem:
            hint = problem.hint or nearest(path, workspace.names(folder))
            report.error(f"article-{problem.code}", f"{path} {problem.message}", place, hint)
            continue
        if found in seen:
            message = f"{path} is listed twice; the first time on line {seen[found].line}"
            report.error("article-duplicate", message, place, "keep one of the two")
        seen.setdefault(found, place)

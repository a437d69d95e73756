"""The manifest: what ``publication.yaml`` and ``issue.yaml`` say, read and judged in one run.

An issue inherits every setting of its publication and may override any: mappings merge, lists
replace.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, FiniteFloat, PositiveInt

from typeset.diagnostics import Report, nearest
from typeset.eastasian import EAST_ASIAN
from typeset.geometry import Margins, PageSize
from typeset.source import Location
from typeset.validation import (
    AccentColor,
    IsoDate,
    LanguageTag,
    Settings,
    Text,
    WebAddress,
    salvage,
    validate,
)
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
_LEAST_MARGIN, _MOST_MARGIN = 5 * _POINTS["mm"], 100 * _POINTS["mm"]
MAX_ARTICLES = 200
MAX_GUESSES = 20
"""Missing articles for which a name is guessed: it takes time, and more of them have one cause."""

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
    match = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(mm|cm|in|pt)\s*", value)
    if match is None:
        raise ValueError(f"`{value}` is not a length such as 180 mm, 7.5 in or 540 pt")
    return float(match[1]) * _POINTS[match[2]]


def _margin(value: Any) -> Any:
    length = _length(str(value))
    if not _LEAST_MARGIN <= length <= _MOST_MARGIN:
        raise ValueError("a margin is between 5 and 100 mm")
    return length


def _article_list(value: Any) -> Any:
    if value == []:
        raise ValueError("expected at least one article, found none")
    if isinstance(value, list) and len(value) > MAX_ARTICLES:
        raise ValueError(f"an issue has at most {MAX_ARTICLES} articles")
    return value


def _article_entry(value: Any) -> Any:
    if isinstance(value, dict):
        return value
    if isinstance(value, str):
        return {"path": value}
    raise ValueError("expected the path of an article, such as articles/01-harbor.md")


def _glossary(value: Any) -> Any:
    if isinstance(value, dict):
        return value
    raise ValueError("expected names with their characters, such as `Kobe: 神戸`")


def _glossary_entry(value: Any) -> Any:
    if isinstance(value, dict):
        return value
    if isinstance(value, str):
        return {"characters": value}
    raise ValueError("expected characters such as 神戸, or {characters: 神戸, language: ja}")


def _characters(value: Any) -> Any:
    if isinstance(value, str) and not all(map(EAST_ASIAN.match, value.replace(" ", "") or " ")):
        found = f"`{value[:40]}`" if value.strip() else "nothing"
        raise ValueError(f"expected Chinese, Japanese or Korean characters, found {found}")
    return value


def _slug(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError("write small letters a to z, digits, and single hyphens between them")
    return value


Slug = Annotated[str, BeforeValidator(_slug), Field(max_length=80)]
"""A name that can stand in addresses and names of files."""

Count = Annotated[int, Field(ge=0, le=99_999)]
"""A number that issues are counted by."""


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
    max_pages: Annotated[FiniteFloat, Field(gt=0)] | None = None


Margin = Annotated[float, BeforeValidator(_margin)]
"""A length between the trimmed page's edge and its text, in points."""


class MarginSettings(Settings):
    """The page's margins; the theme gives those that are not set."""

    top: Margin | None = None
    bottom: Margin | None = None
    inner: Margin | None = None
    outer: Margin | None = None

    @property
    def margins(self) -> Margins:
        """The same as the page's geometry takes them."""
        return Margins(top=self.top, bottom=self.bottom, inner=self.inner, outer=self.outer)


class GlossaryEntry(Settings):
    """A name's characters, and their language where the characters do not tell it."""

    characters: Annotated[str, BeforeValidator(_characters)]
    language: LanguageTag | None = None


class Limits(Settings):
    """What laying out an issue may take before it is stopped."""

    seconds: PositiveInt = 300
    memory_mb: Annotated[int, Field(ge=256)] = 4096


class IssueSettings(Settings):
    """Everything that an issue's manifest may say, its publication's settings included."""

    version: Annotated[Literal["1"], Field(alias="schema")]
    name: Text
    slug: Slug | None = None
    publisher: Text | None = None
    language: LanguageTag = "en-US"
    cjk_language: LanguageTag = "zh-Hant"
    cjk_fonts: dict[LanguageTag, Text] = Field(default_factory=dict)
    cadence: Cadence = Cadence()
    page: Annotated[PageSize, BeforeValidator(_page_size)] = _PAGES["letter"]
    margins: MarginSettings = MarginSettings()
    theme: Text = "brief"
    accent: AccentColor | None = None
    url: WebAddress | None = None
    rights: Text | None = None
    subject: Text | None = None
    contents: bool = True
    glossary: Annotated[
        dict[Text, Annotated[GlossaryEntry, BeforeValidator(_glossary_entry)]],
        BeforeValidator(_glossary),
    ] = Field(default_factory=dict)
    masthead: tuple[MastheadEntry, ...] = ()
    limits: Limits = Limits()
    volume: Count
    number: Count
    date: IsoDate
    flow: Literal["continuous", "new-page"] = "continuous"
    articles: Annotated[
        tuple[Annotated[ArticleEntry, BeforeValidator(_article_entry)], ...],
        BeforeValidator(_article_list),
    ]


_STAND_INS = {"schema": "1", "name": "Untitled", "volume": 0, "number": 0, "date": "2000-01-01"}


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
        The manifest, or None if nothing can be made of it.  After an error, settings that are
        wrong or missing have stand-ins, so that the articles can be read and judged all the same.
    """
    publication = _load(workspace, PUBLICATION_FILE, report)
    issue = _load(workspace, str(PurePosixPath(folder) / ISSUE_FILE), report)
    # Articles are looked at in the raw data: one wrong setting hides no missing file.
    if publication is None or issue is None:
        for source in filter(None, (publication, issue)):
            validate(IssueSettings, source, report, partial=True)
            _check_articles(source, workspace, folder, report)
        return None
    source = merge(publication, issue)
    homes = dict.fromkeys(("schema", "name"), publication.locate(()))
    settings = validate(IssueSettings, source, report, homes=homes)
    _check_articles(source, workspace, folder, report)
    _check_glossary(source, report)
    if settings is None:
        # Up to an entry that names no path, so that each article keeps its position.
        paths = list(takewhile(bool, _paths(source)))
        settings = salvage(IssueSettings, source, {**_STAND_INS, "articles": paths})
    return None if settings is None else Manifest(settings, folder, source)


def _load(workspace: Workspace, path: str, report: Report) -> YamlData | None:
    try:
        source = workspace.read_text(path)
    except ReadProblem as problem:
        place = Location(path, problem.line)
        report.error(f"manifest-{problem.code}", f"{path} {problem.message}", place, problem.hint)
        return None
    return load_yaml(source, report)


def _paths(source: YamlData) -> list[str]:
    """Return the path that each entry of the articles names, or an empty text."""
    entries = source.data.get("articles")
    if not isinstance(entries, list):
        return []
    paths = [entry.get("path") if isinstance(entry, dict) else entry for entry in entries]
    return [path.strip() if isinstance(path, str) else "" for path in paths[:MAX_ARTICLES]]


def _check_glossary(source: YamlData, report: Report) -> None:
    """Report names without a value: of other settings, that means that there is none."""
    glossary = source.data.get("glossary")
    for name, value in glossary.items() if isinstance(glossary, dict) else ():
        if value is None:
            place = source.locate(("glossary", name), key=True)
            hint = f"write them after `{name}: `, or take the line out"
            report.error("setting-missing", f"`glossary.{name}` has no characters", place, hint)


def _check_articles(source: YamlData, workspace: Workspace, folder: str, report: Report) -> None:
    names = workspace.names(folder)
    guesses = MAX_GUESSES
    seen: dict[str, Location] = {}
    for position, path in enumerate(_paths(source)):
        if not path:
            continue
        place = source.locate(("articles", position, "path"))
        try:
            found = workspace.find(path, folder)
        except ReadProblem as problem:
            hint = problem.hint
            if problem.code == "missing" and guesses:
                hint = nearest(path, names)
                guesses -= 1
            report.error(f"article-{problem.code}", f"{path} {problem.message}", place, hint)
            continue
        if found in seen:
            message = f"{path} is listed twice; the first time on line {seen[found].line}"
            report.error("article-duplicate", message, place, "keep one of the two")
        seen.setdefault(found, place)

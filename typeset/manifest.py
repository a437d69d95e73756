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
from typeset.geometry import PageSize
from typeset.source import Location
from typeset.validation import IsoDate, LanguageTag, Settings, Text, WebAddress, salvage, validate
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


Count = Annotated[int, Field(ge=0, le=99_999)]
"""A number that issues are counted by."""


class Cadence(Settings, use_attribute_docstrings=True):
    """How often issues appear."""

    weeks: PositiveInt = 2
    """How many weeks lie between two issues."""
    weekday: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    ] = "wednesday"
    """The weekday on which issues appear."""


class MastheadEntry(Settings, use_attribute_docstrings=True):
    """A paragraph of the masthead, under a heading or not; both may hold Markdown."""

    heading: Text | None = None
    """A heading above the paragraph; Markdown."""
    text: Text
    """The paragraph; Markdown. {url}, {year}, {volume} and {number} are filled in."""


class ArticleEntry(Settings, use_attribute_docstrings=True):
    """An article of the issue, in the order of the contents."""

    path: Text
    """The article's file, relative to the issue's folder."""
    max_pages: Annotated[FiniteFloat, Field(gt=0)] | None = None
    """How many pages it may take before a warning."""


class Limits(Settings, use_attribute_docstrings=True):
    """What laying out an issue may take before it is stopped."""

    seconds: PositiveInt = 300
    """How long a layout may take."""
    memory_mb: Annotated[int, Field(ge=256)] = 4096
    """How much memory a layout may take, in megabytes."""


# What a JSON Schema can say of the settings that the functions above judge.
_LengthShape = Annotated[str, Field(pattern=r"^\s*[0-9]+(\.[0-9]+)?\s*(mm|cm|in|pt)\s*$")]
_PaperShape = Annotated[str, Field(pattern="^([Ll][Ee][Tt][Tt][Ee][Rr]|[Aa]4)$")]
_PageShape = Literal["letter", "a4"] | _PaperShape | tuple[_LengthShape, _LengthShape]
_AccentShape = Annotated[str, Field(pattern="^#[0-9A-Fa-f]{6}$", examples=["#7A1F2B"])]
_ArticleListShape = Annotated[
    list[Text | ArticleEntry], Field(min_length=1, max_length=MAX_ARTICLES)
]

Page = Annotated[PageSize, BeforeValidator(_page_size, json_schema_input_type=_PageShape)]
"""The size of a page, by its name or by its width and height."""
Accent = Annotated[str, BeforeValidator(_accent, json_schema_input_type=_AccentShape)]
"""A color that can be read on white."""


class IssueSettings(Settings, use_attribute_docstrings=True):
    """Everything that an issue's manifest may say, its publication's settings included."""

    version: Annotated[Literal["1"], Field(alias="schema")]
    """The version of these settings."""
    name: Text
    """The publication's name: on the nameplate and in the running head; Markdown."""
    publisher: Text | None = None
    """Who publishes it; for the PDF's metadata."""
    language: LanguageTag = "en-US"
    """Hyphenation, quotation marks, labels and the PDF's language: en-US, de, ja."""
    cjk_language: LanguageTag = "zh-Hant"
    """The language of bare Chinese characters: zh-Hant, zh-Hans, ja."""
    cadence: Cadence = Cadence()
    """How often issues appear; `typeset new issue` counts by it."""
    page: Page = _PAGES["letter"]
    """The page: letter, a4, or a width and a height such as [180 mm, 250 mm]."""
    theme: Text = "brief"
    """The design."""
    accent: Accent | None = None
    """One color, in quotes, readable on white; without it, the theme's own."""
    url: WebAddress | None = None
    """Where the web edition will stand; {slug}, {year}, {volume} and {number} are filled in."""
    rights: Text | None = None
    """Who may do what with the text."""
    subject: Text | None = None
    """A sentence on what the publication is about; for the PDF's metadata."""
    contents: bool = True
    """Whether the front page lists the articles."""
    masthead: tuple[MastheadEntry, ...] = ()
    """The paragraphs of the box beside the first article."""
    limits: Limits = Limits()
    """What a layout may take before it is stopped."""
    volume: Count
    """The volume of the issue."""
    number: Count
    """The number of the issue in its volume."""
    date: IsoDate
    """The day of the issue, as 2026-11-25."""
    flow: Literal["continuous"] = "continuous"
    """How articles follow one another."""
    articles: Annotated[
        tuple[Annotated[ArticleEntry, BeforeValidator(_article_entry)], ...],
        BeforeValidator(_article_list, json_schema_input_type=_ArticleListShape),
    ]
    """The articles in the order of the contents."""


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

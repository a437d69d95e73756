"""The settings of a publication and its issues: everything that a manifest may contain."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, FiniteFloat

from typeset.config.lengths import POINTS, LengthShape, length
from typeset.config.validation import (
    AccentColor,
    Doi,
    IsoDate,
    Issn,
    LanguageTag,
    Settings,
    Text,
    WebAddress,
)
from typeset.geometry import Margins, PageSize
from typeset.languages.east_asian import EAST_ASIAN
from typeset.limits import DEFAULT_MEMORY_MB, DEFAULT_SECONDS, MEMORY_MB, SECONDS
from typeset.manifest.edition_settings import EditionSettings

__all__ = [
    "MAX_ARTICLES",
    "ArticleEntry",
    "Cadence",
    "GlossaryEntry",
    "IssueSettings",
    "Limits",
    "MarginSettings",
    "MastheadEntry",
]

_LEAST_MARGIN, _MOST_MARGIN = 5 * POINTS["mm"], 100 * POINTS["mm"]
MAX_ARTICLES = 200

_PAGES = {
    "letter": PageSize(612.0, 792.0),
    "a4": PageSize(210 * POINTS["mm"], 297 * POINTS["mm"]),
}


def _page_size(value: Any) -> Any:
    if isinstance(value, str):
        if value.lower() not in _PAGES:
            raise ValueError(f"`{value}` is not a page; write letter, a4 or [180 mm, 250 mm]")
        return _PAGES[value.lower()]
    if not isinstance(value, list) or len(value) != 2:
        raise ValueError("expected letter, a4, or a width and a height such as [180 mm, 250 mm]")
    width, height = (length(str(item)) for item in value)
    if not (250 <= width <= 1500 and 300 <= height <= 2200):
        raise ValueError("a page is between 88 and 529 mm wide and 106 and 776 mm high")
    return PageSize(width, height)


def _margin(value: Any) -> Any:
    margin = length(str(value))
    if not _LEAST_MARGIN <= margin <= _MOST_MARGIN:
        raise ValueError("a margin is between 5 and 100 mm")
    return margin


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


# The patterns of these settings in a JSON Schema; the functions above check more.
_PaperShape = Annotated[str, Field(pattern="^([Ll][Ee][Tt][Tt][Ee][Rr]|[Aa]4)$")]
_PageShape = Literal["letter", "a4"] | _PaperShape | tuple[LengthShape, LengthShape]
_SlugShape = Annotated[str, Field(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]

Page = Annotated[PageSize, BeforeValidator(_page_size, json_schema_input_type=_PageShape)]
"""The size of a page, by its name or by its width and height."""
Margin = Annotated[float, BeforeValidator(_margin, json_schema_input_type=LengthShape)]
"""A length between the trimmed page's edge and its text, in points."""
Slug = Annotated[
    str, BeforeValidator(_slug, json_schema_input_type=_SlugShape), Field(max_length=80)
]
"""A name that can stand in addresses and names of files."""
Count = Annotated[int, Field(ge=0, le=99_999)]
"""A number that issues are counted by."""


class Cadence(Settings, use_attribute_docstrings=True):
    """How often issues appear."""

    weeks: Annotated[int, Field(ge=1, le=520)] = 2
    """How many weeks lie between two issues."""
    weekday: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    ] = "wednesday"
    """The weekday on which issues appear."""


class MarginSettings(Settings, use_attribute_docstrings=True):
    """The page's margins; the theme gives those that are not set."""

    top: Margin | None = None
    """The margin above the text."""
    bottom: Margin | None = None
    """The least margin below it: whole lines fill the page."""
    inner: Margin | None = None
    """The margin at the spine."""
    outer: Margin | None = None
    """The margin at the outer edge; where it differs from the inner one, pages are mirrored."""

    @property
    def margins(self) -> Margins:
        """Convert them to the margins of the page geometry."""
        return Margins(top=self.top, bottom=self.bottom, inner=self.inner, outer=self.outer)


class GlossaryEntry(Settings, use_attribute_docstrings=True):
    """A name's characters, and their language if the characters do not show it."""

    characters: Annotated[str, BeforeValidator(_characters)]
    """The name as it is written where it comes from."""
    language: LanguageTag | None = None
    """Its language, such as ja or zh-Hans."""


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
    """What reading an issue, and laying it out, may each take before it is stopped."""

    seconds: Annotated[int, Field(ge=SECONDS[0], le=SECONDS[-1])] = DEFAULT_SECONDS
    """How long each may take."""
    memory_mb: Annotated[int, Field(ge=MEMORY_MB[0], le=MEMORY_MB[-1])] = DEFAULT_MEMORY_MB
    """How much memory each may take, in megabytes."""


_ArticleListShape = Annotated[
    list[Text | ArticleEntry], Field(min_length=1, max_length=MAX_ARTICLES)
]
_GlossaryShape = dict[Text, Text | GlossaryEntry]


class IssueSettings(Settings, use_attribute_docstrings=True):
    """Everything that an issue's manifest may say, its publication's settings included."""

    version: Annotated[Literal["1"], Field(alias="schema")]
    """The version of these settings."""
    name: Text
    """The publication's name: on the nameplate and in the running head; Markdown."""
    slug: Slug | None = None
    """What the names of files begin with, in place of the name in plain letters."""
    publisher: Text | None = None
    """Who publishes it; for the PDF's metadata."""
    language: LanguageTag = "en-US"
    """Hyphenation, quotation marks, labels and the PDF's language: en-US, de, zh-Hant."""
    cjk_language: LanguageTag = "zh-Hant"
    """The language of bare Chinese characters: zh-Hant, zh-Hans, ja."""
    cjk_fonts: dict[LanguageTag, Text] = Field(default_factory=dict)
    """Font files by East Asian language, in place of the system's fonts."""
    glossary: Annotated[
        dict[Text, Annotated[GlossaryEntry, BeforeValidator(_glossary_entry)]],
        BeforeValidator(_glossary, json_schema_input_type=_GlossaryShape),
    ] = Field(default_factory=dict)
    """Names and their characters, which follow a name's first mention: `Kobe: 神戸`."""
    cadence: Cadence = Field(default_factory=Cadence)
    """How often issues appear; `typeset-press new issue` counts by it."""
    page: Page = _PAGES["letter"]
    """The page: letter, a4, or a width and a height such as [180 mm, 250 mm]."""
    margins: MarginSettings = Field(default_factory=MarginSettings)
    """The page's margins, such as {inner: 22 mm, outer: 15 mm}; without them, the theme's."""
    theme: Text = "brief"
    """The design: brief, ledger, or a folder in the publication's folder themes."""
    accent: AccentColor | None = None
    """One color, in quotes, readable on white; without it, the theme's own."""
    url: WebAddress | None = None
    """Where the web edition will stand; {slug}, {year}, {volume} and {number} are filled in."""
    rights: Text | None = None
    """Who may do what with the text."""
    subject: Text | None = None
    """A sentence on what the publication is about; for the PDF's metadata."""
    issn: Issn | None = None
    """The ISSN of the publication, such as 2049-3630; for the PDF's metadata."""
    doi: Doi | None = None
    """The DOI of the issue, such as 10.5555/12345678; for the PDF's metadata."""
    contents: bool = True
    """Whether the front page lists the articles."""
    masthead: tuple[MastheadEntry, ...] = ()
    """The paragraphs of the box beside the first article."""
    editions: EditionSettings = Field(default_factory=EditionSettings)
    """What is particular to an edition, such as the bleed of the press edition."""
    limits: Limits = Field(default_factory=Limits)
    """What reading and the layout may each take before they are stopped."""
    volume: Count
    """The volume of the issue."""
    number: Count
    """The number of the issue in its volume."""
    date: IsoDate
    """The day of the issue, as 2026-11-25."""
    flow: Literal["continuous", "new-page"] = "continuous"
    """Whether articles follow one another in the columns, or each starts a page."""
    line_breaking: Literal["greedy", "total-fit"] = "total-fit"
    """How the ends of lines are chosen: one after another, or for a whole paragraph at once."""
    articles: Annotated[
        tuple[Annotated[ArticleEntry, BeforeValidator(_article_entry)], ...],
        BeforeValidator(_article_list, json_schema_input_type=_ArticleListShape),
    ]
    """The articles in the order of the contents."""

"""The model of an issue, as frozen values.

We make the HTML in the model from escaped text, so it is safe to print.  ``id`` values are unique
in an issue and occur in the HTML, so that a place on a page can be traced to its source line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from markupsafe import Markup

from typeset.source import Location

__all__ = [
    "Article",
    "Author",
    "Block",
    "ElementKind",
    "Figure",
    "GivenName",
    "Image",
    "Inline",
    "Issue",
    "MastheadParagraph",
    "Note",
    "Offprint",
    "Placing",
    "Prose",
    "Table",
    "Width",
]

Width = Literal["column", "wide"]
"""The width of a figure or table: that of its column, or of the page."""

Placing = Literal["here", "top", "bottom"]
"""Where its author wants a figure or table: at its place in the text, at a head or at a foot."""


@dataclass(frozen=True, slots=True)
class Inline:
    """A run of text with its inline markup."""

    html: Markup
    text: str
    """The same without markup, for metadata and the outline."""

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Image:
    """An image file with its size."""

    path: str
    """POSIX path relative to the publication's folder."""
    media_type: str
    width: float
    """Width in CSS pixels for a drawing, in its own pixels for a raster image."""
    height: float
    data: bytes = field(repr=False)
    moves: bool = False
    """Whether the file is an animation; pages show its first picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A heading, paragraph, list, block quote or separator: a block that is only HTML."""

    id: str
    location: Location
    html: Markup = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """An image with its caption and credit."""

    id: str
    location: Location
    image: Image
    caption: Inline
    credit: Inline
    alt: str
    width: Width
    place: Placing | None = None
    """None where the layout is free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption, unit and source."""

    id: str
    location: Location
    html: Markup = field(repr=False)
    caption: Inline
    caption_location: Location
    unit: Inline
    source: Inline
    width: Width
    place: Placing | None = None
    """None where the layout is free."""


Block = Prose | Figure | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementKind:
    """An element of HTML that a feature of Markdown adds to those that the layout knows."""

    tag: str
    role: tuple[str, ...]
    """What it is to a listener: the structure types of PDF 1.7 of its tags, the outermost first."""
    is_inline: bool
    """Whether it stands among words, and so has no line height of its own."""
    styles: str = ""
    """Its styles as CSS, for print and for the web; those of a theme come after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An endnote; ``calls`` holds the ids of its calls in the text, in order."""

    id: str
    location: Location
    number: int
    html: Markup = field(repr=False)
    calls: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person or a desk who signs an article."""

    name: Inline
    bio: Inline
    url: str | None = None
    orcid: str | None = None


@dataclass(frozen=True, slots=True)
class GivenName:
    """A name with its East Asian characters, as an article or the glossary gives it."""

    name: str
    characters: str
    language: str
    """The language of the characters."""
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article, ready to be set."""

    id: str
    path: str
    language: str
    title: Inline
    kicker: Inline
    standfirst: Inline
    authors: tuple[Author, ...]
    takeaway: Inline
    summary: str
    sources: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    words: int
    places: Mapping[str, Location] = field(repr=False)
    """Where the element with each id is in the source."""
    doi: str | None = None
    """Its digital object identifier, such as ``10.5555/12345678``."""
    names: tuple[GivenName, ...] = ()
    """The names that it gives with East Asian characters, in order."""
    rare: Mapping[str, Location] = field(default_factory=dict, repr=False)
    """The first place of each character that the text font lacks."""

    @property
    def images(self) -> tuple[Image, ...]:
        """The images of the article's figures, in order."""
        return tuple(block.image for block in self.blocks if isinstance(block, Figure))


@dataclass(frozen=True, slots=True)
class MastheadParagraph:
    """A paragraph of the masthead, with the heading above it."""

    heading: Inline
    text: Inline


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A whole issue, ready to be set."""

    name: Inline
    publisher: Inline
    volume: int
    number: int
    date: date
    slug: str
    language: str
    url: str | None
    rights: str | None
    subject: str | None
    issn: str | None
    """The publication's, such as ``2049-3630``."""
    doi: str | None
    """The issue's, such as ``10.5555/12345678``."""
    contents: bool
    masthead: tuple[MastheadParagraph, ...]
    articles: tuple[Article, ...]
    places: Mapping[str, Location] = field(repr=False)
    """Where the elements outside the articles are in the manifest, by id."""
    elements: tuple[ElementKind, ...] = ()
    """The elements that its texts may hold besides those that the layout knows."""

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of all authors, each once, in the order of the articles."""
        names = [author.name.text for article in self.articles for author in article.authors]
        return tuple(dict.fromkeys(names))

    def block_of(self, element_id: str) -> Block | None:
        """Return the block with an id, or the one that the element with that id is a part of."""
        blocks = {block.id: block for article in self.articles for block in article.blocks}
        name = element_id
        while name and name not in blocks:
            name = name.rpartition("-")[0]
        return blocks.get(name)

    def place_of(self, element_id: str) -> Location | None:
        """Return where the element with an id, or the nearest one it is part of, was written."""
        name = element_id
        while name:
            for places in (self.places, *(article.places for article in self.articles)):
                if name in places:
                    return places[name]
            name = name.rpartition("-")[0]
        return None


@dataclass(frozen=True, slots=True)
class Offprint:
    """An article that is printed by itself, with the numbers of its pages in the issue."""

    issue: Issue
    """The issue, with that article only."""
    number: int
    """The article's position in the whole issue, from 1."""
    first: int
    """The folio of its first page there."""
    last: int
    """The folio of its last page there."""

    @property
    def article(self) -> Article:
        """The article."""
        return self.issue.articles[0]

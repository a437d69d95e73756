"""The vocabulary of a document: the names that templates, styles, the layout and tags share.

Markdown and templates write these names, styles select elements by them, and the layout finds
elements by them.  ``typeset.html.contract`` requires templates to have those that the layout needs.
Templates and style sheets write them out, so changing a name here changes it for every theme.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from xml.etree.ElementTree import Element

from typeset.model import ElementKind

__all__ = [
    "GRID",
    "INLINE",
    "PLACE",
    "Class",
    "GridWidth",
    "Id",
    "InlineElement",
    "add_class",
    "classes_of",
    "flows_of",
    "has_class",
    "inline_tags",
    "is_head",
    "is_wide",
    "without_id",
]


class Class(StrEnum):
    """The classes of elements."""

    # Written by templates, for the parts of an issue.
    COLUMNS = "columns"
    """Its children flow from column to column."""
    HEAD = "head"
    """The head of an article, with which the article begins."""
    TAKEAWAY = "takeaway"
    NOTES = "notes"
    """The endnotes of an article."""
    BETWEEN_ARTICLES = "between-articles"
    """The rule between two articles."""
    COLUMN = "column"
    """A figure or table as wide as a column."""
    WIDE = "wide"
    """A figure or table as wide as the page."""
    TABLE = "table"
    """A table with its caption and source."""
    CAPTION = "caption"
    """The caption, above the rows of a table."""
    SOURCE = "source"
    """The source, below them."""
    BACK = "back"
    """A link from a note to one of its calls."""
    MASTHEAD = "masthead"
    SIDEBAR = "sidebar"
    """The place of the masthead."""
    BANNER = "banner"
    """The background of the nameplate."""

    # Written by Markdown, within text.
    CALL = "call"
    """A link to a note."""
    ADDRESS = "address"
    """A link whose text is its address."""
    BOUND = "bound"
    """Stays on one line."""
    CJK = "cjk"
    """East Asian characters that the text font lacks."""
    FALLBACK = "fallback"
    """Other characters that it lacks."""
    BEFORE_LATIN = "before-latin"
    """East Asian characters right before a Latin word."""
    BEFORE_CJK = "before-cjk"
    """A Latin word right before East Asian characters."""

    # Added by the layout.
    CROWDED = "crowded"
    """A table that is too wide, so its words may be hyphenated."""
    BROKEN = "broken"
    """A table that still is, so its words may be broken anywhere."""
    LONG = "long"
    """A table that is longer than a column."""
    SET = "set"
    """A paragraph whose line breaks we choose."""
    LINE = "line"
    """A line of it."""
    LAST = "last"
    """A line that ends where its words end."""


class Id(StrEnum):
    """The ids of the elements that an issue has once."""

    NAMEPLATE = "nameplate"
    CONTENTS = "contents"
    MASTHEAD = "masthead"


GRID = "data-grid"
"""The attribute of a block that is measured; its value is the width that the block will have."""


PLACE = "data-place"
"""The attribute of a figure or table with the place that its author wants: ``here``, ``top`` or
``bottom``."""


class GridWidth(StrEnum):
    """The widths at which a block may be measured."""

    COLUMN = "column"
    FIRST = "first"
    """The one column of the front page."""
    PAGE = "page"
    SIDEBAR = "sidebar"


@dataclass(frozen=True, slots=True, kw_only=True)
class InlineElement:
    """An element among the words of a line."""

    role: tuple[str, ...] = ()
    """The types of its tags, the outermost first; empty if it has no meaning for a listener, or if
    more than its name decides that."""
    bold: bool = False
    """Whether it is bold by default."""
    italic: bool = False
    """Whether it is italic by default."""


INLINE: Mapping[str, InlineElement] = {
    "a": InlineElement(),
    "abbr": InlineElement(),
    "b": InlineElement(bold=True),
    "cite": InlineElement(italic=True),
    "code": InlineElement(role=("Code",)),
    "em": InlineElement(role=("Em",), italic=True),
    "i": InlineElement(italic=True),
    "q": InlineElement(role=("Quote",)),
    "small": InlineElement(),
    "span": InlineElement(),
    "strong": InlineElement(role=("Strong",), bold=True),
    "sub": InlineElement(),
    "sup": InlineElement(),
}
"""Every inline element by its name.  A new element needs only a row: it then has no line height of
its own, a space before it is detached, and its row gives its tag and its font."""


def inline_tags(elements: Iterable[ElementKind]) -> tuple[str, ...]:
    """Return the tags of all inline elements that a document may hold.

    Args:
        elements: those that features of Markdown add.
    """
    return (*INLINE, *(one.tag for one in elements if one.is_inline))


def classes_of(element: Element | None) -> list[str]:
    """Return the classes of an element; none if there is no element."""
    return [] if element is None else element.get("class", "").split()


def has_class(element: Element | None, *names: str) -> bool:
    """Return whether an element has one of some classes."""
    return not set(names).isdisjoint(classes_of(element))


def add_class(element: Element, name: str) -> bool:
    """Add a class to an element, and return whether it is new."""
    names = classes_of(element)
    if name in names:
        return False
    element.set("class", " ".join([*names, name]))
    return True


def flows_of(body: Element) -> list[Element]:
    """Return the containers whose children flow from column to column."""
    return [element for element in body.iter() if has_class(element, Class.COLUMNS)]


def is_head(element: Element) -> bool:
    """Return whether an element is the head of an article."""
    return has_class(element, Class.HEAD)


def is_wide(element: Element) -> bool:
    """Return whether an element is a figure or table as wide as the page."""
    return has_class(element, Class.WIDE)


def without_id(element: Element) -> dict[str, str]:
    """Return the attributes of an element that another one may have, too."""
    return {name: value for name, value in element.attrib.items() if name != "id"}

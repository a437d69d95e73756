"""What the make-up works on and what it answers, as frozen values.  Heights are in lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from math import inf

from typeset.geometry import LEAST_COLUMN

__all__ = [
    "Block",
    "Break",
    "CannotPlace",
    "Column",
    "Division",
    "Kind",
    "Measure",
    "PagePlan",
    "PageShape",
    "Plan",
    "Setting",
    "Slice",
    "Wanted",
]

_BELOW_A_HEADING = 2
"""Lines of text that stand below a heading in its column, at the least."""


class Kind(Enum):
    """What a block is to the make-up."""

    TEXT = "text"
    """May go on in the next column: a paragraph, a list, code, a table longer than a column."""
    HEADING = "heading"
    """Is never divided, and has text below it."""
    HEAD = "head"
    """The same at the head of an article."""
    SEPARATOR = "separator"
    """Parts two blocks, and vanishes where a column ends between them."""
    FIGURE = "figure"
    """A figure or table that may leave its place in the text."""


class Measure(Enum):
    """The widths that a block may be set to."""

    FRONT = "front"
    """The one column of the front page."""
    COLUMN = "column"
    """One of two columns."""
    PAGE = "page"
    """Both columns, for wide figures."""


class Wanted(Enum):
    """Where the author wants a figure."""

    HERE = "here"
    TOP = "top"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a block may be divided."""

    line: int
    """How many of its lines stand before the place."""
    hyphen: bool = False
    """Whether the line before the place ends in a hyphen."""
    penalty: float = 0
    """What it costs to divide here."""
    resume: int = 0
    """Of a setting for the front page: the line of the column's setting at which it goes on."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A block as it is set to one measure."""

    lines: int
    breaks: tuple[Break, ...] = ()
    """In order; none of a block that stays whole."""
    looser: float = inf
    """What it costs to set it in one line more; infinite if it cannot be."""
    tighter: float = inf
    """What it costs to set it in one line fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block of a flow: a paragraph, a heading, a list, a figure.

    Text is set for columns (``column``), and for the front page (``front``) if it may stand there.
    A figure set for the page (``page``) is wide; one that is set for columns too may be narrowed.

    Raises:
        ValueError: if it is set neither for columns nor, as a wide figure, for the page.
    """

    kind: Kind
    key: str = ""
    """Equal of blocks that are set alike."""
    column: Setting | None = None
    front: Setting | None = None
    page: Setting | None = None
    gaps: Mapping[Kind, int] = field(default_factory=dict)
    """Empty lines below it, by the kind of what follows in its column."""
    keep: int = 0
    """Lines of the text below that stay in its column: a term has its meaning, a quotation its
    attribution.  Headings keep two in any case."""
    repeat: int = 0
    """Lines at its top that are set again where it goes on: the head of a table."""
    article: int = 0
    """The number of its article."""
    closes: bool = False
    """Whether figures of the article stand above it if they can: its takeaway, its notes."""
    wanted: Wanted | None = None
    """Where the author wants a figure."""

    def __post_init__(self) -> None:
        if self.column is None and (self.kind is not Kind.FIGURE or self.page is None):
            raise ValueError(f"a block of kind {self.kind.value} is not set for columns")

    @property
    def is_heading(self) -> bool:
        """Whether it heads what stands below."""
        return self.kind in {Kind.HEADING, Kind.HEAD}

    @property
    def kept(self) -> int:
        """Lines of text that stay below it in its column."""
        return max(self.keep, _BELOW_A_HEADING) if self.is_heading else self.keep

    def setting(self, measure: Measure) -> Setting | None:
        """Return the block as it is set to a measure."""
        return {
            Measure.FRONT: self.front,
            Measure.COLUMN: self.column,
            Measure.PAGE: self.page,
        }[measure]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageShape:
    """The pages of a flow."""

    lines: int
    """Of each of two columns."""
    front: int = 0
    """Of the one column of the front page; 0 if the flow begins on another page."""
    least: int = LEAST_COLUMN
    """Lines that wide figures leave to each column, or none."""
    apart: int = 0
    """Empty lines between a wide figure and what stands above or below it."""
    first_page: int = 1


@dataclass(frozen=True, slots=True)
class Slice:
    """Lines of a block that stand together."""

    block: int
    """Its number in the flow."""
    first: int
    """The first line, from 0."""
    last: int
    """The line after the last."""
    top: int
    """Where it begins: a line of its column, of a wide figure a line of its page."""
    repeat: int = 0
    """Lines of its head that are set again above its first line."""
    varied: int = 0
    """1 if it is set one line longer, -1 if one shorter."""

    @property
    def bottom(self) -> int:
        """The line below it."""
        return self.top + self.repeat + self.last - self.first + self.varied


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a page."""

    measure: Measure
    top: int
    """Its first line of the page."""
    height: int
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class PagePlan:
    """What stands on a page."""

    number: int
    columns: tuple[Column, ...]
    head: tuple[Slice, ...] = ()
    """Wide figures above the columns."""
    foot: tuple[Slice, ...] = ()
    """Wide figures below them."""


@dataclass(frozen=True, slots=True)
class Division:
    """Where a column ends within a block."""

    page: int
    block: int
    line: int


@dataclass(frozen=True, slots=True)
class CannotPlace:
    """A block that no page has room for."""

    block: int
    lines: int
    room: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The pages of a flow."""

    pages: tuple[PagePlan, ...]
    costs: Mapping[str, float]
    """By the names of `Weights`."""
    hyphens: tuple[Division, ...] = ()
    """Hyphens at the ends of pages."""
    forced: tuple[Division, ...] = ()
    """Ends of columns where none is allowed, since what stands there fits nowhere else."""
    narrowed: tuple[int, ...] = ()
    """Wide figures that stand in a column."""
    cannot_place: tuple[CannotPlace, ...] = ()
    """Blocks that are not on any page."""
    tried: int = 0
    """Pages that were tried."""

    @property
    def cost(self) -> float:
        """What all of it costs."""
        return sum(self.costs.values())

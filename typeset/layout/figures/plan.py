"""Where figures are called so that columns and pages fill: the columns filled on paper, in lines.

A figure of one column that does not fit into the rest of its column would leave that rest empty; a
wide one takes the foot of its page, and if what stands before its call then no longer fits there,
its room stays empty.  Such a figure waits until text has filled the column or the page, and is
called behind the paragraph that did.  Figures keep their order and stay in their article.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from xml.etree.ElementTree import Element

from typeset.geometry import LEAST_COLUMN
from typeset.layout.document import Class, has_class, is_head, is_wide
from typeset.layout.figures.wide import ends_article

__all__ = ["FEWEST_LINES", "Block", "Break", "Kind", "Plan", "kind_of", "places_within", "plan"]

FEWEST_LINES = 5
"""Fewer empty lines than these come from headings and widows, or pass unseen."""
_LEAST_TEXT = 2
"""Lines of a paragraph that stay together before and after a break."""


class Kind(Enum):
    """How a block takes its place."""

    TEXT = "text"
    """It may go on in the next column."""
    HEADING = "heading"
    """It stays with what follows."""
    WHOLE = "whole"
    """It is never divided, and never moved."""
    FIGURE = "figure"
    WIDE = "wide"


@dataclass(frozen=True, slots=True)
class Block:
    """A child of a flow; heights are in lines of the grid."""

    element: Element
    kind: Kind
    lines: int
    below: int = 0
    """Space below it, which takes no lines of the next column."""
    places: tuple[int, ...] = ()
    """Of text: the numbers of its lines after which it may go on in another column, in order."""

    @property
    def ends(self) -> bool:
        """Whether figures that still wait come before it."""
        return ends_article(self.element)


def kind_of(element: Element) -> Kind:
    """Return how a child of a flow takes its place."""
    if is_wide(element):
        return Kind.WIDE
    if has_class(element, Class.COLUMN) and not has_class(element, Class.LONG):
        return Kind.FIGURE
    if element.tag in ("h3", "h4", "hr"):
        return Kind.HEADING
    return Kind.WHOLE if is_head(element) else Kind.TEXT


def places_within(paragraphs: Iterable[tuple[Element, int]]) -> tuple[int, ...]:
    """Return after how many of its lines a block of text may go on in another column.

    Args:
        paragraphs: those in it, in order, with the lines of each; a note or an item of a list is
            one too.  They may be parted, and divided with two lines on either side, but a heading
            stays with what follows.
    """
    places: list[int] = []
    above = kept = 0
    for element, lines in paragraphs:
        if kind_of(element) is Kind.HEADING:
            kept += lines
            continue
        if above:
            places.append(above)
        above += kept
        places += range(above + _LEAST_TEXT, above + lines - _LEAST_TEXT + 1)
        above += lines
        kept = 0
    return tuple(places)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a block goes on in another column."""

    element: Element
    before: int
    """The lines of the block before it."""
    ends_page: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """How a flow fills its columns."""

    order: list[Element]
    """Its children, in the order that fills them best."""
    breaks: list[Break]
    """Where its children go on in another column."""


def plan(blocks: Sequence[Block], *, lines: int, front: int = 0) -> Plan:
    """Fill the columns of a flow.

    Args:
        blocks: the children of the flow.
        lines: the lines of a column.
        front: those of the front page's one column; 0 for a flow that begins on another page.
    """
    filling = _Filling(lines, front)
    filling.fill(blocks)
    return Plan(filling.order, filling.breaks)


def _kept_with(blocks: Sequence[Block]) -> int:
    """Return how many lines must follow the first of some blocks in its column."""
    first, *rest = blocks
    if first.kind not in (Kind.HEADING, Kind.WHOLE) or not rest:
        return 0
    following = rest[0]
    if following.kind in (Kind.HEADING, Kind.WHOLE):
        return first.below + following.lines + _kept_with(rest)
    return first.below + min(following.lines, _LEAST_TEXT)


@dataclass(slots=True)
class _Filling:
    """Columns being filled."""

    lines: int
    front: int
    column: int = 0
    """On its page, from 0."""
    used: int = 0
    """The lines of it that are taken."""
    height: int = 0
    """The lines that the page's columns have."""
    waiting: list[Block] = field(default_factory=list)
    order: list[Element] = field(default_factory=list)
    breaks: list[Break] = field(default_factory=list)

    def fill(self, blocks: Sequence[Block]) -> None:
        self.height = self.front or self.lines
        for number, block in enumerate(blocks):
            if block.ends:
                self._release()
            if block.kind in (Kind.FIGURE, Kind.WIDE) and (self.waiting or not self._takes(block)):
                self.waiting.append(block)
                continue
            self._place(block, _kept_with(blocks[number:]))
            while self.waiting and block.kind is not Kind.HEADING and self._takes(self.waiting[0]):
                self._place(self.waiting.pop(0))
        self._release()

    @property
    def _room(self) -> int:
        return self.height - self.used

    def _takes(self, figure: Block) -> bool:
        """Tell whether a figure may be called here without leaving a hole."""
        if figure.kind is Kind.FIGURE:
            return figure.lines <= self._room or self._room <= FEWEST_LINES
        height = self.height - figure.lines
        return (
            not self.front
            and height >= LEAST_COLUMN
            and self.column * self.height + self.used <= 2 * height
        )

    def _release(self) -> None:
        for block in self.waiting:
            self._place(block)
        self.waiting = []

    def _place(self, block: Block, kept: int = 0) -> None:
        """Place a block where it fits.

        Args:
            block: the block.
            kept: the lines, with the space between, that must follow it in its column.
        """
        self.order.append(block.element)
        if block.kind is Kind.WIDE:
            self._lay_at_foot(block)
            return
        rest = block.lines
        if block.kind is Kind.TEXT:
            # The engine lets a block end here only if the space below it fits too.
            while rest + block.below > self._room:
                above = block.lines - rest
                places = (one for one in block.places if above < one <= above + self._room)
                # What can be divided nowhere is divided where an empty column ends.
                end = max(places, default=above if self.used else above + self._room)
                if end > above:
                    rest = block.lines - end
                    ends_page = bool(self.front) or self.column == 1
                    self.breaks.append(Break(block.element, end, ends_page))
                self._turn()
        elif rest + kept > self._room:
            self._turn()
        self.used = min(self.used + rest + block.below, self.height)

    def _lay_at_foot(self, figure: Block) -> None:
        """Take the foot of the page away; what no longer fits into its column goes on."""
        if self.front or not self._takes(figure):
            return  # the engine will find a place for it, on this page or the next
        total = self.column * self.height + self.used
        self.height -= figure.lines
        self.column, self.used = divmod(total, self.height) if total else (0, 0)

    def _turn(self) -> None:
        """Begin the next column."""
        if self.front or self.column == 1:
            self.front, self.column, self.height = 0, 0, self.lines
        else:
            self.column = 1
        self.used = 0

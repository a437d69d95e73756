"""Figures of one column: called a little later where that lets text fill the column before them.

A figure or table stands where its text calls it.  Where it does not fit into the rest of its
column, the engine takes it to the next one and leaves that rest empty.  So once a layout has shown
how high everything is, the columns are filled anew in whole lines, on paper as it were: a figure
that does not fit waits until text has filled the column, and follows the paragraph that did.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from typeset.geometry import PageGeometry
from typeset.layout.floats import flows_of, is_head, is_wide

__all__ = ["settle_figures"]

_FEWEST_LINES = 5
"""Fewer empty lines than these come from headings and widows, or pass unseen."""
_LEAST_TEXT = 2
"""Lines of a paragraph that stay together before and after a break."""
_ENDS = frozenset({"takeaway", "notes", "between-articles"})
"""The parts of an article that no figure is moved behind, as none is behind a head."""
_HEADINGS = frozenset({"h3", "h4"})
_POINTS_PER_PIXEL = 0.75


def settle_figures(body: Element, document: Document, geometry: PageGeometry) -> bool:
    """Move figures of one column so that the columns before them are filled.

    Args:
        body: the document, changed in place.
        document: the pages that it was laid out on.
        geometry: the page.

    Returns:
        Whether any was moved, so that the document must be laid out again.
    """
    changed = False
    for flow in flows_of(body):
        columns = list(_columns(document, flow, geometry))
        if not any(_is_short(column, columns) for column in columns[1:]):
            continue
        order = _Filling(columns).fill(_blocks(flow, columns))
        if order != list(flow):
            flow[:] = order
            changed = True
    return changed


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it was laid out; heights are in lines of the grid."""

    page: int
    parts: dict[Element, tuple[int, int]]
    """What it holds of each block, and the space below that."""
    height: int
    filled: int


@dataclass(frozen=True, slots=True)
class _Block:
    """A child of a flow, as high as its parts together."""

    element: Element
    lines: int
    below: int
    """Lines of space below it, which none needs at the foot of a column."""

    @property
    def is_figure(self) -> bool:
        """Whether it may be moved."""
        names = self.element.get("class", "").split()
        return "column" in names and "long" not in names

    @property
    def is_heading(self) -> bool:
        """Whether it must stay with what follows."""
        return self.element.tag in _HEADINGS

    @property
    def is_whole(self) -> bool:
        """Whether it cannot go on in the next column."""
        return self.is_figure or self.is_heading or is_head(self.element)

    @property
    def ends(self) -> bool:
        """Whether figures that still wait come before it."""
        return is_head(self.element) or self.element.get("class") in _ENDS


def _is_short(column: _Column, columns: list[_Column]) -> bool:
    """Tell whether a column begins with a figure for which the one before it stayed short."""
    position = columns.index(column)
    before = columns[position - 1]
    block = next((one for one in column.parts if one.tag not in _HEADINGS), None)
    if block is None or block in before.parts:
        return False
    # The columns of a flow's last page are balanced, and as short as that makes them.
    empty = before.height - before.filled if before.page < columns[-1].page else 0
    return empty > _FEWEST_LINES and _Block(block, 0, 0).is_figure


def _columns(document: Document, flow: Element, geometry: PageGeometry) -> Iterator[_Column]:
    """Give the columns of a flow in the order of reading."""
    for number, page in enumerate(document.pages, 1):
        # The engine shows its boxes nowhere else; a test holds what we rely on.
        root = page._page_box  # noqa: SLF001
        foot = geometry.height - geometry.bottom - _footnotes(root)
        for box in root.descendants():
            if box.element is flow and box.style["column_width"] != "auto":
                for column in box.children:
                    blocks = [block for block in column.children if block.element is not None]
                    if blocks:
                        yield _column(number, blocks, foot, geometry.baseline)


def _column(page: int, blocks: list[boxes.Box], foot: float, line: float) -> _Column:
    def lines(pixels: float) -> int:
        return round(pixels * _POINTS_PER_PIXEL / line)

    parts = {
        block.element: (
            lines(block.margin_height() - block.margin_bottom),
            lines(block.margin_bottom),
        )
        for block in blocks
    }
    first, last = blocks[0], blocks[-1]
    end = last.position_y + last.margin_height() - last.margin_bottom
    height = lines(foot / _POINTS_PER_PIXEL - first.position_y)
    return _Column(page, parts, height, lines(end - first.position_y))


def _footnotes(root: boxes.Box) -> float:
    """Return the height in points of the wide figures at a page's foot."""
    areas = [child for child in root.children if isinstance(child, boxes.FootnoteAreaBox)]
    return sum(float(area.margin_height()) * _POINTS_PER_PIXEL for area in areas if area.children)


def _blocks(flow: Element, columns: list[_Column]) -> list[_Block]:
    """Return the children of a flow; wide figures, which stand elsewhere, have no height."""
    blocks = []
    for element in flow:
        parts = [column.parts[element] for column in columns if element in column.parts]
        if is_wide(element):
            parts = []
        below = parts[-1][1] if parts else 0
        blocks.append(_Block(element, sum(lines for lines, _ in parts), below))
    return blocks


@dataclass(slots=True)
class _Filling:
    """Columns being filled with blocks."""

    columns: list[_Column]
    position: int = 0
    """The column that is being filled."""
    room: int = 0
    """The lines that are left in it."""
    waiting: list[_Block] = field(default_factory=list)
    order: list[Element] = field(default_factory=list)

    def fill(self, blocks: list[_Block]) -> list[Element]:
        """Return the blocks' elements in the order in which they fill the columns best."""
        self.room = self.columns[0].height
        for position, block in enumerate(blocks):
            if block.ends:
                self._release()
            after = blocks[position + 1] if position + 1 < len(blocks) else None
            if block.is_figure and (self.waiting or self._is_too_high(block)):
                self.waiting.append(block)
                continue
            self._place(block, after)
            while self.waiting and not block.is_heading and self._may_follow():
                self._place(self.waiting.pop(0), None)
        self._release()
        return self.order

    def _is_too_high(self, block: _Block) -> bool:
        return block.lines > self.room > _FEWEST_LINES

    def _may_follow(self) -> bool:
        return not self._is_too_high(self.waiting[0])

    def _release(self) -> None:
        for block in self.waiting:
            self._place(block, None)
        self.waiting = []

    def _place(self, block: _Block, after: _Block | None) -> None:
        self.order.append(block.element)
        lines = block.lines
        if block.is_whole:
            follows = block.below + _LEAST_TEXT if block.is_heading and after is not None else 0
            if lines + follows > self.room:
                self._turn()
        else:
            while lines > self.room:
                # Two lines at least stay behind, and two go on.
                here = min(self.room, lines - _LEAST_TEXT)
                lines -= here if here >= _LEAST_TEXT else 0
                self._turn()
        self.room -= lines
        self.room -= min(block.below, max(self.room, 0))

    def _turn(self) -> None:
        self.position = min(self.position + 1, len(self.columns) - 1)
        self.room = max(column.height for column in self.columns[self.position :])
        if self.position < len(self.columns) - 1:
            self.room = self.columns[self.position].height

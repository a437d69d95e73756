"""Columns that a figure left short: found on the pages, and mended by another order of the flow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from xml.etree.ElementTree import Element

from weasyprint import Document

from typeset.geometry import PageGeometry
from typeset.layout.document import flows_of
from typeset.layout.engine.boxes import (
    Box,
    FootnoteAreaBox,
    blocks_in,
    children_of,
    columns_in,
    lines_of,
    root_of,
)
from typeset.layout.figures.plan import FEWEST_LINES, Block, Kind, kind_of, places_within, plan

__all__ = ["settle_figures"]

_POINTS_PER_PIXEL = 0.75


def settle_figures(
    body: Element, document: Document, geometry: PageGeometry, heights: Mapping[str, float]
) -> bool:
    """Move figures so that the columns before them are filled.

    Args:
        body: the document, changed in place.
        document: the pages that it was laid out on.
        geometry: the page.
        heights: of the blocks that were measured by themselves, in points, by id.

    Returns:
        Whether any was moved, so that the document must be laid out again.
    """
    changed = False
    for flow in flows_of(body):
        columns = list(_columns(document, flow, geometry))
        if not any(_is_short(column, columns) for column in columns[1:]):
            continue
        front = columns[0].height if columns[0].page == 1 else 0
        blocks = [_block(element, columns, heights, geometry.baseline) for element in flow]
        order = plan(blocks, lines=geometry.lines, front=front).order
        if order != list(flow):
            flow[:] = order
            changed = True
    return changed


@dataclass(frozen=True, slots=True)
class _Part:
    """What a column holds of a block."""

    lines: int
    """Its height; where the block goes on in the next column, down to the foot of this one."""
    below: int
    """The space below it."""
    paragraphs: tuple[tuple[Element, int], ...]
    """The paragraphs in it, with their lines."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as it was laid out; heights are in lines of the grid."""

    page: int
    parts: dict[Element, _Part]
    """What it holds of each block."""
    height: int
    filled: int


def _is_short(column: _Column, columns: list[_Column]) -> bool:
    """Tell whether a column begins with a figure for which the one before it stayed short."""
    position = columns.index(column)
    before = columns[position - 1]
    block = next((one for one in column.parts if kind_of(one) is not Kind.HEADING), None)
    if block is None or block in before.parts:
        return False
    # The columns of a flow's last page are balanced, and as short as that makes them.
    empty = before.height - before.filled if before.page < columns[-1].page else 0
    return empty > FEWEST_LINES and kind_of(block) is Kind.FIGURE


def _columns(document: Document, flow: Element, geometry: PageGeometry) -> Iterator[_Column]:
    """Give the columns of a flow in the order of reading."""
    for number, page in enumerate(document.pages, 1):
        root = root_of(page)
        foot = geometry.height - geometry.bottom - _footnotes(root)
        for column in columns_in(root):
            if column.element is flow:
                blocks = [block for block in children_of(column) if block.element is not None]
                if blocks:
                    yield _column(number, blocks, foot, geometry.baseline)


def _column(page: int, blocks: list[Box], foot: float, line: float) -> _Column:
    def lines(pixels: float) -> int:
        return round(pixels * _POINTS_PER_PIXEL / line)

    parts = {
        block.element: _Part(
            lines(block.margin_height() - block.margin_bottom),
            lines(block.margin_bottom),
            tuple((one.element, lines(height)) for one, height in _paragraphs(block)),
        )
        for block in blocks
    }
    first, last = blocks[0], blocks[-1]
    end = last.position_y + last.margin_height() - last.margin_bottom
    height = lines(foot / _POINTS_PER_PIXEL - first.position_y)
    return _Column(page, parts, height, lines(end - first.position_y))


def _paragraphs(block: Box) -> Iterator[tuple[Box, float]]:
    """Give the paragraphs in a block, and how high the lines of each are together, in pixels."""
    for box in blocks_in(block):
        height = sum(line.height for line in lines_of(box))
        if height:
            yield box, height


def _footnotes(root: Box) -> float:
    """Return the height in points of the wide figures at a page's foot."""
    areas = [child for child in children_of(root) if isinstance(child, FootnoteAreaBox)]
    return sum(float(area.margin_height()) * _POINTS_PER_PIXEL for area in areas if area.children)


def _block(
    element: Element, columns: list[_Column], heights: Mapping[str, float], line: float
) -> Block:
    """Return a child of a flow, as high as its parts together."""
    kind = kind_of(element)
    if kind is Kind.WIDE:
        return Block(
            element, kind, math.ceil(heights.get(element.get("id", ""), 0.0) / line - 0.01)
        )
    parts = [column.parts[element] for column in columns if element in column.parts]
    *others, last = parts or [_Part(0, 0, ())]
    # What was left empty at a column's foot is no part of the block.
    lines = last.lines + sum(
        min(part.lines, sum(count for _, count in part.paragraphs)) for part in others
    )
    return Block(element, kind, lines, last.below, places_within(_joined(parts)))


def _joined(parts: Iterable[_Part]) -> list[tuple[Element, int]]:
    """Return the paragraphs of a block, each with the lines that it has in all columns."""
    lines: dict[Element, int] = {}
    for element, count in chain.from_iterable(part.paragraphs for part in parts):
        lines[element] = lines.get(element, 0) + count
    return list(lines.items())

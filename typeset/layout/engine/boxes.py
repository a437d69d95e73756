"""Boxes: what the engine makes of the elements of a document, each at its place on a page.

A box has its place and size in pixels, its style, the element that it was made of, and the boxes in
it.  For a box outside the flow, the engine leaves a placeholder that behaves like the box, but has
another class.  The functions here return the box itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from weasyprint import Page
from weasyprint.formatting_structure.boxes import (
    BlockBox,
    BlockContainerBox,
    BlockReplacedBox,
    Box,
    InlineBox,
    LineBox,
    MarginBox,
    PageBox,
    ReplacedBox,
    TableBox,
    TableCellBox,
    TableRowGroupBox,
    TextBox,
)
from weasyprint.layout.absolute import AbsolutePlaceholder

__all__ = [
    "BlockBox",
    "BlockContainerBox",
    "BlockReplacedBox",
    "Box",
    "InlineBox",
    "LineBox",
    "MarginBox",
    "PageBox",
    "ReplacedBox",
    "TableBox",
    "TableCellBox",
    "TableRowGroupBox",
    "TextBox",
    "blocks_in",
    "children_of",
    "is_generated",
    "is_last",
    "is_marker",
    "lines_of",
    "root_of",
    "texts_of",
    "walk",
]


def root_of(page: Page) -> PageBox:
    """Return the box of a page, which holds all others."""
    return page._page_box


def children_of(box: Box) -> list[Box]:
    """Return the children of a box, in the order of the document."""
    return [child._box if type(child) is AbsolutePlaceholder else child for child in box.children]


def walk(box: Box) -> Iterator[Box]:
    """Yield a box and all boxes in it, in the order of the document."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        if type(box) is AbsolutePlaceholder:
            box = box._box
        yield box
        if box.children:
            waiting += box.children[::-1]


def blocks_in(box: Box) -> Iterator[BlockContainerBox]:
    """Yield the blocks in a box that may hold lines of text, and the box itself if it is one.

    The marker of an item is a block, too, and has the item's element; it is left out, like
    everything that styles add.
    """
    return (
        one for one in walk(box) if isinstance(one, BlockContainerBox) and not is_generated(one)
    )


def lines_of(block: Box) -> list[LineBox]:
    """Return the lines of a block, without those of blocks in it."""
    return [child for child in block.children if isinstance(child, LineBox)]


def texts_of(line: Box) -> Iterator[TextBox]:
    """Yield the runs of text that are justified with a line: not those in an inline block."""
    if isinstance(line, TextBox):
        yield line
    elif isinstance(line, LineBox | InlineBox):
        for child in line.children:
            yield from texts_of(child)


def is_last(line: LineBox) -> bool:
    """Return whether a line is the last of its paragraph, which may end on a later page."""
    return line.resume_at is None


def is_generated(box: Box) -> bool:
    """Return whether styles add a box to an element: its marker, ``::before`` or ``::after``."""
    return "::" in (box.element_tag or "")


def is_marker(box: Box) -> bool:
    """Return whether a box is the marker of an item."""
    return (box.element_tag or "").endswith("::marker")

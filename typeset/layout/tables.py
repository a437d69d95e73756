"""Tables and wide figures that do not fit: what styles treat otherwise, and what is narrowed."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from typeset.geometry import PageGeometry
from typeset.layout.document import (
    GRID,
    Class,
    GridWidth,
    add_class,
    classes_of,
    has_class,
    is_wide,
)
from typeset.layout.engine.set_type import Type
from typeset.layout.measures import WIDTHS

__all__ = ["broken_tables", "narrow", "suit_to_column"]

_TOLERANCE = 0.01
"""In points."""


def suit_to_column(block: Element, type_: Type, geometry: PageGeometry) -> bool:
    """Mark a table that is wider or longer than its column, and narrow what is higher than a page.

    Args:
        block: a figure or table, changed in place: a class is added, by which styles let the words
            of a table be hyphenated (``crowded``) or broken anywhere (``broken``), or set its rows
            on the grid, to go on in the next column (``long``).
        type_: the block as it is set.
        geometry: the page.

    Returns:
        Whether it must be set again.
    """
    column = geometry.lines * geometry.baseline
    if type_.table_width > WIDTHS[block.attrib[GRID]](geometry) + _TOLERANCE:
        return add_class(block, Class.CROWDED) or add_class(block, Class.BROKEN)
    if type_.height <= column + _TOLERANCE:
        return False
    if type_.table_width:
        return add_class(block, Class.LONG)
    if is_wide(block):
        narrow(block)
        return True
    return False


def narrow(block: Element) -> None:
    """Make a wide figure or table as wide as a column."""
    names = (Class.COLUMN if name == Class.WIDE else name for name in classes_of(block))
    block.set("class", " ".join(names))
    block.set(GRID, GridWidth.COLUMN)


def broken_tables(body: Element) -> tuple[str, ...]:
    """Return the ids of the tables whose words had to be broken anywhere."""
    return tuple(
        table.attrib["id"]
        for block in body.iter()
        if GRID in block.attrib and has_class(block, Class.BROKEN)
        for table in block.iter("table")
    )

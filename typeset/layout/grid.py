"""The baseline grid: blocks of any height are padded to whole lines.

Text in the body stands on the grid by its line height alone.  A title of other leading, a figure
or a table has a height of its own, so it is measured once, on a long page of its column's width,
and padded at its foot.  Such blocks never break over columns, hence what follows stays on the grid.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element, tostring

from typeset.geometry import PageGeometry
from typeset.layout.document import GRID, Class, GridWidth, add_class, has_class, is_wide
from typeset.layout.figures.wide import narrow
from typeset.layout.protocol import Box

__all__ = [
    "WIDTHS",
    "Probe",
    "broken_tables",
    "mark_tables",
    "measured_blocks",
    "pad_to_grid",
    "probe_page",
]

WIDTHS: Mapping[str, Callable[[PageGeometry], float]] = {
    GridWidth.COLUMN: lambda page: page.column_width,
    GridWidth.FIRST: lambda page: page.first_width,
    GridWidth.PAGE: lambda page: page.content_width,
    GridWidth.SIDEBAR: lambda page: page.sidebar,
}
"""The widths that a block may be measured at, in points."""
_TOLERANCE = 0.01
"""In points: a height this close to whole lines is whole lines, rounded by the engine."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A document of nothing but the blocks to be measured."""

    html: str
    css: str


def probe_page(body: Element, geometry: PageGeometry, language: str) -> Probe:
    """Return the document that measures the blocks marked with ``data-grid``.

    Args:
        body: the document; the attribute's value is the width that a block will have.
        geometry: the page, which gives these widths.
        language: the document's, on which styles may depend.
    """
    parts = [
        f'<div class="probe" style="width: {_width(block, geometry)}pt">{_markup(block)}</div>'
        for block in measured_blocks(body)
    ]
    head = f'<!doctype html><html lang="{escape(language)}"><title>probe</title>'
    names = escape(body.get("class", ""))
    html = f'{head}<body class="{names}"><main>{"".join(parts)}</main>'
    css = (
        "@page { size: 2000pt 99999pt; margin: 0 } @page :first { margin: 0 }"
        ".probe { display: flow-root }"
        f".probe .{Class.WIDE} {{ float: none }} .probe .{Class.MASTHEAD} {{ position: static }}"
    )
    return Probe(html, css)


def mark_tables(body: Element, measured: Mapping[str, Box], geometry: PageGeometry) -> bool:
    """Mark tables that are wider or longer than their column, for styles to treat.

    Args:
        body: the document, changed in place: a class ``crowded`` (its words may be hyphenated),
            ``broken`` (that was not enough) or ``long`` is added.
        measured: where blocks and tables stand on the probe's page.
        geometry: the page.

    Returns:
        Whether any was marked, so that the blocks must be measured again.
    """
    marked = False
    for block in measured_blocks(body):
        for table in block.iter("table"):
            box, whole = measured[table.attrib["id"]], measured[block.attrib["id"]]
            if box.right - box.left > _width(block, geometry) + _TOLERANCE:
                marked |= add_class(block, Class.CROWDED) or add_class(block, Class.BROKEN)
            if whole.bottom - whole.top > geometry.lines * geometry.baseline:
                if is_wide(block):
                    narrow(block)
                marked |= add_class(block, Class.LONG)
    return marked


def broken_tables(body: Element) -> tuple[str, ...]:
    """Return the ids of the tables whose words had to be broken anywhere."""
    return tuple(
        table.attrib["id"]
        for block in measured_blocks(body)
        if has_class(block, Class.BROKEN)
        for table in block.iter("table")
    )


def pad_to_grid(body: Element, measured: Mapping[str, Box], baseline: float) -> None:
    """Pad each measured block to whole lines.

    Args:
        body: the document, changed in place.
        measured: where the blocks stand on the probe's page.
        baseline: the distance of two lines in points.
    """
    for block in measured_blocks(body):
        box = measured[block.attrib["id"]]
        height = box.bottom - box.top
        lines = math.ceil((height - _TOLERANCE) / baseline)
        # A trifle less: a page filled to its last line must not overflow by a rounding.
        padding = math.floor((lines * baseline - height) * 1000) / 1000
        block.set("style", f"margin-bottom: {padding:.3f}pt")


def measured_blocks(body: Element) -> list[Element]:
    """Return the blocks that are measured by themselves."""
    return [element for element in body.iter() if GRID in element.attrib]


def _width(block: Element, geometry: PageGeometry) -> float:
    """Return the width in points that a block will have."""
    return WIDTHS[block.attrib[GRID]](geometry)


def _markup(element: Element) -> str:
    """Print a block without its tail and without the padding of an earlier round."""
    tail, element.tail = element.tail, None
    style = element.attrib.pop("style", None)
    html = tostring(element, encoding="unicode", method="html")
    element.tail = tail
    if style is not None:
        element.set("style", style)
    return html

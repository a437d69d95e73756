"""The baseline grid: blocks of any height are padded to whole lines.

Text in the body stands on the grid by its line height alone.  A title of other leading, a figure
or a table has a height of its own, so it is measured once, on a long page of its column's width,
and padded at its foot.  Such blocks never break over columns, hence what follows stays on the grid.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from typeset.geometry import PageGeometry

__all__ = ["Probe", "pad_to_grid", "probe_page"]

_ATTRIBUTE = "data-grid"
_EXTRA = "margin-bottom"
_TOLERANCE = 0.01
"""In points: a height this close to whole lines is whole lines, rounded by the engine."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A document of nothing but the blocks to be measured."""

    html: str
    css: str
    ids: tuple[str, ...]


def probe_page(body: Element, geometry: PageGeometry) -> Probe | None:
    """Return the document that measures the blocks marked with ``data-grid``.

    Args:
        body: the document; the attribute's value is the width that a block will have.
        geometry: the page, which gives these widths.
    """
    blocks = [element for element in body.iter() if _ATTRIBUTE in element.attrib]
    if not blocks:
        return None
    widths = {
        "column": geometry.column_width,
        "first": geometry.first_width,
        "page": geometry.content_width,
    }
    parts = [
        f'<div class="probe" style="width: {widths[block.attrib[_ATTRIBUTE]]}pt">'
        f"{_markup(block)}</div>"
        for block in blocks
    ]
    html = f"<!doctype html><html lang=en><title>probe</title><body><main>{''.join(parts)}</main>"
    css = (
        "@page { size: 2000pt 99999pt; margin: 0 } @page :first { margin: 0 }"
        "main { columns: auto } .probe { display: flow-root } .probe .wide { float: none }"
    )
    return Probe(html, css, tuple(block.attrib["id"] for block in blocks))


def pad_to_grid(body: Element, heights: Mapping[str, float], baseline: float) -> None:
    """Pad each measured block to whole lines.

    Args:
        body: the document, changed in place.
        heights: the heights in points by id.
        baseline: the distance of two lines in points.
    """
    for element in body.iter():
        height = heights.get(element.get("id", ""))
        if height is None or _ATTRIBUTE not in element.attrib:
            continue
        lines = math.ceil((height - _TOLERANCE) / baseline)
        style = element.get("style", "").partition(_EXTRA)[0]
        element.set("style", f"{style}{_EXTRA}: {lines * baseline - height:.3f}pt")


def _markup(element: Element) -> str:
    """Print a block without its tail and without the padding of an earlier round."""
    tail, element.tail = element.tail, None
    style = element.attrib.pop("style", None)
    html = tostring(element, encoding="unicode", method="html")
    element.tail = tail
    if style is not None:
        element.set("style", style)
    return html

"""Pages made by plain WeasyPrint of their plan, to compare imposed pages with.

Each slice of a plan becomes a page document: a page that holds only the block of the slice,
absolutely placed where the slice has it, with the lines before the slice above its window and those
behind it below.  What stands in the window is what the imposed page must show there.  The engine
lays out and writes these pages by the names that it documents: nothing is cut, copied or moved.

A block that is divided must stand on the grid within, so that its lines before the slice are as
high as the plan says: a divided takeaway, whose padding is no whole lines, cannot be expressed.
Nor can a block be in which the front page ends if the engine chooses its lines: its second part
begins within a line.  And East Asian text, which we spread ourselves, stands otherwise here.  All
three are left out of what this is used for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement

from weasyprint import Document

from tests.measures.glyphs import Glyph, glyphs_of
from typeset.geometry import PageGeometry
from typeset.layout.document import Class, has_class
from typeset.layout.makeup.values import Measure, PagePlan, Plan, Slice
from typeset.layout.manuscript import Flow, is_figure, read_flows
from typeset.layout.renderer import Renderer

__all__ = ["Window", "planned_glyphs", "windows_of"]

_POINTS = 0.75
"""In a pixel."""
_ENDLESS = 10_000
"""Points: as high is a page on which nothing is broken."""
_HEAD = "head-of-the-table"
_LOOKED_AT = 2
"""Blocks above one that its styles depend on."""


@dataclass(frozen=True, slots=True)
class Window:
    """A slice on its page; lengths in points from the top left of the page."""

    page: int
    flow: Flow
    slice: Slice
    left: float
    top: float
    bottom: float
    measure: float

    @property
    def block(self) -> Element:
        """What it is a slice of."""
        return self.flow.blocks[self.slice.block]


def windows_of(root: Element, plans: Sequence[Plan], geometry: PageGeometry) -> Iterator[Window]:
    """Give each slice of a document's plans."""
    for flow, plan in zip(read_flows(next(root.iter("body"))), plans, strict=True):
        for page in plan.pages:
            yield from _windows_on(page, flow, geometry)


def _windows_on(page: PagePlan, flow: Flow, geometry: PageGeometry) -> Iterator[Window]:
    line, left = geometry.baseline, geometry.left(page.number)
    window = partial(Window, page.number, flow)
    for one in (*page.head, *page.foot):
        top = geometry.top + one.top * line
        bottom = geometry.top + one.bottom * line
        yield window(one, left, top, bottom, geometry.content_width)
    for number, column in enumerate(page.columns):
        x, top, measure = left, geometry.top + column.top * line, geometry.column_width
        if column.measure is Measure.FRONT:
            top = geometry.height - geometry.bottom - column.height * line
            measure = geometry.first_width
        else:
            x += number * (geometry.column_width + geometry.gap)
        for one in column.slices:
            inset = 0.0
            if column.measure is Measure.FRONT and has_class(flow.blocks[one.block], Class.COLUMN):
                inset = (geometry.first_width - geometry.column_width) / 2
            yield window(
                one, x + inset, top + one.top * line, top + one.bottom * line, measure - 2 * inset
            )


def planned_glyphs(
    root: Element, plans: Sequence[Plan], geometry: PageGeometry, renderer: Renderer, path: Path
) -> Iterator[Glyph]:
    """Give the glyphs of all slices of a document where its plans have them.

    Args:
        root: the document, as it was composed.
        plans: of each flow.
        geometry: the page.
        renderer: the engine, with the styles and fonts of the document.
        path: a file to write the page documents to.
    """
    made = [
        (window, document.pages[0])
        for one in windows_of(root, plans, geometry)
        for window, document in _page_documents(one, root, geometry, renderer)
    ]
    blank = renderer.render(renderer.document(Element("html")))
    blank.copy([page for _, page in made]).write_pdf(path)
    for glyph in glyphs_of(path):
        window = made[glyph.page - 1][0]
        if window.top <= glyph.baseline < window.bottom:
            yield replace(glyph, page=window.page)


def _page_documents(
    window: Window, root: Element, geometry: PageGeometry, renderer: Renderer
) -> Iterator[tuple[Window, Document]]:
    """Give the page document of a slice, and that of the rows that are set again above it."""
    one, line = window.slice, geometry.baseline
    sheet = f"@page {{ size: {geometry.width}pt {_ENDLESS}pt !important; margin: 0 !important }}"

    def render(top: float) -> Document:
        return renderer.render(renderer.document(_document(window, root, top)), sheet)

    head = window.top + one.repeat * line
    yield replace(window, top=head), render(head - one.first * line)
    if one.repeat:
        shift = render(0).pages[0].anchors[_HEAD][1] * _POINTS
        yield replace(window, bottom=head), render(window.top - shift)


def _document(window: Window, root: Element, top: float) -> Element:
    """Return a document with the block of a slice alone, placed on the page."""
    document = Element("html", dict(root.attrib))
    parent = SubElement(document, "body", {**next(root.iter("body")).attrib, "style": "margin: 0"})
    for element in window.flow.within:
        parent = SubElement(parent, element.tag, _without_id(element))
    parent.set(
        "style",
        f"position: absolute; left: {window.left}pt; top: {top}pt; width: {window.measure}pt;"
        " columns: auto; margin: 0; padding: 0; border: 0; break-before: auto",
    )
    block = window.block
    if not is_figure(block):
        text = window.flow.text
        number = text.index(block)
        for above in text[max(number - _LOOKED_AT, 0) : number]:
            SubElement(parent, above.tag, {**_without_id(above), "style": "display: none"})
    copy = deepcopy(block)
    for head in copy.iter("thead"):
        head.set("id", _HEAD)
    parent.append(copy)
    return document


def _without_id(element: Element) -> dict[str, str]:
    return {name: value for name, value in element.attrib.items() if name != "id"}

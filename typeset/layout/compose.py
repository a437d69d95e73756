"""A document composed: parsed, its blocks on the grid, its lines chosen, its figures placed."""

from __future__ import annotations

import gc
import math
from collections.abc import Sequence
from itertools import chain, repeat
from xml.etree.ElementTree import Element

from weasyprint import Document, Page

from typeset.layout.document import Id, flows_of, inline_tags
from typeset.layout.engine.links import anchors_on
from typeset.layout.figures.plan import Plan, plan
from typeset.layout.figures.settle import settle_figures
from typeset.layout.figures.wide import (
    defer_wide_figures,
    keep_in_articles,
    narrow_high,
    suit_front_page,
)
from typeset.layout.grid import mark_tables, measured_blocks, pad_to_grid, probe_page
from typeset.layout.lines.line_setter import LineSetter
from typeset.layout.lines.space_workaround import detach_spaces
from typeset.layout.protocol import Box, LayoutJob
from typeset.layout.renderer import Renderer

__all__ = ["Composition", "boxes_of"]

_POINTS_PER_PIXEL = 0.75
_MOST_PLANS = 20
"""Plans of one document: each spares the hyphen at the end of a page."""
_MOST_ORDERS = 10
"""Orders of figures and lines tried on paper: lines decide where figures fit, and figures which
words are at the end of a page."""
_MOST_ROUNDS = 4
"""Layouts of one document after the first: each mends lines that came out otherwise, the place of a
figure, or what stands on the front page."""
_LONG = 60
"""Pages from which on a document is laid out but twice."""


class Composition:
    """A document that can be rendered more than once.

    Args:
        job: what it was asked for with.
        renderer: the tools for it.
        root: the document; changed in place.
    """

    def __init__(self, job: LayoutJob, renderer: Renderer, root: Element) -> None:
        self.job = job
        self.renderer = renderer
        self.root = root
        self.html = renderer.document(root)
        self.language: str = root.get("lang", "")
        self.body: Element = next(root.iter("body"))
        self.heights: dict[str, float] = {}
        """The heights in points of the blocks that were measured, by id."""
        self.lines = self._line_setter()
        self._inline = inline_tags(job.elements)
        self._detach_spaces(self.body)

    def _line_setter(self) -> LineSetter | None:
        """Read the paragraphs by their styles, if we choose their lines."""
        book = self.renderer.book
        if book is None:
            return None
        return LineSetter(self.body, self.renderer.computed(self.html), book, self.job.geometry)

    def _detach_spaces(self, element: Element) -> None:
        """Detour around the engine's fault wherever it chooses the lines."""
        chosen = self.lines.elements if self.lines else ()
        detach_spaces(element, but=chosen, inline=self._inline)

    def set_lines(self) -> None:
        """Choose the lines of every paragraph, those of the front page for its one column."""
        if self.lines is None:
            return
        front = self._front_lines
        failed = self.lines.set_lines(front, self.heights)
        for _ in range(_MOST_ORDERS):
            if self._order_figures(front):
                failed += self.lines.set_lines(front, self.heights)
            elif not self._spare_hyphens(front):
                break
        for element in failed:
            self._detach_spaces(element)

    @property
    def _front_lines(self) -> int:
        """The lines of the grid that the front page has for the text."""
        geometry = self.job.geometry
        above = sum(
            math.ceil(self.heights.get(name, 0.0) / geometry.baseline - 0.01)
            for name in (Id.NAMEPLATE, Id.CONTENTS)
        )
        height = geometry.height - geometry.bottom - geometry.first_top
        return round(height / geometry.baseline) - above

    def _order_figures(self, front: int) -> bool:
        """Let figures wait for text to fill the columns; tell whether any is called elsewhere.

        That changes what stands around it, and so the space between blocks and the lines of some:
        the columns must be planned anew.  Figures only ever wait longer, so this comes to an end.
        """
        plans = self._plans(front)
        if all(planned.order == list(flow) for flow, planned in plans):
            return False
        for flow, planned in plans:
            flow[:] = planned.order
        self._restyle()
        return True

    def _spare_hyphens(self, front: int) -> bool:
        """Divide no word at the end of a page; tell whether that took other lines."""
        assert self.lines is not None
        for number in range(_MOST_PLANS):
            breaks = [planned.breaks for _, planned in self._plans(front)]
            if not any(map(self.lines.spare_hyphens, breaks)):
                return number > 0
        return True

    def _plans(self, front_lines: int) -> list[tuple[Element, Plan]]:
        """Return how each flow will fill its columns."""
        assert self.lines is not None
        lines = self.job.geometry.lines
        return [
            (flow, plan(self.lines.blocks(flow, self.heights), lines=lines, front=front))
            for flow, front in zip(
                flows_of(self.body), chain([front_lines], repeat(0)), strict=False
            )
        ]

    def render(self) -> Document:
        """Lay the document out as it now stands."""
        return self.renderer.render(self.html)

    def align(self) -> None:
        """Measure the blocks whose height is no whole number of lines, and pad them."""
        measured = self._measure()
        geometry = self.job.geometry
        while mark_tables(self.body, measured, geometry) or narrow_high(
            self.body, measured, geometry
        ):
            measured = self._measure()
        pad_to_grid(self.body, measured, geometry.baseline)
        self.heights = {name: box.bottom - box.top for name, box in measured.items()}

    def _measure(self) -> dict[str, Box]:
        """Return where each block to be measured, and each table, stands on a page of its own."""
        if not measured_blocks(self.body):
            return {}
        page = probe_page(self.body, self.job.geometry, self.language)
        probe = self.renderer.document(self.renderer.parse(page.html))
        document = self.renderer.render(probe, page.css)
        return {name: boxes[0] for name, boxes in boxes_of(document.pages).items()}

    def place(self) -> tuple[Document, dict[str, tuple[Box, ...]]]:
        """Lay the document out until lines, heads and figures stand well, or long enough."""
        document = self.render()
        boxes = boxes_of(document.pages)
        rounds = _MOST_ROUNDS if len(document.pages) <= _LONG else 1
        for left in reversed(range(rounds)):
            mended = self._mend(document, give_up=not left)
            if suit_front_page(self.body, boxes):
                self.align()
            elif left and keep_in_articles(self.body, boxes):
                self.align()
                self._restyle()
            elif left and self._settle(document, boxes):
                self._restyle()
            elif not mended:
                break
            # Two layouts of a long document at once would take twice the memory.
            del document
            gc.collect()
            document = self.render()
            boxes = boxes_of(document.pages)
        return document, boxes

    def _settle(self, document: Document, boxes: dict[str, tuple[Box, ...]]) -> bool:
        """Move figures that left room empty; tell whether there were any."""
        geometry = self.job.geometry
        return defer_wide_figures(self.body, boxes, geometry) or settle_figures(
            self.body, document, geometry, self.heights
        )

    def _restyle(self) -> None:
        if self.lines is not None:
            self.lines.restyle(self.renderer.computed(self.html))

    def _mend(self, document: Document, *, give_up: bool) -> bool:
        if self.lines is None:
            return False
        changed, failed = self.lines.mend(document, give_up=give_up)
        for element in failed:
            self._detach_spaces(element)
        return changed


def boxes_of(pages: Sequence[Page]) -> dict[str, tuple[Box, ...]]:
    """Return where each element with an id stands."""
    boxes: dict[str, tuple[Box, ...]] = {}
    for number, page in enumerate(pages, 1):
        for name, rectangle in anchors_on(page).items():
            box = Box(number, *(value * _POINTS_PER_PIXEL for value in rectangle))
            boxes[name] = (*boxes.get(name, ()), box)
    return boxes

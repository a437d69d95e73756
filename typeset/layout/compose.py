"""A document composed: set once, its pages planned, and made of what was set.

The engine sets blocks (``typesetter``); the make-up plans pages by their heights; where a page
would end within a word, or the front page within a block, that block alone is set again and the
pages are planned again.  Paragraphs that a plan has longer or shorter are set so at last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from xml.etree.ElementTree import Element

from weasyprint import Document

from typeset.layout.document import inline_tags, is_wide
from typeset.layout.engine.links import anchors_on
from typeset.layout.engine.units import POINTS_PER_PIXEL
from typeset.layout.impose import Piece, impose, pieces_of
from typeset.layout.made_up import made_up
from typeset.layout.makeup.first_fit import first_fit
from typeset.layout.makeup.issue import plan_issue
from typeset.layout.makeup.search import best_plan
from typeset.layout.makeup.values import (
    Block,
    Break,
    Column,
    Kind,
    Measure,
    PageShape,
    Plan,
    Setting,
    Slice,
)
from typeset.layout.manuscript import Flow, closes_article, is_figure, kind_of, wanted_of
from typeset.layout.protocol import Box, LayoutJob, MadeUp
from typeset.layout.renderer import Renderer
from typeset.layout.skeleton import Beginning, Skeleton, front_matter, pad_to_grid, targets_of
from typeset.layout.typesetter import ColumnEnd, Typesetter
from typeset.layout.variants import Varied

__all__ = ["Composed", "boxes_of", "compose"]

_MOST_PLANS = 12
"""Plans of one document: each but the first spares hyphens, divides the block in which the front
page ends where it now does, or does without a longer paragraph that came out otherwise."""
_MOST_DIVISIONS = 6
"""After so many, the front page ends with a block."""
_LEAST_FRONT = 4
"""A front page with fewer lines for the text has none."""


_ABOVE_A_FIGURE = 1
"""Empty lines between text and a figure below it."""
_APART = 1
"""Empty lines between a wide figure and text."""
_BELOW_A_FIGURE = dict.fromkeys(Kind, 0) | {Kind.FIGURE: 1, Kind.HEADING: 1}
"""Empty lines below a figure: its caption has some space of its own."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A document and its pages."""

    document: Document
    body: Element
    """The document's elements; its paragraphs hold the lines that stand on the pages."""
    heights: dict[str, float]
    """The heights in points of what is measured by itself, by id."""
    plans: tuple[Plan, ...]
    """Of each flow."""
    made_up: MadeUp


def compose(job: LayoutJob, renderer: Renderer, root: Element) -> Composed:
    """Return the pages of a document.

    Args:
        job: what it was asked for with.
        renderer: the tools for it.
        root: the document; changed in place.
    """
    composed, pieces = _Composer(job, renderer, root).run()
    return replace(composed, document=impose(composed.document, pieces, renderer.pages))


class _Composer:
    def __init__(self, job: LayoutJob, renderer: Renderer, root: Element) -> None:
        self._geometry = job.geometry
        self._skeleton = Skeleton(renderer, root)
        self._setter = Typesetter(renderer, root, job.geometry, inline_tags(job.elements))
        self._make_up = best_plan if job.line_breaking == "total-fit" else first_fit
        self._shape = PageShape(lines=job.geometry.lines, apart=_APART)
        self._may_divide = True
        self._may_vary = True

    def run(self) -> tuple[Composed, list[Piece]]:
        """Return the document with pages that lack their type, and what is to be put there.

        Nothing else keeps the type, so that it takes no memory after it was put there.
        """
        setter = self._setter
        begin = self._begin()
        setter.set_for_columns()
        if self._shape.front:
            setter.set_for_front(self._shape.front)
        plans = self._plans()
        setter.settle(self._on_front(plans), [*self._varied(plans)])
        geometry = self._geometry
        front_top = geometry.height - geometry.bottom - self._shape.front * geometry.baseline
        pieces = pieces_of(setter, plans, geometry, front_top)
        names = targets_of(front_matter(setter.body))
        anchors: dict[str, int] = {}
        for piece in pieces:
            for element in piece.block.iter():
                if element.get("id") in names:
                    anchors.setdefault(element.attrib["id"], piece.spot.page - begin.page)
        beds = max((piece.spot.page for piece in pieces), default=begin.page) - begin.page + 1
        skeleton = self._skeleton.render(beds, anchors)
        result = made_up(setter.flows, plans, geometry.lines)
        heights = begin.heights | setter.heights
        return Composed(skeleton, setter.body, heights, tuple(plans), result), pieces

    def _begin(self) -> Beginning:
        """Put the front matter on the grid, and see what room it leaves on its page."""
        geometry = self._geometry
        begin = self._skeleton.begin()
        top = begin.top + pad_to_grid(self._setter.body, begin.heights, geometry.baseline)
        foot = geometry.height - geometry.bottom
        front = int((foot - top + 0.01) / geometry.baseline) if begin.page == 1 else 0
        self._shape = replace(
            self._shape,
            front=front if front >= _LEAST_FRONT else 0,
            first_page=begin.page if front >= _LEAST_FRONT else begin.page + 1,
        )
        return begin

    def _plans(self) -> list[Plan]:
        plans = self._plan()
        for number in range(_MOST_PLANS):
            self._may_divide = number < _MOST_DIVISIONS
            self._may_vary = number < _MOST_PLANS - 1
            if not (
                self._narrow(plans)
                or self._divide_front(plans)
                or self._setter.spare_hyphens(self._column_ends(plans))
                or not self._setter.vary([*self._varied(plans)])
            ):
                break
            plans = self._plan()
        return plans

    def _plan(self) -> list[Plan]:
        blocks = [[*self._blocks(flow)] for flow in self._setter.flows]
        return plan_issue(blocks, self._shape, self._make_up)

    # -- blocks

    def _blocks(self, flow: Flow) -> Iterator[Block]:
        for block, article in zip(flow.blocks, flow.articles, strict=True):
            yield self._block(block, article)

    def _block(self, element: Element, article: int) -> Block:
        ruled = self._setter.column[element]
        kind = kind_of(element)
        if kind is Kind.FIGURE:
            gaps = _BELOW_A_FIGURE
        else:
            gaps = dict.fromkeys(Kind, ruled.below) | {Kind.FIGURE: _ABOVE_A_FIGURE}
        front: Setting | None
        column: Setting | None
        page: Setting | None
        if is_wide(element):
            narrowed = self._setter.narrowed.get(element)
            page = ruled.setting
            front = column = None if narrowed is None else narrowed.setting
        else:
            (front, column), page = self._settings(element), None
        if kind is not Kind.TEXT:
            # What is higher than a page sticks out of it, and is reported.
            column, page = self._bounded(column), self._bounded(page)
        return Block(
            kind=kind,
            column=column,
            page=page,
            front=front,
            gaps=gaps,
            repeat=ruled.repeat,
            article=article,
            closes=closes_article(element),
            wanted=wanted_of(element),
        )

    def _bounded(self, setting: Setting | None) -> Setting | None:
        """Return a setting that is no higher than a page if it cannot be divided."""
        if setting is None or setting.breaks or setting.lines <= self._shape.lines:
            return setting
        return replace(setting, lines=self._shape.lines)

    def _settings(self, element: Element) -> tuple[Setting, Setting]:
        """Return a block as it is set for the front page and for columns."""
        setter = self._setter
        divided = setter.divided
        if divided is not None and divided.block is element:
            lines = divided.lines
            rest = divided.below.setting
            breaks = tuple(replace(one, line=one.line + lines) for one in rest.breaks)
            column = Setting(lines + rest.lines, breaks)
            front = setter.front[element].setting
            return replace(front, breaks=(Break(lines, resume=lines),)), column
        column = setter.setting(element, Measure.COLUMN, may_vary=self._may_vary)
        if element not in setter.front:
            breaks = tuple(replace(one, resume=one.line) for one in column.breaks)
            return Setting(column.lines, breaks), column
        front = setter.setting(element, Measure.FRONT, may_vary=self._may_vary)
        if not self._may_divide:
            return replace(front, breaks=()), column
        share = column.lines / max(front.lines, 1)
        breaks = tuple(
            replace(one, resume=min(max(round(one.line * share), 1), column.lines - 1))
            for one in front.breaks
        )
        return replace(front, breaks=breaks), column

    # -- what is set again

    def _narrow(self, plans: Sequence[Plan]) -> bool:
        """Make wide figures a column's that stand in one; return whether there were any."""
        found = [
            flow.blocks[number]
            for flow, plan in zip(self._setter.flows, plans, strict=True)
            for number in plan.narrowed
        ]
        for block in found:
            self._setter.narrow(block)
        return bool(found)

    def _divide_front(self, plans: Sequence[Plan]) -> bool:
        """Divide the block in which the front page ends; return whether it was not yet so."""
        setter = self._setter
        before = setter.divided
        end = self._end_of_front(plans)
        if end is None:
            setter.divided = None
            return before is not None
        block, lines = end
        if before is not None and (before.block, before.lines) == (block, lines):
            return False
        setter.divide(block, lines)
        return True

    def _end_of_front(self, plans: Sequence[Plan]) -> tuple[Element, int] | None:
        """Return the block that goes on behind the front page, and how many lines stand there."""
        column = plans[0].pages[0].columns[0] if plans and plans[0].pages else None
        if column is None or column.measure is not Measure.FRONT:
            return None
        last = _last_text(self._setter.flows[0], column)
        block = None if last is None else self._setter.flows[0].blocks[last.block]
        if last is None or block not in self._setter.front:
            return None
        front, _ = self._settings(block)
        return (block, last.last) if last.last < front.lines else None

    def _column_ends(self, plans: Sequence[Plan]) -> Iterator[ColumnEnd]:
        """Give the ends of columns behind the front page."""
        for flow, plan in zip(self._setter.flows, plans, strict=True):
            for page in plan.pages:
                for column in page.columns:
                    last = _last_text(flow, column)
                    if column.measure is not Measure.FRONT and last is not None:
                        ends_page = column is page.columns[-1]
                        yield ColumnEnd(flow.blocks[last.block], last.last, ends_page)

    def _varied(self, plans: Sequence[Plan]) -> Iterator[Varied]:
        """Give the paragraphs that stand longer or shorter in columns, and by how many lines."""
        for flow, plan in zip(self._setter.flows, plans, strict=True):
            for page in plan.pages:
                for column in page.columns:
                    for one in column.slices:
                        if one.varied:
                            yield Varied(flow.blocks[one.block], one.varied, column.measure)

    def _on_front(self, plans: Sequence[Plan]) -> Iterator[Element]:
        for page in plans[0].pages[:1]:
            for column in page.columns:
                if column.measure is Measure.FRONT:
                    yield from (self._setter.flows[0].blocks[one.block] for one in column.slices)


def _last_text(flow: Flow, column: Column) -> Slice | None:
    """Return what a column ends with, figures left aside."""
    text = (one for one in column.slices if not is_figure(flow.blocks[one.block]))
    return max(text, key=attrgetter("block"), default=None)


def boxes_of(document: Document) -> dict[str, tuple[Box, ...]]:
    """Return where each element with an id stands, a box a page."""
    boxes: dict[str, tuple[Box, ...]] = {}
    for number, page in enumerate(document.pages, 1):
        for name, rectangle in anchors_on(page).items():
            box = Box(number, *(value * POINTS_PER_PIXEL for value in rectangle))
            boxes[name] = (*boxes.get(name, ()), box)
    return boxes

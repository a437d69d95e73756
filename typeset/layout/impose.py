"""Imposing: the type of blocks cut, and put where the plan of the pages has it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from xml.etree.ElementTree import Element

from weasyprint import Document, Page

from typeset.geometry import PageGeometry
from typeset.layout.engine.boxes import Box, TextBox, children_of, root_of
from typeset.layout.engine.set_type import page_with
from typeset.layout.makeup.values import Kind, Measure, PagePlan, Plan, Slice
from typeset.layout.manuscript import Flow, kind_of
from typeset.layout.page_cache import PageCache
from typeset.layout.ruled import Ruled
from typeset.layout.skeleton import bed_of
from typeset.layout.typesetter import Typesetter
from typeset.layout.variants import Varied

__all__ = ["Piece", "Spot", "impose", "pieces_of"]

_OUTER = ("html", "body", "main")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a page, in points from its top left."""

    page: int
    """From 1."""
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Some leaves of a block, and where they stand."""

    block: Element
    type: Ruled
    first: int
    """The first leaf."""
    last: int
    """The one behind the last."""
    spot: Spot


def impose(skeleton: Document, pieces: list[Piece], cache: PageCache | None = None) -> Document:
    """Return the pages with their type.

    Args:
        skeleton: the pages without it, which are used up.
        pieces: in the order of the document, so that the content of each page is read in it; they
            are used up, too, page by page.
        cache: the pages of the last document.
    """
    by_page: dict[int, list[Piece]] = {}
    for piece in pieces:
        by_page.setdefault(piece.spot.page, []).append(piece)
    pieces.clear()
    pages = []
    for number, page in enumerate(skeleton.pages, 1):
        bed, here = bed_of(page), by_page.pop(number, [])
        make = partial(_imposed, page, bed, here)
        pages.append(
            make() if cache is None else cache.page(number, _content(page, bed, here), make)
        )
    return skeleton.copy(pages)


def _imposed(page: Page, bed: Box | None, pieces: list[Piece]) -> Page:
    """Return a page of a skeleton with its type."""
    if bed is None:
        return page
    parts = [one.type.type.part(one.first, one.last, one.spot.x, one.spot.y) for one in pieces]
    return page_with(page, bed, parts)


def _content(page: Page, bed: Box | None, pieces: list[Piece]) -> Hashable:
    """Return all that a page shows."""
    around = tuple(_around(root_of(page), bed))
    return around, tuple(
        (one.type.type, one.first, one.last, one.spot.x, one.spot.y) for one in pieces
    )


def _around(box: Box, bed: Box | None) -> Iterator[Hashable]:
    """Give what stands in a box of a skeleton, without what is in the bed."""
    # Those elements are made for each skeleton.
    is_own = box is bed or (box.element is not None and box.element.tag in _OUTER)
    yield (
        type(box),
        None if is_own else box.element,
        box.element_tag,
        (box.position_x, box.position_y, box.width, box.height),
        box.text if isinstance(box, TextBox) else "",
    )
    if box is not bed:
        for child in children_of(box):
            yield from _around(child, bed)


def pieces_of(
    setter: Typesetter, plans: Sequence[Plan], geometry: PageGeometry, front_top: float
) -> list[Piece]:
    """Return all pieces of a document, page by page in its order.

    Args:
        setter: has the type.
        plans: of each flow.
        geometry: the page.
        front_top: where the text of the front page begins, in points.
    """
    imposer = _Imposer(setter, geometry, front_top)
    flows = zip(setter.flows, plans, strict=True)
    return list(chain.from_iterable(imposer.pieces(flow, plan) for flow, plan in flows))


class _Imposer:
    def __init__(self, setter: Typesetter, geometry: PageGeometry, front_top: float) -> None:
        self._setter = setter
        self._geometry = geometry
        self._front_top = front_top

    def pieces(self, flow: Flow, plan: Plan) -> Iterator[Piece]:
        for page in plan.pages:
            slices = sorted(self._slices(page), key=lambda one: one[0].block)
            for one, spot, measure in slices:
                piece = self._piece(flow.blocks[one.block], one, spot, measure)
                # What cannot be divided where it must be leaves nothing there.
                if piece.first < piece.last or not piece.type.type.leaves:
                    yield piece

    def _slices(self, page: PagePlan) -> Iterator[tuple[Slice, Spot, Measure]]:
        """Give what stands on a page, where, and in which measure."""
        geometry = self._geometry
        left = geometry.left(page.number)
        for one in (*page.head, *page.foot):
            y = geometry.top + one.top * geometry.baseline
            yield one, Spot(page.number, left, y), Measure.PAGE
        for number, column in enumerate(page.columns):
            x = left + number * (geometry.column_width + geometry.gap)
            top = self._front_top if column.measure is Measure.FRONT else geometry.top
            for one in column.slices:
                y = top + (column.top + one.top) * geometry.baseline
                yield one, Spot(page.number, x, y), column.measure

    def _piece(self, block: Element, one: Slice, spot: Spot, measure: Measure) -> Piece:
        setter, geometry = self._setter, self._geometry
        is_front = measure is Measure.FRONT
        ruled, first, last = setter.column[block], one.first, one.last
        divided = setter.divided
        if one.varied:
            ruled = setter.varied(Varied(block, one.varied, measure))
            last = ruled.lines
        elif divided is not None and divided.block is block:
            ruled = divided.above if is_front else divided.below
            first, last = (
                (0, ruled.lines)
                if is_front
                else (
                    first - divided.lines,
                    last - divided.lines,
                )
            )
        elif is_front and block in setter.front:
            ruled = setter.front[block]
        elif is_front:
            # What is as wide as a column stands in the middle of the wider one.
            inset = (geometry.first_width - geometry.column_width) / 2
            spot = Spot(spot.page, spot.x + inset, spot.y)
        if kind_of(block) is not Kind.TEXT and not ruled.setting.breaks:
            # It is planned no higher than a page.
            first, last = 0, ruled.lines
        start = ruled.leaves_above(first) if first else 0
        return Piece(block, ruled, start, ruled.leaves_above(last), spot)

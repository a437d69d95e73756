"""Finds overset content, which sticks out of its place to the right or below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from weasyprint import Document, Page

from typeset.geometry import PageGeometry
from typeset.layout.engine.boxes import (
    BlockContainerBox,
    Box,
    InlineBox,
    MarginBox,
    PageBox,
    ReplacedBox,
    TextBox,
    children_of,
    is_marker,
    root_of,
)
from typeset.layout.engine.page_memo import PageMemo
from typeset.layout.engine.units import POINTS_PER_PIXEL
from typeset.layout.findings import Overset

__all__ = ["find_overset"]

_TOLERANCE = 1.0
"""In points: the slack of a column is not a fault."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What surrounds a box: the block that it must keep to, and the element to name."""

    element_id: str
    right: float
    """Where the block ends, in points from the left."""
    foot: float
    """Where the page's text ends; what the styles place by themselves knows no foot."""


def find_overset(document: Document, geometry: PageGeometry) -> tuple[Overset, ...]:
    """Return the elements with text, images or tables that stick out, at most once a page."""
    worst: dict[tuple[int, str], Overset] = {}
    for number, page in enumerate(document.pages, 1):
        for found in _FOUND.on(page, geometry, partial(_on, page, geometry)):
            key = number, found.element_id
            if key not in worst or found.over > worst[key].over:
                off = found.edge > (geometry.width if found.side == "right" else geometry.height)
                worst[key] = Overset(found.element_id, number, found.side, found.over, off)
    return tuple(worst.values())


@dataclass(frozen=True, slots=True)
class _Found:
    element_id: str
    side: str
    over: float
    edge: float


_FOUND: PageMemo[tuple[_Found, ...]] = PageMemo()


def _on(page: Page, geometry: PageGeometry) -> tuple[_Found, ...]:
    foot = geometry.height - geometry.bottom
    return tuple(_visit(root_of(page), _Place("", geometry.width, foot)))


def _visit(box: Box, place: _Place) -> Iterator[_Found]:
    if isinstance(box, MarginBox) or is_marker(box):
        return
    if box.element is not None and (name := box.element.get("id")):
        place = replace(place, element_id=name)
    if box.style["position"] == "absolute":
        place = replace(place, foot=float("inf"))
    if isinstance(box, TextBox | ReplacedBox) or box.is_table_wrapper:
        yield from _judge(box, place)
    if isinstance(box, BlockContainerBox) and not isinstance(box, PageBox):
        place = replace(place, right=_points(box.content_box_x() + box.width))
    elif isinstance(box, InlineBox) and box.margin_right < 0:
        # A line with an optical margin may stick out by that margin.
        place = replace(place, right=place.right - _points(box.margin_right))
    for child in children_of(box):
        yield from _visit(child, place)


def _judge(box: Box, place: _Place) -> Iterator[_Found]:
    is_text = isinstance(box, TextBox)
    if is_text and not box.text.strip():
        return
    right = _points(box.position_x + (box.width if is_text else box.margin_width()))
    if right - place.right > _TOLERANCE:
        yield _Found(place.element_id, "right", right - place.right, right)
    if box.is_table_wrapper:
        return  # its rows go on in the next column
    bottom = _points(box.position_y + (box.baseline if is_text else box.margin_height()))
    if bottom - place.foot > _TOLERANCE:
        yield _Found(place.element_id, "foot", bottom - place.foot, bottom)


def _points(pixels: float) -> float:
    return pixels * POINTS_PER_PIXEL

"""Finds what overlaps something else on its page.

A page is read as rectangles: each line as far as its letters reach, each picture, each table.  A
line is cut to its line height, since large letters set tight reach into the space of the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter

from weasyprint import Document, Page

from typeset.layout.engine.boxes import (
    Box,
    LineBox,
    MarginBox,
    ReplacedBox,
    TableBox,
    TextBox,
    children_of,
    is_generated,
    root_of,
)
from typeset.layout.engine.page_memo import PageMemo
from typeset.layout.engine.units import POINTS_PER_PIXEL
from typeset.layout.findings import Overlap, Piece
from typeset.layout.inspect.captions import is_caption

__all__ = ["Thing", "find_overlaps", "meetings"]

_MEETINGS: PageMemo[tuple[tuple[Thing, Thing, float], ...]] = PageMemo()

_TOLERANCE = 0.5
"""In points, in both directions: less is touching, or rounding."""

_ASCENT, _DESCENT = 0.88, 0.25
"""How far letters reach above and below their baseline, in font sizes: East Asian ones above,
Latin ones below.  The ascent and descent of fonts are larger, to keep lines apart."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A rectangle that nothing else may meet, in points from the top left of its page."""

    piece: Piece
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Thing) -> float:
        """Return by how many points two of them overlap, in the direction in which it is less."""
        return min(
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )


def find_overlaps(document: Document) -> tuple[Overlap, ...]:
    """Return the overlaps of each page, once for every two elements."""
    worst: dict[tuple[int, frozenset[Piece]], Overlap] = {}
    for number, page in enumerate(document.pages, 1):
        for one, other, over in _MEETINGS.on(page, None, partial(_on, page)):
            key = number, frozenset((one.piece, other.piece))
            if key not in worst or over > worst[key].over:
                worst[key] = Overlap(number, one.piece, other.piece, over)
    return tuple(worst.values())


def _on(page: Page) -> tuple[tuple[Thing, Thing, float], ...]:
    return tuple(meetings(_things(root_of(page), Piece("", "text"))))


def meetings(things: Iterable[Thing]) -> Iterator[tuple[Thing, Thing, float]]:
    """Yield every two things that overlap, the upper one first, and by how many points.

    Args:
        things: those of one page, in any order.
    """
    above: list[Thing] = []
    for thing in sorted(things, key=attrgetter("top")):
        # In order from the head of the page, so that what has ended overlaps nothing more.
        above = [one for one in above if one.bottom - thing.top > _TOLERANCE]
        for one in above:
            over = one.overlap(thing)
            if over > _TOLERANCE:
                yield one, thing, over
        above.append(thing)


def _things(box: Box, piece: Piece) -> Iterator[Thing]:
    """Give the things in a box.

    Args:
        box: where to look.
        piece: what the box is a part of.
    """
    if isinstance(box, LineBox):
        inked, away = _pieces(box)
        if inked:
            yield _line(box, inked, piece)
        for child in away:
            yield from _things(child, piece)
        return
    if _is_ornament(box):
        return
    piece = _piece_of(box, piece)
    if isinstance(box, ReplacedBox):
        yield _rectangle(box, Piece(piece.element_id, "picture"))
    elif isinstance(box, TableBox):
        yield _rectangle(box, Piece(piece.element_id, "table"))
    else:
        for child in children_of(box):
            yield from _things(child, piece)


def _is_ornament(box: Box) -> bool:
    """Return whether a box is decoration that the styles place.

    So are markers beside their items, what `::before` and `::after` add out of the flow, and what
    a template hides from listeners: a picture as a ground, a large figure behind a title.
    """
    if box.style["position"] not in ("absolute", "fixed"):
        return False
    element = box.element
    return is_generated(box) or (
        element is not None and (element.get("aria-hidden") == "true" or element.get("alt") == "")
    )


def _piece_of(box: Box, piece: Piece) -> Piece:
    """Return what a box is a part of, given what its parent is."""
    if isinstance(box, MarginBox):
        return Piece("", "margin")
    element = box.element
    if element is None:
        return piece
    kind = "caption" if is_caption(element) else piece.kind
    element_id = element.get("id", piece.element_id)
    if (element_id, kind) == (piece.element_id, piece.kind):
        return piece
    return Piece(element_id, kind)


def _line(line: LineBox, inked: Sequence[Box], piece: Piece) -> Thing:
    """Return a line from its first letter to its last, no higher than its letters and itself."""
    tops, feet = zip(*map(_height, inked), strict=True)
    return _thing(
        piece,
        min(box.position_x for box in inked),
        max(min(tops), line.position_y),
        max(box.position_x + box.width for box in inked),
        min(max(feet), line.position_y + line.height),
    )


def _height(box: Box) -> tuple[float, float]:
    """Return where a piece of a line begins and ends, from above."""
    baseline = box.position_y + box.baseline
    if isinstance(box, ReplacedBox):
        return box.border_box_y(), baseline
    size = box.style["font_size"]
    return baseline - _ASCENT * size, baseline + _DESCENT * size


def _pieces(box: Box) -> tuple[list[Box], list[Box]]:
    """Return the visible boxes of a line, and those that it only reserves a place for."""
    inked: list[Box] = []
    away: list[Box] = []
    waiting = children_of(box)
    while waiting:
        child = waiting.pop()
        if isinstance(child, TextBox):
            if child.text.strip() and child.style["visibility"] == "visible":
                inked.append(child)
        elif not child.is_in_normal_flow():
            away.append(child)
        elif isinstance(child, ReplacedBox):
            inked.append(child)
        else:
            waiting += children_of(child)
    return inked, away


def _rectangle(box: Box, piece: Piece) -> Thing:
    left, top = box.border_box_x(), box.border_box_y()
    return _thing(piece, left, top, left + box.border_width(), top + box.border_height())


def _thing(piece: Piece, *sides: float) -> Thing:
    return Thing(piece, *(side * POINTS_PER_PIXEL for side in sides))

"""Overlaps: what meets something else on its page.

A page is read as rectangles: each line as far as it has ink, each picture, each table.  A line is
cut to its line height, since its letters may reach into the space of the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from weasyprint import Document
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from typeset.layout.captions import is_caption
from typeset.pages import Overlap, Piece

__all__ = ["Thing", "find_overlaps", "meetings"]

_POINTS_PER_PIXEL = 0.75
_TOLERANCE = 0.5
"""In points, in both directions: what touches, or meets by a rounding, does no harm."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A rectangle that nothing else may meet, in points from the top left of its page."""

    piece: Piece
    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Thing) -> float:
        """Return by how many points two of them meet, in the direction in which it is less."""
        return min(
            min(self.right, other.right) - max(self.left, other.left),
            min(self.bottom, other.bottom) - max(self.top, other.top),
        )


def find_overlaps(document: Document) -> tuple[Overlap, ...]:
    """Return what meets on each page, once for every two elements."""
    worst: dict[tuple[int, frozenset[Piece]], Overlap] = {}
    for number, page in enumerate(document.pages, 1):
        # The engine shows its boxes nowhere else; a test holds what we rely on.
        for one, other, over in meetings(_things(page._page_box, Piece("", "text"))):  # noqa: SLF001
            key = number, frozenset((one.piece, other.piece))
            if key not in worst or over > worst[key].over:
                worst[key] = Overlap(number, one.piece, other.piece, over)
    return tuple(worst.values())


def meetings(things: Iterable[Thing]) -> Iterator[tuple[Thing, Thing, float]]:
    """Give every two things that meet, the upper one first, and by how many points.

    Args:
        things: those of one page, in any order.
    """
    above: list[Thing] = []
    for thing in sorted(things, key=attrgetter("top")):
        # The page is gone through from its head to its foot; what has ended meets nothing more.
        above = [one for one in above if one.bottom - thing.top > _TOLERANCE]
        for one in above:
            over = one.overlap(thing)
            if over > _TOLERANCE:
                yield one, thing, over
        above.append(thing)


def _things(box: boxes.Box, piece: Piece) -> Iterator[Thing]:
    """Give the things in a box.

    Args:
        box: where to look.
        piece: what the box is a part of.
    """
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001 - it pretends to be this box in all but its class
    if _is_ornament(box):
        return
    piece = _piece_of(box, piece)
    if isinstance(box, boxes.LineBox):
        yield from _line(box, piece)
        for child in _out_of_line(box):
            yield from _things(child, piece)
    elif isinstance(box, boxes.ReplacedBox):
        yield _rectangle(box, Piece(piece.element_id, "picture"))
    elif isinstance(box, boxes.TableBox):
        yield _rectangle(box, Piece(piece.element_id, "table"))
    else:
        for child in getattr(box, "children", ()):
            yield from _things(child, piece)


def _is_ornament(box: boxes.Box) -> bool:
    """Tell whether a box is laid where it is by the styles and says nothing.

    So are markers beside their items, what `::before` and `::after` add out of the flow, and what
    a template hides from listeners: a picture as a ground, a large figure behind a title.
    """
    if box.style["position"] not in ("absolute", "fixed"):
        return False
    element = box.element
    return "::" in (box.element_tag or "") or (
        element is not None and (element.get("aria-hidden") == "true" or element.get("alt") == "")
    )


def _piece_of(box: boxes.Box, piece: Piece) -> Piece:
    """Return what a box is a part of, given what its parent is."""
    if isinstance(box, boxes.MarginBox):
        return Piece("", "margin")
    element = box.element
    if element is None or isinstance(box, boxes.LineBox):
        return piece
    kind = "caption" if is_caption(element) else piece.kind
    element_id = element.get("id", piece.element_id)
    if (element_id, kind) == (piece.element_id, piece.kind):
        return piece
    return Piece(element_id, kind)


def _line(line: boxes.LineBox, piece: Piece) -> Iterator[Thing]:
    """Give a line from its first to its last letter, as high as its letters and its own height."""
    inked = list(_inked(line))
    if inked:
        tops = [box.position_y + box.margin_top for box in inked]
        feet = [top + box.height for top, box in zip(tops, inked, strict=True)]
        yield _thing(
            piece,
            min(box.position_x for box in inked),
            max(min(tops), line.position_y),
            max(box.position_x + box.width for box in inked),
            min(max(feet), line.position_y + line.height),
        )


def _inked(box: boxes.Box) -> Iterator[boxes.Box]:
    """Give what is seen of a line."""
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.ReplacedBox) or (
            isinstance(child, boxes.TextBox) and child.text.strip()
        ):
            if child.style["visibility"] == "visible":
                yield child
        elif isinstance(child, boxes.ParentBox):
            yield from _inked(child)


def _out_of_line(box: boxes.Box) -> Iterator[boxes.Box]:
    """Give what a line holds a place for."""
    for child in getattr(box, "children", ()):
        if child.is_in_normal_flow():
            yield from _out_of_line(child)
        else:
            yield child


def _rectangle(box: boxes.Box, piece: Piece) -> Thing:
    left, top = box.border_box_x(), box.border_box_y()
    return _thing(piece, left, top, left + box.border_width(), top + box.border_height())


def _thing(piece: Piece, *sides: float) -> Thing:
    return Thing(piece, *(side * _POINTS_PER_PIXEL for side in sides))

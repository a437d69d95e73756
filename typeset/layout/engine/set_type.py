"""Set type: blocks that the engine laid out once, to be cut at their lines and moved to pages.

A block's type is never changed: what is put on a page is a copy of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from weasyprint import Page
from weasyprint.formatting_structure import boxes
from weasyprint.formatting_structure.boxes import Box
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_box_backgrounds

from typeset.layout.engine.boxes import root_of, walk
from typeset.layout.engine.styles import forget_derived
from typeset.layout.engine.units import PIXELS_PER_POINT

__all__ = ["Leaf", "Type", "page_with"]

_AVOID = frozenset({"avoid", "avoid-page", "avoid-column"})
_HYPHENS = ("-", "\u2010")
_VERTICAL = ("position_y", "height", "padding_top", "padding_bottom")
"""What the engine makes of sums of heights."""
_STEPS = 4096
"""In a pixel: no step is wide enough to be seen, nor so narrow that roundings reach the next.  The
units of Pango, 1024 in a pixel, and their halves are whole steps, so none lies between two."""
_NO_SIDES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A part of a block that is never divided: a line, a row of a table, a picture.

    Lengths are in points, from the top of the block; what is shifted relative to its place counts
    where its place is.
    """

    top: float
    bottom: float
    paragraph: Element | None
    """What it is a line of."""
    number: int
    """Its number among the lines of the paragraph, from 0."""
    is_head: bool
    """Whether it is a row of a table's head, which is set again above each part of the table."""
    divides: bool
    """Whether the block may be divided above it."""
    ends_in_hyphen: bool


class _Found(NamedTuple):
    """A leaf's box, with those around it from the block inwards."""

    path: tuple[Box, ...]
    box: Box


class Type:
    """A block as it was set.

    Args:
        box: the block's.
        left: the left edge of the column that it was set in, in pixels.
    """

    def __init__(self, box: Box, left: float) -> None:
        _move_to_origin(box, left)
        self.box = box
        """Nothing may move it."""
        self.height: float = (box.margin_height() - box.margin_bottom) / PIXELS_PER_POINT
        """In points; what the block has above it, such as a margin, is a part of it."""
        self.below: float = box.margin_bottom / PIXELS_PER_POINT
        """The margin below it, in points."""
        self.leaves = tuple(self._leaves())
        save_memory(box)

    def _leaves(self) -> Iterator[Leaf]:
        found = [*_leaves_of(self.box, ())]
        divides = chain([False], (_divides(before, after) for before, after in pairwise(found)))
        number = 0
        paragraph: Box | None = None
        for one, may_divide in zip(found, divides, strict=False):
            parent = one.path[-1] if one.path and _is_line(one.box) else None
            number = number + 1 if parent is not None and parent is paragraph else 0
            paragraph = parent
            shift = sum(map(_shift, (*one.path, one.box)))
            top = (one.box.position_y - shift) / PIXELS_PER_POINT
            yield Leaf(
                top=top,
                bottom=top + one.box.margin_height() / PIXELS_PER_POINT,
                paragraph=None if parent is None else parent.element,
                number=number,
                is_head=_is_in_head(one),
                divides=may_divide,
                ends_in_hyphen=_is_line(one.box) and _text_of(one.box).endswith(_HYPHENS),
            )

    @property
    def head_height(self) -> float:
        """The height in points of the rows that are set again above each part of a table."""
        rows = [leaf for leaf in self.leaves if leaf.is_head]
        return rows[-1].bottom - rows[0].top if rows else 0.0

    @property
    def table_width(self) -> float:
        """The width in points of the widest table in it; 0 if there is none."""
        tables = (box for box in walk(self.box) if isinstance(box, boxes.TableBox))
        return max((box.border_width() / PIXELS_PER_POINT for box in tables), default=0.0)

    def part(self, first: int, last: int, x: float, y: float) -> Box:
        """Return a copy of some of its leaves, put at a place.

        Args:
            first: the first leaf.
            last: the one behind the last.
            x: the left edge of the column that they stand in, in points.
            y: the top of the first leaf, or of the rows that are set again above it; of the whole
                block its own top.
        """
        is_whole = (first, last) == (0, len(self.leaves))
        box = _copy(self.box) if is_whole else _cut(self.box, first, last)
        top = (self.leaves[first].top - self.head_height) * PIXELS_PER_POINT if first else 0.0
        box.translate(x * PIXELS_PER_POINT, y * PIXELS_PER_POINT - top)
        return box


def _move_to_origin(box: Box, left: float) -> None:
    """Move a box to where its page would begin, so that nothing shows where it was set.

    There the sums of many heights were rounded otherwise, which would be seen in the last digits of
    a file.
    """
    box.translate(-left, _shift(box) - box.position_y)
    waiting = [box]
    while waiting:
        one = waiting.pop()
        waiting += one.all_children()
        if isinstance(one, AbsolutePlaceholder):
            one = one._box
        own = one.__dict__
        for name in _VERTICAL:
            value = own.get(name)
            if isinstance(value, float):
                own[name] = round(value * _STEPS) / _STEPS


def save_memory(box: Box) -> None:
    """Let a box and all in it take less memory, as they are kept until the last page is written."""
    found = [*walk(box)]
    styles = {id(one.style): one.style for one in found}
    for style in reversed(styles.values()):  # from the innermost, since styles inherit
        forget_derived(style)
    for one in found:
        if not one.remove_decoration_sides:
            one.remove_decoration_sides = _NO_SIDES
        one.__dict__ = dict(one.__dict__.items())


def page_with(page: Page, bed: Box, type_: Iterable[Box]) -> Page:
    """Return a page with type laid in it.

    Args:
        page: its box is changed in place.
        bed: the box on the page that takes the type.
        type_: boxes at their places.
    """
    root = root_of(page)
    bed.children = [*type_]
    for box in bed.children:
        _lay_backgrounds(root, box)
    made = Page(root)
    save_memory(root)
    return made


def _lay_backgrounds(root: Box, box: Box) -> None:
    """Lay the backgrounds of a box and all in it, as they know where they are painted.

    Lines are never cut, so that nothing in them needs that unless it has a background.
    """
    if _is_line(box):
        found = [one for one in walk(box) if one.background is not None]
    else:
        found = [box]
        for child in box.all_children():
            _lay_backgrounds(root, child)
    for one in found:
        layout_box_backgrounds(root, one, lambda *_, **__: None, layout_children=False)


def _leaves_of(box: Box, path: tuple[Box, ...]) -> Iterator[_Found]:
    if isinstance(box, AbsolutePlaceholder) or box.is_outside_marker or not box.is_in_normal_flow():
        return
    if _is_line(box) or isinstance(box, boxes.TableRowBox) or _is_whole(box):
        yield _Found(path, box)
        return
    for child in box.children:
        yield from _leaves_of(child, (*path, box))


def _is_line(box: Box) -> bool:
    return isinstance(box, boxes.LineBox)


def _is_whole(box: Box) -> bool:
    return box.is_monolithic() or isinstance(box, boxes.FlexContainerBox | boxes.GridContainerBox)


def _divides(before: _Found, after: _Found) -> bool:
    """Return whether the styles let a block be divided between two leaves."""
    shared = 0
    for one, other in zip(before.path, after.path, strict=False):
        if one is not other:
            break
        shared += 1
    around = before.path[:shared]
    ends, begins = (*before.path[shared:], before.box), (*after.path[shared:], after.box)
    if (
        _is_in_head(before)
        or any(box.style["break_inside"] in _AVOID for box in around)
        or any(box.style["break_after"] in _AVOID for box in ends)
        or any(box.style["break_before"] in _AVOID for box in begins)
    ):
        return False
    if len(ends) > 1 or len(begins) > 1 or not _is_line(after.box):
        return True
    paragraph = around[-1]
    lines = [child for child in paragraph.children if _is_line(child)]
    above = next(number for number, line in enumerate(lines) if line is after.box)
    is_orphan = above < paragraph.style["orphans"]
    return not is_orphan and len(lines) - above >= paragraph.style["widows"]


def _is_in_head(found: _Found) -> bool:
    return any(isinstance(box, boxes.TableRowGroupBox) and box.is_header for box in found.path)


def _text_of(line: Box) -> str:
    texts = (box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
    return "".join(texts).rstrip("\n \u200b")


def _shift(box: Box) -> float:
    """Return by how many pixels a box was moved down relative to its place."""
    style = box.style
    if style["position"] != "relative":
        return 0.0
    if style["top"] != "auto":
        return float(style["top"].value)
    return -float(style["bottom"].value) if style["bottom"] != "auto" else 0.0


def _copy(box: Box) -> Box:
    """Return a box copied with all that it holds."""
    if isinstance(box, AbsolutePlaceholder):
        placeholder = AbsolutePlaceholder(_copy(box._box))
        placeholder.set_laid_out_box(placeholder._box)
        return placeholder
    if not isinstance(box, boxes.ParentBox):
        return _in_turn(box.copy())
    return _in_turn(_with_children(box, [_copy(child) for child in box.children]))


def _with_children(box: Box, children: list[Box]) -> Box:
    """Return a box that is like another one, with other children.

    The engine's own way takes from the original what edges it lost at a cut, and leaves a table and
    its copy the same groups of columns.
    """
    new = box.copy()
    new.children = children
    if isinstance(box, boxes.TableBox):
        new.column_groups = tuple(_copy(group) for group in box.column_groups)
    return new


def _in_turn(box: Box) -> Box:
    """Let a box that stands where it is shifted to be drawn in its turn.

    The engine draws what has a relative position behind all else, and a reader of the page's
    content in its order would read it there.
    """
    if box.style["position"] == "relative":
        box.style = box.style.copy()
        box.style["position"] = "static"
    return box


def _cut(box: Box, first: int, last: int) -> Box:
    """Return a copy of a box with some of its leaves alone, where they stand.

    Args:
        box: what is cut.
        first: the first leaf.
        last: the one behind the last.
    """
    children: list[Box] = []
    head = None
    end = skipped_rows = 0
    for child in box.children:
        size = sum(1 for _ in _leaves_of(child, ()))
        start, end = end, end + size
        skipped_rows += min(max(first - start, 0), size)
        if first >= end and isinstance(child, boxes.TableRowGroupBox) and child.is_header:
            head = _copy(child)
        elif first <= start and end <= last and (size or start < last):
            # A marker beside an item, which is no leaf, goes with the item's first line.
            children.append(_copy(child))
        elif start < last and first < end:
            children.append(_cut(child, max(first - start, 0), min(last - start, size)))
    new = _with_children(box, children)
    new.remove_decoration_sides = set(box.remove_decoration_sides)
    new.remove_decoration(start=first > 0, end=last < end)
    tops = [child.position_y for child in children if child.is_in_normal_flow()]
    if isinstance(box, boxes.TableBox):
        new.skipped_rows = skipped_rows
        if head is not None:
            head.translate(0, min(tops) - head.position_y - head.margin_height())
            children.insert(0, head)
            tops.append(head.position_y)
    if first > 0:
        new.position_y = min(tops)
    new.height = max(child.position_y + child.margin_height() for child in children)
    new.height -= new.content_box_y()
    return _in_turn(new)

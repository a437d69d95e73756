"""Boxes of one document set on pages of another: what the engine offers for it.

Nothing in the package does this yet.  These are the functions that it will take, each as short as
the points of `test_cutting` allow.
"""

from __future__ import annotations

from collections.abc import Sequence

from weasyprint import Page
from weasyprint.layout.background import layout_box_backgrounds

from typeset.layout.engine.boxes import Box, PageBox, TableBox, children_of, root_of

__all__ = ["clone", "page_of", "paint_in_place", "with_children"]


def clone(box: Box) -> Box:
    """Return a box with all that it holds, to be moved while the original stays where it is."""
    return with_children(box, [clone(child) for child in children_of(box)])


def with_children(box: Box, children: Sequence[Box]) -> Box:
    """Return a box that is like another one, with other children.

    The engine's own way takes from the original what edges it lost at a cut, and leaves it and its
    copy the same groups of columns.
    """
    new = box.copy()
    new.children = list(children)
    new.remove_decoration_sides = set(box.remove_decoration_sides)
    if isinstance(new, TableBox):
        new.column_groups = tuple(group.deepcopy() for group in box.column_groups)
    return new


def page_of(root: PageBox) -> Page:
    """Return a page of what its box holds, with the links and anchors that stand there."""
    return Page(root)


def paint_in_place(page: Page, box: Box) -> None:
    """Lay out the backgrounds and borders of a box where it now stands, and of all in it."""
    layout_box_backgrounds(root_of(page), box, lambda **_: None)

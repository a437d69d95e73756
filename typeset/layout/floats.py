"""Wide figures and tables: where they may not stay, and where they go instead.

A wide one stands at the foot of the page on which it is called.  The engine makes room for it
first and looks for its call afterwards: if the call then falls on the next page, the room stays
empty.  Such a figure is called from further on, so that text fills the page and the figure follows.
On the front page, whose column is narrower than the page, it becomes a column's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from typeset.geometry import PageGeometry
from typeset.pages import Box

__all__ = ["defer_wide_figures", "is_wide", "narrow", "narrow_front_page_figures"]

Boxes = Mapping[str, tuple[Box, ...]]

_FEWEST_LINES = 6
"""Fewer empty lines than these come from headings and widows, not from a figure."""


def is_wide(element: Element) -> bool:
    """Tell whether an element is a figure or table as wide as the page."""
    return "wide" in element.get("class", "").split()


def narrow(element: Element) -> None:
    """Make a wide figure or table as wide as a column, for styles and for measuring."""
    names = element.get("class", "").split()
    element.set("class", " ".join("column" if name == "wide" else name for name in names))
    element.set("data-grid", "column")


def narrow_front_page_figures(body: Element, boxes: Boxes) -> bool:
    """Make column figures of the wide ones that fell on the front page.

    Args:
        body: the document, changed in place.
        boxes: where its elements stand.

    Returns:
        Whether there was any, so that the document must be laid out again.
    """
    narrowed = False
    for figure in _wide_figures(body):
        if any(box.page == 1 for box in boxes.get(figure.attrib["id"], ())):
            narrowed = True
            narrow(figure)
    return narrowed


def defer_wide_figures(body: Element, boxes: Boxes, geometry: PageGeometry) -> bool:
    """Move the first wide figure that left an empty foot on the page before it.

    Args:
        body: the document, changed in place.
        boxes: where its elements stand.
        geometry: the page.

    Returns:
        Whether there was one, so that the document must be laid out again.
    """
    main = next(body.iter("main"))
    for figure in _wide_figures(main):
        placed = boxes.get(figure.attrib["id"], ())
        page = _first_empty_page(main, boxes, geometry, placed[0].page) if placed else None
        if page is not None:
            columns = 1 if page == 1 else 2
            height = columns * _empty_foot(main, boxes, geometry, page)
            return _move(main, figure, boxes, page, height)
    return False


def _first_empty_page(
    main: Element, boxes: Boxes, geometry: PageGeometry, figure_page: int
) -> int | None:
    """Return the first of the pages right before a figure's whose feet are empty."""
    first = None
    for page in range(figure_page - 1, 0, -1):
        if _empty_foot(main, boxes, geometry, page) <= _FEWEST_LINES * geometry.baseline:
            break
        first = page
    return first


def _wide_figures(root: Element) -> list[Element]:
    return [element for element in root.iter() if is_wide(element)]


def _empty_foot(main: Element, boxes: Boxes, geometry: PageGeometry, page: int) -> float:
    """Return the height below the text of a page, figures at its foot left aside."""
    foot = geometry.height - geometry.bottom
    text_end = geometry.top
    for child in main:
        for box in boxes.get(child.get("id", ""), ()):
            if box.page != page:
                continue
            if is_wide(child):
                foot = min(foot, box.top)
            else:
                text_end = max(text_end, box.bottom)
    return foot - text_end


def _move(main: Element, figure: Element, boxes: Boxes, page: int, height: float) -> bool:
    """Put a figure behind as much text after a page as the page's empty foot can take."""
    children = list(main)
    start = children.index(figure)
    taken = _height_after(children[:start], boxes, page)
    for position in range(start + 1, len(children)):
        child = children[position]
        if child.get("class", "").startswith("head"):
            break  # a figure stays in its article
        if is_wide(child):
            continue
        taken += _height_after([child], boxes, page)
        if taken > height:
            # Those called in between go along, so that figures keep their order.
            moved = [element for element in children[start : position + 1] if is_wide(element)]
            for element in moved:
                main.remove(element)
            after = list(main).index(child) + 1
            main[after:after] = moved
            return True
    return False


def _height_after(children: Sequence[Element], boxes: Boxes, page: int) -> float:
    """Return the height of the text that children have on the pages after one."""
    return sum(
        box.bottom - box.top
        for child in children
        if not is_wide(child)
        for box in boxes.get(child.get("id", ""), ())
        if box.page > page
    )

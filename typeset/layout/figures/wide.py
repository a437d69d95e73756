"""Wide figures and tables: where they may not stay, and where they go instead.

A wide one stands at the foot of the page on which it is called.  The engine makes room for it
first and looks for its call afterwards: if the call then falls on the next page, the room stays
empty.  Such a figure is called from further on, so that text fills the page and the figure follows.
On the front page, whose one column is narrower than the page but wider than a column, things
stand otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree.ElementTree import Element

from typeset.geometry import PageGeometry
from typeset.layout.document import (
    GRID,
    Class,
    GridWidth,
    classes_of,
    flows_of,
    has_class,
    is_head,
    is_wide,
)
from typeset.layout.protocol import Box

__all__ = [
    "defer_wide_figures",
    "ends_article",
    "keep_in_articles",
    "narrow",
    "narrow_high",
    "suit_front_page",
]

Boxes = Mapping[str, tuple[Box, ...]]

_FEWEST_LINES = 6
"""Fewer empty lines than these come from headings and widows, not from a figure."""

_ENDS = (Class.TAKEAWAY, Class.NOTES, Class.BETWEEN_ARTICLES)
"""The parts of an article that no figure is moved behind, as none is behind a head."""


def narrow(element: Element) -> None:
    """Make a wide figure or table as wide as a column, for styles and for measuring."""
    names = (Class.COLUMN if name == Class.WIDE else name for name in classes_of(element))
    element.set("class", " ".join(names))
    element.set(GRID, GridWidth.COLUMN)


def narrow_high(body: Element, measured: Mapping[str, Box], geometry: PageGeometry) -> bool:
    """Make each wide figure or table a column's that is higher than the foot of a page may be.

    Args:
        body: the document, changed in place.
        measured: where the blocks stand that were measured by themselves, by id.
        geometry: the page.

    Returns:
        Whether there was one, so that the blocks must be measured again.
    """
    changed = False
    for element in _wide_figures(body):
        box = measured.get(element.attrib["id"])
        if box is not None and box.bottom - box.top > geometry.foot_height:
            narrow(element)
            changed = True
    return changed


def keep_in_articles(body: Element, boxes: Boxes) -> bool:
    """Make wide figures a column's where an article has too few pages for them.

    Those called where the foot of the page is taken wait for the next pages, one after the other.
    If the article ends before they all stand, as many of the first in that row become a column's,
    which stand where they are called: so the rest keeps its order, and comes to stand earlier.

    Args:
        body: the document, changed in place.
        boxes: where its elements stand.

    Returns:
        Whether there were any, so that the document must be laid out again.
    """
    changed = False
    for flow in flows_of(body):
        for figures, end in _articles(flow, boxes):
            places = [boxes.get(figure.attrib["id"], ()) for figure in figures]
            # The engine loses those that still wait when the document ends.
            pages = [place[0].page if place else end + 1 for place in places]
            start = len(pages) - 1
            while start > 0 and pages[start] <= pages[start - 1] + 1:
                start -= 1
            late = sum(page > end for page in pages)
            for figure in figures[start:][:late]:
                narrow(figure)
                changed = True
    return changed


def _articles(flow: Element, boxes: Boxes) -> Iterator[tuple[list[Element], int]]:
    """Give the wide figures of each article, and the last page on which they may stand."""
    figures: list[Element] = []
    end, has_ended = 0, False
    for child in flow:
        place = boxes.get(child.get("id", ""), ())
        if is_head(child):
            yield figures, end
            figures, has_ended = [], False
        if is_wide(child):
            figures.append(child)
        elif place and not has_ended:
            has_ended = ends_article(child) and not is_head(child)
            end = place[0 if has_ended else -1].page
    yield figures, end


def suit_front_page(body: Element, boxes: Boxes) -> bool:
    """Suit what fell on the front page to its one column, which is narrower than the page.

    A wide figure becomes a column's.  The head of an article other than the lead is measured anew,
    since its lines are longer here; should that move it to the next page, it stays as it was.

    Args:
        body: the document, changed in place.
        boxes: where its elements stand.

    Returns:
        Whether anything was changed, so that the document must be laid out again.
    """
    changed = False
    for element in body.iter():
        place = boxes.get(element.get("id", ""), ())
        if not place or place[0].page != 1:
            continue
        if is_wide(element):
            changed = True
            narrow(element)
        elif is_head(element) and element.get(GRID) == GridWidth.COLUMN:
            changed = True
            element.set(GRID, GridWidth.FIRST)
    return changed


def ends_article(element: Element) -> bool:
    """Tell whether figures that still wait come before an element."""
    # A paragraph whose lines are set has more names than its own.
    return is_head(element) or has_class(element, *_ENDS)


def defer_wide_figures(body: Element, boxes: Boxes, geometry: PageGeometry) -> bool:
    """Move the first wide figure that left an empty foot on the page before it.

    Args:
        body: the document, changed in place.
        boxes: where its elements stand.
        geometry: the page.

    Returns:
        Whether there was one, so that the document must be laid out again.
    """
    for flow in flows_of(body):
        for figure in _wide_figures(flow):
            placed = boxes.get(figure.attrib["id"], ())
            page = _first_empty_page(flow, boxes, geometry, placed[0].page) if placed else None
            if page is not None:
                columns = 1 if page == 1 else 2
                height = columns * _empty_foot(flow, boxes, geometry, page)
                return _move(flow, figure, boxes, page, height)
    return False


def _first_empty_page(
    flow: Element, boxes: Boxes, geometry: PageGeometry, figure_page: int
) -> int | None:
    """Return the first of the pages right before a figure's whose feet are empty."""
    first = None
    pages = [box.page for child in flow for box in boxes.get(child.get("id", ""), ())]
    for page in range(figure_page - 1, min(pages) - 1, -1):
        if _empty_foot(flow, boxes, geometry, page) <= _FEWEST_LINES * geometry.baseline:
            break
        first = page
    return first


def _wide_figures(root: Element) -> list[Element]:
    return [element for element in root.iter() if is_wide(element)]


def _empty_foot(flow: Element, boxes: Boxes, geometry: PageGeometry, page: int) -> float:
    """Return the height below the text of a page, figures at its foot left aside."""
    foot = geometry.height - geometry.bottom
    text_end = geometry.top
    for child in flow:
        for box in boxes.get(child.get("id", ""), ()):
            if box.page != page:
                continue
            if is_wide(child):
                foot = min(foot, box.top)
            else:
                text_end = max(text_end, box.bottom)
    return foot - text_end


def _move(flow: Element, figure: Element, boxes: Boxes, page: int, height: float) -> bool:
    """Put a figure behind as much text after a page as the page's empty foot can take."""
    children = list(flow)
    start = children.index(figure)
    taken = _height_after(children[:start], boxes, page)
    for position in range(start + 1, len(children)):
        child = children[position]
        if is_head(child):
            break  # a figure stays in its article
        if is_wide(child):
            continue
        taken += _height_after([child], boxes, page)
        if taken > height:
            # Those called in between go along, so that figures keep their order.
            moved = [element for element in children[start : position + 1] if is_wide(element)]
            for element in moved:
                flow.remove(element)
            after = list(flow).index(child) + 1
            flow[after:after] = moved
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

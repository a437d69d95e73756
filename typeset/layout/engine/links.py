"""Links on the pages, and their targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import pydyf
from weasyprint import Page

from typeset.layout.engine.boxes import Box

__all__ = ["Link", "Rectangle", "anchors_on", "annotation_of", "links_on", "set_links"]

Rectangle = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels from the top left of the page."""


@dataclass(frozen=True, slots=True)
class Link:
    """One box of a link."""

    kind: str
    """``internal``, ``external`` or ``attachment``."""
    target: str
    """An address, or the id of an element."""
    area: Rectangle
    """Where a click follows it."""
    box: Box


def anchors_on(page: Page) -> Mapping[str, Rectangle]:
    """Return the place of each element with an id on a page."""
    anchors: Mapping[str, Rectangle] = page.anchors
    return anchors


def links_on(page: Page) -> Iterator[Link]:
    """Yield the links on a page, one for each of their boxes."""
    return (Link(*link) for link in page.links)


def set_links(page: Page, links: Iterable[Link]) -> None:
    """Replace the links of a page, which are not yet in any file.

    Args:
        page: changed in place.
        links: all its new links.
    """
    page.links[:] = [(link.kind, link.target, link.area, link.box) for link in links]
    for _, _, _, box in page.links:
        box.link_annotation = None  # that of the last file is no longer


def annotation_of(box: Box) -> pydyf.Dictionary | None:
    """Return the annotation that was written for the link of a box; None if there is none."""
    return box.link_annotation

"""Links on the pages, and the places that they lead to."""

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
    """A link, as far as one box of it reaches."""

    kind: str
    """``internal``, ``external`` or ``attachment``."""
    target: str
    """An address, or the id of an element."""
    area: Rectangle
    """Where it is clicked."""
    box: Box


def anchors_on(page: Page) -> Mapping[str, Rectangle]:
    """Return where each element with an id stands on a page."""
    anchors: Mapping[str, Rectangle] = page.anchors
    return anchors


def links_on(page: Page) -> Iterator[Link]:
    """Give the links on a page, one for each of their boxes."""
    return (Link(*link) for link in page.links)


def set_links(page: Page, links: Iterable[Link]) -> None:
    """Give a page other links.

    Args:
        page: changed in place.
        links: all that it is to have.
    """
    page.links[:] = [(link.kind, link.target, link.area, link.box) for link in links]


def annotation_of(box: Box) -> pydyf.Dictionary | None:
    """Return the annotation that was written for the link of a box; None if there is none."""
    return box.link_annotation

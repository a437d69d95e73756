"""Corrects links on the pages: one area a line, as high as its letters, with a description."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import Document

from typeset.layout.engine.boxes import Box
from typeset.layout.engine.links import Rectangle, annotation_of, links_on, set_links

__all__ = ["mend_links", "name_links"]

_HALF_HEIGHT = 0.6
"""Half the height of a link's area, in sizes of its type."""


def mend_links(document: Document) -> None:
    """Keep one area for each link and line, and make it as high as its letters.

    The engine also links every element inside a link, though the link's own area holds it: a reader
    would meet the link twice, and PDF/UA refuses a link that hangs on a span.  It makes an area as
    high as the line height, which inline elements lack here for the sake of the grid.
    """
    for page in document.pages:
        links = [link for link in links_on(page) if link.box.element_tag == "a"]
        set_links(page, [replace(link, area=_area(link.box)) for link in links])


def name_links(document: Document, body: Element) -> None:
    """Say in words where the links inside a document lead; the engine says the target's id."""
    targets = {element.attrib["id"]: element for element in body.iter() if "id" in element.attrib}
    for page in document.pages:
        for link in links_on(page):
            annotation = annotation_of(link.box)
            if link.kind == "internal" and annotation is not None:
                name = _name(link.box.element, targets.get(link.target))
                annotation["Contents"] = pydyf.String(name)


def _area(box: Box) -> Rectangle:
    """Return where a box stands now that lines have been spread, as high as its letters."""
    left, top, width, height = box.hit_area()
    size = box.style["font_size"]
    if height < size:
        top, height = top + height / 2 - _HALF_HEIGHT * size, 2 * _HALF_HEIGHT * size
    return left, top, left + width, top + height


def _name(link: Element, target: Element | None) -> str:
    """Return a link's label, or its target's, or the link's own words."""
    for element in (link, target):
        if element is not None and (label := element.get("aria-label")):
            return label
    return " ".join("".join(link.itertext()).split())

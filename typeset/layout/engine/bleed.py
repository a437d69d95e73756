"""Extends the backgrounds of pages beyond the trim, as a press needs them.

A page is laid out once, without bleed.  Content beyond the trim is in it anyway; only its
background ends at the trim, and is extended for requests with bleed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from weasyprint import Document

from typeset.layout.engine.boxes import PageBox, root_of
from typeset.layout.engine.units import PIXELS_PER_POINT

__all__ = ["paints_bleed", "with_bleed"]

_SIDES = ("top", "right", "bottom", "left")


def paints_bleed(document: Document) -> bool:
    """Return whether any page has a background, so that the bleed makes a difference."""
    return any(_is_painted(root_of(page)) for page in document.pages)


@contextmanager
def with_bleed(document: Document, bleed: float) -> Iterator[None]:
    """Extend the backgrounds of pages into the bleed within a ``with`` statement.

    Args:
        document: the laid-out pages.
        bleed: how far, in points.
    """
    pixels = bleed * PIXELS_PER_POINT
    before = [(page, page.bleed, root_of(page).background) for page in document.pages]
    for page in document.pages:
        page.bleed = dict.fromkeys(_SIDES, pixels)
        box = root_of(page)
        if _is_painted(box):
            area = (-pixels, -pixels, page.width + 2 * pixels, page.height + 2 * pixels)
            layers = [layer._replace(painting_area=area) for layer in box.background.layers]
            box.background = box.background._replace(layers=layers)
    try:
        yield
    finally:
        for page, page_bleed, background in before:
            page.bleed, root_of(page).background = page_bleed, background


def _is_painted(box: PageBox) -> bool:
    background = box.background
    return background is not None and (
        background.color.alpha > 0 or any(layer.image for layer in background.layers)
    )

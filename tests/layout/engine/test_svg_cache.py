"""A drawing that is repeated adds to a page what it added at first, and no more."""

from __future__ import annotations

from typing import Any

from weasyprint import CSS, HTML, Document

from tests.layout.engine.rendering import written
from typeset.layout.engine.svg_cache import keep_drawings

DRAWING = (
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
    "<rect width='9' height='9' fill-opacity='.25'/></svg>"
)
IMAGE = f'<img alt=A src="{DRAWING}">'
FAINT = "<p style='color: rgba(1, 2, 3, .75)'>Faint</p>"


def laid_out(body: str, cache: dict[str, Any]) -> Document:
    html = f"<!doctype html><html lang=en><title>x</title><body>{body}"
    document = HTML(string=html).render(stylesheets=[CSS(string="")], cache=cache)
    keep_drawings(cache)
    return document


def test_a_drawing_brings_its_own_opacities_only() -> None:
    cache: dict[str, Any] = {}
    written(laid_out(IMAGE, cache))  # what is in the cache before a layout is what its boxes hold
    shown = written(laid_out(FAINT + IMAGE, cache))[0]
    assert b"/a0.75" in shown
    again, _ = written(laid_out(IMAGE, cache))
    assert b"/a0.25" in again
    assert b"/a0.75" not in again
    fresh: dict[str, Any] = {}
    laid_out(IMAGE, fresh)
    assert again == written(laid_out(IMAGE, fresh))[0]

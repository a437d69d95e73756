"""Small documents on the bare engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint import CSS, HTML, Document

from typeset.layout.engine.boxes import Box, root_of, walk
from typeset.layout.engine.set_type import Type

__all__ = ["LEFT", "boxes_of", "one_of", "render", "type_of", "written"]

LEFT = 20
"""Pixels: where the column of the small documents begins."""

_BASE = """
@page { size: 400px 300px; margin: 20px }
html { font: 10px/12px 'Source Serif Pro', serif }
body, p, figure, ul, h1, table { margin: 0; padding: 0 }
"""


def render(body: str, css: str = "", **options: Any) -> Document:
    """Lay out what a body holds, on pages of 400 × 300 px with margins of 20 px."""
    html = f"<!doctype html><html lang=en><title>x</title><body>{body}"
    return HTML(string=html, base_url="https://typeset.invalid/").render(
        stylesheets=[CSS(string=_BASE + css)], **options
    )


def boxes_of(document: Document, element_id: str) -> Iterator[Box]:
    """Yield the boxes of an element, page by page."""
    for page in document.pages:
        for box in walk(root_of(page)):
            if box.element is not None and box.element.get("id") == element_id:
                yield box


def one_of(document: Document, element_id: str, kind: type = Box) -> Box:
    """Return the first box of an element that is of a kind."""
    return next(box for box in boxes_of(document, element_id) if isinstance(box, kind))


def type_of(body: str, css: str = "") -> Type:
    """Return the type of the element `x` of a small document, on a page without an end."""
    return Type(one_of(render(body, "@page { size: 400px 9999px }" + css), "x"), LEFT)


def written(document: Document, **options: Any) -> tuple[bytes, Any]:
    """Write pages, and return the file and what the engine made it of."""
    kept = []
    data = document.write_pdf(
        finisher=lambda _, pdf: kept.append(pdf), uncompressed_pdf=True, **options
    )
    return data, kept[0]

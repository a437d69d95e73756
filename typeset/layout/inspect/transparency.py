"""Finds see-through content: the engine paints it in a group, where a PDF's tags are lost."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from weasyprint import Document, Page

from typeset.layout.document import classes_of
from typeset.layout.engine.boxes import (
    Box,
    MarginBox,
    ReplacedBox,
    TextBox,
    children_of,
    root_of,
    walk,
)
from typeset.layout.engine.page_memo import PageMemo
from typeset.layout.findings import SeeThrough

__all__ = ["find_see_through"]

_FOUND: PageMemo[tuple[tuple[str, float], ...]] = PageMemo()
"""Elements and their opacity."""


def find_see_through(document: Document) -> tuple[SeeThrough, ...]:
    """Return the elements with text or images that are see-through, one of a kind."""
    found: dict[tuple[str, float], SeeThrough] = {}
    for number, page in enumerate(document.pages, 1):
        for name, opacity in _FOUND.on(page, None, partial(_on, page)):
            found.setdefault((name, opacity), SeeThrough(name, opacity, number))
    return tuple(found.values())


def _on(page: Page) -> tuple[tuple[str, float], ...]:
    return tuple((_name(box), box.style["opacity"]) for box in _see_through(root_of(page)))


def _see_through(box: Box) -> Iterator[Box]:
    if box.style["opacity"] < 1:
        # Margin boxes are decoration for a listener; so are lines and grounds without content.
        if not isinstance(box, MarginBox) and any(map(_is_content, walk(box))):
            yield box
        return
    for child in children_of(box):
        yield from _see_through(child)


def _is_content(box: Box) -> bool:
    if isinstance(box, TextBox):
        return bool(box.text.strip())
    return isinstance(box, ReplacedBox)


def _name(box: Box) -> str:
    """Return an element as a style sheet names it."""
    return ".".join([box.element_tag or "", *classes_of(box.element)])

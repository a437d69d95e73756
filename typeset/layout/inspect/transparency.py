"""Finds see-through content: the engine paints it in a group, where a PDF's tags are lost."""

from __future__ import annotations

from collections.abc import Iterator

from weasyprint import Document

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
from typeset.layout.findings import SeeThrough

__all__ = ["find_see_through"]


def find_see_through(document: Document) -> tuple[SeeThrough, ...]:
    """Return the elements with text or images that are see-through, one of a kind."""
    found: dict[tuple[str, float], SeeThrough] = {}
    for number, page in enumerate(document.pages, 1):
        for box in _see_through(root_of(page)):
            one = SeeThrough(_name(box), box.style["opacity"], number)
            found.setdefault((one.element, one.opacity), one)
    return tuple(found.values())


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

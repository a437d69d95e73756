"""Finds captions that are apart from what they belong to.

A figure that does not fit is divided by the engine like any other block.  Each of its parts that
has lines of a caption must have the picture too; of a table, some of its rows.  Only what is longer
than a column may go on in the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from xml.etree.ElementTree import Element

from weasyprint import Document

from typeset.geometry import PageGeometry
from typeset.layout.document import Class, has_class
from typeset.layout.engine.boxes import (
    BlockBox,
    Box,
    LineBox,
    ReplacedBox,
    TableBox,
    children_of,
    lines_of,
    root_of,
    walk,
)
from typeset.layout.findings import Parted

__all__ = ["find_parted", "is_caption"]


def is_caption(element: Element) -> bool:
    """Return whether an element is a figure's caption, or a table's caption or source."""
    return element.tag == "figcaption" or (
        element.tag == "p" and has_class(element, Class.CAPTION, Class.SOURCE)
    )


def find_parted(
    document: Document, heights: Mapping[str, float], geometry: PageGeometry
) -> tuple[Parted, ...]:
    """Return the captions that do not stand with their pictures and tables.

    Args:
        document: the pages.
        heights: of the figures and tables as they were measured by themselves, in points, by id.
        geometry: the page.
    """
    parts: dict[Element, list[_Part]] = {}
    for number, page in enumerate(document.pages, 1):
        for box in _floats(root_of(page)):
            parts.setdefault(box.element, []).append(_Part.of(number, box))
    longest = geometry.lines * geometry.baseline
    return tuple(
        parted
        for parted in chain.from_iterable(_judge(*one) for one in parts.items())
        if not (parted.goes_on and heights.get(parted.element_id, 0.0) > longest)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """What one column, or the foot of a page, holds of a figure or table."""

    page: int
    has_content: bool
    """Whether the picture, or rows of the table, are in it."""
    captions: tuple[Element, ...]
    """The captions of which it has lines."""

    @classmethod
    def of(cls, page: int, whole: Box) -> _Part:
        inside = list(walk(whole))
        return cls(
            page,
            any(isinstance(box, ReplacedBox | TableBox) for box in inside),
            tuple(
                box.element
                for box in inside
                if isinstance(box, BlockBox)
                and box.element is not None
                and is_caption(box.element)
                and lines_of(box)
            ),
        )


def _judge(element: Element, parts: list[_Part]) -> Iterator[Parted]:
    with_content = [part.page for part in parts if part.has_content]
    if not with_content:
        return  # a picture that cannot be shown has its own diagnostic
    begun: set[Element] = set()
    for part in parts:
        for caption in part.captions:
            if not part.has_content:
                page = min(with_content, key=lambda one: abs(one - part.page))
                names = element.get("id", ""), caption.get("id", "")
                yield Parted(*names, page, part.page, caption in begun)
            begun.add(caption)


def _floats(box: Box) -> Iterator[Box]:
    """Yield the figures and tables with their captions, as far as a box holds them."""
    element = box.element
    if isinstance(box, BlockBox) and element is not None and _has_captions(element):
        yield box
    elif not isinstance(box, LineBox):
        for child in children_of(box):
            yield from _floats(child)


def _has_captions(element: Element) -> bool:
    return element.tag == "figure" or has_class(element, Class.TABLE)

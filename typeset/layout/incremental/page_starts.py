"""Where the pages of a document start."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from weasyprint import Document

from typeset.layout.document import Class, flows_of, has_class
from typeset.layout.engine.boxes import (
    Box,
    LineBox,
    PageBox,
    ReplacedBox,
    TableBox,
    children_of,
    columns_in,
    flow_of,
    root_of,
    walk,
)

__all__ = ["PageStart", "page_starts", "strings_before"]


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page starts in the text."""

    flow: int
    """Which flow, from 0."""
    block: int
    """Which of the flow's children, from 0."""
    path: tuple[int, ...] = ()
    """Where in it, as positions of elements from the outside inwards; nothing where it begins."""
    is_clean: bool = True
    """Whether it is between two lines of ours, not in the midst of what the engine divided."""

    @property
    def place(self) -> tuple[int, int]:
        """The flow and the block, which order the starts."""
        return self.flow, self.block


def page_starts(document: Document, body: Element) -> tuple[PageStart, ...]:
    """Return where each page starts.

    Args:
        document: the pages.
        body: the document that was laid out on them.
    """
    finder = _Finder(body)
    return tuple(finder.start_of(root_of(page)) for page in document.pages)


def strings_before(document: Document) -> tuple[dict[str, str], ...]:
    """Return what the pages before each page have named for running heads, by the names."""
    strings: dict[str, str] = {}
    before = []
    for page in document.pages:
        before.append(dict(strings))
        for box in walk(root_of(page)):
            if box.string_set and box.string_set != "none":
                strings.update(box.string_set)
    return tuple(before)


class _Finder:
    """Goes through pages in turn, and knows what stood on those before."""

    def __init__(self, body: Element) -> None:
        self._places = {
            block: (number, position)
            for number, flow in enumerate(flows_of(body))
            for position, block in enumerate(flow)
        }
        self._parents = {child: parent for parent in body.iter() for child in parent}
        self._seen: set[Element] = set()
        self._last = PageStart(0, 0)

    def start_of(self, page: PageBox) -> PageStart:
        elements = [element for line in _lines(flow_of(page)) for element in _elements(line)]
        # A page of wide figures alone starts where the one before it does.
        start = self._start(elements[0]) if elements else replace(self._last, is_clean=False)
        self._seen.update(elements)
        self._last = start
        return start

    def _start(self, element: Element) -> PageStart:
        """Return the place of the element of a page's first line."""
        is_clean = element not in self._seen
        path: list[int] = []
        while element not in self._places:
            parent = self._parents[element]
            path.insert(0, list(parent).index(element))
            element = parent
        flow, block = self._places[element]
        is_begun = any(one in self._seen for one in element.iter())
        return PageStart(flow, block, tuple(path) if is_begun else (), is_clean)


def _lines(root: Box) -> Iterator[Box]:
    """Give the lines, and what else takes a place as a whole, of a page's columns in order."""
    for column in columns_in(root):
        yield from _parts(column)


def _parts(box: Box) -> Iterator[Box]:
    for child in children_of(box):
        if isinstance(child, LineBox | ReplacedBox | TableBox) or (
            child.element is not None and not child.children
        ):
            yield child
        else:
            yield from _parts(child)


def _elements(part: Box) -> list[Element]:
    """Return the elements that a line is made of: one of the line's own, and the paragraph."""
    elements = [part.element]
    if isinstance(part, LineBox):
        elements[:0] = [
            child.element for child in children_of(part) if has_class(child.element, Class.LINE)
        ]
    return elements

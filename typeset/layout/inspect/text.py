"""Reading a document and its pages as runs of text, part by part, to be compared.

What leaves the flow of text is a part of its own, since its place on the pages is not its place in
the document: header, contents, masthead, main text, and each figure or table.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from weasyprint import Document

from typeset.layout.engine.boxes import Box, TextBox, children_of, is_generated, root_of
from typeset.layout.inspect.completeness import Run
from typeset.layout.manuscript import is_figure

__all__ = ["Parts", "read"]

Parts = dict[str, list[Run]]
"""The text of each part, in order."""

_PARTS = frozenset({"header", "nav", "aside", "main"})


def read(body: Element, document: Document) -> tuple[Parts, Parts]:
    """Return the text of a document, and that of the pages it was laid out on."""
    expected: Parts = {}
    homes: dict[Element, tuple[str, str]] = {}

    def visit(element: Element, part: str, element_id: str) -> None:
        element_id = element.get("id") or element_id
        if element.tag in _PARTS or is_figure(element):
            part = f"{part} {element.tag} {element_id}"
        homes[element] = (part, element_id)
        runs = expected.setdefault(part, [])
        runs.append((element_id, element.text or ""))
        for child in element:
            visit(child, part, element_id)
            runs.append((element_id, child.tail or ""))

    visit(body, "", "")
    found: Parts = {}
    heads: set[Element] = set()
    for page in document.pages:
        for box in _text_boxes(root_of(page), heads):
            if box.element in homes:
                part, element_id = homes[box.element]
                found.setdefault(part, []).append((element_id, box.text))
    return expected, found


def _text_boxes(box: Box, heads: set[Element]) -> Iterator[TextBox]:
    """Yield the boxes that hold text of the document, a table's repeated head only once.

    Args:
        box: where to look.
        heads: the heads met so far; those met now are added.
    """
    if isinstance(box, TextBox):
        # Styles make markers and running heads; an image that cannot be shown shows its alt text.
        if not is_generated(box) and box.element_tag != "img":
            yield box
        return
    if box.element_tag == "thead":
        if box.element in heads:
            return
        heads.add(box.element)
    for child in children_of(box):
        yield from _text_boxes(child, heads)

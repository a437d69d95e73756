"""What styles make see-through: the engine paints it in a group, in which a PDF's tags are lost."""

from __future__ import annotations

from collections.abc import Iterator

from weasyprint import Document
from weasyprint.formatting_structure import boxes

from typeset.layout.document import classes_of
from typeset.layout.findings import SeeThrough

__all__ = ["find_see_through"]


def find_see_through(document: Document) -> tuple[SeeThrough, ...]:
    """Return the elements with text or images that are see-through, one of a kind."""
    found: dict[tuple[str, float], SeeThrough] = {}
    for number, page in enumerate(document.pages, 1):
        # The engine shows its boxes nowhere else; a test holds what we rely on.
        for box in _see_through(page._page_box):  # noqa: SLF001
            one = SeeThrough(_name(box), box.style["opacity"], number)
            found.setdefault((one.element, one.opacity), one)
    return tuple(found.values())


def _see_through(box: boxes.Box) -> Iterator[boxes.Box]:
    if box.style["opacity"] < 1:
        # Margin boxes are decoration for a listener; so are lines and grounds without content.
        if not isinstance(box, boxes.MarginBox) and any(map(_is_content, _all_in(box))):
            yield box
        return
    for child in getattr(box, "children", ()):
        yield from _see_through(child)


def _all_in(box: boxes.Box) -> Iterator[boxes.Box]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _all_in(child)


def _is_content(box: boxes.Box) -> bool:
    if isinstance(box, boxes.TextBox):
        return bool(box.text.strip())
    return isinstance(box, boxes.ReplacedBox)


def _name(box: boxes.Box) -> str:
    """Return an element as a style sheet names it."""
    return ".".join([box.element_tag or "", *classes_of(box.element)])

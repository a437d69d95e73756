"""The marks that the engine sets around each text and each image when it draws them."""

from __future__ import annotations

from typing import Any

from weasyprint import Document, Page

from typeset.layout.engine.boxes import Box, root_of
from typeset.layout.engine.font_data import Fonts
from typeset.layout.engine.pdf_objects import compact
from typeset.layout.engine.set_type import save_memory

__all__ = ["MarkedPage", "with_marks"]


class MarkedPage(Page):  # type: ignore[misc]
    """A page that keeps its marks, so that the engine itself tags nothing.

    Args:
        page: the page as the engine laid it out.
    """

    def __init__(self, page: Page) -> None:
        self.__dict__.update(page.__dict__)
        self.root: Box = root_of(page)
        """The box of the page."""
        self.marks: dict[Box, int] = {}
        """The number on this page of the mark of each text or image, by its box."""
        self.stream: Any = None
        """The page's content."""

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Draw the page, and keep the marks that were set."""
        super().paint(stream, scale)
        self.stream = stream
        self.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}
        stream._tags.clear()
        compact(stream)
        save_memory(self.root)
        self._page_box = self.root.copy_with_children([])


def with_marks(document: Document) -> Document:
    """Return a document whose pages keep their marks."""
    marked = document.copy([MarkedPage(page) for page in document.pages])
    marked.fonts = Fonts()
    return marked

"""The marks that the engine sets around each text and each image when it draws them."""

from __future__ import annotations

from functools import partial
from typing import Any

from weasyprint import Document, Page

from typeset.layout.engine.boxes import Box, root_of
from typeset.layout.engine.font_data import Fonts
from typeset.layout.engine.painted import Painter
from typeset.layout.engine.pdf_objects import compact
from typeset.layout.engine.set_type import save_memory

__all__ = ["MarkedPage", "with_marks"]


class MarkedPage(Page):  # type: ignore[misc]
    """A page that keeps its marks, so that the engine itself tags nothing.

    Args:
        page: the page as the engine laid it out.
        painter: repeats it if the last file held it.
    """

    def __init__(self, page: Page, painter: Painter | None = None) -> None:
        self.__dict__.update(page.__dict__)
        self.root: Box = root_of(page)
        """The box of the page."""
        self.marks: dict[Box, int] = {}
        """The number on this page of the mark of each text or image, by its box."""
        self.stream: Any = None
        """The page's content."""
        self._page = page
        self._painter = painter

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Draw the page, and keep the marks that were set."""
        draw = partial(self._draw, stream, scale)
        if self._painter is None:
            draw()
            compact(stream)
        else:
            self._painter.paint(self._page, stream, draw)
        self.stream = stream
        self.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}
        stream._tags.clear()
        self._page_box = self.root.copy_with_children([])

    def _draw(self, stream: Any, scale: float) -> None:
        super().paint(stream, scale)
        save_memory(self.root)


def with_marks(document: Document, painter: Painter | None = None) -> Document:
    """Return a document whose pages keep their marks.

    Args:
        document: is left as it is.
        painter: repeats the pages that its last file held; this document is its next.
    """
    marked = document.copy([MarkedPage(page, painter) for page in document.pages])
    if painter is None:
        marked.fonts = Fonts()
    else:
        painter.begin(marked)
    return marked

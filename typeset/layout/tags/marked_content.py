"""The marks that the engine sets around each piece of text and each image as it draws them."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import pydyf
from weasyprint import Document
from weasyprint.document import Page
from weasyprint.formatting_structure.boxes import Box

__all__ = ["MarkedPage", "make_artifacts", "with_marks"]


class MarkedPage(Page):  # type: ignore[misc]
    """A page that keeps its marks, and leaves the engine nothing to tag.

    Args:
        page: the page as the engine laid it out.
    """

    def __init__(self, page: Page) -> None:
        self.__dict__.update(page.__dict__)
        self.root: Box = self._page_box
        """What stands on the page."""
        self.marks: dict[Box, int] = {}
        """The number on this page of each text's mark, or image's, by its box."""
        self.stream: Any = None
        """The page's content."""

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Draw the page, and keep the marks that were set."""
        super().paint(stream, scale)
        self.stream = stream
        self.marks = {box: mark["mcid"] for box, mark in stream._tags.items()}  # noqa: SLF001
        stream._tags.clear()  # noqa: SLF001
        self._page_box = self.root.copy_with_children([])


def with_marks(document: Document) -> Document:
    """Return a document whose pages keep their marks."""
    return document.copy([MarkedPage(page) for page in document.pages])


def make_artifacts(page: MarkedPage, held: Container[int], running: Container[int]) -> None:
    """Make an artifact of every mark that no element holds, so that nobody hears of it.

    Args:
        page: a page that was drawn.
        held: the marks that elements hold.
        running: those of running heads and folios.
    """
    content = page.stream.stream
    for position, item in enumerate(content):
        number = item.get("MCID") if isinstance(item, pydyf.Dictionary) else None
        if number is not None and number not in held:
            # The type of a mark stands before its properties, the operator behind them.
            kind = "/Pagination" if number in running else "/Layout"
            content[position - 1 : position + 1] = ["/Artifact", pydyf.Dictionary({"Type": kind})]

"""Pages, kept from one layout to the next.

A document that is laid out again differs from the last one on a few pages.  A page with the same
type at the same places, and the same around it, is the page of the last layout, which need not be
painted again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from itertools import chain
from xml.etree.ElementTree import Element

from weasyprint import Document, Page

from typeset.layout.engine.messages import also_listening
from typeset.layout.engine.painted import Painter

__all__ = ["PageCache"]


class PageCache:
    """The pages of the last document."""

    def __init__(self) -> None:
        self.painter = Painter()
        """Paints them."""
        self._around: Hashable = None
        self._front: tuple[str, list[Element]] = "", []
        self._skeletons: dict[str, tuple[str, Document]] = {}
        self._last: dict[int, tuple[Hashable, Page]] = {}
        self._pages: dict[int, tuple[Hashable, Page]] = {}

    def clear(self) -> None:
        """Forget all pages."""
        self._front, self._skeletons, self._pages = ("", []), {}, {}

    def forget(self, addresses: Collection[str]) -> None:
        """Forget the front matter, and the skeletons with it, if it shows any of some files."""
        elements = chain.from_iterable(part.iter() for part in self._front[1])
        values = [value for one in elements for value in one.attrib.values()]
        if any(address in value for value in values for address in addresses):
            self._front, self._skeletons = ("", []), {}

    def begin(self, around: Hashable, markup: str, front: list[Element]) -> list[Element]:
        """Begin the next document.

        Args:
            around: what its styles see besides front matter and text; with anything else there,
                nothing of the last document is of use.
            markup: its front matter.
            front: the elements of that.

        Returns:
            The elements that it is to have instead: those of the last document if it had the same
            front matter, with what a layout changes in them.
        """
        if around != self._around:
            self.clear()
        self._around = around
        self._last, self._pages = self._pages, {}
        if markup != self._front[0]:
            self._front = markup, front
        return self._front[1]

    def skeleton(self, kind: str, markup: str, render: Callable[[], Document]) -> Document:
        """Return a skeleton, which is rendered unless that of the last document was the same.

        Args:
            kind: what it is for; of each kind, only the last skeleton is kept.
            markup: all that it depends on.
            render: renders it.
        """
        known = self._skeletons.get(kind)
        if known is not None and known[0] == markup:
            return known[1]
        with also_listening() as complaints:
            document = render()
        if complaints:
            self._skeletons.pop(kind, None)  # to hear them again
        else:
            self._skeletons[kind] = markup, document
        return document

    def page(self, number: int, content: Hashable, make: Callable[[], Page]) -> Page:
        """Return a page, which is made unless that of the last document was the same.

        Args:
            number: from 1.
            content: all that stands on it; what is compared by identity is kept with it.
            make: makes it.
        """
        known = self._last.pop(number, None)
        page = known[1] if known is not None and known[0] == content else make()
        self._pages[number] = content, page
        return page

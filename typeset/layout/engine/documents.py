"""Documents: parsed by the engine, and given back to it after changes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from xml.etree.ElementTree import Element

from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML

from typeset.layout.engine.fetching import Fetcher
from typeset.layout.engine.styles import without_marks

__all__ = ["document_of", "parse"]

_OF_NOTES = ("footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback")


def parse(html: str, base_url: str, fetcher: Fetcher) -> Element:
    """Return the root of a document.

    Args:
        html: the document.
        base_url: the address that relative ones in it are resolved against.
        fetcher: gives the files that it names.
    """
    root: Element = HTML(string=html, base_url=base_url, url_fetcher=fetcher).etree_element
    return root


def document_of(root: Element, base_url: str, fetcher: Fetcher) -> HTML:
    """Return a parsed document as an object of the engine.

    Args:
        root: its root.
        base_url: the address that relative ones in it are resolved against.
        fetcher: gives the files that it names.
    """
    html = _Document(string="<!doctype html>", base_url=base_url, url_fetcher=fetcher)
    html.wrapper_element = _Wrapper.from_html_root(root, content_language=None)
    html.etree_element = root
    return html


class _Document(HTML):  # type: ignore[misc]
    """A document without footnotes, which a galley has no page for."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002 - the engine's
        own = super()._ua_stylesheets(forms)
        return [without_marks(sheet, _OF_NOTES) for sheet in own]


class _Wrapper(ElementWrapper):  # type: ignore[misc]
    """An element, as selectors look at it, that keeps its children.

    A rule such as `:has(+ h3)` looks at the siblings of each element, and the engine would wrap all
    of them again each time.
    """

    _kept: tuple[_Wrapper, ...] | None = None

    def iter_children(self) -> Iterator[_Wrapper]:
        """Give the elements in it."""
        if self._kept is None:
            self._kept = tuple(super().iter_children())
        return iter(self._kept)

    def iter_next_siblings(self) -> Iterator[_Wrapper]:
        """Give the elements after it that stand in the same one."""
        if self.parent is None:
            return iter(())
        return islice(self.parent.iter_children(), self.index + 1, None)

"""Paints each page only once: the next file that holds it repeats its operators.

How a page is painted depends a little on what is in its file already: the engine measures a glyph
once a file, at the size at which it first meets it.  So a page is repeated only where it would now
be painted just so.  A page with resources that the engine numbers through the file is always
painted, and so is one that the engine complains about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from weasyprint import Document, Page
from weasyprint.pdf.stream import Stream

from typeset.layout.engine.boxes import Box
from typeset.layout.engine.deflated import Deflated
from typeset.layout.engine.font_data import Fonts, UsedFont
from typeset.layout.engine.messages import also_listening
from typeset.layout.engine.pdf_objects import compact, is_opacity, names_in, resources_of

__all__ = ["Painter"]


@dataclass(frozen=True, slots=True)
class _Painted:
    """What a page adds to a file."""

    bleed: Mapping[str, float]
    """In pixels by side, as it was painted."""
    operators: tuple[Any, ...]
    marks: Mapping[Box, Any]
    """The engine's marks, by box."""
    fonts: tuple[UsedFont, ...]
    states: Mapping[str, Any]
    """The states of opacity that the operators name."""
    images: Mapping[str, Any]
    """The engine's notes of the images that they name."""


class Painter:
    """Paints the pages of one file after another, and repeats those of the last file."""

    def __init__(self) -> None:
        self.deflated = Deflated()
        """The compressed streams of the last file."""
        self._fonts = Fonts()
        self._last: dict[Page, _Painted] = {}
        self._painted: dict[Page, _Painted] = {}

    def begin(self, document: Document) -> None:
        """Begin the file of a document."""
        self._fonts = document.fonts = Fonts()
        self._last, self._painted = self._painted, {}

    def paint(self, page: Page, stream: Stream, draw: Callable[[], None]) -> None:
        """Put a page into the present file.

        Args:
            page: the page.
            stream: its content.
            draw: lets the engine draw it there.
        """
        painted = self._last.get(page)
        if painted is not None and self._suits(painted, page):
            self._repeat(painted, stream)
        else:
            painted = self._draw(page, stream, draw)
        if painted is not None:
            self._painted[page] = painted

    def _suits(self, painted: _Painted, page: Page) -> bool:
        return painted.bleed == page.bleed and all(map(self._fonts.suits, painted.fonts))

    def _repeat(self, painted: _Painted, stream: Stream) -> None:
        for font in painted.fonts:
            self._fonts.add(font)
        resources = resources_of(stream)
        for name, state in painted.states.items():
            resources["ExtGState"].setdefault(name, state)
        for name in painted.images:
            resources["XObject"].setdefault(name, None)
        _add_images(stream, painted.images)
        stream._tags.update(painted.marks)
        stream.stream.extend(painted.operators)

    def _draw(self, page: Page, stream: Stream, draw: Callable[[], None]) -> _Painted | None:
        """Draw a page; return what it adds to the file if it may be repeated."""
        start = len(stream.stream)
        images, stream._images = stream._images, {}
        with self._fonts.noting() as fonts, also_listening() as complaints:
            draw()
        own, stream._images = stream._images, images
        _add_images(stream, own)
        compact(stream, start)
        operators = tuple(stream.stream[start:])
        names = names_in(operators)
        states = {name: resources_of(stream)["ExtGState"][name] for name in names["gs"]}
        is_numbered = names["sh"] or names["scn"] or names["Do"].keys() - own.keys()
        if complaints or is_numbered or not all(map(is_opacity, states)):
            return None
        return _Painted(page.bleed, operators, dict(stream._tags), tuple(fonts), states, own)


def _add_images(stream: Stream, images: Mapping[str, Any]) -> None:
    """Add what the engine noted of images to what it noted of those on earlier pages."""
    for name, note in images.items():
        known = stream._images.setdefault(name, {**note, "dpi_ratios": set()})
        known["dpi_ratios"] |= note["dpi_ratios"]

"""The letters of a drawing that the engine draws."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import Element

import pydyf
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.svg import SVG

from typeset.layout.engine.styles import FontConfiguration

__all__ = ["letters_drawn"]

_SIDE = 1000.0
"""The width and height of the page that it is drawn on, in pixels."""
_CODES = re.compile("<([0-9a-f]*)>")


def letters_drawn(root: Element, fonts: FontConfiguration) -> str:
    """Return the letters of a drawing that are drawn, in order.

    Args:
        root: the drawing.
        fonts: the fonts that it may use.
    """
    stream = _Listener(
        fonts={},
        page_rectangle=(0, 0, _SIDE, _SIDE),
        resources=_resources(),
        images={},
        tags=None,
        color_profiles={},
        output_intent=None,
    )
    # A value on which the engine fails ends the drawing here as on the page, where it is reported.
    with suppress(Exception):
        SVG(root, "", fonts).draw(stream, _SIDE, _SIDE, "", None)
    return "".join(stream.heard)


def _resources() -> pydyf.Dictionary:
    kinds = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace", "Font")
    return pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})


class _Listener(Stream):  # type: ignore[misc]
    """A page that keeps the letters that are drawn on it, and forgets the rest.

    Args:
        parts: the engine's arguments of a stream.
    """

    def __init__(self, **parts: Any) -> None:
        super().__init__(**parts)
        self.heard: list[str] = []
        """The letters, in order; streams for parts of the page add theirs here, too."""
        self._font: Font | None = None

    def clone(self, **kwargs: Any) -> Stream:
        """Return a stream for a part of the page."""
        part: Stream = super().clone(**kwargs)
        # The engine always makes a stream of its own class.
        part.__class__ = _Listener
        vars(part).update(heard=self.heard, _font=None)
        return part

    def add_font(self, pango_font: Any) -> tuple[Font, float]:
        """Return the engine's font, and remember that the next letters are set in it."""
        font, size = super().add_font(pango_font)
        # The engine maps a glyph to its letter when it is first drawn; two letters may share one.
        font.to_unicode.clear()
        self._font = font
        return font, size

    def show_text(self, text: str) -> None:
        """Keep letters."""
        assert self._font is not None
        length = 2 if self._font.bitmap else 4
        for codes in _CODES.findall(text):
            for start in range(0, len(codes), length):
                glyph = int(codes[start : start + length], 16)
                self.heard.append(self._font.to_unicode.get(glyph, ""))

"""The letters of a drawing's texts, compared with those that the engine draws."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from xml.etree.ElementTree import fromstring

import pydyf
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream
from weasyprint.svg import SVG
from weasyprint.text.fonts import FontConfiguration

from typeset.diagnostic_codes import Code
from typeset.layout.findings import DrawingFault
from typeset.layout.svg.letters import Text, letters_of
from typeset.layout.svg.prepared import Prepared
from typeset.layout.svg.tree import local_name

__all__ = ["faults_of"]

_MOST_LOST = 5
"""Lost texts that are told of a drawing: one cause usually takes all."""
_LONGEST_QUOTE = 40

_SHAPES = {"circle", "ellipse", "image", "line", "path", "polygon", "polyline", "rect"}
_REFERRED = {"clipPath", "defs", "marker", "mask", "pattern", "symbol"}
_SIDE = 1000.0
_CODES = re.compile("<([0-9a-f]*)>")


def faults_of(drawing: Prepared, fonts: FontConfiguration) -> tuple[DrawingFault, ...]:
    """Return what is wrong with a drawing: that the engine does not know, and that it loses.

    Args:
        drawing: the drawing as the engine gets it.
        fonts: the engine's.
    """
    lost = (
        DrawingFault(
            drawing.address,
            text.line,
            code=Code.IMAGE_TEXT_LOST,
            message=f"has a text that is not drawn: “{text.letters[:_LONGEST_QUOTE]}”",
            hint="convert the text to paths, or export the drawing again",
        )
        for text in _lost(drawing.data, drawing.texts, fonts)[:_MOST_LOST]
    )
    return (*drawing.faults, *lost)


def _lost(data: bytes, texts: Sequence[Text], fonts: FontConfiguration) -> list[Text]:
    """Return the texts of which the engine does not draw every letter."""
    if not texts:
        return []
    drawn = _drawn(data, fonts)
    if drawn == "".join(text.letters for text in texts):
        return []
    lost = []
    # The longest first: a short text may be found in a longer one, and is then its part.
    for text in sorted(texts, key=lambda text: -len(text.letters)):
        if text.letters not in drawn:
            lost.append(text)
        drawn = drawn.replace(text.letters, " ", 1)
    return sorted(lost, key=lambda text: text.line)


def _drawn(data: bytes, fonts: FontConfiguration) -> str:
    """Return the letters that the engine draws of a drawing, of which only the texts are drawn."""
    root = fromstring(data)  # noqa: S314 - no entities: the file was read before
    for element in root.iter():
        if local_name(element) not in _REFERRED:
            for child in [one for one in element if local_name(one) in _SHAPES]:
                element.remove(child)
    stream = _Listener([], {}, (0, 0, _SIDE, _SIDE), _resources(), {}, None, {}, None)
    # A value that the engine stumbles over ends its drawing here as on the page, and is told there.
    with suppress(Exception):
        SVG(root, "", fonts).draw(stream, _SIDE, _SIDE, "", None)
    return letters_of("".join(stream.heard))


def _resources() -> pydyf.Dictionary:
    kinds = ("ExtGState", "XObject", "Pattern", "Shading", "ColorSpace", "Font")
    return pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds})


class _Listener(Stream):  # type: ignore[misc]
    """A page that keeps the letters that are drawn on it, and forgets the rest.

    Args:
        heard: receives the letters.
        fonts: the engine's fonts, by its keys.
        others: what the engine makes a stream of.
    """

    def __init__(self, heard: list[str], fonts: dict[Any, Font], *others: Any, **more: Any) -> None:
        super().__init__(fonts, *others, **more)
        self.heard = heard
        self._font: Font | None = None

    def clone(self, **kwargs: Any) -> Stream:
        """Return a stream for a part of the page."""
        part: Stream = super().clone(**kwargs)
        # The engine makes a stream of its own class, whatever it is asked.
        part.__class__ = _Listener
        vars(part).update(heard=self.heard, _font=None)
        return part

    def add_font(self, pango_font: Any) -> tuple[Font, float]:
        """Return the engine's font, and keep in mind that the next letters are set in it."""
        font, size = super().add_font(pango_font)
        # What a glyph stands for is said when it is first drawn; two letters may share one.
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

"""Draws words as outlines, so that the slug line needs no embedded font."""

from __future__ import annotations

import io

from fontTools.misc.transform import Transform
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from typeset.editions.press.content import numbers

__all__ = ["Lettering"]


class Lettering:
    """Draws words in one font and size.

    Args:
        font: a font file.
        size: in points.
    """

    def __init__(self, font: bytes, size: float) -> None:
        self._font = TTFont(io.BytesIO(font), lazy=True)
        self._names = self._font.getBestCmap()
        self._glyphs = self._font.getGlyphSet()
        self._scale: float = size / self._font["head"].unitsPerEm

    def has(self, text: str) -> bool:
        """Return whether the font has every character of a text."""
        return all(ord(character) in self._names for character in text)

    def width(self, text: str) -> float:
        """Return the width of a text in points."""
        units: int = sum(self._glyphs[self._names[ord(one)]].width for one in text)
        return self._scale * units

    def drawn(self, text: str, left: float, baseline: float) -> bytes:
        """Return the operators of PDF that fill a text.

        Args:
            text: its characters must be in the font.
            left: its left edge, in points.
            baseline: the height of its baseline, in points from below.
        """
        pen = _PdfPen(self._glyphs)
        for character in text:
            glyph = self._glyphs[self._names[ord(character)]]
            place = Transform(self._scale, 0, 0, self._scale, left, baseline)
            glyph.draw(TransformPen(pen, place))
            left += self._scale * glyph.width
        return b"\n".join([*pen.operators, b"f"])


class _PdfPen(BasePen):  # type: ignore[misc]
    """Turns the outlines of glyphs into the operators of PDF."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.operators: list[bytes] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - fontTools' name
        self.operators.append(numbers(*point) + b" m")

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.operators.append(numbers(*point) + b" l")

    def _curveToOne(  # noqa: N802
        self, first: tuple[float, float], second: tuple[float, float], end: tuple[float, float]
    ) -> None:
        self.operators.append(numbers(*first, *second, *end) + b" c")

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append(b"h")

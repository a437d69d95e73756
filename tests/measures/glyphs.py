"""The places of all glyphs of a PDF, by PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

__all__ = ["Glyph", "glyphs_of"]

_GENERATED = 1


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page; lengths in points, from the top left of the page."""

    page: int
    character: str
    x: float
    baseline: float
    size: float
    font: str
    end: float
    """Where its advance ends, without kerning."""


def glyphs_of(path: Path) -> Iterator[Glyph]:
    """Yield the characters of a PDF in the order of its content, pages from 1."""
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            yield from _glyphs_on(page, number)


def _glyphs_on(page: pypdfium2.PdfPage, number: int) -> Iterator[Glyph]:
    height = page.get_height()
    text = page.get_textpage()
    x, y = ctypes.c_double(), ctypes.c_double()
    loose = pdfium.FS_RECTF()
    matrix = pdfium.FS_MATRIX()
    name = ctypes.create_string_buffer(128)
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        if not code or pdfium.FPDFText_IsGenerated(text.raw, index) == _GENERATED:
            continue
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        pdfium.FPDFText_GetMatrix(text.raw, index, matrix)
        pdfium.FPDFText_GetFontInfo(text.raw, index, name, len(name), ctypes.c_int())
        # The size in the text state times the scale of the matrix is the size on paper.
        size = pdfium.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d)
        font = name.value.decode("ascii", "replace").rpartition("+")[2]
        # The loose box is as wide as the advance.
        pdfium.FPDFText_GetLooseCharBox(text.raw, index, loose)
        end = x.value + loose.right - loose.left
        yield Glyph(number, chr(code), x.value, height - y.value, round(size, 2), font, end)

"""The sheet around the page: boxes, crop and registration marks, and the slug line.

From the trimmed page outward come the bleed and, at a distance from it, crop marks that show where
to cut, crosses for aligning the plates, and a line that identifies the sheet.  Marks are in the
color All, so they print on every plate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from typeset.config.lengths import POINTS
from typeset.editions.press.content import numbers
from typeset.editions.press.outlines import Lettering
from typeset.editions.press.recipe import Sheet
from typeset.files.assets import font_file

__all__ = ["fill_up", "frame_pages"]

_MM = POINTS["mm"]
_CLEAR = 1 * _MM
"""The distance of the marks from the bleed."""
_LEAST_OFFSET = 3 * _MM
"""The least distance of the marks from the trim, so that no mark ends up on the page."""
_LENGTH = 5 * _MM
"""The length of a crop mark."""
_CROSS = 2 * _MM
"""The radius of a registration mark's circle."""
_EDGE = 1.5 * _MM
"""The distance of the marks from the edge of the sheet."""
_RULE = 0.25
"""The width of a mark's line, in points."""
_SIZE = 6.0
"""The size of the slug line's letters, in points."""
_KAPPA = 0.5522847498
"""The length of the handles of a Bézier curve that is a quarter of a circle, in radii."""
_FONT = ("font_source_sans_pro", "SourceSansPro-Regular.ttf")


def fill_up(pdf: pikepdf.Pdf, multiple: int) -> None:
    """Add blank pages at the end until their number is a multiple."""
    box = pdf.pages[-1].obj.TrimBox
    while len(pdf.pages) % multiple:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=box,
            TrimBox=box,
            Resources=Dictionary(),
            Contents=pdf.make_stream(b"q Q"),  # some interpreters fail on empty content
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))


def frame_pages(pdf: pikepdf.Pdf, sheet: Sheet) -> None:
    """Give every page its boxes and marks, and cut off what it paints beyond the bleed."""
    frame = _Frame(pdf, sheet) if sheet.has_marks else None
    for number, page in enumerate(pdf.pages, 1):
        trim = _Box(*(float(value) for value in page.obj.TrimBox))
        bleed, media = trim.grown(sheet.bleed), trim.grown(_room(sheet))
        for name, box in (("/MediaBox", media), ("/BleedBox", bleed), ("/TrimBox", trim)):
            page.obj[name] = Array(round(edge, 4) for edge in box.edges)
        before = pdf.make_stream(b"q\n" + bleed.written + b" re W n")
        after = b"Q" if frame is None else b"Q\n" + frame.around(page.obj, trim, number)
        page.obj.Contents = Array([before, page.obj.Contents, pdf.make_stream(after)])


class _Frame:
    """Draws once what all pages of a size share."""

    def __init__(self, pdf: pikepdf.Pdf, sheet: Sheet) -> None:
        self._pdf = pdf
        self._sheet = sheet
        self._count = len(pdf.pages)
        self._lettering = Lettering(font_file(*_FONT), _SIZE)
        self._drawn: dict[_Box, tuple[Any, float]] = {}
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
        self._every_plate = pdf.make_indirect(
            Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])
        )

    def around(self, page: Any, trim: _Box, number: int) -> bytes:
        """Return the operators that paint marks and slug line of a page."""
        if trim not in self._drawn:
            self._drawn[trim] = self._draw(trim)
        drawing, left = self._drawn[trim]
        for kind, name, value in (
            ("/ColorSpace", "/All", self._every_plate),
            ("/XObject", "/Frame", drawing),
        ):
            if kind not in page.Resources:
                page.Resources[kind] = Dictionary()
            page.Resources[kind][name] = value
        folio = self._lettering.drawn(str(number), left, self._baseline(trim))
        return b"/Frame Do\nq /All cs 1 scn\n" + folio + b"\nQ"

    def _draw(self, trim: _Box) -> tuple[Any, float]:
        """Draw what all pages of a size share; return it, and where the page's number begins."""
        left = trim.left + _CLEAR
        room = (trim.left + trim.right) / 2 - _LENGTH - left
        sheet, lettering = self._sheet, self._lettering
        tail = f", {self._count} pages, page "
        room -= lettering.width(f"{tail}{self._count}")
        slug = sheet.slug if lettering.has(sheet.slug) else sheet.plain_slug
        while slug and lettering.width(slug) > room:
            slug = slug[:-1]
        drawing = self._pdf.make_stream(
            b"/All CS 1 SCN /All cs 1 scn\n"
            + _marks(trim, sheet)
            + b"\n"
            + lettering.drawn(slug + tail, left, self._baseline(trim)),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array(round(edge, 4) for edge in trim.grown(_room(sheet)).edges),
            Resources=Dictionary(ColorSpace=Dictionary(All=self._every_plate)),
        )
        return drawing, left + lettering.width(slug + tail)

    def _baseline(self, trim: _Box) -> float:
        return trim.bottom - _offset(self._sheet) - _SIZE


def _offset(sheet: Sheet) -> float:
    """Return the distance of the marks from the trimmed page, in points."""
    return max(sheet.bleed + _CLEAR, _LEAST_OFFSET)


def _room(sheet: Sheet) -> float:
    """Return the width of the sheet around the trimmed page, in points."""
    return _offset(sheet) + _LENGTH + _EDGE if sheet.has_marks else sheet.bleed


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float

    @property
    def edges(self) -> tuple[float, float, float, float]:
        return (self.left, self.bottom, self.right, self.top)

    @property
    def written(self) -> bytes:
        return numbers(self.left, self.bottom, self.right - self.left, self.top - self.bottom)

    def grown(self, by: float) -> _Box:
        return _Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


def _marks(trim: _Box, sheet: Sheet) -> bytes:
    inner, outer = trim.grown(_offset(sheet)), trim.grown(_offset(sheet) + _LENGTH)
    lines = [
        line
        for x in (trim.left, trim.right)
        for line in ((x, inner.top, x, outer.top), (x, inner.bottom, x, outer.bottom))
    ]
    lines += [
        line
        for y in (trim.bottom, trim.top)
        for line in ((inner.left, y, outer.left, y), (inner.right, y, outer.right, y))
    ]
    middle = trim.grown(_offset(sheet) + _LENGTH / 2)
    across, up = (trim.left + trim.right) / 2, (trim.bottom + trim.top) / 2
    crosses = [(across, middle.bottom), (across, middle.top), (middle.left, up), (middle.right, up)]
    return b"\n".join(
        [
            numbers(_RULE) + b" w",
            *(numbers(*line[:2]) + b" m " + numbers(*line[2:]) + b" l S" for line in lines),
            *(_cross(*place) for place in crosses),
        ]
    )


def _cross(x: float, y: float) -> bytes:
    """Return a circle, and a cross that reaches a little beyond it."""
    radius, arm, handle = _CROSS, _LENGTH / 2, _CROSS * _KAPPA
    quarters = [
        (x + radius, y + handle, x + handle, y + radius, x, y + radius),
        (x - handle, y + radius, x - radius, y + handle, x - radius, y),
        (x - radius, y - handle, x - handle, y - radius, x, y - radius),
        (x + handle, y - radius, x + radius, y - handle, x + radius, y),
    ]
    return b" ".join(
        [
            numbers(x + radius, y) + b" m",
            *(numbers(*quarter) + b" c" for quarter in quarters),
            b"s",
            numbers(x - arm, y) + b" m " + numbers(x + arm, y) + b" l S",
            numbers(x, y - arm) + b" m " + numbers(x, y + arm) + b" l S",
        ]
    )

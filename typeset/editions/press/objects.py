"""Converts everything in a PDF file that has a color into inks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from typeset.editions.press.content import in_gray, in_inks
from typeset.editions.press.inks import Inks, lightness
from typeset.editions.press.pictures import convert_picture

__all__ = ["convert_objects"]

_SAMPLES = 17
"""How many colors between two of a gradient are converted."""
_GRAY = 1.5 / 255
_Reference = tuple[int, int]


def convert_objects(pdf: pikepdf.Pdf, inks: Inks) -> None:
    """Convert the colors of pages, drawings, patterns, pictures and gradients.

    Args:
        pdf: the engine's file, changed in place.
        inks: converts colors into inks.
    """
    items: list[Any] = list(pdf.objects)
    masks = set(_masks(items))
    holes = {item.SMask.objgen for item in items if isinstance(item, Stream) and "/SMask" in item}
    # Transparency masks of pictures are not colors.
    for page in pdf.pages:
        page.obj.Contents.write(in_inks(_content(page.obj.Contents), inks))
        page.obj.Group = Dictionary(
            Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True, K=False
        )
    for item in items:
        if not isinstance(item, Stream | Dictionary):
            continue
        is_mask = item.objgen in masks
        if isinstance(item, Stream) and item.get("/Subtype") == Name.Image:
            if item.objgen not in holes:
                convert_picture(item, inks)
        elif isinstance(item, Stream) and _is_drawing(item):
            item.write((in_gray if is_mask else in_inks)(_content(item), inks))
            if "/Group" in item:
                item.Group.CS = Name.DeviceGray if is_mask else Name.DeviceCMYK
        elif "/ShadingType" in item:
            _Gradient(pdf, item, inks).convert(is_mask=is_mask)
        elif "/ColorSpace" in item and "/ExtGState" in item:
            # All colors in these spaces have been converted.
            del item["/ColorSpace"]


def _is_drawing(item: Any) -> bool:
    return bool(item.get("/Subtype") == Name.Form or item.get("/PatternType") == 1)


def _content(stream: Any) -> bytes:
    return bytes(stream.get_stream_buffer())


def _masks(items: list[Any]) -> Iterator[_Reference]:
    """Yield the drawings used as luminosity masks, and the drawings in them."""
    waiting: list[Any] = [
        state.SMask.G
        for item in items
        if isinstance(item, Dictionary) and "/ExtGState" in item
        for state in item.ExtGState.values()
        if isinstance(state.get("/SMask"), Dictionary)
    ]
    seen: set[_Reference] = set()
    while waiting:
        item = waiting.pop()
        if item.objgen in seen:
            continue
        seen.add(item.objgen)
        yield item.objgen
        resources = item.get("/Resources", Dictionary())
        for kind in ("/XObject", "/Pattern", "/Shading"):
            waiting += resources.get(kind, Dictionary()).values()


class _Gradient:
    """A gradient, whose colors stand in functions (ISO 32000-1, 7.10)."""

    def __init__(self, pdf: pikepdf.Pdf, shading: Any, inks: Inks) -> None:
        self._pdf = pdf
        self._shading = shading
        self._inks = inks

    def convert(self, *, is_mask: bool) -> None:
        """Convert it in place, to gray if it is part of a mask."""
        if self._shading.ColorSpace == Name.DeviceGray:
            return
        self._shading.ColorSpace = Name.DeviceGray if is_mask else Name.DeviceCMYK
        self._shading.Function = self._function(self._shading.Function, is_mask=is_mask)

    def _function(self, function: Any, *, is_mask: bool) -> Any:
        if function.FunctionType == 3:
            parts = [self._function(part, is_mask=is_mask) for part in function.Functions]
            function.Functions = Array(parts)
            return function
        ends = [[float(value) for value in end] for end in (function.C0, function.C1)]
        if is_mask:
            function.C0, function.C1 = (Array([round(lightness(*end), 4)]) for end in ends)
            return function
        return self._sampled(function, ends)

    def _sampled(self, function: Any, ends: list[list[float]]) -> Any:
        """Return a function of samples: between two of them, inks change evenly."""
        first, last = (float(value) for value in function.Domain)
        is_gray = all(max(end) - min(end) < _GRAY for end in ends)
        inks_of = self._inks.of_rgb if is_gray else self._inks.mixed
        data = bytearray()
        for sample in range(_SAMPLES):
            place = first + (last - first) * sample / (_SAMPLES - 1)
            share = max(0.0, place) ** float(function.N)
            color = [start + share * (end - start) for start, end in zip(*ends, strict=True)]
            red, green, blue = (min(1.0, max(0.0, value)) for value in color)
            for ink in inks_of(red, green, blue):
                data += round(ink * 65535).to_bytes(2, "big")
        return self._pdf.make_stream(
            bytes(data),
            FunctionType=0,
            Domain=function.Domain,
            Range=Array([0, 1] * 4),
            Size=Array([_SAMPLES]),
            BitsPerSample=16,
        )

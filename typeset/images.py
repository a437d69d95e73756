"""Image files, measured by their headers before anything decodes them."""

from __future__ import annotations

import io
import re
import warnings
import xml.etree.ElementTree as etree

import PIL.Image

from typeset.model import Image
from typeset.workspace import ReadProblem

__all__ = ["MAX_PIXELS", "measure_image"]

MAX_PIXELS = 40_000_000
_FORMATS = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
_UNITS = {"": 1.0, "px": 1.0, "pt": 96 / 72, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}


def measure_image(path: str, data: bytes) -> Image:
    """Return an image with its size.

    Args:
        path: its path relative to the publication's folder.
        data: the file.

    Raises:
        ReadProblem: if it is no image that can be printed, or too large to decode.
    """
    if b"<svg" in data[:4096]:
        width, height = _measure_svg(data)
        return Image(path, "image/svg+xml", width, height, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PIL.Image.DecompressionBombWarning)
            with PIL.Image.open(io.BytesIO(data), formats=tuple(_FORMATS)) as image:
                media_type = _FORMATS[str(image.format)]
                columns, rows = image.size
                if columns * rows > MAX_PIXELS:
                    message = f"has {columns} × {rows} pixels, more than 40 million"
                    raise ReadProblem("too-large", message, "scale it down")
                image.load()
    except (OSError, ValueError, SyntaxError, PIL.Image.DecompressionBombError) as error:
        hint = "export it again as PNG, JPEG or SVG"
        raise ReadProblem("corrupt", "is not an image that can be read", hint) from error
    return Image(path, media_type, float(columns), float(rows), data)


def _measure_svg(data: bytes) -> tuple[float, float]:
    if b"<!ENTITY" in data:
        raise ReadProblem("corrupt", "defines XML entities", "export it again as plain SVG")
    try:
        root = etree.fromstring(data)  # noqa: S314 - entities are refused above
    except etree.ParseError as error:
        raise ReadProblem("corrupt", f"is not well-formed SVG ({error})") from error
    box = [float(part) for part in re.findall(r"-?[\d.]+", root.get("viewBox", ""))]
    width, height = _length(root.get("width", "")), _length(root.get("height", ""))
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        if width is None or height is None:
            return (width, width * box[3] / box[2]) if width else (box[2], box[3])
    elif width is None or height is None:
        raise ReadProblem("corrupt", "says neither its size nor a viewBox", "export it again")
    return width, height


def _length(value: str) -> float | None:
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*", value)
    if match is None or match[2] not in _UNITS or float(match[1]) == 0:
        return None
    return float(match[1]) * _UNITS[match[2]]

"""Measures image files by their headers, before anything decodes them.

The engine copies pixels without their color profile.  So a picture that has a color profile is
converted to sRGB here, for every edition.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import PIL.Image
import PIL.ImageFile
from PIL.ExifTags import Base as Exif

from typeset.color.srgb import to_srgb
from typeset.diagnostic_codes import Code
from typeset.images.problem import ImageProblem
from typeset.images.svg import measure_drawing
from typeset.model import Image

__all__ = ["MAX_PIXELS", "MAX_RATIO", "measure_image"]

MAX_PIXELS = 40_000_000
MAX_RATIO = 50
"""How many times longer than wide a picture may be, or wider than long."""

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a phone's JPEG, with more pictures after the first
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
_WEB_PAGE = re.compile(rb"<!doctype\s+html\b|<html\b", re.IGNORECASE)
_OTHERS = {
    re.compile(signature, re.DOTALL): form
    for signature, form in {
        rb"II\*\0|MM\0\*": "a TIFF",
        rb"BM.{4}\0{4}": "a BMP",
        rb"8BPS": "a Photoshop",
        rb"%PDF-": "a PDF",
        rb"%!PS": "a PostScript",
        rb".{4}ftyp(?:hei|hev|mif|msf)": "a HEIC",
        rb".{4}ftypavi": "an AVIF",
        rb"\x1f\x8b": "a compressed",
    }.items()
}
"""The first bytes of image files that are not supported, and words for the error message."""
_SIDEWAYS = (5, 6, 7, 8)
"""EXIF orientations that turn a photograph by 90 or 270 degrees."""
_PNG_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Channels of a pixel, by the color type in a PNG header."""
_DENSEST = 1032
"""The largest compression ratio of deflate (RFC 1951: 258 bytes in two bits)."""
_EXIF_IN_PNG = (b"eXIf", b"Raw profile type exif")
_CACHED = 64
"""How many images are cached for when an issue is read again."""


@lru_cache(maxsize=_CACHED)
def measure_image(path: str, data: bytes) -> Image:
    """Return an image with its size.

    Args:
        path: its path relative to the publication's folder.
        data: the file.

    Raises:
        ImageProblem: if it cannot be printed as an image, or is too large to decode.
    """
    start = data.removeprefix(b"\xef\xbb\xbf")[:4096].lstrip()
    if not data:
        raise ImageProblem(Code.IMAGE_CORRUPT, "is empty", "export it again, or copy it again")
    if _WEB_PAGE.match(start):
        hint = "download the image itself, not the page that shows it"
        raise ImageProblem(Code.IMAGE_CORRUPT, "is a web page, not an image", hint)
    if start.startswith(b"<"):
        image = Image(path, "image/svg+xml", *measure_drawing(data), data)
    else:
        image = _measure_picture(path, data)
    if not 1 / MAX_RATIO <= image.width / image.height <= MAX_RATIO:
        size = f"{image.width:.4g} × {image.height:.4g} pixels"
        raise ImageProblem(
            Code.IMAGE_TOO_NARROW, f"is {size}, far too narrow for a page", "crop it"
        )
    return image


def _measure_picture(path: str, data: bytes) -> Image:
    hint = "export it again as PNG, JPEG or SVG"
    for signature, form in _OTHERS.items():
        if signature.match(data):
            message = f"is {form} file, which is not supported"
            raise ImageProblem(
                Code.IMAGE_FORMAT, message, "export it again in RGB, as PNG, JPEG or SVG"
            )
    try:
        with _strict_pillow():
            image = PIL.Image.open(io.BytesIO(data), formats=_FORMATS)
    except PIL.Image.DecompressionBombError as error:
        raise ImageProblem(
            Code.IMAGE_TOO_LARGE, "has more than 40 million pixels", "scale it down"
        ) from error
    except MemoryError:
        raise  # a limit was exceeded, which is not the fault of the file
    except Exception as error:
        # Pillow's decoders raise exceptions of any kind for a broken file.
        raise ImageProblem(Code.IMAGE_CORRUPT, "is not an image that can be read", hint) from error
    with image:
        columns, rows = image.size
        if columns * rows > MAX_PIXELS:
            message = f"has {columns} × {rows} pixels, more than 40 million"
            raise ImageProblem(Code.IMAGE_TOO_LARGE, message, "scale it down")
        if image.mode.startswith(("I", "F")):
            hint = "export it again with 8 bits per channel"
            raise ImageProblem(Code.IMAGE_TOO_DEEP, "has more than 8 bits of gray", hint)
        try:
            with _strict_pillow():
                _check_whole(str(image.format), data)
                sideways = _is_sideways(image, data)
                form, data = to_srgb(image) or (str(image.format), data)
        except MemoryError:
            raise
        except Exception as error:
            hint = "copy it again from an undamaged copy, or export it again"
            raise ImageProblem(Code.IMAGE_CORRUPT, "is damaged or cut short", hint) from error
        width, height = (rows, columns) if sideways else (columns, rows)
        return Image(path, _MEDIA_TYPES[form], float(width), float(height), data, _moves(image))


def _check_whole(form: str, data: bytes) -> None:
    """Raise an exception of any kind if a picture is damaged, and decode as little as possible."""
    if form == "PNG":
        _check_chunks(data)
        return
    with PIL.Image.open(io.BytesIO(data), formats=_FORMATS) as image:
        # A JPEG is read to its end, but decoded at an eighth of its size.
        image.draft(None, (1, 1))
        image.load()


def _check_chunks(data: bytes) -> None:
    """Raise an exception if a PNG's checksums are wrong, or it has too few bytes for its pixels.

    Decoding the pixels of a file of a few kilobytes may take seconds.
    """
    columns, rows, depth, color = struct.unpack_from(">IIBB", data, 16)
    pixels = 0
    kind, start = b"", 8
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", data, start)
        kind, end = data[start + 4 : start + 8], start + 8 + length
        (check,) = struct.unpack_from(">I", data, end)
        if zlib.crc32(memoryview(data)[start + 4 : end]) != check:
            raise ValueError(f"the check sum of {kind!r} is wrong")
        if kind == b"IDAT":
            pixels += length
        start = end + 4
    if not pixels or pixels * _DENSEST < columns * rows * depth * _PNG_CHANNELS[color] // 8:
        raise ValueError("too few pixels")


def _is_sideways(image: PIL.ImageFile.ImageFile, data: bytes) -> bool:
    """Return whether a photograph is shown turned by 90 or 270 degrees."""
    # Pillow decodes a whole PNG to search for EXIF data after its pixels, so search first.
    if image.format == "PNG" and not any(name in data for name in _EXIF_IN_PNG):
        return False
    return image.getexif().get(Exif.Orientation) in _SIDEWAYS


def _moves(image: PIL.ImageFile.ImageFile) -> bool:
    # The further pictures of a phone's JPEG are not an animation.
    return image.format != "MPO" and bool(getattr(image, "is_animated", False))


@contextmanager
def _strict_pillow() -> Iterator[None]:
    """Make Pillow refuse truncated files, and suppress its warnings."""
    # The layout engine sets Pillow to accept truncated files.
    lenient = PIL.ImageFile.LOAD_TRUNCATED_IMAGES
    PIL.ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        PIL.ImageFile.LOAD_TRUNCATED_IMAGES = lenient

"""Shrinks pictures to what a reader can see: fewer pixels, and photographs as JPEG."""

from __future__ import annotations

import io
import math
import zlib
from dataclasses import dataclass
from typing import Any

import pikepdf
import PIL.Image
import PIL.ImageChops

from typeset.editions.image_sizes import Size, is_picture, printed_sizes

__all__ = ["shrink_pictures"]

_QUALITY = 85
_FEW_COLORS = {"L": 32, "RGB": 4096}
"""A picture with at most so many colors is a drawing."""
_FLAT = 0.6
"""A picture is also a drawing if this share of its pixels equals the pixel before."""
_SHARP = PIL.Image.Resampling.LANCZOS
_SMOOTH = PIL.Image.Resampling.HAMMING
"""Sharper filters leave faint lines beside hard edges."""
_MODES = {"/DeviceGray": "L", "/DeviceRGB": "RGB"}
_SPACES = {mode: space for space, mode in _MODES.items()}


@dataclass(frozen=True, slots=True)
class _Encoded:
    """Pixels as a stream holds them."""

    data: bytes
    filter: str
    mode: str
    width: int
    height: int


def shrink_pictures(pdf: pikepdf.Pdf, resolution: int) -> None:
    """Make the pictures of a file smaller where they have more pixels than a reader can see.

    Photographs become JPEG, CMYK becomes RGB, and drawings are compressed without loss.  A picture
    whose new data would be no smaller stays as it is.

    Args:
        pdf: the file.
        resolution: in pixels per inch, at the largest place where a picture is printed.
    """
    if not any(is_picture(item) for item in pdf.objects):
        return
    for key, size in printed_sizes(pdf).items():
        picture: Any = pdf.get_object(key)
        if _is_plain(picture):
            _shrink(picture, size, resolution)


def _is_plain(picture: Any) -> bool:
    """Return whether a picture is of the kinds that the layout engine writes."""
    return (
        str(picture.get("/ColorSpace")) in {*_MODES, "/DeviceCMYK"}
        and picture.get("/BitsPerComponent") == 8
        and str(picture.get("/Filter")) in {"/DCTDecode", "/FlateDecode"}
        and "/Mask" not in picture
    )


def _shrink(picture: Any, size: Size, resolution: int) -> None:
    mask = picture.get("/SMask")
    if mask is not None and _pixels(mask).getextrema() == (255, 255):
        del picture["/SMask"]
        mask = None
    target = _target((int(picture.Width), int(picture.Height)), size, resolution)
    larger = target != (int(picture.Width), int(picture.Height))
    is_photograph_already = picture.Filter == "/DCTDecode"
    in_inks = picture.ColorSpace == "/DeviceCMYK"
    if is_photograph_already and not larger and not in_inks:
        return
    pixels = _pixels(picture)
    exact = not is_photograph_already and _is_drawing(pixels)
    if larger:
        pixels = pixels.resize(target, _SMOOTH if exact else _SHARP, reducing_gap=3.0)
    elif exact:
        return
    _replace(picture, _exactly(pixels) if exact else _as_photograph(pixels), always=in_inks)
    if mask is not None and larger and _is_plain(mask):
        smaller = _pixels(mask).resize(target, _SMOOTH, reducing_gap=3.0)
        _replace(mask, _exactly(smaller))


def _target(pixels: tuple[int, int], size: Size, resolution: int) -> tuple[int, int]:
    """Return how many pixels a picture needs, never more than it has, in the same proportion."""
    needed = max(
        points / 72 * resolution / count for count, points in zip(pixels, size, strict=True)
    )
    if needed >= 1:
        return pixels
    width, height = (max(1, math.ceil(count * needed)) for count in pixels)
    return width, height


def _pixels(picture: Any) -> PIL.Image.Image:
    """Decode a picture; one in inks is given in RGB."""
    if picture.Filter == "/DCTDecode":
        pixels: PIL.Image.Image = PIL.Image.open(io.BytesIO(picture.read_raw_bytes()))
        if pixels.mode != "CMYK":
            return pixels.convert(_MODES[str(picture.ColorSpace)])
        # Pillow inverts every CMYK JPEG, but only one with /Decode holds inverted inks.
        if "/Decode" not in picture:
            pixels = PIL.ImageChops.invert(pixels)
        return pixels.convert("RGB")
    mode = _MODES[str(picture.ColorSpace)]
    return PIL.Image.frombytes(
        mode, (int(picture.Width), int(picture.Height)), picture.read_bytes()
    )


def _is_drawing(pixels: PIL.Image.Image) -> bool:
    if pixels.getcolors(_FEW_COLORS[pixels.mode]) is not None:
        return True
    width, height = pixels.size
    left, right = pixels.crop((0, 0, width - 1, height)), pixels.crop((1, 0, width, height))
    differing = PIL.ImageChops.difference(left, right).convert("L").histogram()
    return differing[0] >= _FLAT * sum(differing)


def _as_photograph(pixels: PIL.Image.Image) -> _Encoded:
    data = io.BytesIO()
    pixels.save(data, "JPEG", quality=_QUALITY, optimize=True)
    return _Encoded(data.getvalue(), "/DCTDecode", pixels.mode, *pixels.size)


def _exactly(pixels: PIL.Image.Image) -> _Encoded:
    return _Encoded(zlib.compress(pixels.tobytes(), 9), "/FlateDecode", pixels.mode, *pixels.size)


def _replace(picture: Any, new: _Encoded, *, always: bool = False) -> None:
    """Replace the pixels of a picture, unless the new ones take more bytes."""
    if len(new.data) >= len(picture.read_raw_bytes()) and not always:
        return
    picture.write(new.data, filter=pikepdf.Name(new.filter))
    picture["/Width"], picture["/Height"] = new.width, new.height
    picture["/ColorSpace"] = pikepdf.Name(_SPACES[new.mode])
    for key in ("/Decode", "/DecodeParms"):
        if key in picture:
            del picture[key]

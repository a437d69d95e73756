"""Images and fonts as parts of a page: made small, and written into it as ``data:`` addresses."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import lru_cache

import PIL.Image
import PIL.ImageCms
import PIL.ImageOps
from fontTools.ttLib import TTFont

from typeset.model import Image

__all__ = ["Picture", "embed_font", "embed_image"]

MAX_WIDTH = 1600
"""Pixels: twice as many as a wide figure has on most screens."""
MAX_HEIGHT = 2400
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_DRAWING = "image/svg+xml"
_DRAWING_SCALE = 1.5
"""How much larger a drawing stands on the web than in print, as the text does."""
_QUALITY = 82
_PHOTOGRAPH = 2.5
"""How many times smaller lossy coding must be for a picture without loss to be given up."""
_EFFORT = 4
_KEPT = 64
"""Images, and fonts, that stay in memory as they were made, for the next build of a process."""
_CLOSED = 0x0002 | 0x0100 | 0x0200
"""Bits of OS/2.fsType: the licence forbids to embed a font, to subset it, or its outlines."""
_FEATURES = ("ccmp", "locl", "mark", "mkmk", "kern", "liga", "lnum", "onum", "pnum", "tnum", "sups")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image as a page shows it."""

    address: str
    """With all of its data."""
    width: int
    """The width in CSS pixels at which it stands where there is room."""
    height: int


@lru_cache(maxsize=_KEPT)
def embed_image(image: Image) -> Picture:
    """Return an image for a page: a drawing as it is, a picture in as few bytes as look the same.

    A picture loses what its file says besides the picture, such as where a photograph was taken.
    """
    if image.media_type == _DRAWING:
        size = round(image.width * _DRAWING_SCALE), round(image.height * _DRAWING_SCALE)
        return Picture(_data(_DRAWING, image.data), *(max(1, side) for side in size))
    with PIL.Image.open(io.BytesIO(image.data), formats=_FORMATS) as opened:
        picture = _shown(opened)
    picture.thumbnail((MAX_WIDTH, MAX_HEIGHT), PIL.Image.Resampling.LANCZOS)
    return Picture(_data("image/webp", _coded(picture, image.media_type)), *picture.size)


def _shown(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Return a picture upright, in the colors of screens."""
    upright = PIL.ImageOps.exif_transpose(picture)
    see_through = upright.has_transparency_data
    profile = upright.info.get("icc_profile")
    if profile and upright.mode in ("RGB", "CMYK", "L"):
        try:
            source = PIL.ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = PIL.ImageCms.createProfile("sRGB")
            converted = PIL.ImageCms.profileToProfile(upright, source, srgb, outputMode="RGB")
        except PIL.ImageCms.PyCMSError:
            converted = None  # a profile for another kind of picture: its colors stay as they are
        upright = converted or upright
    return upright.convert("RGBA" if see_through else "RGB")


def _coded(picture: PIL.Image.Image, media_type: str) -> bytes:
    lossy = _webp(picture, lossless=False)
    if media_type == "image/jpeg":
        return lossy
    exact = _webp(picture, lossless=True)
    return lossy if len(lossy) * _PHOTOGRAPH < len(exact) else exact


def _webp(picture: PIL.Image.Image, *, lossless: bool) -> bytes:
    data = io.BytesIO()
    picture.save(data, "WEBP", lossless=lossless, quality=_QUALITY, method=_EFFORT)
    return data.getvalue()


@lru_cache(maxsize=_KEPT)
def embed_font(data: bytes, characters: frozenset[str]) -> str:
    """Return a font with only the characters of a page; nothing if its licence forbids that.

    Args:
        data: the font file.
        characters: those that the page has.
    """
    # Imported here: it takes long to load, and only the child that makes the page needs it.
    from fontTools import subset

    with TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False) as font:
        if font["OS/2"].fsType & _CLOSED:
            return ""
        options = subset.Options(
            hinting=False, layout_features=list(_FEATURES), notdef_outline=True, name_IDs=["*"]
        )
        subsetter = subset.Subsetter(options)
        subsetter.populate(text="".join(sorted(characters)))
        subsetter.subset(font)
        font.flavor = "woff2"
        file = io.BytesIO()
        font.save(file)
    return _data("font/woff2", file.getvalue())


def _data(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"

"""Shrinks images and fonts, and embeds them in a page as ``data:`` URLs."""

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
"""In pixels: twice the width of a wide figure on most screens."""
MAX_HEIGHT = 2400
_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_DRAWING = "image/svg+xml"
_DRAWING_SCALE = 1.5
"""How much larger a drawing is on the web than in print, like the text."""
_QUALITY = 82
_PHOTOGRAPH = 2.5
"""How many times smaller than lossless WebP the lossy one must be to be used instead."""
_EFFORT = 4
_CACHED = 64
"""How many images, and fonts, are cached for the next build in the same process."""
_RESTRICTED = 0x0002 | 0x0100 | 0x0200
"""Bits of OS/2.fsType: the licence forbids embedding, subsetting or embedding outlines."""
_FEATURES = ("ccmp", "locl", "mark", "mkmk", "kern", "liga", "lnum", "onum", "pnum", "tnum", "sups")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that is embedded in a page."""

    address: str
    """The ``data:`` URL."""
    width: int
    """The width in CSS pixels, if the page has room for it."""
    height: int


@lru_cache(maxsize=_CACHED)
def embed_image(image: Image) -> Picture:
    """Return an image for a page: a drawing unchanged, a picture scaled down and as WebP.

    A picture loses all metadata, such as where a photograph was taken.
    """
    if image.media_type == _DRAWING:
        size = round(image.width * _DRAWING_SCALE), round(image.height * _DRAWING_SCALE)
        return Picture(_data(_DRAWING, image.data), *(max(1, side) for side in size))
    with PIL.Image.open(io.BytesIO(image.data), formats=_FORMATS) as opened:
        picture = _shown(opened)
    picture.thumbnail((MAX_WIDTH, MAX_HEIGHT), PIL.Image.Resampling.LANCZOS)
    return Picture(_data("image/webp", _coded(picture, image.media_type)), *picture.size)


def _shown(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Return a picture upright and in sRGB."""
    upright = PIL.ImageOps.exif_transpose(picture)
    is_transparent = upright.has_transparency_data
    profile = upright.info.get("icc_profile")
    if profile and upright.mode in ("RGB", "CMYK", "L"):
        try:
            source = PIL.ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = PIL.ImageCms.createProfile("sRGB")
            converted = PIL.ImageCms.profileToProfile(upright, source, srgb, outputMode="RGB")
        except PIL.ImageCms.PyCMSError:
            converted = None  # a profile that does not fit the picture is ignored
        upright = converted or upright
    return upright.convert("RGBA" if is_transparent else "RGB")


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


@lru_cache(maxsize=_CACHED)
def embed_font(data: bytes, characters: frozenset[str]) -> str:
    """Return a ``data:`` URL of a font with only some characters; empty if the licence forbids it.

    Args:
        data: the font file.
        characters: the characters of the page.
    """
    # Imported here, as it loads slowly and only the layout process needs it.
    from fontTools import subset

    with TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False) as font:
        if font["OS/2"].fsType & _RESTRICTED:
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

"""Shrinks images and fonts, and embeds them in a page as ``data:`` URLs."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.metadata import version

import PIL.Image
import PIL.ImageCms
import PIL.ImageOps

from typeset.files.disk_cache import cache_folder, key_of, load, store
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

    Packed fonts are kept from build to build.

    Args:
        data: the font file.
        characters: the characters of the page.
    """
    text, folder = "".join(sorted(characters)), cache_folder("fonts")
    key = key_of(data, f"web {_packers()} {text}")
    packed = load(folder, key) if folder else None
    if packed is None:
        # Imported here, as it loads slowly and fonts that are kept need none of it.
        from typeset.html.web_fonts import pack_font

        packed = pack_font(data, text)
        if folder:
            store(folder, key, packed)
    return _data("font/woff2", packed) if packed else ""


@cache
def _packers() -> str:
    """Return the versions of the packages that pack fonts: others may give other bytes."""
    return " ".join(f"{name} {version(name)}" for name in ("fonttools", "brotli"))


def _data(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"

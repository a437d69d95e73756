"""Converts pictures that have a color profile to sRGB."""

from __future__ import annotations

import io

import PIL.Image
import PIL.ImageCms
import PIL.ImageOps

__all__ = ["to_srgb"]

_STEPS = (0, 85, 170, 255)
_SAMPLE = bytes(
    value for red in _STEPS for green in _STEPS for blue in _STEPS for value in (red, green, blue)
)
"""Colors from the whole cube, for comparing profiles."""
_SAME = 3
"""How far, of 255, a profile's colors may differ from sRGB and still count as sRGB."""


def to_srgb(image: PIL.Image.Image) -> tuple[str, bytes] | None:
    """Return a picture's file in sRGB, or None if its file can stay as it is.

    Gray and CMYK pictures stay: grays are close enough, and a press needs the inks of a CMYK
    picture as its author chose them.

    Args:
        image: the picture; it is decoded only if its colors must be converted.

    Returns:
        Pillow's name of the format, and the file: turned upright, and without a profile.
    """
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "P"}:
        return None
    try:
        transform = _transform(profile, "RGB")
    except (PIL.ImageCms.PyCMSError, OSError):
        return None  # an unreadable profile is ignored, as in browsers
    if _changes_little(transform):
        return None
    upright = PIL.ImageOps.exif_transpose(image)
    if "transparency" in image.info:
        upright = upright.convert("RGBA")
    elif upright.mode == "P":
        upright = upright.convert("RGB")
    plain = PIL.ImageCms.applyTransform(upright, _transform(profile, upright.mode))
    assert plain is not None
    data = io.BytesIO()
    if image.format in {"JPEG", "MPO"}:
        plain.save(data, "JPEG", quality=95, subsampling=0, icc_profile=None, exif=b"")
        return "JPEG", data.getvalue()
    plain.save(data, "PNG", icc_profile=None, exif=b"")
    return "PNG", data.getvalue()


def _transform(profile: bytes, mode: str) -> PIL.ImageCms.ImageCmsTransform:
    srgb = PIL.ImageCms.createProfile("sRGB")
    own = PIL.ImageCms.ImageCmsProfile(io.BytesIO(profile))
    return PIL.ImageCms.buildTransform(own, srgb, mode, mode)


def _changes_little(transform: PIL.ImageCms.ImageCmsTransform) -> bool:
    sample = PIL.Image.frombytes("RGB", (len(_SAMPLE) // 3, 1), _SAMPLE)
    changed = PIL.ImageCms.applyTransform(sample, transform)
    assert changed is not None
    pairs = zip(_SAMPLE, changed.tobytes(), strict=True)
    return max(abs(before - after) for before, after in pairs) <= _SAME

"""Pictures in the inks of a press, at their full resolution."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pikepdf import Array, Name
from PIL import Image, ImageChops

from typeset.editions.press.inks import Inks

__all__ = ["convert_picture"]

_QUALITY = 92
"""The quality of JPEG, better than that of most photographs."""


def convert_picture(stored: Any, inks: Inks) -> None:
    """Convert a picture of a PDF file in place.

    A JPEG stays one, with invisible losses; any other picture is compressed without loss.
    """
    if stored.get("/ImageMask"):
        return
    lossy = stored.get("/Filter") == Name.DCTDecode
    picture = _picture_of(stored)
    made = inks.picture(picture, lossy=lossy)
    if made is picture:
        return
    for key in ("/Decode", "/DecodeParms", "/Intent"):
        if key in stored:
            del stored[key]
    stored.ColorSpace = Name.DeviceGray if made.mode == "L" else Name.DeviceCMYK
    stored.BitsPerComponent = 8
    if not lossy:
        stored.write(made.tobytes())
        return
    data = io.BytesIO()
    made.info.pop("icc_profile", None)
    made.save(data, "JPEG", quality=_QUALITY, subsampling=0)
    stored.write(data.getvalue(), filter=Name.DCTDecode)
    if made.mode == "CMYK":
        stored.Decode = Array([1, 0] * 4)  # CMYK in JPEG is inverted, as Adobe's is


def _picture_of(stored: Any) -> Image.Image:
    picture = pikepdf.PdfImage(stored).as_pil_image()
    if picture.mode != "CMYK" or stored.get("/Filter") != Name.DCTDecode:
        return picture
    # Pillow inverts every CMYK JPEG; /Decode says whether this one is inverted.
    inverted = "/Decode" in stored and float(stored.Decode[0]) == 1
    if inverted:
        return picture
    profile = picture.info.get("icc_profile")
    upright = ImageChops.invert(picture)
    upright.info["icc_profile"] = profile
    return upright

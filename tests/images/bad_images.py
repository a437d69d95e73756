"""Makes pictures such as those of cameras, scanners and drawing programs.

Each shows the same: the left half in one color, the right half in another.  A publication of them
all serves the tests of every edition::

    issue = write_bad_images(tmp_path)
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import PIL.Image
import PIL.ImageCms

from tests.publications import article, svg, write_publication

__all__ = [
    "GOOD",
    "LEFT",
    "RIGHT",
    "WHITE",
    "alt_of",
    "in_wide_colors",
    "wide_profile",
    "write_bad_images",
]

Color = tuple[int, int, int]

LEFT: Color = (200, 40, 30)
RIGHT: Color = (30, 90, 200)
WHITE: Color = (255, 255, 255)
_SIZE = (360, 240)


def _halves(mode: str = "RGB", left: Any = LEFT, right: Any = RIGHT) -> PIL.Image.Image:
    """Return the picture in a mode, each half in the mode's own values."""
    image = PIL.Image.new(mode, _SIZE, left)
    image.paste(right, (_SIZE[0] // 2, 0, *_SIZE))
    return image


def _saved(image: PIL.Image.Image, form: str, **options: Any) -> bytes:
    """Return the file of a picture."""
    data = io.BytesIO()
    image.save(data, form, **options)
    return data.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    """Return a part of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _png_in_16_bits() -> bytes:
    """A PNG with 16 bits a color, which Pillow itself cannot write."""
    width, height = _SIZE
    half = [b"".join(struct.pack(">H", value * 257) for value in color) for color in (LEFT, RIGHT)]
    row = b"\0" + half[0] * (width // 2) + half[1] * (width // 2)
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0))
    body = _chunk(b"IDAT", zlib.compress(row * height))
    return b"\x89PNG\r\n\x1a\n" + head + body + _chunk(b"IEND", b"")


def _in_cmyk(*, by_adobe: bool) -> bytes:
    """A JPEG in CMYK: Adobe's programs write inks inverted, and say so; others do neither."""
    image = _halves("CMYK", (55, 215, 225, 0), (225, 165, 55, 0))
    if by_adobe:
        return _saved(image, "JPEG", quality=95)
    data = _saved(image.point(lambda value: 255 - value), "JPEG", quality=95)
    start = data.index(b"\xff\xee")
    (length,) = struct.unpack(">H", data[start + 2 : start + 4])
    return data[:start] + data[start + 2 + length :]


def _turned() -> bytes:
    """A photograph taken with the camera on its side: EXIF says how to turn the pixels."""
    exif = PIL.Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees to the right
    image = _halves().transpose(PIL.Image.Transpose.ROTATE_90)
    return _saved(image, "JPEG", quality=95, exif=exif)


def wide_profile() -> bytes:
    """A color profile like sRGB with red and green swapped.

    No camera has such colors, so a program that ignores the profile fails clearly.
    """
    data = bytearray(PIL.ImageCms.ImageCmsProfile(PIL.ImageCms.createProfile("sRGB")).tobytes())
    (count,) = struct.unpack(">I", data[128:132])
    for position in range(132, 132 + 12 * count, 12):
        name = bytes(data[position : position + 4])
        if name in (b"rXYZ", b"gXYZ"):
            data[position : position + 4] = b"gXYZ" if name == b"rXYZ" else b"rXYZ"
    return bytes(data)


def in_wide_colors(form: str, mode: str = "RGB") -> bytes:
    """The picture in the colors of a profile that it carries."""
    left, right = ((green, red, blue) for red, green, blue in (LEFT, RIGHT))
    opaque = (255,) if mode == "RGBA" else ()
    options = {"quality": 95} if form == "JPEG" else {}
    image = _halves(mode, left + opaque, right + opaque)
    return _saved(image, form, icc_profile=wide_profile(), **options)


def _with_alpha(mode: str) -> bytes:
    """The left half of the picture, its right half quite transparent."""
    if mode == "RGBA":
        return _saved(_halves("RGBA", (*LEFT, 255), (*LEFT, 0)), "PNG")
    palette = PIL.Image.new("P", _SIZE, 0)
    palette.putpalette([*LEFT, *RIGHT])
    palette.paste(1, (_SIZE[0] // 2, 0, *_SIZE))
    return _saved(palette, "PNG", transparency=1)


def _moving(form: str) -> bytes:
    """An animation whose first picture is this one."""
    more = [_halves(left=RIGHT, right=LEFT)]
    lossless = {"lossless": True} if form == "WEBP" else {}
    return _saved(_halves(), form, save_all=True, append_images=more, duration=200, **lossless)


def _drawing() -> bytes:
    """Gradients in RGB, see-through parts and a style sheet, as drawing programs export them."""
    left, right = ("#{:02x}{:02x}{:02x}".format(*color) for color in (LEFT, RIGHT))
    return svg(
        f"""<style>.part {{ stroke: none }}</style>
        <defs><linearGradient id="shade"><stop offset="0" stop-color="{left}"/>
        <stop offset="1" stop-color="{left}" stop-opacity="0.999"/></linearGradient>
        <radialGradient id="spot"><stop offset="0" stop-color="white" stop-opacity="0.8"/>
        <stop offset="1" stop-color="white" stop-opacity="0"/></radialGradient></defs>
        <rect class="part" width="150" height="200" fill="url(#shade)"/>
        <rect class="part" x="150" width="150" height="200" fill="{right}"/>
        <g opacity="0.5"><circle cx="75" cy="30" r="20" fill="url(#spot)"/>
        <text x="200" y="40" font-size="20" fill="white">East</text></g>"""
    )


GOOD: dict[str, tuple[Callable[[], bytes], Color, Color]] = {
    "cmyk-by-adobe.jpg": (lambda: _in_cmyk(by_adobe=True), LEFT, RIGHT),
    "cmyk.jpg": (lambda: _in_cmyk(by_adobe=False), LEFT, RIGHT),
    "gray.jpg": (lambda: _saved(_halves("L", 60, 180), "JPEG"), (60, 60, 60), (180, 180, 180)),
    "16-bits.png": (_png_in_16_bits, LEFT, RIGHT),
    "alpha.png": (lambda: _with_alpha("RGBA"), LEFT, WHITE),
    "alpha-palette.png": (lambda: _with_alpha("P"), LEFT, WHITE),
    "turned.jpg": (_turned, LEFT, RIGHT),
    "wide-colors.jpg": (lambda: in_wide_colors("JPEG"), LEFT, RIGHT),
    "wide-colors.png": (lambda: in_wide_colors("PNG", "RGBA"), LEFT, RIGHT),
    "moving.gif": (lambda: _moving("GIF"), LEFT, RIGHT),
    "moving.webp": (lambda: _moving("WEBP"), LEFT, RIGHT),
    "moving.png": (lambda: _moving("PNG"), LEFT, RIGHT),
    "drawing.svg": (_drawing, LEFT, RIGHT),
}
"""Files that are printed: what makes each, and the colors that its halves have on the page."""


def alt_of(name: str) -> str:
    """Return the alternative text of a file's figure."""
    return f"Two halves, from {name}."


def write_bad_images(folder: Path, **publication: Any) -> Path:
    """Write a publication whose one article shows each of `GOOD`, and odd markup that is allowed.

    Args:
        folder: the publication's folder.
        publication: settings of it.

    Returns:
        The issue's folder.
    """
    figures = [f'![The file {name}.](images/{name}){{alt="{alt_of(name)}"}}' for name in GOOD]
    body = "\n\n".join(
        [
            "A paragraph before the figures.",
            *figures,
            '![A file without a word for the blind.](images/16-bits.png){alt=""}',
            "| Berth | Depth | |\n|---|---|---|\n| | now | then |\n| East | 9.5 | 10 |",
            "Table: A head over two columns.",
        ]
    )
    files = {f"images/{name}": make() for name, (make, _, _) in GOOD.items()}
    return write_publication(
        folder, publication=publication, articles={"01-pictures.md": article(body)}, files=files
    )

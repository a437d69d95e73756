"""Converts screen colors into the inks of a press, by its color profile.

Colors are sRGB and go through the profile relative to the paper's white, with black point
compensation.  Gray is printed in black ink only, since text and rules in several inks show every
shift of the plates.  The sum of the inks never exceeds what the paper can take.
"""

from __future__ import annotations

import io
from functools import cached_property
from typing import Any

from PIL import Image, ImageChops, ImageCms, ImageFilter, ImageMath

__all__ = ["Color", "Inks", "lightness"]

Color = tuple[float, float, float, float]
"""Shares of cyan, magenta, yellow and black, from 0 to 1."""

_MOST_INK = 2.98
"""The largest sum of the shares: 300 % less what rounding to bytes may add."""
_MOST_INK_LOSSY = 2.8
"""The same for pictures with lossy compression, which changes values a little."""
_STEPS = 33
"""Steps of each channel in the conversion table of pictures; usual in color engines."""
_GRAY = 1.5 / 255
"""How far the channels of a gray may differ, by rounding."""
_DARK, _NEARLY_GRAY = 0.45, 0.06
"""A color whose lightest channel is below the first is printed as gray if its channels differ by
less than the second: it is nearly always text in a drawing."""
_VALUES = range(256)


class Inks:
    """Converts colors and pictures.

    Args:
        profile: the color profile of the press.
        black_only: whether the press has only black ink.
    """

    def __init__(self, profile: bytes, *, black_only: bool) -> None:
        self.black_only = black_only
        self._profile = profile
        self._known: dict[tuple[float, float, float], Color] = {}
        self._tables: dict[float, ImageFilter.Color3DLUT] = {}

    @cached_property
    def _press(self) -> ImageCms.ImageCmsProfile:
        return ImageCms.ImageCmsProfile(io.BytesIO(self._profile))

    @cached_property
    def _from_rgb(self) -> ImageCms.ImageCmsTransform:
        return self._transform(ImageCms.createProfile("sRGB"), "RGB", "CMYK")

    def _transform(self, source: Any, mode: str, target: str) -> ImageCms.ImageCmsTransform:
        press = self._press if target == "CMYK" else ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(
            source,
            press,
            mode,
            target,
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )

    def of_rgb(self, red: float, green: float, blue: float) -> Color:
        """Return the inks of an sRGB color, whose channels go from 0 to 1."""
        most = max(red, green, blue)
        if most - min(red, green, blue) < (_NEARLY_GRAY if most < _DARK else _GRAY):
            return (0.0, 0.0, 0.0, self._black(lightness(red, green, blue)))
        return self.mixed(red, green, blue)

    def mixed(self, red: float, green: float, blue: float) -> Color:
        """Return the inks of a color in a gradient, where even gray is mixed of all inks."""
        if self.black_only:
            return (0.0, 0.0, 0.0, self._black(lightness(red, green, blue)))
        key = (red, green, blue)
        if key not in self._known:
            values = (red * 255, green * 255, blue * 255)
            cyan, magenta, yellow, black = _convert(self._from_rgb, "RGB", values)
            self._known[key] = _limited((cyan, magenta, yellow, black))
        return self._known[key]

    def _black(self, gray: float) -> float:
        """Return the share of black ink, at most 1, that is as light as an sRGB gray."""
        return self._blacks[round(gray * 255)] / 255

    @cached_property
    def _blacks(self) -> list[int]:
        """For each of 256 grays of the screen, the least black ink, of 255, that is no lighter."""
        to_lab = ImageCms.buildTransform(
            self._press,
            ImageCms.createProfile("LAB"),
            "CMYK",
            "LAB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        )
        ramp = Image.frombytes("CMYK", (256, 1), bytes(n for k in _VALUES for n in (0, 0, 0, k)))
        made = ImageCms.applyTransform(ramp, to_lab)
        assert made is not None
        lights = made.tobytes()[::3]
        grays = [round(2.55 * _light_of_gray(gray / 255)) for gray in _VALUES[:-1]]
        return [
            *(next((k for k in _VALUES if lights[k] <= wanted), 255) for wanted in grays),
            0,  # white is the paper
        ]

    def of_lab(self, light: float, a: float, b: float) -> Color:
        """Return the inks of a color in CIELAB (D50): 0 to 100, and -125 to 125."""
        to_screen = self._transform(ImageCms.createProfile("LAB"), "LAB", "RGB")
        red, green, blue = _convert(to_screen, "LAB", (light * 2.55, a + 128, b + 128))
        return self.of_rgb(red, green, blue)

    def of_inks(self, cyan: float, magenta: float, yellow: float, black: float) -> Color:
        """Return inks that the author chose, reduced to what the paper can take."""
        if self.black_only:
            return (0.0, 0.0, 0.0, 1 - _light_of_inks(cyan, magenta, yellow, black))
        return _limited((cyan, magenta, yellow, black))

    def picture(self, picture: Image.Image, *, lossy: bool) -> Image.Image:
        """Return a picture in the inks of the press: in CMYK, or as gray for black alone.

        Args:
            picture: in gray, RGB, Lab or CMYK, with its color profile, which is ignored for gray.
            lossy: whether it will be compressed with losses.
        """
        if picture.mode == "CMYK":
            return self._picture_in_inks(picture, lossy=lossy)
        if picture.mode != "L":
            picture = self._in_screen_colors(picture)
        if _is_gray(picture):
            picture = picture.convert("L")
        if self.black_only or picture.mode == "L":
            return picture.convert("L").point([255 - black for black in self._blacks])
        most = _MOST_INK_LOSSY if lossy else _MOST_INK
        return picture.filter(self._table(most))

    def _in_screen_colors(self, picture: Image.Image) -> Image.Image:
        """Return a picture in sRGB, converted from its own profile."""
        own = picture.info.get("icc_profile")
        picture = picture if picture.mode in {"RGB", "LAB"} else picture.convert("RGB")
        source: Any = ImageCms.createProfile("LAB") if picture.mode == "LAB" else None
        if own and picture.mode == "RGB":
            source = _profile_of(own, "RGB ")
        if source is None:
            return picture
        made = ImageCms.applyTransform(picture, self._transform(source, picture.mode, "RGB"))
        assert made is not None
        return made

    def _picture_in_inks(self, picture: Image.Image, *, lossy: bool) -> Image.Image:
        own = picture.info.get("icc_profile")
        source = _profile_of(own, "CMYK") if own and own != self._profile else None
        if source is not None:
            made = ImageCms.applyTransform(picture, self._transform(source, "CMYK", "CMYK"))
            assert made is not None
            picture = made
        if self.black_only:
            return _light_of_picture(picture)
        return _limited_picture(picture, _MOST_INK_LOSSY if lossy else _MOST_INK)

    def _table(self, most: float) -> ImageFilter.Color3DLUT:
        """Return the table of inks at even steps of the sRGB cube.

        Values between its steps are means of those at the steps, so the ink limit is held
        everywhere if it is held at each step.
        """
        if most not in self._tables:
            steps = [round(step * 255 / (_STEPS - 1)) for step in range(_STEPS)]
            grid = Image.frombytes(
                "RGB",
                (_STEPS * _STEPS, _STEPS),
                bytes(value for b in steps for g in steps for r in steps for value in (r, g, b)),
            )
            made = ImageCms.applyTransform(grid, self._from_rgb)
            assert made is not None
            data = made.tobytes()
            inks: list[float] = []
            for at in range(0, len(data), 4):
                cyan, magenta, yellow, black = (channel / 255 for channel in data[at : at + 4])
                inks += _limited((cyan, magenta, yellow, black), most)
            inks[-4:] = (0.0, 0.0, 0.0, 0.0)  # white is the paper
            self._tables[most] = ImageFilter.Color3DLUT(_STEPS, inks, 4, "CMYK")
        return self._tables[most]


def _convert(
    transform: ImageCms.ImageCmsTransform, mode: str, values: tuple[float, ...]
) -> list[float]:
    """Convert one color; the values go from 0 to 255, the results from 0 to 1."""
    pixel = Image.new(mode, (1, 1), tuple(min(255, max(0, round(one))) for one in values))
    made = ImageCms.applyTransform(pixel, transform)
    assert made is not None
    return [channel / 255 for channel in made.tobytes()]


def lightness(red: float, green: float, blue: float) -> float:
    """Return the lightness of an RGB color as PDF defines it (ISO 32000-1, 10.3.3)."""
    return 0.3 * red + 0.59 * green + 0.11 * blue


def _light_of_gray(gray: float) -> float:
    """Return the lightness L* of a gray in sRGB (IEC 61966-2-1), from 0 to 100."""
    linear = gray / 12.92 if gray <= 0.04045 else ((gray + 0.055) / 1.055) ** 2.4
    return 116 * linear ** (1 / 3) - 16 if linear > 0.008856 else 903.3 * linear


def _light_of_inks(cyan: float, magenta: float, yellow: float, black: float) -> float:
    return 1 - min(1.0, lightness(cyan, magenta, yellow) + black)


def _limited(inks: Color, most: float = _MOST_INK) -> Color:
    """Reduce color, never black, until the inks add up to what the paper can take."""
    *colors, black = inks
    if sum(inks) <= most:
        return inks
    share = (most - black) / sum(colors)
    cyan, magenta, yellow = (one * share for one in colors)
    return (cyan, magenta, yellow, black)


def _limited_picture(picture: Image.Image, most: float) -> Image.Image:
    """Do the same to every pixel; a picture within the limit is returned as it is."""
    cyan, magenta, yellow, black = picture.split()

    def total(args: dict[str, Any]) -> Any:
        return args["c"] + args["m"] + args["y"] + args["k"]

    channels = {"c": cyan, "m": magenta, "y": yellow, "k": black}
    whole = {name: channel.convert("I") for name, channel in channels.items()}
    _, heaviest = ImageMath.lambda_eval(total, **whole).getextrema()
    if heaviest <= most * 255:
        return picture

    def share(args: dict[str, Any]) -> Any:
        colors = args["float"](args["c"] + args["m"] + args["y"])
        room = (most * 255 - args["k"]) * 255 / args["max"](colors, 1)
        return args["convert"](args["min"](room, 255), "L")

    shares = ImageMath.lambda_eval(share, **whole)
    scaled = [ImageChops.multiply(channel, shares) for channel in (cyan, magenta, yellow)]
    return Image.merge("CMYK", (*scaled, black))


def _light_of_picture(picture: Image.Image) -> Image.Image:
    cyan, magenta, yellow, black = picture.split()
    colors = Image.merge("RGB", (cyan, magenta, yellow)).convert("L")
    return ImageChops.invert(ImageChops.add(colors, black))


def _is_gray(picture: Image.Image) -> bool:
    """Return whether a picture has only grays, as the engine stores some of them in color."""
    first, *others = picture.split()
    return all(ImageChops.difference(first, other).getextrema()[1] == 0 for other in others)


def _profile_of(data: bytes, space: str) -> ImageCms.ImageCmsProfile | None:
    """Return a picture's own profile; None if it is broken or does not fit the picture."""
    if data[16:20] != space.encode():
        return None
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(data))
    except OSError:
        return None

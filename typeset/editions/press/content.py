"""Converts the colors of content streams (pages, drawings, patterns) into inks.

The engine writes one operator a line, and text as hexadecimal numbers, so the last letters of a
line are always its operator.
"""

from __future__ import annotations

from collections.abc import Callable

from typeset.editions.press.inks import Color, Inks, lightness

__all__ = ["in_gray", "in_inks", "numbers"]

_FILLS = {b"rg": False, b"RG": True}
_SPACES = {b"cs": False, b"CS": True}
_COLORS = {b"cn": False, b"CN": True}  # the last two letters of scn and SCN
_TAGS = {b"MC": 1, b"DC": 2}
"""The last letters of BMC, BDC and EMC, and how many lines before BMC or BDC are its operands."""
_LOOK = {*_FILLS, *_SPACES, *_COLORS, *_TAGS}


def in_inks(content: bytes, inks: Inks) -> bytes:
    """Return content in the inks of a press, and without marked-content tags."""
    return _rewritten(content, inks, _Ink)


def in_gray(content: bytes, inks: Inks) -> bytes:
    """Return the content of a mask in gray, since only its lightness counts."""
    return _rewritten(content, inks, _Gray)


def numbers(*values: float) -> bytes:
    """Write numbers in PDF's notation, with at most four decimals."""
    return b" ".join(f"{value:.4f}".rstrip("0").rstrip(".").encode() for value in values)


class _Ink:
    """Writes colors as shares of four inks."""

    def __init__(self, inks: Inks) -> None:
        self.rgb, self.lab, self.inks = inks.of_rgb, inks.of_lab, inks.of_inks

    @staticmethod
    def written(color: Color, *, stroke: bool) -> bytes:
        return numbers(*color) + (b" K" if stroke else b" k")


class _Gray:
    """Writes colors as their lightness."""

    def __init__(self, inks: Inks) -> None:
        self._inks = inks

    @staticmethod
    def rgb(red: float, green: float, blue: float) -> Color:
        return (0.0, 0.0, 0.0, 1 - lightness(red, green, blue))

    @staticmethod
    def lab(light: float, _a: float, _b: float) -> Color:
        return (0.0, 0.0, 0.0, 1 - light / 100)

    @staticmethod
    def inks(cyan: float, magenta: float, yellow: float, black: float) -> Color:
        return (0.0, 0.0, 0.0, min(1.0, lightness(cyan, magenta, yellow) + black))

    @staticmethod
    def written(color: Color, *, stroke: bool) -> bytes:
        return numbers(1 - color[3]) + (b" G" if stroke else b" g")


def _rewritten(content: bytes, inks: Inks, kind: type[_Ink | _Gray]) -> bytes:
    palette = kind(inks)
    spaces: dict[bool, bytes] = {}
    known: dict[bytes, bytes] = {}
    """Lines that set a color, and the lines that replace them."""
    made: list[bytes] = []
    for line in content.split(b"\n"):
        operator = line[-2:]
        if operator not in _LOOK:
            made.append(line)
        elif operator in _TAGS:
            if not line.startswith(b"E"):
                del made[-_TAGS[operator] :]
        elif operator in _FILLS:
            if line not in known:
                color = palette.rgb(*_values(line))
                known[line] = palette.written(color, stroke=_FILLS[operator])
            made.append(known[line])
        elif operator in _SPACES:
            spaces[_SPACES[operator]] = line
        else:
            stroke = _COLORS[operator]
            made += _special(line, spaces.get(stroke, b""), palette, stroke=stroke)
    return b"\n".join(made)


def _special(line: bytes, space: bytes, palette: _Ink | _Gray, *, stroke: bool) -> list[bytes]:
    """Convert a color of a color space that was set before; a pattern stays, with its space."""
    readers: dict[bytes, Callable[..., Color]] = {
        b"/lab-d50": palette.lab,
        b"/lab-d65": palette.lab,
        b"/DeviceCMYK": palette.inks,
    }
    reader = readers.get(space.partition(b" ")[0])
    if reader is None:
        return [space, line]
    return [palette.written(reader(*_values(line)), stroke=stroke)]


def _values(line: bytes) -> list[float]:
    return [float(word) for word in line.split()[:-1]]

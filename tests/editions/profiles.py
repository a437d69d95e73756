"""Makes small color profiles of presses for tests, always with the same bytes."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from itertools import product

__all__ = ["press_profile"]

_WHITE = (0.9642, 1.0, 0.8249)
"""The white of profiles, D50."""


@cache
def press_profile(name: str = "A Test Press", *, reversed_inks: bool = False) -> bytes:
    """Return a color profile (ICC.1:2001, version 2.4) of a press in CMYK.

    The press has no ink limit: its darkest color is all four inks in full.

    Args:
        name: what the profile calls itself.
        reversed_inks: whether cyan and yellow have changed places.
    """
    text = name.encode() + b"\0"
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(78),
        b"cprt": b"text" + bytes(4) + b"free\0",
        b"wtpt": b"XYZ " + bytes(4) + b"".join(map(_fixed, _WHITE)),
        b"A2B0": _table(4, 3, 5, partial(_lab_of_inks, reversed_inks=reversed_inks)),
        b"B2A0": _table(3, 4, 9, _inks_of_lab),
    }
    offset = 128 + 4 + 12 * len(tags)
    index, data = b"", b""
    for tag, value in tags.items():
        index += tag + struct.pack(">II", offset + len(data), len(value))
        data += value + bytes(-len(value) % 4)
    header = bytearray(128)
    header[0:4] = struct.pack(">I", offset + len(data))
    header[8:12] = bytes((2, 64, 0, 0))
    header[12:24] = b"prtrCMYKLab "
    header[24:36] = struct.pack(">6H", 2026, 1, 14, 0, 0, 0)
    header[36:40] = b"acsp"
    header[68:80] = b"".join(map(_fixed, _WHITE))
    return bytes(header) + struct.pack(">I", len(tags)) + index + data


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _table(
    channels: int,
    results: int,
    steps: int,
    function: Callable[[Sequence[float]], Iterable[float]],
) -> bytes:
    """Return a table of one byte a value (lut8Type), evenly sampled; all values go from 0 to 1."""
    straight = bytes(range(256))
    matrix = b"".join(_fixed(float(row == column)) for row in range(3) for column in range(3))
    values = bytes(
        round(255 * min(1.0, max(0.0, value)))
        for place in product(range(steps), repeat=channels)
        for value in function([one / (steps - 1) for one in place])
    )
    head = b"mft1" + bytes(4) + bytes((channels, results, steps, 0))
    return head + matrix + straight * channels + values + straight * results


def _inks_of_lab(lab: Sequence[float]) -> list[float]:
    colors = [1 - value for value in _rgb_of_lab(lab)]
    return [*colors, min(colors) ** 2]


def _lab_of_inks(inks: Sequence[float], *, reversed_inks: bool) -> list[float]:
    *colors, black = inks
    ordered = reversed(colors) if reversed_inks else colors
    red, green, blue = (((1 - one) * (1 - black)) ** 2.2 for one in ordered)
    x = 0.4361 * red + 0.3851 * green + 0.1431 * blue
    y = 0.2225 * red + 0.7169 * green + 0.0606 * blue
    z = 0.0139 * red + 0.0971 * green + 0.7141 * blue
    fx, fy, fz = (
        value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116
        for value in (x / _WHITE[0], y, z / _WHITE[2])
    )
    return [
        (116 * fy - 16) / 100,
        (500 * (fx - fy) + 128) / 255,
        (200 * (fy - fz) + 128) / 255,
    ]


def _rgb_of_lab(lab: Sequence[float]) -> list[float]:
    light, a, b = lab[0] * 100, lab[1] * 255 - 128, lab[2] * 255 - 128
    fy = (light + 16) / 116
    x, y, z = (
        white * (f**3 if f**3 > 0.008856 else (f - 16 / 116) / 7.787)
        for white, f in zip(_WHITE, (fy + a / 500, fy, fy - b / 200), strict=True)
    )
    linear = (
        3.1339 * x - 1.6169 * y - 0.4906 * z,
        -0.9788 * x + 1.9161 * y + 0.0335 * z,
        0.0719 * x - 0.2290 * y + 1.4052 * z,
    )
    return [max(0.0, min(1.0, value)) ** (1 / 2.2) for value in linear]

"""Makes an sRGB color profile, always with the same bytes.

A profile says how a device's red, green and blue look.  This one holds only what IEC 61966-2-1
defines, in the form of ICC.1:2001-04 (version 2.4), which every reader knows.
"""

from __future__ import annotations

import struct
from functools import cache

__all__ = ["srgb_profile"]

_NAME = b"sRGB IEC61966-2.1"
_RIGHTS = b"Public domain"
_WHITE = (0.9642, 1.0, 0.8249)
"""The white of print, D50, to which all profiles refer."""
_PRIMARIES = {
    b"rXYZ": (0.436066, 0.222488, 0.013916),
    b"gXYZ": (0.385147, 0.716873, 0.097076),
    b"bXYZ": (0.143066, 0.060608, 0.714096),
}
"""The three primary colors of sRGB under that white, by the Bradford transformation."""
_STEPS = 1024


@cache
def srgb_profile() -> bytes:
    """Return the bytes of an ICC profile of sRGB."""
    curve = b"curv" + bytes(4) + struct.pack(f">I{_STEPS}H", _STEPS, *_curve())
    tags = {
        b"desc": _description(),
        b"cprt": b"text" + bytes(4) + _RIGHTS + b"\0",
        b"wtpt": _xyz(_WHITE),
        **{name: _xyz(color) for name, color in _PRIMARIES.items()},
        **dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve),
    }
    offset = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    body = b""
    for data in tags.values():
        if data not in places:
            places[data] = offset + len(body)
            body += data + bytes(-len(data) % 4)
    table = struct.pack(">I", len(tags)) + b"".join(
        struct.pack(">4sII", name, places[data], len(data)) for name, data in tags.items()
    )
    return _header(offset + len(body)) + table + body


def _header(size: int) -> bytes:
    made = struct.pack(">6H", 1999, 10, 18, 0, 0, 0)  # the date of the standard
    return (
        struct.pack(">I4sI", size, bytes(4), 0x02400000)
        + b"mntrRGB XYZ "
        + made
        + b"acsp"
        + bytes(28)
        + _fixed(_WHITE)
        + bytes(48)
    )


def _curve() -> list[int]:
    """Return the light, of 65535, for each value of a channel."""
    values = (step / (_STEPS - 1) for step in range(_STEPS))
    linear = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return [round(65535 * light) for light in linear]


def _description() -> bytes:
    text = _NAME + b"\0"
    # The tag also has a Unicode and a Macintosh name; both are empty.
    return b"desc" + bytes(4) + struct.pack(">I", len(text)) + text + bytes(4 + 4 + 2 + 1 + 67)


def _xyz(color: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(color)


def _fixed(values: tuple[float, ...]) -> bytes:
    """Write numbers as profiles hold them: 16 bits before the point and 16 after it."""
    return struct.pack(f">{len(values)}i", *(round(value * 65536) for value in values))

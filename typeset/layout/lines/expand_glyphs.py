"""TrueType outlines, scaled along the line as bare numbers.

How a glyph is written down stands in the OpenType specification, "glyf - Glyph data table".
"""

from __future__ import annotations

import struct

__all__ = ["scaled", "scaled_glyph"]

_ON_CURVE, _X_SHORT, _Y_SHORT, _REPEAT, _X_SAME, _Y_SAME = 1, 2, 4, 8, 16, 32
_OTHER = 0xFF ^ (_X_SHORT | _X_SAME | _REPEAT)
"""What a point's flag says besides how its x is written."""
_WORDS, _OFFSETS, _ONE_SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x1, 0x2, 0x8, 0x20, 0x40, 0x80
_INSTRUCTIONS = 0x100


def scaled(value: int, thousandths: int) -> int:
    """Return a measure in font units, made greater by some thousandths.

    Halves go up, and what is no less stays no less: the edge of a box is still its points' edge.
    """
    return (value * (1000 + thousandths) + 500) // 1000


def scaled_glyph(glyph: bytes, thousandths: int) -> bytes:
    """Return a glyph scaled in x and without its instructions.

    Args:
        glyph: one glyph's bytes of the table ``glyf``; padding at the end is dropped.
        thousandths: how much wider.
    """
    contours, left, foot, right, head = struct.unpack_from(">5h", glyph)
    box = (scaled(left, thousandths), foot, scaled(right, thousandths), head)
    start = struct.pack(">5h", contours, *box)
    if contours < 0:
        return start + _components(glyph, thousandths)
    return start + _points(glyph, contours, thousandths)


def _points(glyph: bytes, contours: int, thousandths: int) -> bytes:
    if not contours:
        return b""
    place = 10 + 2 * contours
    ends = glyph[10:place]
    (length,) = struct.unpack_from(">H", glyph, place)
    place += 2 + length
    count = int.from_bytes(ends[-2:], "big") + 1
    flags = bytearray()
    while len(flags) < count:
        flag = glyph[place]
        place += 1
        flags.append(flag)
        if flag & _REPEAT:
            flags += bytes((flag,)) * glyph[place]
            place += 1
    if len(flags) != count:
        raise ValueError("a glyph has more flags than points")
    steps, place = _horizontal(glyph, place, flags, thousandths)
    vertical = glyph[place : place + _height_of(flags)]
    return b"".join((ends, b"\0\0", _packed(flags), steps, vertical))


def _horizontal(glyph: bytes, place: int, flags: bytearray, thousandths: int) -> tuple[bytes, int]:
    """Scale the x of all points; change how their flags say they are written.

    Returns:
        The new bytes, and where the old ones end.
    """
    factor = 1000 + thousandths
    old = new = 0
    out = bytearray()
    for number, flag in enumerate(flags):
        if flag & _X_SHORT:
            old += glyph[place] if flag & _X_SAME else -glyph[place]
            place += 1
        elif not flag & _X_SAME:
            step = glyph[place] << 8 | glyph[place + 1]
            old += step - 0x10000 if step & 0x8000 else step
            place += 2
        # As `scaled` has it; a call for each point would cost as much again.
        target = (old * factor + 500) // 1000
        step, new = target - new, target
        rest = flag & _OTHER
        if not step:
            flags[number] = rest | _X_SAME
        elif -256 < step < 256:
            flags[number] = rest | (_X_SHORT | _X_SAME if step > 0 else _X_SHORT)
            out.append(abs(step))
        else:
            flags[number] = rest
            out += step.to_bytes(2, "big", signed=True)
    return bytes(out), place


def _height_of(flags: bytearray) -> int:
    """Return how many bytes the y of all points take."""
    return sum(1 if flag & _Y_SHORT else 0 if flag & _Y_SAME else 2 for flag in flags)


def _packed(flags: bytearray) -> bytes:
    """Write flags down, those alike once with their number."""
    out = bytearray()
    place, count = 0, len(flags)
    while place < count:
        flag, end = flags[place], place + 1
        while end < count and flags[end] == flag and end - place < 256:
            end += 1
        more = end - place - 1
        out += bytes((flag | _REPEAT, more)) if more > 1 else bytes((flag,)) * (more + 1)
        place = end
    return bytes(out)


def _components(glyph: bytes, thousandths: int) -> bytes:
    place, flags = 10, _MORE
    out = bytearray()
    while flags & _MORE:
        flags, component = struct.unpack_from(">2H", glyph, place)
        form = (">2h" if flags & _WORDS else ">2b") if flags & _OFFSETS else None
        size = 4 if flags & _WORDS else 2
        place += 4
        arguments = glyph[place : place + size]
        place += size
        if form:
            across, up = struct.unpack(form, arguments)
            flags |= _WORDS
            arguments = struct.pack(">2h", scaled(across, thousandths), up)
        turn, place = _matrix(glyph, place, flags, thousandths)
        flags &= ~_INSTRUCTIONS
        out += struct.pack(">2H", flags, component) + arguments + turn
    return bytes(out)


def _matrix(glyph: bytes, place: int, flags: int, thousandths: int) -> tuple[bytes, int]:
    """Return how a component is turned, for one that is scaled already, and where that ends."""
    if not flags & _MATRIX:
        size = 2 if flags & _ONE_SCALE else 4 if flags & _TWO_SCALES else 0
        return glyph[place : place + size], place + size
    xx, xy, yx, yy = struct.unpack_from(">4h", glyph, place)
    # What x lends to y was scaled and must not be; what y lends to x was not and must be.
    turned = (xx, round(xy * 1000 / (1000 + thousandths)), scaled(yx, thousandths), yy)
    return struct.pack(">4h", *(max(-0x8000, min(0x7FFF, part)) for part in turned)), place + 8

"""Kerning and the places of accents, scaled along the line as bare numbers.

A walk through the table GPOS finds where each x stands; it is changed where it stands, so that all
else keeps its place.  How the table is built stands in the OpenType specification.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from typeset.layout.lines.expand_glyphs import scaled

__all__ = ["scale_kerning", "scale_positions"]

_X_PLACEMENT, _X_ADVANCE, _X_PLACEMENT_DEVICE, _X_ADVANCE_DEVICE = 0x1, 0x4, 0x10, 0x40
_EXTENSION = 9


def scale_positions(table: bytes, thousandths: int) -> bytes:
    """Return the table GPOS with every x scaled, and without adjustments to a grid of pixels."""
    new = bytearray(table)
    finder = _Finder(table)
    finder.read()
    for place in finder.measures:
        (value,) = struct.unpack_from(">h", table, place)
        struct.pack_into(">h", new, place, scaled(value, thousandths))
    for place in finder.devices:
        struct.pack_into(">H", new, place, 0)
    return bytes(new)


def scale_kerning(table: bytes, thousandths: int) -> bytes:
    """Return the old table ``kern`` with its pairs scaled; parts in other forms stay."""
    new = bytearray(table)
    version, parts = struct.unpack_from(">2H", table)
    place = 4
    for _ in range(parts if version == 0 else 0):
        _, size, form, pairs = struct.unpack_from(">HHBxH", table, place)
        if form == 0:
            for pair in range(pairs):
                at = place + 14 + 6 * pair + 4
                (value,) = struct.unpack_from(">h", table, at)
                struct.pack_into(">h", new, at, scaled(value, thousandths))
            # The size is too small a number for a great many pairs.
            size = 14 + 6 * pairs
        place += size
    return bytes(new)


class _Finder:
    """Finds where the x of a GPOS table stand.  Parts may be shared: each place counts once."""

    def __init__(self, table: bytes) -> None:
        self.table = table
        self.measures: set[int] = set()
        """Where numbers stand that are to be scaled."""
        self.devices: set[int] = set()
        """Where it says that a number is adjusted by size."""
        self._read: set[tuple[int, int]] = set()

    def read(self) -> None:
        lookups = self._u16(8)
        for lookup in self._offsets(lookups + 2, self._u16(lookups), lookups):
            kind = self._u16(lookup)
            for part in self._offsets(lookup + 6, self._u16(lookup + 4), lookup):
                self._subtable(kind, part)

    def _subtable(self, kind: int, at: int) -> None:
        if (kind, at) in self._read:
            return
        self._read.add((kind, at))
        form = self._u16(at)
        if kind == 1:
            self._single(at, form)
        elif kind == 2 and form == 1:
            self._pairs(at)
        elif kind == 2:
            self._classes(at)
        elif kind == 3:
            self._anchors(at, at + 6, 2 * self._u16(at + 4))
        elif kind in (4, 6):
            self._marks(at)
        elif kind == 5:
            self._ligatures(at)
        elif kind == _EXTENSION:
            (offset,) = struct.unpack_from(">L", self.table, at + 4)
            self._subtable(self._u16(at + 2), at + offset)
        # 7 and 8 only say which other lookups apply.

    def _single(self, at: int, form: int) -> None:
        values = self._u16(at + 4)
        if form == 1:
            self._records(at + 6, values, 1, 0)
        else:
            self._records(at + 8, values, self._u16(at + 6), 0)

    def _pairs(self, at: int) -> None:
        first, second = self._u16(at + 4), self._u16(at + 6)
        size = 2 + _size(first) + _size(second)
        for pairs in self._offsets(at + 10, self._u16(at + 8), at):
            count = self._u16(pairs)
            self._records(pairs + 4, first, count, size - _size(first))
            self._records(pairs + 4 + _size(first), second, count, size - _size(second))

    def _classes(self, at: int) -> None:
        first, second = self._u16(at + 4), self._u16(at + 6)
        count = self._u16(at + 12) * self._u16(at + 14)
        self._records(at + 16, first, count, _size(second))
        self._records(at + 16 + _size(first), second, count, _size(first))

    def _records(self, at: int, values: int, count: int, gap: int) -> None:
        """Note the x of value records.

        Args:
            at: where the first one stands.
            values: which numbers each one has.
            count: how many there are.
            gap: the bytes between two of them.
        """
        step = _size(values) + gap
        for bit, found in (
            (_X_PLACEMENT, self.measures),
            (_X_ADVANCE, self.measures),
            (_X_PLACEMENT_DEVICE, self.devices),
            (_X_ADVANCE_DEVICE, self.devices),
        ):
            if values & bit:
                start = at + _size(values & (bit - 1))
                found.update(range(start, start + step * count, step))

    def _marks(self, at: int) -> None:
        classes = self._u16(at + 6)
        marks, bases = at + self._u16(at + 8), at + self._u16(at + 10)
        self._mark_array(marks)
        self._anchors(bases, bases + 2, classes * self._u16(bases))

    def _ligatures(self, at: int) -> None:
        classes = self._u16(at + 6)
        self._mark_array(at + self._u16(at + 8))
        ligatures = at + self._u16(at + 10)
        for ligature in self._offsets(ligatures + 2, self._u16(ligatures), ligatures):
            self._anchors(ligature, ligature + 2, classes * self._u16(ligature))

    def _mark_array(self, at: int) -> None:
        for mark in range(self._u16(at)):
            self._anchor(at + self._u16(at + 2 + 4 * mark + 2))

    def _anchors(self, base: int, at: int, count: int) -> None:
        for anchor in self._offsets(at, count, base):
            self._anchor(anchor)

    def _anchor(self, at: int) -> None:
        self.measures.add(at + 2)
        if self._u16(at) == 3:
            self.devices.add(at + 6)

    def _u16(self, at: int) -> int:
        return self.table[at] << 8 | self.table[at + 1]

    def _offsets(self, at: int, count: int, base: int) -> Iterator[int]:
        """Yield the places that a list of offsets leads to; an offset of 0 leads nowhere."""
        for offset in struct.unpack_from(f">{count}H", self.table, at):
            if offset:
                yield base + offset


def _size(values: int) -> int:
    """Return the bytes of a value record with these numbers."""
    return 2 * (values & 0xFF).bit_count()

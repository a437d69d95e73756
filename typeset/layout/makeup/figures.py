"""The figures of a flow: how much room each takes, and where in the text it may stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from typeset.layout.makeup.stream import Stream
from typeset.layout.makeup.values import Block, CannotPlace, Kind, Measure, PageShape, Wanted

__all__ = ["Figure", "Part", "parts_of", "read_figures", "unplaced"]


class Part(NamedTuple):
    """Lines of a wide figure that stand on one page: all of them, unless it is a longer table."""

    first: int
    last: int
    repeat: int

    @property
    def lines(self) -> int:
        """The height of it."""
        return self.repeat + self.last - self.first


class Figure(NamedTuple):
    """A figure, or a part of a wide table longer than a page; places are cuts of a stream."""

    block: int
    column: int
    """Its lines in a column; 0 if it cannot stand in one."""
    part: Part | None
    """What stands across the page; None if none of it can."""
    is_wide: bool
    call: int
    """Its place in the text."""
    seen: int
    """The first place behind the beginning of the block above it: no page before has the figure."""
    heading: int
    """The heading that it stands under, -1 if there is none."""
    closes: int
    """Where its article's takeaway or notes begin."""
    opens: int
    """Where its article begins."""
    ends: int
    """Where its article ends."""
    wanted: Wanted | None


def parts_of(block: Block, lines: int) -> list[Part]:
    """Divide a wide figure by pages of so many lines; return nothing if it fits on none."""
    setting = block.page
    if setting is None:
        return []
    if setting.lines <= lines:
        return [Part(0, setting.lines, 0)]
    breaks = [one.line for one in setting.breaks if 0 < one.line < setting.lines]
    found, first, repeat = [], 0, 0
    while first < setting.lines:
        room = first + lines - repeat
        last = max((line for line in [*breaks, setting.lines] if first < line <= room), default=0)
        if not last:
            return []
        found.append(Part(first, last, repeat))
        first, repeat = last, block.repeat
    return found


def unplaced(blocks: Sequence[Block], shape: PageShape) -> Iterator[CannotPlace]:
    """Give the blocks that no page has room for, and that cannot be divided."""
    for number, block in enumerate(blocks):
        if block.kind is Kind.FIGURE:
            heights = [setting.lines for setting in (block.column, block.page) if setting]
            if not parts_of(block, shape.lines) and not _in_column(block, shape):
                yield CannotPlace(number, min(heights, default=0), shape.lines)
        elif block.is_heading and block.column and block.column.lines > shape.lines:
            yield CannotPlace(number, block.column.lines, shape.lines)


def read_figures(
    blocks: Sequence[Block], stream: Stream, shape: PageShape, without: Collection[int]
) -> list[Figure]:
    """Return the figures of a flow in order, as they stand to its text in one measure.

    Args:
        blocks: the flow.
        stream: its text.
        shape: its pages.
        without: numbers of the blocks that cannot be placed.
    """
    on_front = stream.measure is Measure.FRONT
    below = _below(blocks)
    found = []
    above = heading = -1  # the last text block of the article, the last heading
    opens = 0
    for number, block in enumerate(blocks):
        if number in without:
            continue
        if number == 0 or blocks[number - 1].article != block.article:
            above, heading, opens = -1, -1, number
        if block.kind is not Kind.FIGURE:
            above = number
            heading = number if block.is_heading else heading
            continue
        parts = parts_of(block, shape.lines)
        column = block.front if on_front else block.column if _in_column(block, shape) else None
        closes, ends = below[number]
        whole: list[Part | None] = [*parts] or [None]
        for part in whole:
            figure = Figure(
                block=number,
                column=column.lines if column and len(parts) < 2 else 0,
                part=part,
                is_wide=block.page is not None,
                call=stream.place(number),
                seen=stream.place(above, 1) if above >= 0 else 0,
                heading=stream.place(heading) if heading >= 0 else -1,
                closes=stream.place(closes),
                opens=stream.place(opens),
                ends=stream.place(ends),
                wanted=block.wanted,
            )
            found.append(figure)
    return found


def _below(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return, for each block, where its article closes at or below it and where it ends."""
    found = [(len(blocks), len(blocks))] * len(blocks)
    closes = ends = len(blocks)
    for number in range(len(blocks) - 1, -1, -1):
        if number + 1 < len(blocks) and blocks[number + 1].article != blocks[number].article:
            closes = ends = number + 1
        if blocks[number].closes:
            closes = number
        found[number] = closes, ends
    return found


def _in_column(block: Block, shape: PageShape) -> bool:
    return block.column is not None and block.column.lines <= shape.lines

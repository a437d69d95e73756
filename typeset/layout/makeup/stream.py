"""The text of a flow in one measure: each place where a column may end, and its height.

All text is thought of as one endless column.  A cut in it knows the height of what stands before
it (`end`) and where what follows begins (`start`), so the height of any piece is one subtraction,
and the ends of a column are found by bisection.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from typeset.layout.makeup.values import Block, Kind, Measure, Setting
from typeset.layout.makeup.weights import Charge, Weights

__all__ = ["Cut", "Stream"]


class Cut(NamedTuple):
    """A place between two lines of the text."""

    block: int
    line: int
    end: int
    """Lines above it, less the gap that a column's end swallows."""
    start: int
    """Lines above what follows at the head of a column, less the head of a table set again."""
    charges: tuple[Charge, ...] | None
    """What it costs to end a column here; None where none may end."""
    gap: int
    """Empty lines here within a column."""
    above: int
    """Empty lines between what stands before and a figure put here."""
    kind: Kind
    """What follows at the head of a column."""
    hyphen: bool = False
    resume: int = 0
    """The line at which the block goes on in the column's setting."""
    after_separator: bool = False


class _Keep:
    """How much text has to follow before a column may end."""

    def __init__(self, short_heading: float) -> None:
        self._short: tuple[Charge, ...] = (("short_heading", short_heading),)
        self._needed, self._found, self._by_heading = 0, 0, False

    def charges(self, lines: int = 0) -> tuple[Charge, ...] | None:
        """Return what it costs to end a column so many lines further on."""
        found = self._found + lines
        if found < self._needed:
            return None
        return self._short if self._by_heading and found == self._needed else ()

    def pass_by(self, block: Block, lines: int) -> None:
        """Go on below a block of so many lines."""
        if block.kind is Kind.TEXT:
            self._found += lines
        if block.kept:
            left = max(self._needed - self._found, 0)
            self._by_heading = block.is_heading or (self._by_heading and left > 0)
            self._needed, self._found = max(block.kept, left), 0


class Stream:
    """The text of a flow in one measure.

    Args:
        blocks: the flow; figures are passed by, and so is what ``without`` names.
        measure: the measure; the text ends before the first block that is not set to it.
        limit: the lines of a full column; what is higher, and divided nowhere, is divided by force.
        weights: what a short heading and force cost.
        without: numbers of the blocks that cannot be placed.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        measure: Measure,
        limit: float,
        weights: Weights,
        without: Collection[int],
    ) -> None:
        self.measure, self.without = measure, without
        self._blocks, self._limit, self._weights = blocks, limit, weights
        self.cuts = self._forced(self._read())
        self.ends = [cut.end for cut in self.cuts]
        self.last = len(self.cuts) - 1
        self.dropped = max(cut.start - cut.end for cut in self.cuts)
        """Empty lines that the end of a column may swallow, at the most."""
        self._places = [(cut.block, cut.line) for cut in self.cuts]

    def place(self, block: int, line: int = 0) -> int:
        """Return the number of the first cut at a line or below; past the last if there is none."""
        return bisect_left(self._places, (block, line))

    def setting(self, block: int) -> Setting:
        """Return a block of the stream as it is set."""
        setting = self._blocks[block].setting(self.measure)
        assert setting is not None  # the stream ends before a block without
        return setting

    def repeat(self, block: int) -> int:
        """Return how many lines of a block's head are set again: none where they leave no room."""
        lines = self._blocks[block].repeat
        return lines if 2 * lines < self._limit else 0

    def _read(self) -> list[Cut]:
        """Return all places where a column may end, and the beginnings of all blocks."""
        cuts: list[Cut] = []
        keep = _Keep(self._weights.short_heading)
        before: Block | None = None
        bottom = shown = 0  # of what stands above, and of the same without a separator
        separator = None  # the cut before it, until what follows is known
        stop = len(self._blocks)
        for number, block in enumerate(self._blocks):
            if block.kind is Kind.FIGURE or number in self.without:
                continue
            setting = block.setting(self.measure)
            if setting is None:
                stop = number
                break
            gap = before.gaps.get(block.kind, 0) if before else 0
            above = before.gaps.get(Kind.FIGURE, 0) if before else 0
            top, before = bottom + gap, block
            cut = Cut(number, 0, shown, top, keep.charges(), gap, above, block.kind)
            if block.kind is Kind.SEPARATOR:
                if separator is None:
                    separator = len(cuts)
                    cuts.append(cut)
            elif separator is None:
                cuts.append(cut)
            else:
                cuts[separator] = cuts[separator]._replace(start=top, kind=block.kind)
                cuts.append(cut._replace(end=bottom, charges=None, after_separator=True))
                separator = None
            bottom = top + setting.lines
            if block.kind is not Kind.SEPARATOR:
                shown = bottom
                cuts += self._within(number, top, keep)
                keep.pass_by(block, setting.lines)
        if separator is not None:
            cuts.pop()
        charges = keep.charges() if stop < len(self._blocks) else ()
        above = before.gaps.get(Kind.FIGURE, 0) if before else 0
        cuts.append(Cut(stop, 0, shown, shown, charges, 0, above, Kind.TEXT))
        return cuts

    def _within(self, number: int, top: int, keep: _Keep) -> Iterator[Cut]:
        """Give the places where a block may be divided, or goes on below the front page."""
        block, setting = self._blocks[number], self.setting(number)
        lines = block.column.lines if block.column else 0
        resumed = set()
        if self.measure is Measure.COLUMN and block.front:
            resumed = {one.resume for one in block.front.breaks}
        breaks = {one.line: one for one in setting.breaks}
        for line in sorted(breaks.keys() | resumed):
            if not 0 < line < setting.lines:
                continue
            cut, one = self._cut(number, top, line), breaks.get(line)
            # What is divided on the front page has to go on somewhere.
            if one and (self.measure is Measure.COLUMN or 0 < one.resume < lines):
                charges = keep.charges(line)
                if charges is not None and one.penalty:
                    penalty = one.penalty * self._weights.division
                    charges = (*charges, ("division", penalty))
                cut = cut._replace(charges=charges, hyphen=one.hyphen, resume=one.resume)
            yield cut

    def _cut(self, number: int, top: int, line: int) -> Cut:
        """Return a cut within a block that begins at a line of the stream; none may end there."""
        block = self._blocks[number]
        start = top + max(line - self.repeat(number), 0)
        above = block.gaps.get(Kind.FIGURE, 0)
        return Cut(number, line, top + line, start, None, 0, above, block.kind)

    def _forced(self, cuts: list[Cut]) -> list[Cut]:
        """Let a column end anywhere between two places that are further apart than its lines."""
        forced = (("forced", self._weights.forced),)
        legal = [n for n, cut in enumerate(cuts) if cut.charges is not None]
        found: list[Cut] = []
        for first, last in pairwise(legal):
            if cuts[last].end - cuts[first].start <= self._limit:
                found += cuts[first:last]
                continue
            for n in range(first, last):
                cut = cuts[n]
                if cut.charges is None and not cut.after_separator:
                    cut = cut._replace(charges=forced)
                found.append(cut)
                if cut.kind is Kind.TEXT and self._blocks[cut.block].kind is Kind.TEXT:
                    top = cut.end - cut.line if cut.line else cut.start
                    lines = range(cut.line + 1, cuts[n + 1].end - top)
                    found += [
                        self._cut(cut.block, top, line)._replace(charges=forced) for line in lines
                    ]
        return found + cuts[legal[-1] :]

"""Type on the grid: how many lines a block takes, and after which of them it may be divided."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from typeset.layout.engine.set_type import Leaf, Type
from typeset.layout.makeup.values import Break, Setting

__all__ = ["Ruled"]

_TOLERANCE = 0.01
"""In points: a height this close to whole lines is whole lines, rounded by the engine."""


@dataclass(frozen=True)
class Ruled:
    """A block's type, measured in lines of the grid."""

    type: Type
    baseline: float
    """The distance of two lines, in points."""
    most: int = sys.maxsize
    """The lines of a page.  Of a row that is higher than a page below the table's head only as many
    count: it sticks out, and what follows it stands on the next page."""

    def _lines(self, height: float) -> int:
        return math.ceil((height - _TOLERANCE) / self.baseline)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        """The line at which each leaf ends."""
        ends: list[int] = []
        above = excess = 0
        room = max(self.most - self._to_head - self._foot, 1)
        for leaf in self.type.leaves:
            bottom = self._lines(leaf.bottom)
            excess += max(bottom - above - room, 0) if above >= self._to_head else 0
            ends.append(bottom - excess)
            above = bottom
        return tuple(ends)

    @cached_property
    def _to_head(self) -> int:
        """The lines down to the end of a table's head."""
        heads = [self._lines(leaf.bottom) for leaf in self.type.leaves if leaf.is_head]
        return max(heads, default=0)

    @cached_property
    def _foot(self) -> int:
        """The lines below the last leaf."""
        leaves = self.type.leaves
        return self._lines(self.type.height) - self._lines(leaves[-1].bottom) if leaves else 0

    @cached_property
    def lines(self) -> int:
        """Its height.

        Where its own edges are no whole lines, its parts may take more together than the whole.
        """
        leaves = self.type.leaves
        excess = self._lines(leaves[-1].bottom) - self._ends[-1] if leaves else 0
        return -excess + max(
            [self._lines(self.type.height)]
            + [
                self._lines(before.bottom) + self._lines(self.type.height - after.top)
                for before, after in pairwise(leaves)
                if after.divides
            ]
        )

    @property
    def below(self) -> int:
        """The empty lines below it."""
        return round(self.type.below / self.baseline)

    @property
    def repeat(self) -> int:
        """The lines of a table's head."""
        return self._lines(self.type.head_height)

    @cached_property
    def setting(self) -> Setting:
        """Its lines, and where it may be divided."""
        breaks = {
            end: Break(end, before.ends_in_hyphen)
            for end, (before, after) in zip(self._ends, pairwise(self.type.leaves), strict=False)
            if after.divides
        }
        return Setting(self.lines, tuple(breaks.values()))

    def leaves_above(self, line: int) -> int:
        """Return how many leaves end above a line."""
        if line >= self.lines:
            return len(self.type.leaves)
        return len([end for end in self._ends if end <= line])

    def leaf_before(self, line: int) -> Leaf | None:
        """Return the leaf that a part ends with which has some lines."""
        above = self.leaves_above(line)
        return self.type.leaves[above - 1] if above else None

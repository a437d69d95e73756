"""Type on the grid: how many lines a block takes, and after which of them it may be divided."""

from __future__ import annotations

import math
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

    def _lines(self, height: float) -> int:
        return math.ceil((height - _TOLERANCE) / self.baseline)

    @cached_property
    def lines(self) -> int:
        """Its height.

        Where its own edges are no whole lines, its parts may take more together than the whole.
        """
        return max(
            [self._lines(self.type.height)]
            + [
                self._lines(before.bottom) + self._lines(self.type.height - after.top)
                for before, after in pairwise(self.type.leaves)
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
            self._lines(before.bottom): Break(self._lines(before.bottom), before.ends_in_hyphen)
            for before, after in pairwise(self.type.leaves)
            if after.divides
        }
        return Setting(self.lines, tuple(breaks.values()))

    def leaves_above(self, line: int) -> int:
        """Return how many leaves end above a line."""
        if line >= self.lines:
            return len(self.type.leaves)
        return len([leaf for leaf in self.type.leaves if self._lines(leaf.bottom) <= line])

    def leaf_before(self, line: int) -> Leaf | None:
        """Return the leaf that a part ends with which has some lines."""
        above = self.leaves_above(line)
        return self.type.leaves[above - 1] if above else None

"""A flow made ready: its text in both measures, its figures, and what cannot be placed."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from typeset.layout.makeup.figures import read_figures, unplaced
from typeset.layout.makeup.stream import Stream
from typeset.layout.makeup.values import Block, Measure, PageShape
from typeset.layout.makeup.weights import DEFAULT_EFFORT, DEFAULT_WEIGHTS, Effort, Weights

__all__ = ["Flow"]


class Flow:
    """Blocks that follow one another over pages.

    Args:
        blocks: the blocks.
        shape: the pages.
        weights: what is unwelcome.
        effort: how long better pages are looked for.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        shape: PageShape,
        weights: Weights = DEFAULT_WEIGHTS,
        effort: Effort = DEFAULT_EFFORT,
    ) -> None:
        self.blocks, self.shape, self.weights, self.effort = blocks, shape, weights, effort
        self.cannot_place = tuple(unplaced(blocks, shape))
        without = {one.block for one in self.cannot_place}
        self.text = Stream(blocks, Measure.COLUMN, shape.lines, weights, without)
        self.figures = read_figures(blocks, self.text, shape, without)
        # What the front page has no room for stands on the next: nothing is forced there.
        self.front_text = Stream(blocks, Measure.FRONT, inf, weights, without)
        self.front_figures = read_figures(blocks, self.front_text, shape, without)

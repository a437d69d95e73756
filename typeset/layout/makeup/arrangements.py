"""The figures of a column: at its head, inside it, at its foot, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from typeset.layout.makeup.figures import Figure
from typeset.layout.makeup.stream import Stream
from typeset.layout.makeup.values import Block, Kind, Wanted
from typeset.layout.makeup.weights import Charge, Weights

__all__ = ["Arrangement", "Arrangements", "Shape"]

_FEWEST_BESIDE = 6
"""Lines of text between two figures, and between a figure and a column's end, at the least."""


class Shape(NamedTuple):
    """How many figures stand where in a column."""

    head: int = 0
    inside: int = 0
    foot: int = 0


class Arrangement(NamedTuple):
    """Figures of a column, and what is so wherever in the text the column begins and ends."""

    shape: Shape
    head: tuple[Figure, ...]
    inside: tuple[Figure, ...]
    foot: tuple[Figure, ...]
    lines: int
    """Lines that they take, without the gaps between text and the figures at its head and foot.

    What a figure between paragraphs takes includes the gaps above and below, less the one that is
    there without it.
    """
    charges: tuple[Charge, ...]


class Arrangements:
    """The ways to arrange figures in columns.  Each is worked out once.

    Args:
        blocks: the flow.
        text: its text in one measure.
        figures: its figures in that measure.
        weights: what is unwelcome.
    """

    def __init__(
        self, blocks: Sequence[Block], text: Stream, figures: Sequence[Figure], weights: Weights
    ) -> None:
        self._blocks, self._text, self._figures, self._weights = blocks, text, figures, weights
        self._known: dict[tuple[tuple[int, ...], Shape], Arrangement] = {}

    def of(self, numbers: Sequence[int], shape: Shape) -> Arrangement:
        """Return the first of some figures, as many as a shape has, so arranged."""
        key = tuple(numbers[: sum(shape)]), shape
        if key not in self._known:
            self._known[key] = self._of(*key)
        return self._known[key]

    def gap(self, figure: Figure, kind: Kind) -> int:
        """Return the empty lines between a figure and what follows in its column."""
        return self._blocks[figure.block].gaps.get(kind, 0)

    def lines(self, arranged: Arrangement, place: int) -> int:
        """Return the lines that figures take in a column that begins at a place with text.

        The gap above those at its foot is left out: it depends on where the text ends.
        """
        if not arranged.head:
            return arranged.lines
        return arranged.lines + self.gap(arranged.head[-1], self._text.cuts[place].kind)

    def is_allowed(self, numbers: Sequence[int], shape: Shape, place: int) -> bool:
        """Whether in a column that begins at a place, figures have their headings and text above.

        Args:
            numbers: figures; the first of them are meant, as many as the shape has.
            shape: how they are arranged.  Those at the foot depend on where the column ends.
            place: the place.
        """
        figures, text = self._figures, self._text
        for number in numbers[: shape.head]:
            if figures[number].heading >= place:
                return False
        if not shape.inside:
            return True
        first = figures[numbers[shape.head]].call
        last = figures[numbers[shape.head + shape.inside - 1]].call
        return place < first and last < text.last and text.cuts[place].start < text.ends[first]

    # the costs -----------------------------------------------------------------------------------
    def upper_charges(self, arranged: Arrangement, place: int) -> Iterator[Charge]:
        """Give what figures cost in a column that begins at a place, wherever it ends."""
        yield from arranged.charges
        for one in arranged.head:
            yield from self.standing(one, place, Wanted.TOP)
        if arranged.inside:
            yield from self._sliver(place, arranged.inside[0].call)

    def lower_charges(self, arranged: Arrangement, place: int, end: int) -> Iterator[Charge]:
        """Give what they cost besides if it ends at another place, with text above it."""
        for one in arranged.foot:
            yield from self.standing(one, end, Wanted.BOTTOM)
        yield from self._sliver(arranged.inside[-1].call if arranged.inside else place, end)

    def standing(
        self, figure: Figure, here: int, way: Wanted, *, is_across: bool = False
    ) -> Iterator[Charge]:
        """Give what it costs that a figure stands at a head or foot, next to a place in the text.

        Args:
            figure: the figure.
            here: the place.
            way: ``TOP`` or ``BOTTOM``.
            is_across: whether it stands across the page, where ``HERE`` says no more than the page.
        """
        weights = self._weights
        if way is Wanted.BOTTOM and figure.wanted is not Wanted.BOTTOM:
            yield "foot", weights.foot
        if figure.call > here:
            yield "early", weights.early
        if here > figure.closes:
            yield "guest", weights.guest
        if figure.wanted is not Wanted.HERE or not (is_across or figure.call == here):
            yield from self._unwanted(figure, way)

    def _of(self, numbers: Sequence[int], shape: Shape) -> Arrangement:
        own, foot = tuple(self._figures[number] for number in numbers), shape.head + shape.inside
        parts = own[: shape.head], own[shape.head : foot], own[foot:]
        lines = sum(one.column for one in own) + self._gaps(*parts)
        return Arrangement(shape, *parts, lines, tuple(self._charges(own, parts[1])))

    def _gaps(
        self, head: Sequence[Figure], inside: Sequence[Figure], foot: Sequence[Figure]
    ) -> int:
        lines = sum(self.gap(one, Kind.FIGURE) for one in (*head[:-1], *foot[:-1]))
        for call, together in groupby(inside, key=lambda one: one.call):
            cut, group = self._text.cuts[call], list(together)
            lines += cut.above - cut.gap + self.gap(group[-1], self._blocks[cut.block].kind)
            lines += sum(self.gap(one, Kind.FIGURE) for one in group[:-1])
        return lines

    def _charges(self, own: Sequence[Figure], inside: Sequence[Figure]) -> Iterator[Charge]:
        for one in own:
            if one.is_wide:
                yield "narrowed", self._weights.narrowed
        for one in inside:
            if one.wanted is not Wanted.HERE:
                yield "inside", self._weights.inside
                yield from self._unwanted(one, Wanted.HERE)
        for above, below in pairwise(inside):
            yield from self._sliver(above.call, below.call)

    def _sliver(self, above: int, below: int) -> Iterator[Charge]:
        """Give what text between a figure and another, or a column's end, costs if it is short."""
        lines = self._text.cuts[below].end - self._text.cuts[above].start
        if above < below and lines < _FEWEST_BESIDE:
            yield "sliver", self._weights.sliver * (_FEWEST_BESIDE - lines)

    def _unwanted(self, figure: Figure, way: Wanted) -> Iterator[Charge]:
        if figure.wanted is not None and figure.wanted is not way:
            yield "unwanted", self._weights.unwanted

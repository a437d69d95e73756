"""One column: where it may end, which figures stand in it, and what that costs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, groupby, pairwise, takewhile
from math import inf
from typing import NamedTuple

from typeset.layout.makeup.figures import Figure
from typeset.layout.makeup.flow import Flow
from typeset.layout.makeup.stream import Stream
from typeset.layout.makeup.values import Kind, Measure, Wanted
from typeset.layout.makeup.weights import Charge, total

__all__ = ["Columns", "Fill", "Shape", "Start"]

_FEWEST_BESIDE = 6
"""Lines of text between two figures, and between a figure and a column's end, at the least."""
_HOLE = 3
"""Empty lines that a column may have before each more is a hole."""


class Shape(NamedTuple):
    """How many figures stand where in a column."""

    head: int = 0
    inside: int = 0
    foot: int = 0


class Start(NamedTuple):
    """From where a column is filled."""

    place: int
    """A cut of the text."""
    figure: int
    """The first figure that does not yet stand."""
    height: int
    wide: tuple[int, ...] = ()
    """Figures that stand across the column's page."""


class Fill(NamedTuple):
    """A way to fill a column."""

    end: int
    """The cut at which the next column begins."""
    figure: int
    """The first figure that still does not stand."""
    shape: Shape = Shape()
    short: int = 0
    """Empty lines at its foot."""
    air: int = 0
    """Empty lines beside its figures."""
    varied: tuple[int, int] | None = None
    """A block that is set longer or shorter, and by how many lines."""
    cost: float = 0.0


class _Slack(NamedTuple):
    """What is done about lines that are empty, or missing; as in `Fill`."""

    short: int = 0
    air: int = 0
    varied: tuple[int, int] | None = None


class Columns:
    """The ways to fill a column of a flow, on the front page or on another."""

    def __init__(self, flow: Flow, measure: Measure) -> None:
        on_front = measure is Measure.FRONT
        self.text: Stream = flow.front_text if on_front else flow.text
        self.figures: list[Figure] = flow.front_figures if on_front else flow.figures
        self.blocks, self._weights, self._effort = flow.blocks, flow.weights, flow.effort
        settings = [block.setting(measure) for block in flow.blocks]
        self._looser = [one.looser if one else inf for one in settings]
        self._tighter = [one.tighter if one else inf for one in settings]
        self.margin = self.text.dropped + 2
        """Lines by which two columns may hold more text than their heights."""
        self._memo: dict[Start, list[Fill]] = {}

    def fills(self, start: Start) -> list[Fill]:
        """Return the best ways to fill a column."""
        if start not in self._memo:
            self._memo[start] = self._best(self._all(start))
        return self._memo[start]

    def first(self, start: Start) -> Fill:
        """Return the first way that fits: figures that wait, then text with figures in place.

        A figure that may be wide is left to the page.
        """
        queue = self._queue(start)
        kept = next((n for n, one in enumerate(queue) if self.figures[one].part), len(queue))
        own = [self.figures[number] for number in queue[:kept]]
        for shape in self._first_shapes(start, own):
            standing = own[: sum(shape)]
            if self._is_allowed(start, standing, shape):
                seen = max((one.seen for one in self.split(standing, shape)[2]), default=0)
                for fill in self._with_shape(start, queue, shape):
                    is_plain = fill.varied is None and (shape.foot or fill.air == 0)
                    if is_plain and seen <= fill.end:
                        return fill
        return self._empty(start)

    def own(self, start: Start, fill: Fill) -> list[Figure]:
        """Return the figures of a filled column, in order."""
        numbers = range(start.figure, fill.figure)
        return [self.figures[number] for number in numbers if number not in start.wide]

    def charges(self, start: Start, fill: Fill) -> Iterator[Charge]:
        """Give what a filled column costs."""
        standing = self._charges(start.place, self.own(start, fill), fill.shape, fill.end)
        return chain(standing, self._slack_charges(_Slack(fill.short, fill.air, fill.varied)))

    def shortened(self, fill: Fill, lines: int) -> Fill:
        """Return a filled column without some of the lines that are empty at its foot."""
        short = fill.short - lines
        saved = total(self.empty_charges(fill.short)) - total(self.empty_charges(short))
        return fill._replace(short=short, cost=fill.cost - saved)

    def empty_charges(self, short: int) -> Iterator[Charge]:
        """Give what the empty lines at a column's foot cost."""
        if short:
            yield "empty", self._weights.empty * short**2
        if short > _HOLE:
            yield "hole", self._weights.hole * (short - _HOLE)

    def room(self, own: Sequence[Figure], shape: Shape, place: int) -> int:
        """Return the lines that figures take in a column of text, less the gap above its foot's.

        What a figure between paragraphs takes includes the gaps above and below, less the one that
        is there without it.
        """
        head, inside, foot = self.split(own, shape)
        used = sum(one.column for one in own)
        used += sum(self.gap(one, Kind.FIGURE) for one in (*head[:-1], *foot[:-1]))
        if head:
            used += self.gap(head[-1], self.text.cuts[place].kind)
        for call, together in groupby(inside, key=lambda one: one.call):
            cut, group = self.text.cuts[call], list(together)
            used += cut.above - cut.gap + self.gap(group[-1], self.blocks[cut.block].kind)
            used += sum(self.gap(one, Kind.FIGURE) for one in group[:-1])
        return used

    @staticmethod
    def split(own: Sequence[Figure], shape: Shape) -> tuple[Sequence[Figure], ...]:
        """Return the figures at a column's head, inside, and at its foot."""
        foot = shape.head + shape.inside
        return own[: shape.head], own[shape.head : foot], own[foot:]

    def gap(self, figure: Figure, kind: Kind) -> int:
        """Return the empty lines between a figure and what follows in its column."""
        return self.blocks[figure.block].gaps.get(kind, 0)

    # the ways ------------------------------------------------------------------------------------
    def _all(self, start: Start) -> Iterator[Fill]:
        queue = self._queue(start)
        for shape in self._shapes(start, queue):
            yield from self._with_shape(start, queue, shape)
        yield self._empty(start)

    def _best(self, fills: Iterator[Fill]) -> list[Fill]:
        """Keep the cheapest of those that leave the same to the next column, and not too many."""
        best: dict[tuple[int, int, int], Fill] = {}
        for fill in sorted(fills, key=lambda one: one.cost):
            best.setdefault((fill.end, fill.figure, fill.short), fill)
        least = min(fill.figure for fill in best.values())
        kept: list[Fill] = []
        counts: dict[int, int] = {}
        for fill in best.values():
            counts[fill.figure] = counts.get(fill.figure, 0) + 1
            if len(kept) < self._effort.fills:
                most = self._effort.ends
            else:
                # Text without a figure more is never against a rule: a page can always be made.
                most = len(kept) < 2 * self._effort.fills or fill.figure == least
            if counts[fill.figure] <= most:
                kept.append(fill)
        return kept

    def _empty(self, start: Start) -> Fill:
        cost = total(self.empty_charges(start.height))
        figure = self._skip(start.figure, start)
        return Fill(start.place, figure, short=start.height, cost=cost)

    def _skip(self, figure: int, start: Start) -> int:
        """Return the first figure from this on that does not stand across the page."""
        while figure in start.wide:
            figure += 1
        return figure

    def _queue(self, start: Start) -> list[int]:
        """Return the figures that may stand in a column, in order."""
        reach = self.text.cuts[start.place].start + 2 * start.height + self.margin
        room, found = start.height, []
        for number in range(start.figure, len(self.figures)):
            if number in start.wide:
                continue
            one = self.figures[number]
            room -= one.column
            if not one.column or room < 0 or one.seen > self.text.last:
                break
            if self.text.ends[one.seen] > reach:
                break
            found.append(number)
            if len(found) == 4 * self._effort.figures:
                break
        return found

    def _shapes(self, start: Start, queue: Sequence[int]) -> Iterator[Shape]:
        """Give how many figures may stand at the head of a column, inside, and at its foot."""
        own = [self.figures[number] for number in queue]
        few = min(len(own), self._effort.figures)
        for count in range(few + 1):
            for head in range(count + 1):
                for foot in range(count - head + 1):
                    shape = Shape(head, count - head - foot, foot)
                    if self._is_allowed(start, own[:count], shape):
                        yield shape
        for head in range(few + 1, len(own) + 1):
            if self._is_allowed(start, own[:head], Shape(head)):
                yield Shape(head)

    def _first_shapes(self, start: Start, own: Sequence[Figure]) -> Iterator[Shape]:
        """Give how many figures may stand where in the first way that fits, the most first."""
        waiting = sum(one.call <= start.place for one in own)
        head = _count(own[:waiting], lambda one: one.wanted is not Wanted.BOTTOM)
        feet = _count(own[head:waiting], lambda one: one.wanted is Wanted.BOTTOM)
        for foot in range(feet, 0, -1):
            yield Shape(head, 0, foot)
        inside = _count(own[waiting:], lambda one: one.wanted in {None, Wanted.HERE})
        feet = _count(own[waiting + inside :], lambda one: one.wanted is Wanted.BOTTOM)
        for foot in range(feet, 0, -1):
            yield Shape(waiting, inside, foot)
        for count in range(inside, -1, -1):
            yield Shape(waiting, count)
        for head in range(waiting - 1, -1, -1):
            yield Shape(head)

    def _is_allowed(self, start: Start, own: Sequence[Figure], shape: Shape) -> bool:
        """Whether figures have their headings above them, and text where they stand inside."""
        head, inside, _ = self.split(own, shape)
        if any(one.heading >= start.place for one in head):
            return False
        top = self.text.cuts[start.place].start
        return all(
            start.place < one.call < self.text.last and top < self.text.ends[one.call]
            for one in inside
        )

    def _with_shape(self, start: Start, queue: Sequence[int], shape: Shape) -> Iterator[Fill]:
        """Give the ways to fill a column with figures so arranged, the fullest first."""
        count = sum(shape)
        own = [self.figures[number] for number in queue[:count]]
        after = self._skip(queue[count - 1] + 1 if count else start.figure, start)
        limit = self.text.cuts[start.place].start + start.height
        limit -= self.room(own, shape, start.place)
        _, inside, foot = self.split(own, shape)
        first = max([start.place, *(one.call for one in inside)])
        ends = 0
        for end in range(bisect_right(self.text.ends, limit + 1) - 1, first, -1):
            cut = self.text.cuts[end]
            short = limit - cut.end - (cut.above if shape.foot else 0)
            if ends and (ends >= self._effort.ends or short > self._effort.slack):
                break
            if cut.charges is None or short < -1 or any(one.heading >= end for one in foot):
                continue
            cost: float | None = None
            for slack in self._slacks(start.place, end, shape, short):
                if cost is None:
                    cost = total(self._charges(start.place, own, shape, end))
                whole = cost + total(self._slack_charges(slack))
                yield Fill(end, after, shape, *slack, whole)
            ends += short >= 0
        if count and shape.head == count:
            yield from self._figures_alone(start, own, after)

    def _figures_alone(self, start: Start, own: Sequence[Figure], after: int) -> Iterator[Fill]:
        shape = Shape(len(own))
        used = sum(one.column for one in own)
        used += sum(self.gap(one, Kind.FIGURE) for one in own[:-1])
        if used <= start.height:
            short = start.height - used
            standing = self._charges(start.place, own, shape, start.place)
            cost = total(standing) + total(self.empty_charges(short))
            yield Fill(start.place, after, shape, short, cost=cost)

    def _slacks(self, place: int, end: int, shape: Shape, short: int) -> Iterator[_Slack]:
        """Give what may be done about lines that are empty, or missing."""
        if short >= 0:
            yield from self._spread(shape, short)
        by = 1 if short > 0 else -1
        block = self._varied(place, end, by) if short else None
        if block is not None:
            yield from self._spread(shape, short - by, (block, by))

    def _spread(
        self, shape: Shape, short: int, varied: tuple[int, int] | None = None
    ) -> Iterator[_Slack]:
        """Give the ways to leave lines empty, at the foot or beside figures."""
        yield _Slack(0, short, varied) if shape.foot else _Slack(short, 0, varied)
        air = min(short, self._effort.air)
        if air and any(shape) and not shape.foot:
            yield _Slack(short - air, air, varied)

    def _varied(self, first: int, last: int, by: int) -> int | None:
        """Return the paragraph that is best varied, of those that stand whole in a column."""
        low, high = self.text.cuts[first], self.text.cuts[last]
        costs = self._looser if by > 0 else self._tighter
        whole = range(low.block + (low.line > 0), high.block)
        block = min(whole, key=costs.__getitem__, default=None)
        return block if block is not None and costs[block] < inf else None

    # the costs -----------------------------------------------------------------------------------
    def _charges(
        self, place: int, own: Sequence[Figure], shape: Shape, end: int
    ) -> Iterator[Charge]:
        """Give what it costs to end a column at a place, with figures so arranged."""
        if end > place:
            cut = self.text.cuts[end]
            yield from cut.charges or ()
            if cut.hyphen:
                yield "column_hyphen", self._weights.column_hyphen
        if own:
            yield from self._figure_charges(place, own, shape, end)

    def _figure_charges(
        self, place: int, own: Sequence[Figure], shape: Shape, end: int
    ) -> Iterator[Charge]:
        """Give what figures of a column cost by where they stand."""
        head, inside, foot = self.split(own, shape)
        for one in own:
            if one.is_wide:
                yield "narrowed", self._weights.narrowed
        for one in head:
            yield from self.standing(one, place, Wanted.TOP)
        for one in inside:
            if one.wanted is not Wanted.HERE:
                yield "inside", self._weights.inside
                yield from self._unwanted(one, Wanted.HERE)
        for one in foot:
            yield from self.standing(one, end, Wanted.BOTTOM)
        yield from self._slivers([place, *(one.call for one in inside), end])

    def _slivers(self, places: Sequence[int]) -> Iterator[Charge]:
        """Give what short pieces of text between figures cost."""
        for above, below in pairwise(places):
            lines = self.text.cuts[below].end - self.text.cuts[above].start
            if above < below and lines < _FEWEST_BESIDE:
                yield "sliver", self._weights.sliver * (_FEWEST_BESIDE - lines)

    def _slack_charges(self, slack: _Slack) -> Iterator[Charge]:
        """Give what the empty lines of a column cost, or a paragraph that fills them."""
        yield from self.empty_charges(slack.short)
        if slack.air:
            yield "air", self._weights.air * slack.air**2
        if slack.varied:
            block, lines = slack.varied
            costs = self._looser if lines > 0 else self._tighter
            yield "vary", self._weights.vary * costs[block]

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

    def _unwanted(self, figure: Figure, way: Wanted) -> Iterator[Charge]:
        if figure.wanted not in {None, way}:
            yield "unwanted", self._weights.unwanted


def _count(figures: Sequence[Figure], suits: Callable[[Figure], bool]) -> int:
    """Return how many figures suit, up to the first that does not."""
    return sum(1 for _ in takewhile(suits, figures))

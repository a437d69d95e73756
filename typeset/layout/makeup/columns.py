"""One column: where it may end, which figures stand in it, and what that costs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from math import inf
from operator import itemgetter
from typing import NamedTuple

from typeset.layout.makeup.arrangements import Arrangement, Arrangements, Shape
from typeset.layout.makeup.figures import Figure
from typeset.layout.makeup.flow import Flow
from typeset.layout.makeup.stream import Stream
from typeset.layout.makeup.values import Measure, Wanted
from typeset.layout.makeup.weights import Charge, total

__all__ = ["Columns", "Fill", "Start"]

_HOLE = 3
"""Empty lines that a column may have before each more is a hole."""


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


_Slacks = Sequence[tuple[_Slack, float]]
"""What may be done about empty lines, each with its cost."""
_Way = tuple[int, int, Shape, _Slack, float]
"""A `Fill` that may be left out: a plain tuple, since most are."""


class Columns:
    """The ways to fill a column of a flow, on the front page or on another.

    A search asks for thousands of columns that have much in common, so what was worked out is kept.
    """

    def __init__(self, flow: Flow, measure: Measure) -> None:
        on_front = measure is Measure.FRONT
        self.text: Stream = flow.front_text if on_front else flow.text
        self.figures: list[Figure] = flow.front_figures if on_front else flow.figures
        self.arrangements = Arrangements(flow.blocks, self.text, self.figures, flow.weights)
        self.blocks, self._weights, self._effort = flow.blocks, flow.weights, flow.effort
        settings = [block.setting(measure) for block in flow.blocks]
        self._looser = [one.looser if one else inf for one in settings]
        self._tighter = [one.tighter if one else inf for one in settings]
        self.margin = self.text.dropped + 2
        """Lines by which two columns may hold more text than their heights."""
        self._ends = [n for n, cut in enumerate(self.text.cuts) if cut.charges is not None]
        self._heights = [self.text.cuts[end].end for end in self._ends]
        self._costs = {end: total(self._end_charges(end)) for end in self._ends}
        self._fills: dict[Start, list[Fill]] = {}
        self._known_slacks: dict[tuple[Shape, int, int | None], _Slacks] = {}
        self._varied: dict[tuple[int, int, int], int | None] = {}

    def fills(self, start: Start) -> list[Fill]:
        """Return the best ways to fill a column, the cheapest first."""
        if start not in self._fills:
            self._fills[start] = self._best(self._all(start))
        return self._fills[start]

    def first(self, start: Start) -> Fill:
        """Return the first way that fits: figures that wait, then text with figures in place.

        A figure that may be wide is left to the page.
        """
        queue = self._queue(start)
        kept = next((n for n, one in enumerate(queue) if self.figures[one].part), len(queue))
        own = [self.figures[number] for number in queue[:kept]]
        for shape in self._first_shapes(start, own):
            if self.arrangements.is_allowed(queue, shape, start.place):
                arranged = self.arrangements.of(queue, shape)
                seen = max((one.seen for one in arranged.foot), default=0)
                for fill in map(_fill, self._with_figures(start, queue, arranged)):
                    is_plain = fill.varied is None and (shape.foot or fill.air == 0)
                    if is_plain and seen <= fill.end:
                        return fill
        return _fill(self._empty(start))

    def arrangement(self, start: Start, fill: Fill) -> Arrangement:
        """Return the figures of a filled column."""
        own = [n for n in range(start.figure, fill.figure) if n not in start.wide]
        return self.arrangements.of(own, fill.shape)

    def charges(self, start: Start, fill: Fill) -> Iterator[Charge]:
        """Give what a filled column costs."""
        arranged = self.arrangement(start, fill)
        yield from self.arrangements.upper_charges(arranged, start.place)
        if fill.end > start.place:
            yield from self._end_charges(fill.end)
            if any(fill.shape):
                yield from self.arrangements.lower_charges(arranged, start.place, fill.end)
        yield from self._slack_charges(_Slack(fill.short, fill.air, fill.varied))

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

    # the ways ------------------------------------------------------------------------------------
    def _all(self, start: Start) -> Iterator[_Way]:
        queue = self._queue(start)
        for shape in _shapes(len(queue), self._effort.figures):
            if self.arrangements.is_allowed(queue, shape, start.place):
                arranged = self.arrangements.of(queue, shape)
                yield from self._with_figures(start, queue, arranged)
        yield self._empty(start)

    def _best(self, ways: Iterable[_Way]) -> list[Fill]:
        """Keep the cheapest of those that leave the same to the next column, and not too many."""
        best: dict[tuple[int, int, int], _Way] = {}
        for way in sorted(ways, key=itemgetter(4)):
            end, figure, _, slack, _ = way
            best.setdefault((end, figure, slack.short), way)
        least = min(figure for _, figure, _ in best)
        kept: list[Fill] = []
        counts: dict[int, int] = {}
        for (_, figure, _), way in best.items():
            count = counts[figure] = counts.get(figure, 0) + 1
            if len(kept) < self._effort.fills:
                most = self._effort.ends
            else:
                # Text without a figure more is never against a rule: a page can always be made.
                most = len(kept) < 2 * self._effort.fills or figure == least
            if count <= most:
                kept.append(_fill(way))
        return kept

    def _empty(self, start: Start) -> _Way:
        cost = total(self.empty_charges(start.height))
        figure = self._skip(start.figure, start)
        return start.place, figure, Shape(), _Slack(start.height), cost

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

    def _with_figures(
        self, start: Start, queue: Sequence[int], arranged: Arrangement
    ) -> Iterator[_Way]:
        """Give the ways to fill a column with figures so arranged, the fullest first."""
        place, shape, foot = start.place, arranged.shape, arranged.foot
        cuts, count = self.text.cuts, sum(shape)
        after = self._skip(queue[count - 1] + 1 if count else start.figure, start)
        limit = cuts[place].start + start.height - self.arrangements.lines(arranged, place)
        standing = total(self.arrangements.upper_charges(arranged, place)) if count else 0
        first = arranged.inside[-1].call if arranged.inside else place
        first = max(first, *(one.heading for one in foot)) if foot else first
        found = 0
        for n in range(bisect_right(self._heights, limit + 1) - 1, -1, -1):
            end = self._ends[n]
            if end <= first or found >= self._effort.ends:
                break
            short = limit - self._heights[n] - (cuts[end].above if foot else 0)
            slacks = self._slacks(place, end, shape, short)
            if slacks:
                cost = standing + self._costs[end]
                if count:
                    cost += total(self.arrangements.lower_charges(arranged, place, end))
                for slack, more in slacks:
                    yield end, after, shape, slack, cost + more
            found += short >= 0
        if count and shape.head == count and arranged.lines <= start.height:
            short = start.height - arranged.lines
            cost = standing + total(self.empty_charges(short))
            yield place, after, shape, _Slack(short), cost

    def _slacks(self, place: int, end: int, shape: Shape, short: int) -> _Slacks:
        """Return what may be done about lines that are empty, or missing."""
        block = self._best_varied(place, end, 1 if short > 0 else -1) if short else None
        key = shape, short, block
        found = self._known_slacks.get(key)
        if found is None:
            ways = _ways(shape, short, block, self._effort.air)
            found = [(slack, total(self._slack_charges(slack))) for slack in ways]
            self._known_slacks[key] = found
        return found

    def _best_varied(self, first: int, last: int, by: int) -> int | None:
        """Return the paragraph that is best varied, of those that stand whole in a column."""
        low, high = self.text.cuts[first], self.text.cuts[last]
        key = low.block + (low.line > 0), high.block, by
        if key not in self._varied:
            costs = self._looser if by > 0 else self._tighter
            block = min(range(*key[:2]), key=costs.__getitem__, default=None)
            self._varied[key] = block if block is not None and costs[block] < inf else None
        return self._varied[key]

    # the costs -----------------------------------------------------------------------------------
    def _end_charges(self, end: int) -> Iterator[Charge]:
        """Give what it costs to end a column at a place."""
        cut = self.text.cuts[end]
        yield from cut.charges or ()
        if cut.hyphen:
            yield "column_hyphen", self._weights.column_hyphen

    def _slack_charges(self, slack: _Slack) -> Iterator[Charge]:
        """Give what the empty lines of a column cost, or a paragraph that fills them."""
        yield from self.empty_charges(slack.short)
        if slack.air:
            yield "air", self._weights.air * slack.air**2
        if slack.varied:
            block, lines = slack.varied
            costs = self._looser if lines > 0 else self._tighter
            yield "vary", self._weights.vary * costs[block]


def _fill(way: _Way) -> Fill:
    """Return a way as the value that it is elsewhere."""
    end, figure, shape, slack, cost = way
    return Fill(end, figure, shape, *slack, cost)


def _ways(shape: Shape, short: int, block: int | None, most: int) -> Iterator[_Slack]:
    """Give what may be done about lines that are empty, or missing.

    Args:
        shape: the figures of the column.
        short: its empty lines.
        block: a paragraph that may be set longer or shorter.
        most: lines that may stand beside a figure.
    """
    ways: list[tuple[int, tuple[int, int] | None]] = [(short, None)]
    if block is not None:
        by = 1 if short > 0 else -1
        ways.append((short - by, (block, by)))
    for left, varied in ways:
        if left >= 0:
            yield _Slack(0, left, varied) if shape.foot else _Slack(left, 0, varied)
            air = min(left, most)
            if air and any(shape) and not shape.foot:
                yield _Slack(left - air, air, varied)


@cache
def _shapes(most: int, mixed: int) -> Sequence[Shape]:
    """Return how many figures may stand at the head of a column, inside, and at its foot.

    Args:
        most: how many there are.
        mixed: how many are mixed freely; more stand at the head.
    """
    few = min(most, mixed)
    found = [
        Shape(head, count - head - foot, foot)
        for count in range(few + 1)
        for head in range(count + 1)
        for foot in range(count - head + 1)
    ]
    return [*found, *(Shape(head) for head in range(few + 1, most + 1))]


def _count(figures: Sequence[Figure], suits: Callable[[Figure], bool]) -> int:
    """Return how many figures suit, up to the first that does not."""
    return sum(1 for _ in takewhile(suits, figures))

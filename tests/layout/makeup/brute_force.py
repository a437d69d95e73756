"""The least cost of any plan of a small flow, by trying them all.

It shares the values of the make-up and nothing else: places in the text are a block and a line, a
column is tried with every arrangement of figures and every end, a page with every pair of columns.
Columns that end where none may are not tried, nor is a front page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, groupby, pairwise
from math import inf
from typing import NamedTuple

from typeset.layout.makeup.values import Block, Kind, PageShape, Setting, Wanted
from typeset.layout.makeup.weights import Weights

__all__ = ["least_cost"]

At = tuple[int, int]
"""A block and a line of it."""


class _Way(NamedTuple):
    """A way to fill a column."""

    end: At
    figures: tuple[int, ...]
    """That stand in it."""
    cost: float
    """Without what is empty."""
    short: int


class _Brute:
    def __init__(self, blocks: Sequence[Block], shape: PageShape, weights: Weights) -> None:
        self.blocks, self.shape, self.w = blocks, shape, weights
        self.figures = [n for n, one in enumerate(blocks) if one.kind is Kind.FIGURE]
        self.text = [n for n, one in enumerate(blocks) if one.kind is not Kind.FIGURE]
        while self.text and blocks[self.text[-1]].kind is Kind.SEPARATOR:
            self.text.pop()
        self.end: At = (len(blocks), 0)
        self.tops: dict[int, int] = {}
        bottom = 0
        for n, number in enumerate(self.text):
            gap = blocks[self.text[n - 1]].gaps.get(blocks[number].kind, 0) if n else 0
            self.tops[number] = bottom + gap
            bottom = self.tops[number] + self.own(number).lines
        self.bottom = bottom
        self.places = [at for at in self._places() if self.end_cost(at) is not None]
        self.ways = cache(self._ways)
        self.least = cache(self._least)

    # the text ------------------------------------------------------------------------------------
    def own(self, number: int) -> Setting:
        setting = self.blocks[number].column
        assert setting is not None
        return setting

    def is_separator(self, number: int) -> bool:
        return self.blocks[number].kind is Kind.SEPARATOR

    def _places(self) -> Iterator[At]:
        for n, number in enumerate(self.text):
            if n == 0 or not self.is_separator(self.text[n - 1]):
                yield number, 0
            if not self.is_separator(number):
                yield from ((number, one.line) for one in self.own(number).breaks)
        yield self.end

    def above(self, at: At) -> int:
        """The lines of text above a place, less the gap that a column's end swallows."""
        number, line = at
        if line:
            return self.tops[number] + line
        before = [n for n in self.text if n < number and not self.is_separator(n)]
        return self.tops[before[-1]] + self.own(before[-1]).lines if before else 0

    def first_shown(self, at: At) -> int | None:
        """The block that a column from this place begins with."""
        left = [n for n in self.text if n >= at[0]]
        return next((n for n in left if at[1] or not self.is_separator(n)), None)

    def below(self, at: At) -> int:
        """The height at which a column from this place begins."""
        first = self.first_shown(at)
        if first is None:
            return self.above(at)
        line = at[1]
        repeat = self.blocks[first].repeat
        repeat = repeat if line and 2 * repeat < self.shape.lines else 0
        return self.tops[first] + line - repeat

    def end_cost(self, at: At) -> float | None:
        """What it costs to end a column at a place; None if none may end there."""
        number, line = at
        if at == self.end or (at[0] == self.text[0] and not line):
            return 0
        cost, found = 0.0, line
        for one in (n for n in reversed(self.text) if n < number):
            block = self.blocks[one]
            if block.kept > found:
                return None
            if block.is_heading and block.kept == found:
                cost = self.w.short_heading
            found += self.own(one).lines if block.kind is Kind.TEXT else 0
        for place in self.own(number).breaks if line else ():
            if place.line == line:
                cost += self.w.column_hyphen * place.hyphen + self.w.division * place.penalty
        return cost

    def is_hyphen(self, at: At) -> bool:
        return at != self.end and any(
            one.hyphen and one.line == at[1] for one in self.own(at[0]).breaks
        )

    # figures -------------------------------------------------------------------------------------
    def gap(self, above: int, below: Kind) -> int:
        return self.blocks[above].gaps.get(below, 0)

    def call(self, figure: int) -> At:
        return next(((n, 0) for n in self.text if n > figure), self.end)

    def article(self, figure: int) -> range:
        number = self.blocks[figure].article
        own = [n for n, one in enumerate(self.blocks) if one.article == number]
        return range(own[0], own[-1] + 1)

    def last_above(self, figure: int, *, is_heading: bool) -> int | None:
        own = [n for n in self.text if n in self.article(figure) and n < figure]
        own = [n for n in own if not is_heading or self.blocks[n].is_heading]
        return own[-1] if own else None

    def begins_above(self, number: int | None, at: At) -> bool:
        """Whether a block begins above a place, so that a line of it is seen."""
        return number is None or (number, 0) < at

    def beside(self, figure: int, here: At, way: Wanted, *, is_across: bool) -> float:
        """What a figure at a head or foot costs."""
        w, wanted = self.w, self.blocks[figure].wanted
        cost = w.foot if way is Wanted.BOTTOM and wanted is not way else 0
        cost += w.early if self.call(figure) > here else 0
        closes = [n for n in self.article(figure) if self.blocks[n].closes and n >= figure]
        close = closes[0] if closes else self.article(figure).stop
        cost += w.guest if here > (close, 0) and here[0] > close - (here[1] > 0) else 0
        is_here = wanted is Wanted.HERE and (is_across or self.call(figure) == here)
        return cost + (w.unwanted if wanted not in {None, way} and not is_here else 0)

    # columns -------------------------------------------------------------------------------------
    def _ways(self, start: At, queue: tuple[int, ...], height: int) -> list[_Way]:
        found = [_Way(start, (), 0, height)]
        for count in range(len(queue) + 1):
            for head in range(count + 1):
                for foot in range(count - head + 1):
                    own = queue[:count]
                    parts = own[:head], own[head : count - foot], own[count - foot :]
                    found += self._arranged(start, parts, height)
        return found

    def _arranged(
        self, start: At, parts: tuple[tuple[int, ...], ...], height: int
    ) -> Iterator[_Way]:
        head, inside, foot = parts
        own = head + inside + foot
        if not all(self.begins_above(self.last_above(n, is_heading=True), start) for n in head):
            return
        lines = sum(self.own(n).lines for n in own)
        lines += sum(self.gap(n, Kind.FIGURE) for n in (*head[:-1], *foot[:-1]))
        cost = self.w.narrowed * sum(self.blocks[n].page is not None for n in own)
        cost += sum(self.beside(n, start, Wanted.TOP, is_across=False) for n in head)
        if head and not inside and not foot and lines <= height:
            yield _Way(start, own, cost, height - lines)
        first = self.first_shown(start)
        if first is None:
            return
        lines += self.gap(head[-1], self.blocks[first].kind) if head else 0
        for one in inside:
            if self.blocks[one].wanted is not Wanted.HERE:
                cost += self.w.inside + self.w.unwanted * (self.blocks[one].wanted is not None)
        for call, group in groupby(inside, key=self.call):
            together = list(group)
            if not start < call < self.end or self.below(start) >= self._bottom_before(call):
                return
            before = self._before(call)
            lines += self.gap(before, Kind.FIGURE) - self.gap(before, self.blocks[call[0]].kind)
            lines += sum(self.gap(n, Kind.FIGURE) for n in together[:-1])
            lines += self.gap(together[-1], self.blocks[call[0]].kind)
        for end in self.places:
            if end > max([start, *(self.call(n) for n in inside)]):
                yield from self._ended(start, parts, end, height - lines, cost)

    def _before(self, at: At) -> int:
        """The block above a place."""
        return at[0] if at[1] else max(n for n in self.text if n < at[0])

    def _bottom_before(self, at: At) -> int:
        return self.tops[self._before(at)] + self.own(self._before(at)).lines

    def _ended(
        self,
        start: At,
        parts: tuple[tuple[int, ...], ...],
        end: At,
        room: int,
        cost: float,
    ) -> Iterator[_Way]:
        head, inside, foot = parts
        own = head + inside + foot
        if not all(self.begins_above(self.last_above(n, is_heading=True), end) for n in foot):
            return
        if foot:
            shown = [n for n in self.text if (n, 0) < end and not self.is_separator(n)]
            room -= self.gap(shown[-1], Kind.FIGURE)
        short = room - (self.above(end) - self.below(start))
        cost += self.end_cost(end) or 0
        cost += sum(self.beside(n, end, Wanted.BOTTOM, is_across=False) for n in foot)
        pieces = [start, *sorted({self.call(n) for n in inside}), end]
        for above, below in pairwise(pieces) if own else ():
            bottom = self.above(below) if below == end else self._bottom_before(below)
            cost += self.w.sliver * max(0, 6 - (bottom - self.below(above)))
        whole = [self.own(n) for n in self.text if start <= (n, 0) and n < end[0]]
        prices = {
            0: 0.0,
            1: min((one.looser for one in whole), default=inf),
            -1: min((one.tighter for one in whole), default=inf),
        }
        for by, price in prices.items():
            left = short - by
            if left < 0 or price == inf:
                continue
            varied = cost + self.w.vary * price
            for air in [left] if foot else {0, min(left, 2)} if own else {0}:
                yield _Way(end, own, varied + self.w.air * air**2, left - air)

    # pages ---------------------------------------------------------------------------------------
    def _least(self, start: At, placed: int, number: int) -> float:
        """The least cost of all pages from a place on."""
        best = inf
        left = self.figures[placed:]
        across = [n for n in left if self.blocks[n].page is not None]
        for count in range(len(across) + 1):
            for wide in combinations(across, count):
                best = min(best, self._with_wide(start, placed, wide, number))
        return best

    def _lines_across(self, wide: Sequence[int]) -> int:
        return sum(one.lines + self.shape.apart for n in wide if (one := self.blocks[n].page))

    def _with_wide(self, start: At, placed: int, wide: tuple[int, ...], number: int) -> float:
        best, shape = inf, self.shape
        taken = self._lines_across(wide)
        if wide and taken - shape.apart > shape.lines:
            return inf
        room = max(shape.lines - taken, 0)
        queue: list[int] = []
        for one in self.figures[placed:]:
            if one in wide:
                continue
            setting = self.blocks[one].column
            if setting is None or setting.lines > shape.lines:
                break
            queue.append(one)
        for heads in range(len(wide) + 1):
            for height in range(room + 1):
                best = min(
                    best, self._page(start, placed, wide, heads, tuple(queue), height, number, True)
                )
            full = room if room >= shape.least or not wide else 0
            if full or heads == len(wide):
                best = min(
                    best, self._page(start, placed, wide, heads, tuple(queue), full, number, False)
                )
        return best

    def _page(  # noqa: PLR0917 - what a page is
        self,
        start: At,
        placed: int,
        wide: tuple[int, ...],
        heads: int,
        queue: tuple[int, ...],
        height: int,
        number: int,
        is_last: bool,
    ) -> float:
        best = inf
        for left in self.ways(start, queue, height):
            for right in self.ways(left.end, queue[len(left.figures) :], height):
                inner = left.figures + right.figures
                after = placed + len(wide) + len(inner)
                is_done = right.end == self.end and after == len(self.figures)
                if sorted(wide + inner) != self.figures[placed:after]:
                    continue
                if is_last != is_done or (right.end, after) == (start, placed):
                    continue
                cost = self._page_cost(start, right.end, wide, heads, inner, number)
                cost += left.cost + right.cost
                cost += self.w.level * min(abs(left.short - right.short), 10) ** 2
                if is_last:
                    missing = self.shape.least - self._lines_across(wide)
                    missing -= height - min(left.short, right.short)
                    cost += self.w.stub * max(0, missing)
                else:
                    shorts = left.short, right.short
                    most = min(*shorts, 2, height - self.shape.least) if wide else 0
                    cost += min(
                        self.w.air * air**2 + sum(self._empty(one - air) for one in shorts)
                        for air in range(max(most, 0) + 1)
                    )
                if cost < best and not is_done:
                    cost += self.least(right.end, after, number + 1)
                best = min(best, cost)
        return best

    def _empty(self, lines: int) -> float:
        return self.w.empty * lines**2 + self.w.hole * max(0, lines - 3)

    def _page_cost(  # noqa: PLR0917 - what a page is
        self,
        start: At,
        end: At,
        wide: tuple[int, ...],
        heads: int,
        inner: tuple[int, ...],
        number: int,
    ) -> float:
        w, cost = self.w, self.w.page
        for n, one in enumerate(wide):
            here, way = (start, Wanted.TOP) if n < heads else (end, Wanted.BOTTOM)
            if not self.begins_above(self.last_above(one, is_heading=True), here):
                return inf
            cost += self.beside(one, here, way, is_across=True)
        cost += w.alone if wide and not inner and start == end else 0
        cost += w.page_hyphen if self.is_hyphen(end) and end > start else 0
        for one in wide + inner:
            if not self.begins_above(self.last_above(one, is_heading=False), end):
                return inf
            call = self.call(one)
            cost += w.begun if call > end else 0
            far = self.above(start) - self._call_bottom(call) if call < start else 0
            if far > 0:
                pages = 1 + far // (2 * self.shape.lines)
                is_facing = pages == 1 and number % 2 == 1 and number > 1
                cost += w.facing if is_facing else w.late * pages
            own = self.article(one)
            shown = start < (own.stop, 0) and (own.start, 0) < end
            cost += w.strange if start < end and not shown else 0
        return cost

    def _call_bottom(self, call: At) -> int:
        before = [n for n in self.text if n < call[0]]
        return self._bottom_before(call) if before else 0


def least_cost(blocks: Sequence[Block], shape: PageShape, weights: Weights) -> float:
    """Return the least cost of any plan; all blocks must fit without force."""
    brute = _Brute(blocks, shape, weights)
    return brute.least(brute.places[0] if brute.text else brute.end, 0, shape.first_page)

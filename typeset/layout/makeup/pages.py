"""One page: wide figures at its head and foot, two columns between, and what that costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from typeset.layout.makeup.columns import Columns, Fill, Start
from typeset.layout.makeup.flow import Flow
from typeset.layout.makeup.values import Measure, Wanted
from typeset.layout.makeup.weights import Charge, total

__all__ = ["Node", "Pages", "Room", "Step"]


_MOST_UNEVEN = 10
"""Lines by which two columns end apart, as far as that counts."""


class Node(NamedTuple):
    """What stands on the pages so far."""

    place: int
    """A cut of the text in columns."""
    figure: int
    """The first figure that does not yet stand."""


class Room(NamedTuple):
    """What wide figures leave to the columns of a page."""

    height: int
    """Lines of each column."""
    wide: tuple[int, ...] = ()
    """The wide figures, in order."""
    heads: int = 0
    """How many of them stand at the head of the page."""
    air: int = 0
    """Lines between them and the columns, more than there must be."""
    is_front: bool = False


class Step(NamedTuple):
    """A page."""

    before: Node
    after: Node
    room: Room
    fills: tuple[Fill, ...]
    """Of its columns."""
    is_last: bool = False
    """Whether it ends the flow."""
    cost: float = 0.0
    """Of the page, or of it and those before."""


class _Pair(NamedTuple):
    """Two columns of a page."""

    left: Fill
    right: Fill
    height: int
    """Lines of each."""
    air: int = 0
    """Lines that both had more, and that stand beside the page's wide figures."""
    cost: float = 0.0
    """Of both, wherever the page's wide figures stand."""


class Pages:
    """The pages that a flow may have."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.columns = Columns(flow, Measure.COLUMN)
        self.front = Columns(flow, Measure.FRONT)
        self.done = Node(flow.text.last, len(flow.figures))
        self.tried = 0
        """How many pages were tried."""

    def starts(self, step: Step) -> Iterator[tuple[Columns, Start, Fill]]:
        """Give the columns of a page, with what fills them."""
        room, (place, figure) = step.room, step.before
        columns = self.front if room.is_front else self.columns
        for fill in step.fills:
            yield columns, Start(place, figure, room.height, room.wide), fill
            place, figure = fill.end, fill.figure

    # the ways ------------------------------------------------------------------------------------
    def steps(self, node: Node, number: int, before: float) -> Iterator[Step]:
        """Give the pages that may begin with a node, each with the cost of all so far.

        Args:
            node: what stands on the pages before.
            number: the page's number.
            before: what the pages before cost.
        """
        for (height, wide), rooms in groupby(self.rooms(node), _columns_of):
            is_full = wide and height < self.flow.shape.least
            pairs = self._pairs(Start(*node, 0 if is_full else height, wide))
            for room in rooms:
                if not is_full or room.heads == len(wide):
                    yield from self._with_pairs(node, room, pairs, number, before)

    def last_step(self, node: Node, number: int, before: float) -> Step | None:
        """Return the best page that ends the flow, with its columns level.

        Args:
            node: what stands on the pages before.
            number: the page's number.
            before: what the pages before cost.
        """
        steps: list[Step] = []
        for (height, wide), rooms in groupby(self.rooms(node), _columns_of):
            pairs = self._last_pairs(Start(*node, height, wide))
            for room in rooms:
                steps += self._with_pairs(node, room, pairs, number, before, is_last=True)
        return min(steps, key=attrgetter("cost"), default=None)

    def front_steps(self) -> Iterator[Step]:
        """Give the pages that the front page may be, each with its cost."""
        for fill in self.front.fills(Start(0, 0, self.flow.shape.front)):
            step = self.front_step(fill)
            if self.is_allowed(step):
                number = self.flow.shape.first_page
                yield step._replace(cost=total(self.charges(step, number)))

    def front_step(self, fill: Fill) -> Step:
        """Return the front page with its column so filled."""
        self.tried += 1
        cut = self.front.text.cuts[fill.end]
        after = Node(self.flow.text.place(cut.block, cut.resume), fill.figure)
        room = Room(self.flow.shape.front, is_front=True)
        return Step(Node(0, 0), after, room, (fill,), is_last=after == self.done)

    def ends_in_hyphen(self, step: Step) -> bool:
        """Whether the last line of text on a page ends in a hyphen."""
        text = self.front.text if step.room.is_front else self.columns.text
        end = step.fills[-1].end
        return text.cuts[end].hyphen and (step.room.is_front or end > step.before.place)

    def is_allowed(self, step: Step) -> bool:
        """Whether a page goes on, with all figures in order, none above its heading or call."""
        if step.after == step.before and not step.room.is_front:
            return False
        room, figures = step.room, self.columns.figures
        start, end = step.before.place, step.after.place
        if room.is_front:
            figures, end = self.front.figures, step.fills[-1].end
        if room.wide and room.wide[-1] >= step.after.figure:
            return False
        for n, number in enumerate(room.wide):
            if figures[number].heading >= (start if n < room.heads else end):
                return False
        own = figures[step.before.figure : step.after.figure]
        return all(one.seen <= end for one in own)

    def rooms(self, node: Node) -> Iterator[Room]:
        """Give the ways to place wide figures at the head and foot of a page."""
        yield Room(self.flow.shape.lines)
        for wide in self._across(node):
            count = len(wide)
            for heads in range(count if count > self.flow.effort.figures else 0, count + 1):
                yield Room(self.height(wide), wide, heads)

    def height(self, wide: Sequence[int]) -> int:
        """Return the lines that wide figures leave to each column; negative if they do not fit."""
        shape = self.flow.shape
        height = shape.lines - self._across_lines(wide)
        # Where nothing else stands, nothing is apart.
        return max(height, 0) if height >= -shape.apart else height

    def _across_lines(self, wide: Sequence[int]) -> int:
        parts = [part for number in wide if (part := self.flow.figures[number].part)]
        return sum(part.lines + self.flow.shape.apart for part in parts)

    def _across(self, node: Node) -> Iterator[tuple[int, ...]]:
        """Give the wide figures that may stand on a page together.

        Of the first few, those that may stand in a column as well may be passed by.  Of more, only
        as many as the page has room for are tried.
        """
        text, figures, few = self.flow.text, self.flow.figures, self.flow.effort.figures
        reach = text.cuts[node.place].start + 2 * self.flow.shape.lines + self.columns.margin
        ways: list[tuple[int, ...]] = [()]
        most: tuple[int, ...] = ()
        seen = 0
        for number in range(node.figure, len(figures)):
            one = figures[number]
            if text.ends[one.seen] > reach:
                break
            if one.part is None:
                continue
            seen += 1
            if seen <= few:
                longer = [way for way in ((*way, number) for way in ways) if self.height(way) >= 0]
                yield from longer
                most = longer[0] if longer else most
                ways = longer + ways if one.column else longer
            elif len(most) == seen - 1 and self.height((*most, number)) >= 0:
                most = (*most, number)
            else:
                break
        if len(most) > few:
            yield most

    def _pairs(self, start: Start) -> Sequence[_Pair]:
        """Return the best two columns to each node but the end of the flow."""
        best: dict[tuple[int, int], _Pair] = {}
        for left, right in self._both(start):
            after = right.end, right.figure
            known = best.get(after)
            # Only beside wide figures two columns cost less than both of them.
            if known and not start.wide and left.cost + right.cost >= known.cost:
                continue
            pair = self._aired(_Pair(left, right, start.height, 0, self._cost(left, right)), start)
            if (known is None or pair.cost < known.cost) and after != self.done:
                best[after] = pair
        return list(best.values())

    def _aired(self, pair: _Pair, start: Start) -> _Pair:
        """Return two columns with lines that both leave empty beside the page's wide figures."""
        air = min(pair.left.short, pair.right.short) if start.wide else 0
        if air:
            air = min(air, self.flow.effort.air, start.height - self.flow.shape.least)
        if air <= 0:
            return pair
        left, right = (self.columns.shortened(fill, air) for fill in (pair.left, pair.right))
        cost = self._cost(left, right) + self._air(air)
        return _Pair(left, right, start.height - air, air, cost)

    def _cost(self, left: Fill, right: Fill) -> float:
        """Return what two columns cost side by side."""
        return left.cost + right.cost + self._level(left, right)

    def _last_pairs(self, start: Start) -> Sequence[_Pair]:
        """Return the best two columns that end the flow, of the lowest heights that hold all."""
        low = self._lowest(start)
        # What does not fit in full columns does not in lower ones.
        if low > start.height or not self._last_pair(start):
            return []
        found: list[_Pair] = []
        first = start.height
        for height in range(low, start.height + 1):
            pair = self._last_pair(start._replace(height=height))
            if pair:
                first = min(first, height)
                found.append(pair)
            if height - first == self.flow.effort.heights - 1:
                break
        return found

    def _last_pair(self, start: Start) -> _Pair | None:
        """Return the best two columns that end the flow; what is empty in them costs nothing."""
        found: list[_Pair] = []
        for left, right in self._both(start):
            if (right.end, right.figure) == self.done:
                cost = self._cost(left, right)
                cost += self._stub(start.height - min(left.short, right.short), start.wide)
                for fill in (left, right):
                    cost -= total(self.columns.empty_charges(fill.short))
                found.append(_Pair(left, right, start.height, cost=cost))
        return min(found, key=attrgetter("cost"), default=None)

    def _both(self, start: Start) -> Iterator[tuple[Fill, Fill]]:
        """Give the ways to fill two columns."""
        for left in self.columns.fills(start):
            rights = self.columns.fills(Start(left.end, left.figure, start.height, start.wide))
            self.tried += len(rights)
            for right in rights:
                yield left, right

    def _with_pairs(
        self,
        node: Node,
        room: Room,
        pairs: Sequence[_Pair],
        number: int,
        before: float,
        *,
        is_last: bool = False,
    ) -> Iterator[Step]:
        """Give the pages that two columns make with wide figures, each with the cost of all."""
        for left, right, height, air, cost in pairs:
            after = Node(right.end, right.figure)
            here = Room(height, room.wide, room.heads, air)
            step = Step(node, after, here, (left, right), is_last)
            if self.is_allowed(step):
                shared = total(self._shared_charges(step, number))
                yield step._replace(cost=before + (cost + shared))

    def _lowest(self, start: Start) -> int:
        """Return the least height of columns that could hold all the rest."""
        text = self.flow.text
        rest = text.ends[text.last] - text.cuts[start.place].start - self.columns.margin
        for number in range(start.figure, len(self.flow.figures)):
            if number not in start.wide:
                one = self.flow.figures[number]
                # What can stand in no column makes them higher than any page.
                rest += one.column or 2 * self.flow.shape.lines
            if rest > 2 * start.height:
                break
        return max(0, -(-rest // 2))

    # the costs -----------------------------------------------------------------------------------
    def charges(self, step: Step, number: int) -> Iterator[Charge]:
        """Give what a page costs.

        Args:
            step: the page.
            number: its number.
        """
        for columns, start, fill in self.starts(step):
            for name, cost in columns.charges(start, fill):
                if not step.is_last or name not in {"empty", "hole"}:
                    yield name, cost
        yield from self._foot_charges(step)
        yield from self._shared_charges(step, number)

    def _foot_charges(self, step: Step) -> Iterator[Charge]:
        """Give what a page costs by where its columns end."""
        if step.room.is_front:
            return
        left, right = step.fills
        if step.room.air:
            yield "air", self._air(step.room.air)
        if left.short != right.short:
            yield "level", self._level(left, right)
        stub = self._stub(step.room.height - min(left.short, right.short), step.room.wide)
        if step.is_last and stub:
            yield "stub", stub

    def _air(self, lines: int) -> float:
        """Return what lines cost that stand beside wide figures."""
        return self.flow.weights.air * lines**2

    def _level(self, left: Fill, right: Fill) -> float:
        """Return what it costs where two columns end."""
        uneven = min(abs(left.short - right.short), _MOST_UNEVEN)
        return self.flow.weights.level * uneven**2

    def _stub(self, lines: int, wide: Sequence[int]) -> float:
        """Return what it costs that a last page has so few lines below or above wide figures."""
        missing = self.flow.shape.least - lines - self._across_lines(wide)
        return self.flow.weights.stub * max(missing, 0)

    def _shared_charges(self, step: Step, number: int) -> Iterator[Charge]:
        """Give what a page costs however its columns are filled between its two nodes."""
        weights = self.flow.weights
        yield "page", weights.page
        if self.ends_in_hyphen(step):
            yield "page_hyphen", weights.page_hyphen
        yield from self._figure_charges(step, number)

    def _figure_charges(self, step: Step, number: int) -> Iterator[Charge]:
        """Give what figures cost by the page that they stand on."""
        weights, room, columns = self.flow.weights, step.room, self.columns
        start, end = step.before.place, step.after.place
        if room.is_front:
            columns, end = self.front, step.fills[-1].end
        for n, one in enumerate(room.wide):
            at_head = n < room.heads
            here, way = (start, Wanted.TOP) if at_head else (end, Wanted.BOTTOM)
            yield from columns.arrangements.standing(
                columns.figures[one], here, way, is_across=True
            )
        own = columns.figures[step.before.figure : step.after.figure]
        if room.wide and start == end and len(own) == len(room.wide):
            yield "alone", weights.alone
        cuts = columns.text.cuts
        for figure in own:
            if figure.call > end:
                yield "begun", weights.begun
            far = cuts[start].end - cuts[figure.call].end if figure.call < start else 0
            if far > 0:
                pages = 1 + far // (2 * self.flow.shape.lines)
                if pages == 1 and number % 2 and number > 1:
                    yield "facing", weights.facing
                else:
                    yield "late", weights.late * pages
            if start < end and not (figure.opens < end and start < figure.ends):
                yield "strange", weights.strange


def _columns_of(room: Room) -> tuple[int, tuple[int, ...]]:
    """Return what two columns depend on."""
    return room.height, room.wide

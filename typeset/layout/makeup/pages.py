"""One page: wide figures at its head and foot, two columns between, and what that costs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
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
    def steps(self, node: Node, number: int) -> Iterator[Step]:
        """Give the pages that may begin with a node, each with its cost.

        Args:
            node: what stands on the pages before.
            number: the page's number.
        """
        for room in self.rooms(node):
            if room.height >= self.flow.shape.least or not room.wide:
                yield from self._filled(node, room, number)
            elif room.heads == len(room.wide):
                yield from self._filled(node, room._replace(height=0), number)

    def last_step(self, node: Node, number: int) -> Step | None:
        """Return the best page that ends the flow, with its columns level.

        Args:
            node: what stands on the pages before.
            number: the page's number.
        """
        best: Step | None = None
        for room in self.rooms(node):
            found = 0
            low = self._lowest(node, room)
            # What does not fit in full columns does not in lower ones.
            if low > room.height or not self._filled(node, room, number, is_last=True):
                continue
            for height in range(low, room.height + 1):
                here = room._replace(height=height)
                for step in self._filled(node, here, number, is_last=True):
                    best = step if best is None or step.cost < best.cost else best
                    found = max(found, 1)
                found += found > 0
                if found > self.flow.effort.heights:
                    break
        return best

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
        if room.wide and room.wide[-1] >= step.after.figure:
            return False
        start, end = step.before.place, step.after.place
        if room.is_front:
            figures, end = self.front.figures, step.fills[-1].end
        return all(
            one.seen <= end for one in figures[step.before.figure : step.after.figure]
        ) and all(
            figures[number].heading < (start if n < room.heads else end)
            for n, number in enumerate(room.wide)
        )

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

    def _filled(
        self, node: Node, room: Room, number: int, *, is_last: bool = False
    ) -> Collection[Step]:
        """Return the best page to each node after one, with given wide figures.

        A last page leads to the end of the flow alone, and what is empty on it costs nothing.
        """
        fills = self.columns.fills
        shared: dict[Node, float | None] = {}
        best: dict[Node, Step] = {}
        for left in fills(Start(node.place, node.figure, room.height, room.wide)):
            for right in fills(Start(left.end, left.figure, room.height, room.wide)):
                self.tried += 1
                after = Node(right.end, right.figure)
                if is_last != (after == self.done):
                    continue
                if after not in shared:
                    step = Step(node, after, room, (left, right), is_last)
                    charges = self._shared_charges(step, number)
                    shared[after] = total(charges) if self.is_allowed(step) else None
                cost = shared[after]
                if cost is None:
                    continue
                step = Step(node, after, room, (left, right), is_last)
                if is_last:
                    for fill in (left, right):
                        cost -= total(self.columns.empty_charges(fill.short))
                else:
                    step = self._aired(step)
                cost += sum(fill.cost for fill in step.fills) + total(self._foot_charges(step))
                if after not in best or cost < best[after].cost:
                    best[after] = step._replace(cost=cost)
        return best.values()

    def _aired(self, step: Step) -> Step:
        """Return a page with lines that both columns leave empty beside its wide figures."""
        room = step.room
        spare = room.height - self.flow.shape.least
        air = min(self.flow.effort.air, spare, *(fill.short for fill in step.fills))
        if not room.wide or air <= 0:
            return step
        fills = tuple(self.columns.shortened(fill, air) for fill in step.fills)
        return step._replace(room=room._replace(height=room.height - air, air=air), fills=fills)

    def _lowest(self, node: Node, room: Room) -> int:
        """Return the least height of columns that could hold all the rest."""
        text = self.flow.text
        rest = text.ends[text.last] - text.cuts[node.place].start - self.columns.margin
        for number in range(node.figure, len(self.flow.figures)):
            if number not in room.wide:
                one = self.flow.figures[number]
                # What can stand in no column makes them higher than any page.
                rest += one.column or 2 * self.flow.shape.lines
            if rest > 2 * room.height:
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
        if step.room.air:
            yield "air", self.flow.weights.air * step.room.air**2
        left, right = step.fills
        if left.short != right.short:
            uneven = min(abs(left.short - right.short), _MOST_UNEVEN)
            yield "level", self.flow.weights.level * uneven**2
        if step.is_last:
            lines = step.room.height - min(left.short, right.short)
            missing = self.flow.shape.least - lines - self._across_lines(step.room.wide)
            if missing > 0:
                yield "stub", self.flow.weights.stub * missing

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
            yield from columns.standing(columns.figures[one], here, way, is_across=True)
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

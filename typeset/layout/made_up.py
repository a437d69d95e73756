"""What came of the make-up: its costs, empty lines, and how far figures stand from their calls."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from typeset.layout.makeup.values import PagePlan, Plan
from typeset.layout.manuscript import Flow, is_figure
from typeset.layout.protocol import MadeUp, PlacedFigure

__all__ = ["made_up"]


_BELOW_COLUMNS = 3


class _Spot(NamedTuple):
    """A place in the order of reading."""

    page: int
    part: int
    """0 above the columns, 1 or 2 in one of them, 3 below them."""
    line: int


class _Stand(NamedTuple):
    """Where lines of a block stand."""

    block: int
    top: _Spot
    bottom: _Spot


def made_up(flows: Sequence[Flow], plans: Sequence[Plan], lines: int) -> MadeUp:
    """Return what came of the make-up of a document.

    Args:
        flows: the flows.
        plans: of each flow.
        lines: of a page.
    """
    costs: dict[str, float] = defaultdict(float)
    empty: dict[int, int] = {}
    figures: list[PlacedFigure] = []
    for flow, plan in zip(flows, plans, strict=True):
        for name, cost in plan.costs.items():
            costs[name] += cost
        for page in plan.pages[:-1]:
            if count := _empty(page, lines):
                empty[page.number] = count
        figures += _figures(flow, plan)
    return MadeUp(dict(costs), empty, tuple(figures))


def _empty(page: PagePlan, lines: int) -> int:
    """Return how many lines are empty at the feet of a page's columns."""
    if not page.columns:  # wide figures alone: both columns are empty below them
        return 2 * (lines - max(one.bottom for one in (*page.head, *page.foot)))
    return sum(
        column.height - max((one.bottom for one in column.slices), default=0)
        for column in page.columns
    )


def _figures(flow: Flow, plan: Plan) -> Iterator[PlacedFigure]:
    """Give the figures and tables of a flow that stand on its pages."""
    stands = [stand for page in plan.pages for stand in _stands(page)]
    text = sorted(one for one in stands if not is_figure(flow.blocks[one.block]))
    first: dict[int, _Stand] = {}
    for stand in stands:
        first.setdefault(stand.block, stand)
    for number, block in enumerate(flow.blocks):
        if not is_figure(block) or number not in first:
            continue
        spot = first[number].top
        above = bisect_left(text, number, key=attrgetter("block"))
        call = text[above - 1].bottom if above else _Spot(plan.pages[0].number, 0, 0)
        yield PlacedFigure(
            element_id=block.get("id", ""), page=spot.page, call=call.page, is_above=spot < call
        )


def _stands(page: PagePlan) -> Iterator[_Stand]:
    """Give where everything on a page stands."""
    parts = [(0, 0, page.head), (_BELOW_COLUMNS, 0, page.foot)]
    parts += [(n, column.top, column.slices) for n, column in enumerate(page.columns, 1)]
    for part, top, slices in parts:
        for one in slices:
            yield _Stand(
                one.block,
                _Spot(page.number, part, top + one.top),
                _Spot(page.number, part, top + one.bottom),
            )

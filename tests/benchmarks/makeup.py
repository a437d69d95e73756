"""Make-up: pages of issues made by chance, by first fit and by search, and how long it takes."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tests.layout.makeup.flows import issue
from tests.layout.makeup.rules import figure_pages
from typeset.layout.makeup.first_fit import first_fit
from typeset.layout.makeup.issue import MakeUp
from typeset.layout.makeup.search import best_plan
from typeset.layout.makeup.values import Block, Kind, PageShape, Plan

__all__ = ["WAYS", "MakeUpFigures", "measure_make_up"]

WAYS: dict[str, MakeUp] = {"first fit": first_fit, "search": best_plan}


@dataclass(frozen=True, slots=True)
class MakeUpFigures:
    """What came of some issues."""

    pages: int
    seconds: float
    """CPU of the slowest issue."""
    empty: int
    """Empty lines at columns' feet, last pages left out."""
    uneven: int
    """Lines by which the two columns of a page end apart, likewise."""
    late: int
    """Pages by which figures stand behind the end of the block above them."""
    hyphens: int
    """At the ends of pages."""


def measure_make_up(way: MakeUp, *, pages: int, figures: int, seeds: int) -> MakeUpFigures:
    """Make up issues of some pages of text and some figures, and add up what came of it."""
    plans, slowest = [], 0.0
    for seed in range(seeds):
        blocks, shape = issue(seed, pages=pages, figures=figures)
        plan, seconds = _timed(way, blocks, shape)
        # What else a machine does makes a run slower, never faster.
        slowest = max(slowest, min(seconds, _timed(way, blocks, shape)[1]))
        plans.append((blocks, plan))
    feet = [
        [
            column.height - (column.slices[-1].bottom if column.slices else 0)
            for column in page.columns
        ]
        for _, plan in plans
        for page in plan.pages[:-1]
    ]
    return MakeUpFigures(
        pages=sum(len(plan.pages) for _, plan in plans),
        seconds=slowest,
        empty=sum(sum(page) for page in feet),
        uneven=sum(max(page) - min(page) for page in feet if page),
        late=sum(_late(*one) for one in plans),
        hyphens=sum(len(plan.hyphens) for _, plan in plans),
    )


def _timed(way: MakeUp, blocks: list[Block], shape: PageShape) -> tuple[Plan, float]:
    start = time.process_time()
    plan = way(blocks, shape)
    return plan, time.process_time() - start


def _late(blocks: list[Block], plan: Plan) -> int:
    ends = {
        piece.block: page.number
        for page in plan.pages
        for column in page.columns
        for piece in column.slices
    }
    late = 0
    for figure, page in figure_pages(blocks, plan).items():
        above = [n for n in range(figure) if blocks[n].kind is not Kind.FIGURE]
        late += max(0, page - ends[above[-1]]) if above else 0
    return late

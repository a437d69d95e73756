"""The search against every plan there is, on small flows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from tests.layout.makeup.brute_force import least_cost
from tests.layout.makeup.flows import flows, issue, shapes
from typeset.layout.makeup.first_fit import first_fit
from typeset.layout.makeup.search import best_plan
from typeset.layout.makeup.values import Block, PageShape
from typeset.layout.makeup.weights import DEFAULT_WEIGHTS, Effort

ALL = 10**9
WITHOUT_BOUNDS = Effort(nodes=ALL, ends=ALL, fills=ALL, figures=ALL, heights=ALL)


@given(blocks=flows(size=6, most=7), shape=shapes(9))
@settings(max_examples=60, deadline=None)
def test_without_bounds_no_plan_is_better(blocks: list[Block], shape: PageShape) -> None:
    shape = replace(shape, front=0, lines=max(shape.lines, 4))
    plan = best_plan(blocks, shape, effort=WITHOUT_BOUNDS)
    assume(plan.pages and not plan.forced and not plan.cannot_place)
    assert plan.cost == pytest.approx(least_cost(blocks, shape, DEFAULT_WEIGHTS))


@given(blocks=flows(size=12, most=10), shape=shapes(14))
@settings(max_examples=60, deadline=None)
def test_the_search_is_no_worse_than_first_fit(blocks: list[Block], shape: PageShape) -> None:
    assume(first_fit(blocks, shape).cost > 0)
    plan = best_plan(blocks, shape, effort=WITHOUT_BOUNDS)
    assert plan.cost <= first_fit(blocks, shape).cost + 1e-6


def test_bounds_cost_little() -> None:
    """With the bounds that a build has, most small flows come out as without."""
    found = [issue(seed, pages=2, figures=3, lines=16, front=0) for seed in range(6)]
    bounded = [best_plan(*one).cost for one in found]
    best = [best_plan(*one, effort=Effort(nodes=40, ends=8, fills=30)).cost for one in found]
    assert sum(a <= b + 1e-6 for a, b in zip(bounded, best, strict=True)) >= 3
    assert sum(bounded) <= 1.1 * sum(best)

"""What holds of every plan of any flow, by first fit and by search."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.layout.makeup.flows import flows, issue, shapes
from tests.layout.makeup.rules import faults
from typeset.layout.makeup.first_fit import first_fit
from typeset.layout.makeup.search import best_plan
from typeset.layout.makeup.values import Block, PageShape, Plan

Way = Callable[[list[Block], PageShape], Plan]

WAYS = pytest.mark.parametrize("way", [first_fit, best_plan])


@WAYS
@given(blocks=flows(), shape=shapes(14))
@settings(max_examples=80, deadline=None)
def test_rules_hold_of_any_flow(way: Way, blocks: list[Block], shape: PageShape) -> None:
    assert faults(blocks, shape, way(blocks, shape)) == []


@WAYS
@given(seed=st.integers(0, 10_000), figures=st.integers(0, 12), front=st.sampled_from([0, 20]))
@settings(max_examples=8, deadline=None)
def test_rules_hold_of_issues(way: Way, seed: int, figures: int, front: int) -> None:
    blocks, shape = issue(seed, pages=3, figures=figures, lines=30, front=front)
    plan = way(blocks, shape)
    assert faults(blocks, shape, plan) == []
    assert not plan.forced
    assert not plan.cannot_place

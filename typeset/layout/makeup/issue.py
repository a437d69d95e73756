"""The pages of an issue: one flow after another, each from a new page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from typeset.layout.makeup.search import best_plan
from typeset.layout.makeup.values import Block, PageShape, Plan

__all__ = ["MakeUp", "plan_issue"]


class MakeUp(Protocol):
    """A way of making pages: `best_plan` or `first_fit`."""

    def __call__(self, blocks: Sequence[Block], shape: PageShape, /) -> Plan:
        """Return the pages of a flow."""


def plan_issue(
    flows: Sequence[Sequence[Block]], shape: PageShape, make_up: MakeUp = best_plan
) -> list[Plan]:
    """Return the plan of each flow of an issue; their pages are numbered through.

    Args:
        flows: all articles as one flow, or each as its own.
        shape: the pages; the first flow alone begins on the front page.
        make_up: how each flow is planned.
    """
    plans: list[Plan] = []
    for flow in flows:
        plans.append(make_up(flow, shape))
        number = shape.first_page + len(plans[-1].pages)
        shape = replace(shape, front=0, first_page=number)
    return plans

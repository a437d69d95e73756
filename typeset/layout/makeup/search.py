"""The best pages for a flow: a search over the ends of its pages.

A node says what stands on the pages so far, an edge is a page.  Figures keep their order, so that
two numbers are a node.  Equal nodes are merged, which loses nothing; of a page's nodes the best few
are kept, by what they cost and by what the rest is likely to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from math import inf

from typeset.layout.makeup.cut import plan_of
from typeset.layout.makeup.flow import Flow
from typeset.layout.makeup.pages import Node, Pages, Step
from typeset.layout.makeup.values import Block, PageShape, Plan
from typeset.layout.makeup.weights import DEFAULT_EFFORT, DEFAULT_WEIGHTS, Effort, Weights

__all__ = ["best_plan"]

_Layer = dict[Node, Step]


def best_plan(
    blocks: Sequence[Block],
    shape: PageShape,
    weights: Weights = DEFAULT_WEIGHTS,
    effort: Effort = DEFAULT_EFFORT,
) -> Plan:
    """Return the best pages for a flow.

    Args:
        blocks: the flow.
        shape: its pages.
        weights: what is unwelcome.
        effort: how long better pages are looked for.
    """
    pages = Pages(Flow(blocks, shape, weights, effort))
    return plan_of(pages, _Search(pages).run())


class _Search:
    def __init__(self, pages: Pages) -> None:
        self._pages, self._flow = pages, pages.flow
        # Lines that the figures from each on take, were they set in one column.
        heights = [
            one.column or 2 * one.part.lines if one.part else one.column
            for one in reversed(self._flow.figures)
        ]
        self._left = [0, *accumulate(heights)][::-1]

    def run(self) -> list[Step]:
        """Return the best pages, in order."""
        layers: list[_Layer] = []
        number = self._flow.shape.first_page
        root = Node(0, 0)
        nodes: dict[Node, float] = {root: 0.0}
        best: tuple[float, int, Step | None] = (inf, 0, None)
        if self._flow.shape.front:
            layers.append(self._kept(self._pages.front_steps()))
            nodes = {node: step.cost for node, step in layers[-1].items()}
            number += 1
        while nodes:
            steps: list[Step] = []
            for node, cost in nodes.items():
                if node == self._pages.done:
                    if cost < best[0]:
                        best = cost, len(layers), None
                    continue
                last = self._pages.last_step(node, number, cost)
                if last and last.cost < best[0]:
                    best = last.cost, len(layers), last
                steps += self._pages.steps(node, number, cost)
            layers.append(self._kept(step for step in steps if step.cost < best[0]))
            nodes = {node: step.cost for node, step in layers[-1].items()}
            number += 1
        return self._trace(layers, best[1], best[2])

    def _trace(self, layers: Sequence[_Layer], count: int, last: Step | None) -> list[Step]:
        """Return the pages that lead to an end."""
        steps = [last] if last else []
        node = last.before if last else self._pages.done
        for layer in reversed(layers[:count]):
            step = layer[node]
            steps.append(step)
            node = step.before
        return steps[::-1]

    def _kept(self, steps: Iterable[Step]) -> _Layer:
        """Return the cheapest step to each node, of the nodes that are likely to cost least."""
        found: _Layer = {}
        for step in steps:
            if step.after not in found or step.cost < found[step.after].cost:
                found[step.after] = step
        most = self._flow.effort.nodes
        if len(found) <= most:
            return found
        ranked = sorted(found.values(), key=lambda step: step.cost + self._ahead(step.after))
        return {step.after: step for step in ranked[:most]}

    def _ahead(self, node: Node) -> float:
        """Estimate what all that is left will cost."""
        text, weights = self._flow.text, self._flow.weights
        page = 2 * self._flow.shape.lines
        start = text.cuts[node.place].start
        cost = weights.page * (text.ends[text.last] - start + self._left[node.figure]) / page
        for one in self._flow.figures[node.figure :]:
            if one.call >= node.place:
                break
            cost += weights.late * (1 + (start - text.ends[one.call]) // page)
            cost += weights.strange if node.place > one.ends else 0
        return cost

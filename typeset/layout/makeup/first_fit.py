"""First fit: each page takes what fits, as a hurried hand would do it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from typeset.layout.makeup.columns import Start
from typeset.layout.makeup.cut import plan_of
from typeset.layout.makeup.flow import Flow
from typeset.layout.makeup.pages import Node, Pages, Room, Step
from typeset.layout.makeup.values import Block, PageShape, Plan, Wanted
from typeset.layout.makeup.weights import DEFAULT_WEIGHTS, Weights

__all__ = ["first_fit"]


def first_fit(
    blocks: Sequence[Block], shape: PageShape, weights: Weights = DEFAULT_WEIGHTS
) -> Plan:
    """Return the first pages that fit a flow, the last of them with its columns level.

    Args:
        blocks: the flow.
        shape: its pages.
        weights: what is unwelcome; nothing is chosen by them, the plan counts them.
    """
    pages = Pages(Flow(blocks, shape, weights))
    return plan_of(pages, list(_steps(pages)))


def _steps(pages: Pages) -> Iterator[Step]:
    node = Node(0, 0)
    if pages.flow.shape.front:
        step = pages.front_step(pages.front.first(Start(0, 0, pages.flow.shape.front)))
        yield step
        node = step.after
    while node != pages.done:
        step = _page(pages, node)
        node = step.after
        yield _level(pages, step) if node == pages.done else step


def _page(pages: Pages, node: Node) -> Step:
    """Return the page that begins with a node: wide figures that wait first, others at its foot."""
    figures = pages.flow.figures
    step = _with_waiting(pages, node)
    while True:
        following = step.after.figure
        if following == len(figures) or figures[following].part is None:
            return step
        if figures[following].wanted is Wanted.TOP:
            return step
        longer = _filled(pages, node, (*step.room.wide, following), step.room.heads)
        if longer is None:
            return step
        step = longer


def _with_waiting(pages: Pages, node: Node) -> Step:
    """Return a page with the wide figures that wait, as many as fit.

    They stand at its head; those from the first that is wanted at a foot stand there if they can.
    """
    figures = pages.flow.figures
    waiting = []
    for number in range(node.figure, len(figures)):
        if figures[number].call > node.place:
            break
        if figures[number].part:
            waiting.append(number)
    for count in range(len(waiting), -1, -1):
        wide = tuple(waiting[:count])
        low = (n for n, one in enumerate(wide) if figures[one].wanted is Wanted.BOTTOM)
        for heads in dict.fromkeys((next(low, count), count)):
            step = _filled(pages, node, wide, heads)
            if step is not None:
                return step
    raise AssertionError("a page without wide figures can always be made")


def _filled(pages: Pages, node: Node, wide: tuple[int, ...], heads: int) -> Step | None:
    """Return a page with these wide figures; None if they or their headings do not fit."""
    height = pages.height(wide)
    if wide and height < pages.flow.shape.least:
        if len(wide) > 1 or height < 0 or not heads:
            return None
        height = 0
    step = _with_height(pages, node, Room(height, wide, heads))
    return step if pages.is_allowed(step) else None


def _with_height(pages: Pages, node: Node, room: Room) -> Step:
    pages.tried += 1
    left = pages.columns.first(Start(node.place, node.figure, room.height, room.wide))
    right = pages.columns.first(Start(left.end, left.figure, room.height, room.wide))
    return Step(node, Node(right.end, right.figure), room, (left, right))


def _level(pages: Pages, step: Step) -> Step:
    """Return the last page with its columns as low as they can be."""
    for height in range(step.room.height):
        lower = _with_height(pages, step.before, step.room._replace(height=height))
        if lower.after == step.after and pages.is_allowed(lower):
            return lower._replace(is_last=True)
    return step._replace(is_last=True)

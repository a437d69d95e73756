"""From chosen pages to a plan: which lines of which block stand where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from typeset.layout.makeup.columns import Columns, Fill, Start
from typeset.layout.makeup.figures import Figure
from typeset.layout.makeup.pages import Pages, Step
from typeset.layout.makeup.values import Block, Column, Division, Kind, PagePlan, Plan, Slice

__all__ = ["plan_of"]


def plan_of(pages: Pages, steps: Sequence[Step]) -> Plan:
    """Return the plan of a flow, once its pages are chosen.

    Args:
        pages: the flow.
        steps: its pages, in order.
    """
    costs: dict[str, float] = defaultdict(float)
    planned, hyphens, forced, narrowed = [], [], [], []
    for number, step in enumerate(steps, pages.flow.shape.first_page):
        planned.append(_page(pages, step, number))
        for name, cost in pages.charges(step, number):
            costs[name] += cost
        ends = []
        for columns, start, fill in pages.starts(step):
            cut = columns.text.cuts[fill.end]
            ends.append(Division(number, cut.block, cut.line))
            if fill.end > start.place and "forced" in dict(cut.charges or ()):
                forced.append(ends[-1])
            arranged = columns.arrangement(start, fill)
            own = (*arranged.head, *arranged.inside, *arranged.foot)
            narrowed += [one.block for one in own if one.is_wide]
        if pages.ends_in_hyphen(step):
            hyphens.append(ends[-1])
    return Plan(
        pages=tuple(planned),
        costs=dict(costs),
        hyphens=tuple(hyphens),
        forced=tuple(forced),
        narrowed=tuple(narrowed),
        cannot_place=pages.flow.cannot_place,
        tried=pages.tried,
    )


def _page(pages: Pages, step: Step, number: int) -> PagePlan:
    shape, room = pages.flow.shape, step.room
    wide = [pages.flow.figures[one] for one in room.wide]
    head = tuple(_across(wide[: room.heads], 0, shape.apart))
    top = head[-1].bottom + shape.apart + room.air if head else 0
    taken = sum(one.part.lines for one in wide[room.heads :] if one.part)
    taken += shape.apart * max(len(wide) - room.heads - 1, 0)
    foot = tuple(_across(wide[room.heads :], shape.lines - taken, shape.apart))
    columns = tuple(
        Column(columns.text.measure, top, room.height, tuple(_slices(columns, start, fill)))
        for columns, start, fill in pages.starts(step)
        if room.height
    )
    return PagePlan(number, columns, head, foot)


def _across(wide: Sequence[Figure], top: int, apart: int) -> Iterator[Slice]:
    """Give wide figures one below another."""
    for one in wide:
        assert one.part is not None  # none else stands across a page
        piece = Slice(one.block, one.part.first, one.part.last, top, one.part.repeat)
        yield piece
        top = piece.bottom + apart


def _slices(columns: Columns, start: Start, fill: Fill) -> Iterator[Slice]:
    """Give what stands in a column, from its head to its foot."""
    arranged, gap = columns.arrangement(start, fill), columns.arrangements.gap
    head, foot = arranged.head, arranged.foot
    top = 0
    for one in head:
        yield Slice(one.block, 0, one.column, top)
        top += one.column + gap(one, Kind.FIGURE)
    if head:
        kind = columns.text.cuts[start.place].kind
        top += gap(head[-1], kind) - gap(head[-1], Kind.FIGURE)
        top += 0 if arranged.inside or foot else fill.air
    if fill.end > start.place:
        yield from _text(columns, start, fill, top)
    top = start.height - sum(one.column for one in foot)
    top -= sum(gap(one, Kind.FIGURE) for one in foot[:-1])
    for one in foot:
        yield Slice(one.block, 0, one.column, top)
        top += one.column + gap(one, Kind.FIGURE)


def _text(columns: Columns, start: Start, fill: Fill, top: int) -> Sequence[Slice]:
    """Return the text of a column from a line on, and the figures between its paragraphs."""
    text, blocks = columns.text, columns.blocks
    first, end = text.cuts[start.place], text.cuts[fill.end]
    inside, gap = columns.arrangement(start, fill).inside, columns.arrangements.gap
    called = {call: list(group) for call, group in groupby(inside, key=lambda one: one.call)}
    above, below = (fill.air + 1) // 2, fill.air // 2
    found: list[Slice] = []
    before: Block | None = None
    for number in range(first.block, end.block + (end.line > 0)):
        block = blocks[number]
        if block.kind is Kind.FIGURE or number in text.without:
            continue
        figures = called.get(text.place(number)) if before else None
        if figures:
            top += text.cuts[figures[0].call].above + above
            for one in figures:
                found.append(Slice(one.block, 0, one.column, top))
                top += one.column + gap(one, Kind.FIGURE)
            top += gap(figures[-1], block.kind) - gap(figures[-1], Kind.FIGURE)
            top += below
            above = below = 0  # beside the first of them only
        elif before:
            top += before.gaps.get(block.kind, 0)
        elif block.kind is Kind.SEPARATOR:
            continue
        line = first.line if number == first.block else 0
        last = end.line if number == end.block else text.setting(number).lines
        varied = fill.varied[1] if fill.varied and fill.varied[0] == number else 0
        repeat = text.repeat(number) if line else 0
        found.append(Slice(number, line, last, top, repeat, varied))
        top, before = found[-1].bottom, block
    while blocks[found[-1].block].kind is Kind.SEPARATOR:
        found.pop()
    return found

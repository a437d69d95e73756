"""Flows to make up: blocks by their heights alone, small ones by hand and long ones by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from hypothesis import strategies as st

from typeset.layout.makeup.values import Block, Break, Kind, PageShape, Setting, Wanted

__all__ = [
    "figure",
    "flows",
    "head",
    "heading",
    "issue",
    "separator",
    "shapes",
    "table",
    "text",
    "wide",
]


def setting(lines: int, *, hyphens: Sequence[int] = (), whole: bool = False) -> Setting:
    """Lines that may be parted but for the first and the last."""
    breaks = [] if whole else range(2, lines - 1)
    return Setting(lines, tuple(Break(line, line in hyphens, resume=line) for line in breaks))


def text(
    lines: int,
    *,
    hyphens: Sequence[int] = (),
    whole: bool = False,
    article: int = 0,
    closes: bool = False,
    keep: int = 0,
    looser: float = inf,
    tighter: float = inf,
) -> Block:
    column = replace(setting(lines, hyphens=hyphens, whole=whole), looser=looser, tighter=tighter)
    return Block(
        kind=Kind.TEXT,
        column=column,
        front=setting(lines, whole=whole),
        article=article,
        closes=closes,
        keep=keep,
        gaps={Kind.HEADING: 1, Kind.HEAD: 2, Kind.FIGURE: 1, Kind.SEPARATOR: 1},
    )


def heading(lines: int = 1, *, article: int = 0) -> Block:
    own = Setting(lines)
    return Block(kind=Kind.HEADING, column=own, front=own, article=article, gaps={Kind.FIGURE: 1})


def head(lines: int = 3, *, article: int = 0) -> Block:
    own = Setting(lines)
    gaps = {Kind.TEXT: 1, Kind.HEADING: 1, Kind.FIGURE: 1}
    return Block(kind=Kind.HEAD, column=own, front=own, article=article, gaps=gaps)


def separator() -> Block:
    own = Setting(1)
    gaps = {Kind.TEXT: 1, Kind.HEADING: 1, Kind.HEAD: 1, Kind.FIGURE: 1}
    return Block(kind=Kind.SEPARATOR, column=own, front=own, gaps=gaps)


def figure(lines: int, *, article: int = 0, wanted: Wanted | None = None) -> Block:
    own = Setting(lines)
    return Block(
        kind=Kind.FIGURE,
        column=own,
        front=own,
        article=article,
        wanted=wanted,
        gaps={Kind.FIGURE: 1, Kind.HEADING: 1, Kind.HEAD: 1, Kind.SEPARATOR: 1},
    )


def wide(lines: int, *, narrow: int = 0, article: int = 0, wanted: Wanted | None = None) -> Block:
    own = Setting(narrow) if narrow else None
    return replace(
        figure(lines, article=article, wanted=wanted),
        column=own,
        front=own,
        page=Setting(lines),
    )


def table(rows: Sequence[int], *, repeat: int = 1, article: int = 0) -> Block:
    """A table that may be parted between its rows, but for its first and last."""
    ends = [repeat + sum(rows[: n + 1]) for n in range(len(rows))]
    own = Setting(ends[-1], tuple(Break(line, resume=line) for line in ends[1:-2]))
    return replace(text(1, article=article), column=own, front=own, repeat=repeat)


# by chance, for hypothesis -----------------------------------------------------------------------
_COSTS = st.sampled_from([15.0, 40.0, 60.0, inf, inf])


@st.composite
def _texts(draw: st.DrawFn) -> Block:
    lines = draw(st.integers(1, 9))
    return text(
        lines,
        hyphens=draw(st.lists(st.integers(2, 8), max_size=3)),
        whole=draw(st.booleans()) and draw(st.booleans()),
        closes=draw(st.integers(0, 9)) == 0,
        keep=draw(st.sampled_from([0, 0, 0, 0, 1, 2])),
        looser=draw(_COSTS),
        tighter=draw(_COSTS) if lines > 2 else inf,
    )


def _figures(most: int) -> st.SearchStrategy[Block]:
    wanted = st.sampled_from([None, None, None, *Wanted])
    return st.one_of(
        st.builds(figure, st.integers(1, most), wanted=wanted),
        st.builds(wide, st.integers(1, most), narrow=st.integers(0, most), wanted=wanted),
    )


def shapes(most: int) -> st.SearchStrategy[PageShape]:
    """Pages of up to so many lines."""
    return st.builds(
        PageShape,
        lines=st.integers(1, most),
        front=st.sampled_from([0, 0, most // 3, most // 2]),
        least=st.integers(1, 5),
        apart=st.integers(0, 1),
        first_page=st.integers(1, 2),
    )


@st.composite
def flows(draw: st.DrawFn, *, size: int = 20, most: int = 12) -> list[Block]:
    """Blocks of some articles; figures are sometimes higher than a page of so many lines."""
    kinds = st.one_of(
        _texts(),
        _texts(),
        _texts(),
        _figures(most),
        st.builds(heading),
        st.builds(head),
        st.builds(separator),
        st.builds(table, st.lists(st.integers(1, 2), min_size=1, max_size=20)),
    )
    blocks = draw(st.lists(kinds, max_size=size))
    article, found = 0, []
    for block in blocks:
        article += block.kind is Kind.HEAD
        found.append(replace(block, article=article))
    return found


# by chance, as long as an issue ------------------------------------------------------------------
_GAPS = {Kind.HEADING: 1, Kind.HEAD: 2, Kind.FIGURE: 1, Kind.SEPARATOR: 1}


def issue(
    seed: int, *, pages: int = 20, figures: int = 20, lines: int = 51, front: int = 37
) -> tuple[list[Block], PageShape]:
    """Return a flow that looks like an issue's, and its pages.

    Args:
        seed: of all chances.
        pages: how many its text fills.
        figures: how many figures it has; one in five is wide, and may be narrowed.
        lines: of a column.
        front: of the front page's column.
    """
    rng = random.Random(seed)  # noqa: S311 - it makes test data
    blocks: list[Block] = []
    bodies: list[int] = []
    left, article = pages * 2 * lines, 0
    while left > 0:
        article += 1
        first = len(blocks)
        blocks.append(head(rng.randint(3, 7), article=article))
        for part in range(rng.randint(1, 7)):
            if part:
                blocks.append(heading(rng.choice([1, 1, 2]), article=article))
            for _ in range(rng.randint(2, 6)):
                bodies.append(len(blocks))
                blocks.append(_body(rng, article))
        if rng.random() < 0.5:
            blocks.append(_paragraph(rng, article, rng.randint(4, 9), closes=True))
        left -= sum(one.column.lines + 1 for one in blocks[first:] if one.column)
    for place in sorted(rng.sample(bodies, min(figures, len(bodies))), reverse=True):
        blocks.insert(place + 1, _picture(rng, lines, blocks[place].article))
    return _on_front(rng, blocks, front), PageShape(lines=lines, front=front)


def _body(rng: random.Random, article: int) -> Block:
    kind = rng.random()
    if kind < 0.88:
        return _paragraph(rng, article, max(1, round(rng.lognormvariate(1.9, 0.5))))
    if kind < 0.98:
        items = [rng.choice([1, 1, 2, 2, 3, 4]) for _ in range(rng.randint(3, 9))]
        return replace(table(items, repeat=0, article=article), gaps={**_GAPS, Kind.TEXT: 1})
    rows = [rng.choice([1, 1, 2]) for _ in range(rng.randint(12, 60))]
    return replace(table(rows, repeat=2, article=article), gaps={**_GAPS, Kind.TEXT: 1})


def _paragraph(rng: random.Random, article: int, lines: int, *, closes: bool = False) -> Block:
    hyphens = [line for line in range(2, lines - 1) if rng.random() < 0.22]
    looser = rng.choice([30.0, 60.0, 120.0, 240.0, inf, inf, inf]) if lines > 3 else inf
    tighter = rng.choice([90.0, 180.0, inf, inf, inf, inf]) if lines > 3 else inf
    return text(
        lines, hyphens=hyphens, article=article, closes=closes, looser=looser, tighter=tighter
    )


def _picture(rng: random.Random, lines: int, article: int) -> Block:
    if rng.random() < 0.2:
        height = rng.choice([rng.randint(12, 18), rng.randint(18, 30)])
        return wide(min(lines, height), narrow=max(4, height * 3 // 5), article=article)
    heights = [rng.randint(9, 14)] * 5 + [rng.randint(15, 22)] * 3 + [rng.randint(24, 36)]
    return figure(min(lines, rng.choice(heights)), article=article)


def _on_front(rng: random.Random, blocks: Sequence[Block], front: int) -> list[Block]:
    """Set what may stand on the front page to its measure, a quarter wider than a column."""
    found, room = [], 3 * front
    for block in blocks:
        column = block.column
        if room < 0 or column is None:
            found.append(replace(block, front=None))
            continue
        own = column
        if block.kind is Kind.TEXT and column.breaks and not block.repeat:
            lines = max(3, round(column.lines * 0.72))
            breaks = tuple(
                Break(line, rng.random() < 0.2, resume=round(line * column.lines / lines))
                for line in range(2, lines - 1)
            )
            own = Setting(lines, breaks)
        elif block.kind is Kind.TEXT:
            own = Setting(column.lines)
        room -= own.lines
        found.append(replace(block, front=own))
    return found

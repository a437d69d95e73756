"""What holds of every plan, read from its slices alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from typeset.layout.makeup.values import (
    Block,
    Column,
    Division,
    Kind,
    Measure,
    PagePlan,
    PageShape,
    Plan,
    Setting,
    Slice,
)

__all__ = ["faults", "figure_pages", "text_slices"]


def text_slices(blocks: Sequence[Block], plan: Plan) -> Iterator[tuple[PagePlan, Column, Slice]]:
    """Give the text of a plan in reading order."""
    for page in plan.pages:
        for column in page.columns:
            for piece in column.slices:
                if blocks[piece.block].kind is not Kind.FIGURE:
                    yield page, column, piece


def figure_pages(blocks: Sequence[Block], plan: Plan) -> dict[int, int]:
    """Return the page of each figure: of a divided one, its first."""
    found: dict[int, int] = {}
    for page in plan.pages:
        inner = [piece for column in page.columns for piece in column.slices]
        for piece in (*page.head, *inner, *page.foot):
            if blocks[piece.block].kind is Kind.FIGURE:
                found.setdefault(piece.block, page.number)
    return found


def faults(blocks: Sequence[Block], shape: PageShape, plan: Plan) -> list[str]:
    """Return what is wrong with a plan."""
    return [
        *_pages(shape, plan),
        *_heights(blocks, shape, plan),
        *_lines(blocks, plan),
        *_ends(blocks, plan),
        *_figures(blocks, plan),
    ]


def _pages(shape: PageShape, plan: Plan) -> Iterator[str]:
    numbers = [page.number for page in plan.pages]
    if numbers != list(range(shape.first_page, shape.first_page + len(numbers))):
        yield f"pages {numbers}"
    for page in plan.pages:
        on_front = bool(shape.front) and page.number == shape.first_page
        measures = [Measure.FRONT] if on_front else [Measure.COLUMN] * 2
        if page.columns and [column.measure for column in page.columns] != measures:
            yield f"page {page.number} has other columns"
        if not (page.columns or page.head or page.foot):
            yield f"page {page.number} is empty"
        if on_front and (page.head or page.foot):
            yield "a wide figure on the front page"


def _heights(blocks: Sequence[Block], shape: PageShape, plan: Plan) -> Iterator[str]:
    """Nothing meets anything or passes the foot, and gaps are as they are asked for."""
    for page in plan.pages:
        on_front = bool(shape.front) and page.number == shape.first_page
        lines = shape.front if on_front else shape.lines
        across = [*page.head, *page.foot]
        if any(piece.top < 0 or piece.bottom > lines for piece in across):
            yield f"page {page.number}: a wide figure passes its edge"
        for above, below in pairwise(across):
            if below.top < above.bottom + shape.apart:
                yield f"page {page.number}: wide figures meet"
        top = page.head[-1].bottom + shape.apart if page.head else 0
        bottom = page.foot[0].top - shape.apart if page.foot else lines
        for column in page.columns:
            if column.top < top or column.top + column.height > bottom:
                yield f"page {page.number}: columns meet a wide figure"
            yield from _column_heights(blocks, page, column)


def _column_heights(blocks: Sequence[Block], page: PagePlan, column: Column) -> Iterator[str]:
    if any(piece.top < 0 or piece.bottom > column.height for piece in column.slices):
        yield f"page {page.number}: a slice passes its column's edge"
    if column.slices and column.slices[0].top:
        yield f"page {page.number}: a column begins below its head"
    for above, below in pairwise(column.slices):
        one, other = blocks[above.block], blocks[below.block]
        gap = below.top - above.bottom
        least = one.gaps.get(other.kind, 0)
        beside_figure = Kind.FIGURE in {one.kind, other.kind}
        if gap < least or (gap > least and not beside_figure):
            yield f"page {page.number}: {gap} lines between blocks {above.block}, {below.block}"


def _lines(blocks: Sequence[Block], plan: Plan) -> Iterator[str]:
    """Every line stands once, and in order; a separator may vanish between columns."""
    missing = {one.block for one in plan.cannot_place}
    want = [
        n
        for n, one in enumerate(blocks)
        if one.kind not in {Kind.FIGURE, Kind.SEPARATOR} and n not in missing
    ]
    begun = [piece.block for _, _, piece in text_slices(blocks, plan) if piece.first == 0]
    if [n for n in begun if blocks[n].kind is not Kind.SEPARATOR] != want:
        yield f"blocks {begun} begin, not {want}"
    for n in range(len(blocks)):
        yield from _lines_of(
            blocks[n], [one for one in text_slices(blocks, plan) if one[2].block == n]
        )
    yield from _shown_separators(blocks, plan)


def _lines_of(block: Block, pieces: Sequence[tuple[PagePlan, Column, Slice]]) -> Iterator[str]:
    """One block goes on where it was divided, up to its last line."""
    at = 0
    for n, (page, column, piece) in enumerate(pieces):
        setting = _setting(block, column)
        if piece.first != at:
            yield f"page {page.number}: {piece} follows line {at}"
        if piece.repeat not in ({block.repeat, 0} if piece.first else {0}):
            yield f"page {page.number}: {piece} repeats other lines"
        cost = {0: 0.0, 1: setting.looser, -1: setting.tighter}[piece.varied]
        if cost == inf or (piece.varied and (piece.first, piece.last) != (0, setting.lines)):
            yield f"page {page.number}: {piece} cannot be varied"
        at = piece.last
        if at < setting.lines and column.measure is Measure.FRONT:
            at = next(one.resume for one in setting.breaks if one.line == at)
        if (piece.last < setting.lines) != (n + 1 < len(pieces)):
            yield f"page {page.number}: lines lost or too many at {piece}"


def _setting(block: Block, column: Column) -> Setting:
    setting = block.setting(column.measure)
    assert setting is not None
    return setting


def _shown_separators(blocks: Sequence[Block], plan: Plan) -> Iterator[str]:
    """A separator stands between what it parts, if that is in one column, and nowhere else."""
    for page in plan.pages:
        for column in page.columns:
            shown = [piece.block for piece in column.slices]
            text = [n for n in shown if blocks[n].kind is not Kind.FIGURE]
            if not text:
                continue
            if any(blocks[n].kind is Kind.SEPARATOR for n in (text[0], text[-1])):
                yield f"page {page.number}: a separator at a column's edge"
            between = range(text[0], text[-1])
            if any(blocks[n].kind is Kind.SEPARATOR and n not in text for n in between):
                yield f"page {page.number}: a separator is missing"


def _ends(blocks: Sequence[Block], plan: Plan) -> Iterator[str]:
    """Columns end where blocks may be divided, with text below headings, or are named as forced."""
    pieces = list(text_slices(blocks, plan))
    hyphens = []
    for n, ((page, column, piece), (next_page, other, following)) in enumerate(pairwise(pieces)):
        if column is other:
            continue
        setting = _setting(blocks[piece.block], column)
        known = [one for one in setting.breaks if one.line == piece.last]
        is_whole = piece.last == setting.lines
        last = (piece.block + 1, 0) if is_whole else (piece.block, piece.last)
        next_line = (following.block, last[1])
        if any(
            one.page == page.number and last <= (one.block, one.line) <= next_line
            for one in plan.forced
        ):
            continue
        if not (is_whole or known) or not _has_kept(blocks, pieces[: n + 1]):
            yield f"page {page.number}: a column ends at {piece}"
        if known and known[0].hyphen and page is not next_page:
            hyphens.append(Division(page.number, piece.block, piece.last))
    if not plan.forced and hyphens != list(plan.hyphens):
        yield f"hyphens {hyphens}, not {plan.hyphens}"


def _has_kept(blocks: Sequence[Block], pieces: Sequence[tuple[PagePlan, Column, Slice]]) -> bool:
    """Whether blocks that end in the last column have there what they keep below them."""
    column, found = pieces[-1][1], 0
    for _, own, piece in reversed(pieces):
        if own is not column:
            break
        block = blocks[piece.block]
        if piece.last == _setting(block, own).lines and block.kept > found:
            return False
        found += piece.last - piece.first if block.kind is Kind.TEXT else 0
    return True


def _figures(blocks: Sequence[Block], plan: Plan) -> Iterator[str]:
    """All stand once and in order, none above its heading or before what stands above it."""
    pages = figure_pages(blocks, plan)
    missing = {one.block for one in plan.cannot_place}
    own = [n for n, one in enumerate(blocks) if one.kind is Kind.FIGURE and n not in missing]
    if sorted(pages) != own:
        yield f"figures {sorted(pages)}, not {own}"
        return
    if [pages[number] for number in own] != sorted(pages.values()):
        yield f"figures out of order: {pages}"
    begins: dict[int, int] = {}
    for page, _, piece in text_slices(blocks, plan):
        begins.setdefault(piece.block, page.number)
    order = _reading_order(plan)
    for number in own:
        above = [
            n for n in range(number) if blocks[n].article == blocks[number].article and n in begins
        ]
        if above and pages[number] < begins[above[-1]]:
            yield f"figure {number} before the page of block {above[-1]}"
        headings = [n for n in above if blocks[n].is_heading]
        if headings and order.index(number) < order.index(headings[-1]):
            yield f"figure {number} above its heading {headings[-1]}"
    wide = [n for n in own if blocks[n].page is not None]
    columns = {s.block for page in plan.pages for one in page.columns for s in one.slices}
    if sorted(plan.narrowed) != [n for n in wide if n in columns]:
        yield f"narrowed {plan.narrowed}"


def _reading_order(plan: Plan) -> list[int]:
    """The blocks by where they begin."""
    found: list[int] = []
    for page in plan.pages:
        inner = [piece for column in page.columns for piece in column.slices]
        found += [piece.block for piece in (*page.head, *inner, *page.foot)]
    return found

"""Small flows, and exactly the pages that they get."""

from __future__ import annotations

import pytest

from tests.layout.makeup.flows import figure, head, heading, separator, table, text, wide
from tests.layout.makeup.rules import faults
from typeset.layout.makeup.first_fit import first_fit
from typeset.layout.makeup.search import best_plan
from typeset.layout.makeup.values import Block, PagePlan, PageShape, Slice, Wanted

TEN = PageShape(lines=10, least=3)
"""Pages of two columns of ten lines."""


def written(page: PagePlan) -> str:
    """A page in short: wide figures at its head, its columns, wide figures at its foot.

    A slice is its block, the lines of it, and where it begins: ``2:0-5@3``.  Of a whole block, its
    lines are left out.
    """

    def slices(own: tuple[Slice, ...]) -> str:
        return " ".join(
            f"{one.block}:{one.first}-{one.last}@{one.top}" + "+-"[one.varied < 0] * abs(one.varied)
            for one in own
        )

    parts = [f"^ {slices(page.head)}"] if page.head else []
    parts += [" | ".join(slices(column.slices) for column in page.columns)] if page.columns else []
    parts += [f"v {slices(page.foot)}"] if page.foot else []
    return " ".join(parts).rstrip()


CASES: dict[str, tuple[list[Block], PageShape, list[str]]] = {
    "columns are filled, and level": ([text(12), text(8)], TEN, ["0:0-10@0 | 0:10-12@0 1:0-8@2"]),
    "a last page is balanced": (
        [text(20), text(12)],
        TEN,
        ["0:0-10@0 | 0:10-20@0", "1:0-6@0 | 1:6-12@0"],
    ),
    "no line alone at a column's end": (
        [text(9), text(4), text(7)],
        TEN,
        ["0:0-9@0 | 1:0-4@0 2:0-5@4", "2:5-7@0 |"],
    ),
    "a heading has two lines below it": (
        [text(7), heading(), text(8), text(2)],
        TEN,
        ["0:0-7@0 | 1:0-1@0 2:0-8@1", "3:0-2@0 |"],
    ),
    "headings in a row stay together": (
        [text(5), heading(), heading(), text(24)],
        TEN,
        ["0:0-5@0 1:0-1@6 2:0-1@7 3:0-2@8 | 3:2-12@0", "3:12-18@0 | 3:18-24@0"],
    ),
    "an attribution stays with its quotation": (
        [text(4), text(6, keep=1), text(1), text(6)],
        TEN,
        ["0:0-4@0 1:0-4@4 | 1:4-6@0 2:0-1@2 3:0-6@3"],
    ),
    "a takeaway is not divided": (
        [text(8), text(4, whole=True), text(6)],
        TEN,
        ["0:0-8@0 | 1:0-4@0 2:0-6@4"],
    ),
    "a separator parts two blocks": (
        [text(4), separator(), text(3), text(9)],
        TEN,
        ["0:0-4@0 1:0-1@5 2:0-3@7 | 3:0-9@0"],
    ),
    "a separator vanishes at a column's end": (
        [text(10), separator(), text(10)],
        TEN,
        ["0:0-10@0 | 2:0-10@0"],
    ),
    "a figure does not count as text below a heading": (
        [text(6), heading(), figure(2), text(12), text(9)],
        TEN,
        ["0:0-6@0 1:0-1@7 3:0-2@8 | 2:0-2@0 3:2-9@3", "3:9-12@0 4:0-3@3 | 4:3-9@0"],
    ),
    "a figure in its place if nothing speaks against it": (
        [text(6), figure(4), text(20)],
        TEN,
        ["0:0-6@0 2:0-4@6 | 1:0-4@0 2:4-10@4", "2:10-15@0 | 2:15-20@0"],
    ),
    "an author's place: here": (
        [text(8), figure(4, wanted=Wanted.HERE), text(18)],
        TEN,
        ["0:0-8@0 | 1:0-4@0 2:0-6@4", "2:6-12@0 | 2:12-18@0"],
    ),
    "an author's place: top": (
        [text(6), figure(4, wanted=Wanted.TOP), text(20)],
        TEN,
        ["0:0-6@0 2:0-4@6 | 1:0-4@0 2:4-10@4", "2:10-15@0 | 2:15-20@0"],
    ),
    "an author's place: bottom": (
        [text(6), figure(4, wanted=Wanted.BOTTOM), text(20)],
        TEN,
        ["0:0-6@0 2:0-4@6 | 2:4-9@0 1:0-4@6", "2:9-15@0 | 2:15-20@0"],
    ),
    "a wide figure on the page of its call": (
        [text(10), wide(4), text(22)],
        TEN,
        ["0:0-6@0 | 0:6-10@0 2:0-2@4 v 1:0-4@6", "2:2-12@0 | 2:12-22@0"],
    ),
    "an author's place: a wide figure at the foot": (
        [text(10), wide(4, wanted=Wanted.BOTTOM), text(22)],
        TEN,
        ["0:0-6@0 | 0:6-10@0 2:0-2@4 v 1:0-4@6", "2:2-12@0 | 2:12-22@0"],
    ),
    "no figure above its article's head": (
        [text(10), head(2, article=1), figure(5, article=1), text(17, article=1)],
        TEN,
        ["0:0-10@0 | 1:0-2@0 3:0-7@3", "3:7-14@0 | 2:0-5@0 3:14-17@5"],
    ),
    "no figure on a page of another article": (
        [text(32), figure(6), head(2, article=1), text(34, article=1)],
        TEN,
        [
            "0:0-10@0 | 0:10-20@0",
            "0:20-30@0 | 0:30-32@0 1:0-6@4",
            "2:0-2@0 3:0-7@3 | 3:7-17@0",
            "3:17-26@0 | 3:26-34@0",
        ],
    ),
    "a wide figure is narrowed where its article has no room for it": (
        [
            text(8),
            head(2, article=1),
            text(4, article=1),
            wide(9, narrow=4, article=1),
            head(2, article=2),
            text(40, article=2),
        ],
        TEN,
        [
            "0:0-8@0 | 1:0-2@0 2:0-2@3 3:0-4@6",
            "2:2-4@0 4:0-2@4 5:0-3@7 | 5:3-13@0",
            "5:13-23@0 | 5:23-33@0",
            "5:33-37@0 | 5:37-40@0",
        ],
    ),
    "a table goes on below its head": (
        [table([1] * 24, repeat=2)],
        TEN,
        ["0:0-10@0 | 0:10-18@0", "0:18-22@0 | 0:22-26@0"],
    ),
    "a paragraph is set longer where a line is empty": (
        [text(9, looser=15), heading(), text(9)],
        TEN,
        ["0:0-9@0 | 1:0-1@0 2:0-9@1"],
    ),
    "a paragraph is set longer where two lines are empty, and one stays so": (
        [text(8, looser=15), text(10, whole=True), text(28)],
        TEN,
        ["0:0-8@0+ | 1:0-10@0", "2:0-10@0 | 2:10-20@0", "2:20-24@0 | 2:24-28@0"],
    ),
    "two columns share the lines that one would leave empty": (
        [
            text(25, whole=True),
            text(5, whole=True),
            text(22, whole=True),
            text(15, whole=True),
            text(45),
        ],
        PageShape(lines=30),
        ["0:0-25@0 | 1:0-5@0 2:0-22@5", "3:0-15@0 4:0-15@15 | 4:15-45@0"],
    ),
    "lines that both columns leave empty stand beside a wide figure": (
        [text(20), wide(3), text(5, whole=True), text(5, whole=True), text(20)],
        TEN,
        ["0:0-10@0 | 0:10-20@0", "^ 1:0-3@0 2:0-5@0 | 3:0-5@0", "4:0-10@0 | 4:10-20@0"],
    ),
    "a paragraph is set shorter where it is one too many": (
        [text(11, whole=True, tighter=15), text(10)],
        TEN,
        ["0:0-11@0- | 1:0-10@0"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_pages_are_as_expected(name: str) -> None:
    blocks, shape, pages = CASES[name]
    plan = best_plan(blocks, shape)
    assert [written(page) for page in plan.pages] == pages
    assert faults(blocks, shape, plan) == []


FIRST_FIT: dict[str, tuple[list[Block], list[str]]] = {
    "top": (
        [text(6), figure(4, wanted=Wanted.TOP), text(20)],
        ["0:0-6@0 2:0-4@6 | 1:0-4@0 2:4-10@4", "2:10-15@0 | 2:15-20@0"],
    ),
    "bottom": (
        [text(3), figure(4, wanted=Wanted.BOTTOM), text(22)],
        ["0:0-3@0 2:0-2@3 1:0-4@6 | 2:2-12@0", "2:12-17@0 | 2:17-22@0"],
    ),
    "a wide one at the top": (
        [text(10), wide(4, wanted=Wanted.TOP), text(22)],
        ["0:0-10@0 | 2:0-10@0", "^ 1:0-4@0 2:10-16@0 | 2:16-22@0"],
    ),
    "wide ones at the bottom": (
        [text(8), wide(6, wanted=Wanted.BOTTOM), wide(6, wanted=Wanted.BOTTOM), text(20)],
        [
            "0:0-4@0 | 0:4-8@0 v 1:0-6@4",
            "3:0-4@0 | 3:4-8@0 v 2:0-6@4",
            "3:8-14@0 | 3:14-20@0",
        ],
    ),
    "bottom, in both columns": (
        [text(20), figure(4, wanted=Wanted.BOTTOM), figure(4, wanted=Wanted.BOTTOM)],
        ["0:0-5@0 1:0-4@6 | 0:5-10@0 2:0-4@6", "0:10-15@0 | 0:15-20@0"],
    ),
    "bottom, where no text is left": (
        [text(4), figure(10, wanted=Wanted.BOTTOM)],
        ["0:0-4@0 | 1:0-10@0"],
    ),
}


@pytest.mark.parametrize("name", FIRST_FIT)
def test_first_fit_heeds_an_author_s_place(name: str) -> None:
    blocks, pages = FIRST_FIT[name]
    plan = first_fit(blocks, TEN)
    assert [written(page) for page in plan.pages] == pages
    assert faults(blocks, TEN, plan) == []

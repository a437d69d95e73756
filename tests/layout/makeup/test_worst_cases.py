"""Input that is hard to make up: pages come out all the same, after a bounded number of tries."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.layout.makeup.flows import figure, head, heading, separator, table, text, wide
from tests.layout.makeup.rules import faults
from typeset.layout.makeup.first_fit import first_fit
from typeset.layout.makeup.search import best_plan
from typeset.layout.makeup.values import Block, CannotPlace, PageShape

PAGE = PageShape(lines=51, least=8)
FEW = [text(10)]
ARTICLES = range(15)

CASES: dict[str, tuple[list[Block], PageShape]] = {
    "nothing": ([], PAGE),
    "one line": ([text(1)], PAGE),
    "a separator alone": ([separator()], PAGE),
    "figures alone": ([figure(20), figure(30), wide(20)], PAGE),
    "forty figures and ten lines": ([*FEW, *[figure(12)] * 40], PAGE),
    "forty wide figures and ten lines": ([*FEW, *[wide(20)] * 40], PAGE),
    "forty wide ones that may be narrowed": ([*FEW, *[wide(20, narrow=12)] * 40], PAGE),
    "forty of both": (
        [*FEW, *(one for n in range(20) for one in (figure(9 + n % 7 * 5), wide(14 + n % 3 * 9)))],
        PAGE,
    ),
    "four hundred figures": ([*FEW, *(figure(12 + n % 9) for n in range(400))], PAGE),
    "twenty flat figures": ([*FEW, *[wide(2, narrow=1)] * 20], PAGE),
    "a page two lines high": (
        [head(1), text(3), heading(), text(1), text(8), figure(2), text(4), wide(1), text(3)],
        PageShape(lines=2),
    ),
    "a page one line high": (
        [text(3), heading(), text(5), separator(), table([1] * 9, repeat=1)],
        PageShape(lines=1),
    ),
    "a front page lower than the head": (
        [head(9), text(60)],
        PageShape(lines=51, front=5),
    ),
    "a head that fills a column": ([head(51), text(30)], PAGE),
    "a figure as high as a column": ([text(30), figure(51), text(90)], PAGE),
    "a wide figure as high as a page": ([text(30), wide(51), text(90)], PAGE),
    "a wide figure that leaves too little": ([text(30), wide(45), text(190)], PAGE),
    "headings alone": ([heading()] * 60, PAGE),
    "code higher than a column": ([text(20), text(130, whole=True), text(20)], PAGE),
    "a hyphen in every line": ([text(40, hyphens=range(40))] * 30, PAGE),
    "paragraphs of three lines": ([text(3)] * 300, PageShape(lines=50)),
    "two thousand rows": ([text(5), table([1] * 2000, repeat=3), text(5)], PAGE),
    "articles shorter than their figures": (
        [
            one
            for n in ARTICLES
            for one in (head(3, article=n), text(6, article=n), figure(40, article=n))
        ],
        PAGE,
    ),
    "articles of three lines and a wide figure": (
        [
            one
            for n in ARTICLES
            for one in (head(3, article=n), text(3, article=n), wide(14, article=n))
        ],
        PAGE,
    ),
}

TRIES_A_PAGE = 2000
"""Pages that are tried for each that is made, at the most."""
TRIES_OF_AN_END = 60_000
"""The same for a last page, which is tried with columns of every height."""


@pytest.mark.parametrize("name", CASES)
def test_pages_are_made(name: str) -> None:
    blocks, shape = CASES[name]
    plan = best_plan(blocks, shape)
    assert faults(blocks, shape, plan) == []
    assert not plan.cannot_place
    assert plan.tried <= TRIES_A_PAGE * max(1, len(plan.pages)) + TRIES_OF_AN_END


@pytest.mark.parametrize("name", CASES)
def test_first_fit_makes_them_too(name: str) -> None:
    blocks, shape = CASES[name]
    plan = first_fit(blocks, shape)
    assert faults(blocks, shape, plan) == []
    assert plan.tried <= (shape.lines + 2 * len(blocks)) * max(1, len(plan.pages))


@pytest.mark.parametrize("make_up", [first_fit, best_plan])
@pytest.mark.parametrize(
    ("blocks", "left"),
    [
        ([text(30), figure(52), text(30)], CannotPlace(1, 52, 51)),
        ([text(30), wide(60, narrow=55), text(30)], CannotPlace(1, 55, 51)),
        ([head(60), text(30)], CannotPlace(0, 60, 51)),
        ([text(30), heading(52), text(30)], CannotPlace(1, 52, 51)),
    ],
    ids=["figure", "wide figure", "head", "heading"],
)
def test_what_no_page_has_room_for_is_named(
    make_up: Callable[[list[Block], PageShape], object], blocks: list[Block], left: CannotPlace
) -> None:
    """All else stands on pages."""
    plan = best_plan(blocks, PAGE) if make_up is best_plan else first_fit(blocks, PAGE)
    assert plan.cannot_place == (left,)
    assert faults(blocks, PAGE, plan) == []


def test_a_column_ends_where_it_must_not_only_by_force() -> None:
    blocks = [text(20), text(130, whole=True), text(20)]
    plan = best_plan(blocks, PAGE)
    assert {one.block for one in plan.forced} == {1}
    assert len(plan.forced) >= 2
    assert not best_plan([text(20), text(50, whole=True), text(20)], PAGE).forced

"""What came of the make-up, of pages of ten lines that can be counted by hand."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from typeset.layout.made_up import made_up
from typeset.layout.makeup.values import Column, Measure, PagePlan, Plan, Slice
from typeset.layout.manuscript import Flow
from typeset.layout.protocol import MadeUp, PlacedFigure

LINES = 10


def flow(kinds: str) -> Flow:
    """A flow of text (t), figures of a column (c) and wide ones (w); ids are their numbers."""
    names = {"t": "text", "c": "column", "w": "wide"}
    blocks = tuple(
        Element("div", {"id": f"b{number}", "class": names[kind]})
        for number, kind in enumerate(kinds)
    )
    return Flow((), blocks, (0,) * len(blocks))


def column(*slices: Slice, top: int = 0, height: int = LINES) -> Column:
    return Column(Measure.COLUMN, top, height, slices)


def result(kinds: str, *pages: PagePlan) -> MadeUp:
    return made_up([flow(kinds)], [Plan(pages=pages, costs={})], LINES)


def figure(result: MadeUp) -> PlacedFigure:
    (one,) = result.figures
    return one


@pytest.fixture(scope="module")
def issue() -> MadeUp:
    """Text of 12 lines, a figure of 3, text of 8, a wide figure of 4, text of 8.

    Page 1: ten lines | two lines, the figure below an empty line, and three lines of the next text.
    Page 2: the wide figure, an empty line, then five lines of text | three, and the last text of
    which six stand on page 3.
    """
    pages = (
        PagePlan(
            1,
            (
                column(Slice(0, 0, 10, 0)),
                column(Slice(0, 10, 12, 0), Slice(1, 0, 3, 3), Slice(2, 0, 3, 6)),
            ),
        ),
        PagePlan(
            2,
            (
                column(Slice(2, 3, 7, 0), top=5, height=5),
                column(Slice(2, 7, 8, 0), Slice(4, 0, 2, 1), top=5, height=5),
            ),
            head=(Slice(3, 0, 4, 0),),
        ),
        PagePlan(3, (column(Slice(4, 2, 5, 0)), column(Slice(4, 5, 8, 0)))),
    )
    costs = {"page": 600.0, "empty": 60.0}
    return made_up([flow("tctwt")], [Plan(pages=pages, costs=costs)], LINES)


def test_empty_lines_are_counted_at_the_feet_of_all_columns_but_a_last_page_s(
    issue: MadeUp,
) -> None:
    assert issue.empty == {1: 1, 2: 1 + 2}


def test_figures_stand_from_where_the_text_above_them_in_the_source_ends(issue: MadeUp) -> None:
    assert issue.figures == (
        PlacedFigure(element_id="b1", page=1, call=1, is_above=False),
        PlacedFigure(element_id="b3", page=2, call=2, is_above=True),
    )


def test_costs_of_all_flows_are_added_up() -> None:
    page = PagePlan(1, (column(Slice(0, 0, 4, 0)), column()))
    plans = [Plan(pages=(page,), costs={"page": 200, name: 5}) for name in ("level", "empty")]
    costs = made_up([flow("t"), flow("t")], plans, LINES).costs
    assert costs == {"page": 400, "level": 5, "empty": 5}


def test_the_last_page_of_each_flow_may_end_where_it_ends() -> None:
    first = PagePlan(1, (column(Slice(0, 0, 4, 0)), column()))
    second = PagePlan(2, (column(Slice(0, 0, 9, 0)), column(Slice(0, 9, 19, 0))))
    third = PagePlan(3, (column(Slice(0, 19, 20, 0)), column()))
    plans = [Plan(pages=(first,), costs={}), Plan(pages=(second, third), costs={})]
    assert made_up([flow("t"), flow("t")], plans, LINES).empty == {2: 1}


def test_both_columns_are_empty_below_wide_figures_alone() -> None:
    pages = (
        PagePlan(1, (), head=(Slice(0, 0, 3, 0), Slice(1, 0, 4, 4))),
        PagePlan(2, (column(Slice(2, 0, 1, 0)), column())),
    )
    assert result("wwt", *pages).empty == {1: 4}


@pytest.mark.parametrize(
    ("page", "call", "behind", "is_facing"),
    [(4, 4, 0, False), (5, 4, 1, True), (6, 5, 1, False), (4, 5, -1, True), (8, 5, 3, False)],
)
def test_an_even_page_faces_the_one_behind_it(
    page: int, call: int, behind: int, is_facing: bool
) -> None:
    one = PlacedFigure(element_id="b1", page=page, call=call, is_above=page < call)
    assert (one.pages_behind, one.is_facing) == (behind, is_facing)


def test_a_figure_may_stand_before_the_end_of_the_text_that_calls_it() -> None:
    one = figure(
        result(
            "tc",
            PagePlan(
                1, (column(Slice(0, 0, 10, 0)), column(Slice(0, 10, 16, 0), Slice(1, 0, 4, 6)))
            ),
            PagePlan(2, (column(Slice(0, 16, 18, 0)), column())),
        )
    )
    assert (one.page, one.call, one.pages_behind, one.is_above) == (1, 2, -1, True)


@pytest.mark.parametrize(("is_head", "is_above"), [(True, True), (False, False)])
def test_the_head_of_a_page_is_above_its_columns_and_the_foot_below(
    is_head: bool, is_above: bool
) -> None:
    wide = (Slice(1, 0, 4, 0 if is_head else 6),)
    columns = (
        column(Slice(0, 0, 5, 0), top=5 * is_head, height=5),
        column(Slice(0, 5, 10, 0), top=5 * is_head, height=5),
    )
    page = PagePlan(1, columns, wide if is_head else (), () if is_head else wide)
    assert figure(result("tw", page)).is_above is is_above


def test_a_table_over_two_pages_stands_where_it_begins() -> None:
    pages = (
        PagePlan(1, (column(Slice(0, 0, 3, 0)), column()), foot=(Slice(1, 0, 5, 5),)),
        PagePlan(2, (), head=(Slice(1, 5, 12, 0, 1),)),
    )
    assert figure(result("tw", *pages)).page == 1


def test_a_figure_on_no_page_is_left_out() -> None:
    assert result("tc", PagePlan(1, (column(Slice(0, 0, 3, 0)), column()))).figures == ()


def test_a_figure_that_no_text_stands_above_is_called_where_the_flow_begins() -> None:
    page = PagePlan(3, (column(Slice(0, 0, 3, 0), Slice(1, 0, 5, 4)), column()))
    one = figure(result("ct", page))
    assert (one.call, one.is_above) == (3, False)

"""Flows of an issue, and what a plan says besides its pages."""

from __future__ import annotations

from dataclasses import replace

from tests.layout.makeup.flows import figure, head, issue, text, wide
from tests.layout.makeup.rules import faults, figure_pages
from typeset.layout.makeup.first_fit import first_fit
from typeset.layout.makeup.issue import plan_issue
from typeset.layout.makeup.search import best_plan
from typeset.layout.makeup.values import Break, Measure, PageShape, Setting

TEN = PageShape(lines=10, least=3)


def test_each_flow_begins_a_page_and_the_first_alone_has_a_front_page() -> None:
    shape = replace(TEN, front=6)
    plans = plan_issue([[text(30)], [text(30)], [text(12)]], shape)
    assert [[page.number for page in plan.pages] for plan in plans] == [[1, 2, 3], [4, 5], [6]]
    first = [plan.pages[0].columns[0].measure for plan in plans]
    assert first == [Measure.FRONT, Measure.COLUMN, Measure.COLUMN]


def test_first_fit_plans_flows_as_well() -> None:
    plans = plan_issue([[text(30)], [text(12)]], TEN, first_fit)
    assert [[page.number for page in plan.pages] for plan in plans] == [[1, 2], [3]]


def test_each_flow_has_its_own_last_page_balanced() -> None:
    for plan in plan_issue([[text(32)], [text(16)]], TEN):
        left, right = (column.slices[-1].bottom for column in plan.pages[-1].columns)
        assert abs(left - right) <= 1


def test_a_wide_table_longer_than_a_page_goes_on_below_its_head() -> None:
    own = Setting(25, tuple(Break(line) for line in range(3, 24)))
    blocks = [text(20), replace(wide(1), page=own, repeat=2), text(20)]
    plan = best_plan(blocks, TEN)
    assert faults(blocks, TEN, plan) == []
    parts = [one for page in plan.pages for one in (*page.head, *page.foot)]
    assert [(one.first, one.last, one.repeat) for one in parts] == [
        (0, 10, 0),
        (10, 18, 2),
        (18, 25, 2),
    ]


def test_a_hyphen_ends_a_page_only_if_it_must_and_is_named() -> None:
    free = [text(19), text(20, hyphens=[4])]
    assert not best_plan(free, replace(TEN, lines=12)).hyphens
    forced = [text(40, hyphens=range(40))]
    plan = best_plan(forced, TEN)
    assert [(one.page, one.block) for one in plan.hyphens] == [(1, 0)]
    assert plan.costs["page_hyphen"] == 500


def test_text_goes_on_below_the_front_page_at_the_line_of_its_column() -> None:
    front = Setting(8, tuple(Break(line, resume=2 * line) for line in range(2, 7)))
    blocks = [replace(text(16), front=front)]
    plan = best_plan(blocks, replace(TEN, front=5))
    assert [one.first for page in plan.pages for c in page.columns for one in c.slices][:2] == [
        0,
        10,
    ]
    assert faults(blocks, replace(TEN, front=5), plan) == []


def test_what_is_narrowed_is_named() -> None:
    blocks = [
        head(2, article=0),
        text(4, article=0),
        wide(9, narrow=4, article=0),
        head(2, article=1),
        text(40, article=1),
    ]
    assert best_plan(blocks, TEN).narrowed == (2,)
    assert best_plan([text(40), wide(4, narrow=3), text(40)], TEN).narrowed == ()


def test_costs_add_up_and_the_same_flow_gets_the_same_plan() -> None:
    blocks, shape = issue(3, pages=3, figures=5)
    plan = best_plan(blocks, shape)
    assert plan == best_plan(blocks, shape)
    assert plan.cost == sum(plan.costs.values())
    assert plan.costs["page"] == 200 * len(plan.pages)


def test_no_column_is_more_than_three_lines_short() -> None:
    """But for a flow's last page."""
    for seed in range(4):
        blocks, shape = issue(seed, pages=8, figures=6)
        for page in best_plan(blocks, shape).pages[:-1]:
            for column in page.columns:
                assert column.height - column.slices[-1].bottom <= 3


def test_figures_stay_by_their_articles_text() -> None:
    blocks = [
        head(2, article=0),
        text(14, article=0),
        figure(6, article=0),
        text(6, article=0),
        head(2, article=1),
        text(60, article=1),
    ]
    plan = best_plan(blocks, TEN)
    shown = {
        blocks[one.block].article
        for page in plan.pages
        if page.number == figure_pages(blocks, plan)[2]
        for column in page.columns
        for one in column.slices
        if one.block != 2
    }
    assert 0 in shown

"""The report of pages: their costs, empty lines, and figures' distances from their calls."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from typeset.layout.makeup.weights import Weights
from typeset.layout.protocol import MadeUp, PlacedFigure
from typeset.reports.pages import pages_as_value, render_pages
from typeset.source import Location

PLACES = {"a1-2": Location("2026-01-14/01-port.md", 7), "a1-5-table": Location("01-port.md", 12)}


def figure(page: int, call: int, *, is_above: bool, of: str = "a1-2") -> PlacedFigure:
    return PlacedFigure(element_id=of, page=page, call=call, is_above=is_above)


MADE_UP = MadeUp(
    costs={"level": 0.0, "empty": 50.0, "page": 600.0, "column_hyphen": 40.0},
    empty={2: 1, 3: 4},
    figures=(
        figure(2, 2, is_above=False),
        figure(5, 3, is_above=False, of="a1-5-table"),
        figure(3, 3, is_above=True, of="elsewhere"),
    ),
)


def test_costs_come_first_the_dearest_before_the_others() -> None:
    first, second, *_ = render_pages(MADE_UP, PLACES.get).splitlines()
    assert first == "cost of the pages: 690, page 600, empty 50, column hyphen 40"
    assert second == "empty lines at columns' feet: 5 (1 on page 2, 4 on page 3)"


def test_figures_follow_with_their_places() -> None:
    assert render_pages(MADE_UP, PLACES.get).splitlines()[4:] == [
        "  page 2, 2026-01-14/01-port.md:7: on the page of its call, below it",
        "  page 5, 01-port.md:12: 2 pages behind its call",
        "  page 3: on the page of its call, above it",
    ]


@pytest.mark.parametrize(
    ("page", "call", "words"),
    [
        (5, 4, "on the page behind its call, which faces it"),
        (6, 5, "1 page behind its call"),
        (4, 5, "on the page before its call, which faces it"),
        (3, 4, "1 page before its call"),
    ],
)
def test_a_page_that_faces_the_call_is_told_from_one_overleaf(
    page: int, call: int, words: str
) -> None:
    made_up = MadeUp({}, {}, (figure(page, call, is_above=page < call),))
    assert render_pages(made_up, PLACES.get).splitlines()[-1].endswith(f": {words}")


def test_pages_without_figures_and_empty_lines_say_so_in_two_rows() -> None:
    rows = render_pages(MadeUp({"page": 200.0}, {}, ()), PLACES.get).splitlines()
    assert rows == ["cost of the pages: 200, page 200", "empty lines at columns' feet: 0"]


def test_programs_get_the_same_as_a_value() -> None:
    value = pages_as_value(MADE_UP, PLACES.get)
    assert value["cost"] == 690
    assert list(value["costs"].items()) == [("page", 600), ("empty", 50), ("column_hyphen", 40)]
    assert value["empty_lines"] == 5
    assert value["empty_lines_by_page"] == [{"page": 2, "lines": 1}, {"page": 3, "lines": 4}]
    assert value["figures"][1] == {
        "file": "01-port.md",
        "line": 12,
        "page": 5,
        "call_page": 3,
        "pages_behind": 2,
        "facing": False,
        "above": False,
    }
    assert value["figures"][2]["file"] is None


def test_the_docs_explain_every_cost() -> None:
    docs = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
    _, table = docs.split("| cost | of what |")
    assert [one.name for one in fields(Weights) if f"`{one.name}`" not in table] == []

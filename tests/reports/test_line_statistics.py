"""The measures of how well lines are set, and the report of them."""

from __future__ import annotations

import pytest

from typeset.layout.protocol import SetLine
from typeset.reports.line_statistics import line_figures, loosest_lines
from typeset.reports.lines import lines_as_value, render_lines
from typeset.source import Location


def line(
    text: str = "some words of a line",
    ratio: float | None = 1.0,
    *,
    of: str = "a1-1",
    page: int = 2,
    column: int = 1,
    last: bool = False,
) -> SetLine:
    return SetLine(
        page=page,
        column=column,
        element_id=of,
        text=text,
        ratio=ratio,
        hyphenated=text.endswith("-"),
        last=last,
    )


def paragraph(*texts: str, of: str = "a1-1") -> list[SetLine]:
    """A paragraph, the last text being its last line."""
    return [line(text, of=of, last=n == len(texts)) for n, text in enumerate(texts, 1)]


def test_word_spaces_are_those_of_justified_lines() -> None:
    lines = [line(ratio=ratio) for ratio in (1.0, 1.2, 1.6, 2.2)]
    figures = line_figures([*lines, line("word", None), line("the end.", 9.0, last=True)])
    assert (figures.lines, figures.justified) == (6, 4)
    assert figures.mean == pytest.approx(1.5)
    assert figures.deviation == pytest.approx(0.4583, abs=1e-4)
    assert (figures.loose, figures.very_loose) == (2, 1)
    assert (figures.loose_share, figures.very_loose_share) == (50.0, 25.0)
    assert figures.maximum == 2.2


def test_five_percent_of_lines_may_exceed_the_95th_percentile() -> None:
    figures = line_figures([line(ratio=1 + n / 100) for n in range(1, 101)])
    assert figures.percentile_95 == pytest.approx(1.95)


def test_a_space_that_is_just_half_as_wide_again_is_not_loose() -> None:
    assert line_figures([line(ratio=1.5), line(ratio=2.0)]).loose == 1
    assert line_figures([line(ratio=2.0)]).very_loose == 0


def test_no_lines_have_no_figures() -> None:
    figures = line_figures([])
    assert (figures.lines, figures.mean, figures.loose_share, figures.longest_ladder) == (0,) * 4


def test_a_ladder_is_three_hyphens_in_a_row() -> None:
    figures = line_figures(
        [
            *paragraph("one-", "two-", "three-", "four-", "five", "the end."),
            *paragraph("one-", "two-", "three", "four-", "whole words", of="a1-2"),
        ]
    )
    assert (figures.hyphens, figures.ladders, figures.longest_ladder) == (7, 1, 4)


def test_a_ladder_does_not_go_on_in_the_next_paragraph() -> None:
    lines = [line("one-"), line("two-"), line("three-", of="a1-2"), line("four-", of="a1-2")]
    assert line_figures(lines).longest_ladder == 2


@pytest.mark.parametrize(
    ("lines", "runts"),
    [
        (("the harbor and", "it."), 1),
        (("the harbor and", "a b c"), 1),
        (("the harbor and", "sea."), 1),
        (("the harbor and", "seas."), 0),
        (("the harbor of", "1895."), 0),
        (("the harbor mas-", "ter."), 1),
        (("the harbor and the light-", "houses."), 1),
        (("the harbor mas-", "ter slept."), 0),
        (("No.",), 0),
    ],
)
def test_a_runt_is_a_last_line_with_too_little_on_it(lines: tuple[str, ...], runts: int) -> None:
    assert line_figures(paragraph(*lines)).runts == runts


def test_two_paragraphs_of_one_element_end_twice() -> None:
    lines = paragraph("the harbor and", "it.") + paragraph("the lighthouse and", "he.")
    assert line_figures(lines).runts == 2


def test_a_word_divided_between_columns_is_not_divided_between_pages() -> None:
    lines = [
        line("one-", page=2, column=1),
        line("two-", page=2, column=2),
        line("three", page=3),
    ]
    assert line_figures(lines).page_end_hyphens == 1


def test_the_loosest_lines_come_first_and_last_lines_not_at_all() -> None:
    lines = [line(str(n), ratio=1 + n / 10) for n in range(20)]
    found = loosest_lines([*lines, line("the end.", 8.0, last=True)], 3)
    assert [(round(ratio, 1), one.text) for ratio, one in found] == [
        (2.9, "19"),
        (2.8, "18"),
        (2.7, "17"),
    ]


PLACES = {"a1-1": Location("2026-01-14/01-port.md", 7), "a2-1": Location("2026-01-14/02-sea.md", 9)}
LINES = [
    line("a loose line", 2.5, page=3, column=2),
    *paragraph("harbor mas-", "ter."),
    line("a line", 1.25, of="a2-1"),
    line("a caption", 1.0, of="elsewhere"),
]


def test_the_table_has_a_row_for_every_article_and_one_for_the_issue() -> None:
    head, port, sea, issue, *_ = render_lines(LINES, PLACES.get).splitlines()
    names = ["lines", "mean", "dev.", "95 %", "max.", "> 1.5", "> 2", "hyphens", "ladder"]
    assert [name for name in names if name not in head] == []
    assert port.startswith("2026-01-14/01-port.md ")
    assert port.split()[1:6] == ["3", "1.75", "0.75", "2.50", "2.50"]
    assert sea.split() == [
        *("2026-01-14/02-sea.md", "1", "1.25", "0.00", "1.25", "1.25"),
        *("0.0", "%", "0.0", "%", "0", "0", "0", "0"),
    ]
    assert issue.startswith("the whole issue ")
    assert issue.split()[3] == "5"
    assert len({len(row) for row in (head, port, sea, issue)}) == 1


def test_the_table_is_followed_by_the_loosest_lines_and_their_places() -> None:
    lines = render_lines(LINES, PLACES.get).splitlines()
    assert lines[6] == "  2.50  page 3, column 2, 2026-01-14/01-port.md:7: a loose line"
    assert lines[-1] == "  1.00  page 2, column 1: a caption"


def test_programs_get_the_same_as_a_value() -> None:
    report = lines_as_value(LINES, PLACES.get)
    assert [article["file"] for article in report["articles"]] == [
        "2026-01-14/01-port.md",
        "2026-01-14/02-sea.md",
    ]
    assert report["articles"][0]["word_space"]["maximum"] == 2.5
    assert report["articles"][0]["runts"] == 1
    assert report["issue"]["lines"] == 5
    assert report["issue"]["hyphens"] == 1
    assert report["loosest"][0] == {
        "word_space": 2.5,
        "page": 3,
        "column": 2,
        "file": "2026-01-14/01-port.md",
        "line": 7,
        "text": "a loose line",
    }
    assert report["loosest"][-1]["file"] is None

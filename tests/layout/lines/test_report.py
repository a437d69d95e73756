"""The lines that a layout reports, and the widths of their word spaces."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import get_args

import pytest

from tests.measures.wordspaces import columns_of, paragraphs_of, rows_of, set_lines, space_of
from tests.pages import Pages, lay_out_issue, prose
from tests.publications import article, png, write_publication
from typeset import build_issue
from typeset.errors import UsageError
from typeset.layout.protocol import LINE_BREAKING, LayoutJob, SetLine
from typeset.manifest.settings import IssueSettings
from typeset.pipeline.build import layout_job
from typeset.reports.line_statistics import LineFigures, line_figures

pytestmark = pytest.mark.slow

ISSUE = Path(__file__).parents[3] / "issues" / "2026-12-09"

BODY = f"""
{prose(2)}

## A heading over the whole width of the column and on to a second line of its own

- {prose(1, start=10, words=40)}
- {prose(1, start=11, words=40)}

> {prose(1, start=12, words=40)}

![A caption that is not justified, however long it may be and however many lines it takes
up under its picture.](../images/a.png){{alt="A picture."}}

A call.[^1]

{prose(8, start=20)}

[^1]: {prose(1, start=13, words=40)}
"""


def in_the_way(line_breaking: str) -> Callable[[LayoutJob], LayoutJob]:
    return lambda job: replace(job, line_breaking=line_breaking)


@pytest.fixture(scope="module", params=LINE_BREAKING)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """An issue with all kinds of text, in each way of line breaking."""
    folder = tmp_path_factory.mktemp("lines")
    files = {"images/a.png": png()}
    issue = write_publication(folder / "p", articles={"1.md": article(BODY)}, files=files)
    return lay_out_issue(issue, change=in_the_way(request.param))


@dataclass(frozen=True)
class Twice:
    """The same lines, by the layout's own word and measured from the finished PDF."""

    told: list[SetLine]
    measured: list[SetLine]


@pytest.fixture(scope="module", params=LINE_BREAKING)
def twice(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Twice:
    pages = lay_out_issue(
        ISSUE, change=in_the_way(request.param), output=tmp_path_factory.mktemp("pdf")
    )
    paragraphs = list(paragraphs_of(layout_job(pages.loaded)().html))
    rows = rows_of(pages.glyphs, columns_of(pages.geometry))
    space = space_of(pages.loaded.design.theme.families[0].faces[0].data)
    ids = {paragraph.element_id for paragraph in paragraphs}
    told = [line for line in pages.laid_out.lines if line.element_id in ids]
    return Twice(told, set_lines(paragraphs, rows, space))


def test_the_lines_told_are_those_of_the_pdf(twice: Twice) -> None:
    assert [(one.page, one.column, one.text, one.hyphenated, one.last) for one in twice.told] == [
        (one.page, one.column, one.text, one.hyphenated, one.last) for one in twice.measured
    ]


def counts(figures: LineFigures) -> tuple[int, ...]:
    return (
        figures.lines,
        figures.justified,
        figures.hyphens,
        figures.ladders,
        figures.longest_ladder,
        figures.runts,
        figures.page_end_hyphens,
    )


def test_what_is_counted_is_the_same(twice: Twice) -> None:
    assert counts(line_figures(twice.told)) == counts(line_figures(twice.measured))


def test_word_spaces_are_those_of_the_pdf(twice: Twice) -> None:
    # PDFium's box of an f is as wide as its ink, which leans over the space that follows.
    pairs = [
        (one, other)
        for one, other in zip(twice.told, twice.measured, strict=True)
        if not re.search(r"f\W?[ \u00a0]", one.text)
    ]
    assert len(pairs) > 0.6 * len(twice.told)
    told = line_figures(one for one, _ in pairs)
    measured = line_figures(other for _, other in pairs)
    assert told.loose_share == pytest.approx(measured.loose_share, abs=0.5)
    assert told.very_loose_share == pytest.approx(measured.very_loose_share, abs=0.5)
    assert told.mean == pytest.approx(measured.mean, abs=0.005)
    assert told.maximum == pytest.approx(measured.maximum, abs=0.05)


def text_of(pages: Pages, element_id: str) -> str:
    lines = [line for line in pages.laid_out.lines if line.element_id == element_id]
    return "".join(line.text[:-1] if line.hyphenated else f"{line.text} " for line in lines).strip()


def test_text_of_every_kind_is_there_whole(pages: Pages) -> None:
    said = {text_of(pages, line.element_id) for line in pages.laid_out.lines}
    for start in (0, 1, 12, 20, 27):
        words = 40 if start == 12 else 80
        assert prose(1, start=start, words=words) in said
    whole = " ".join(said)
    for start in (10, 11, 13):
        assert prose(1, start=start, words=40) in whole


def test_headings_and_captions_are_not_among_them(pages: Pages) -> None:
    whole = " ".join(line.text for line in pages.laid_out.lines)
    assert "A heading over" not in whole
    assert "A caption that" not in whole


def test_every_paragraph_has_one_last_line_even_over_a_page_s_end(pages: Pages) -> None:
    by_paragraph = [
        list(lines) for _, lines in groupby(pages.laid_out.lines, key=lambda one: one.element_id)
    ]
    plain = [lines for lines in by_paragraph if lines[0].text.startswith("Paragraph")]
    assert any(lines[0].page != lines[-1].page for lines in plain)
    assert any(lines[0].column != lines[-1].column for lines in plain)
    for lines in plain:
        if "Paragraph" not in " ".join(line.text for line in lines[1:]):  # but for lists
            assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


def test_a_paragraph_s_place_in_its_file_is_found_by_its_lines(pages: Pages) -> None:
    for line in pages.laid_out.lines:
        place = pages.loaded.issue.place_of(line.element_id)
        assert place is not None
        assert place.path == "2026-01-14/articles/1.md"


def test_a_last_line_has_the_font_s_own_word_space(pages: Pages) -> None:
    ends = [line.ratio for line in pages.laid_out.lines if line.last and line.ratio is not None]
    # Total fit may expand a last line by 2 %, and has 0.15 pixels to share out on one that is full.
    assert ends
    assert all(0.7 < ratio < 1.1 for ratio in ends)


def test_lines_spread_between_characters_have_no_word_space(tmp_path: Path) -> None:
    body = "海港在清晨醒來，起重機最先動作。" * 12
    issue = write_publication(
        tmp_path / "p",
        publication={"language": "zh-Hant", "slug": "gang"},
        articles={"1.md": article(f"{body} Kobe {body}")},
    )
    lines = lay_out_issue(issue).laid_out.lines
    assert len(lines) > 5
    assert {line.ratio for line in lines} == {None}


def test_an_issue_may_ask_for_all_that_a_build_can_do() -> None:
    annotation = IssueSettings.model_fields["line_breaking"].annotation
    assert get_args(annotation) == LINE_BREAKING


def test_an_unknown_way_of_line_breaking_is_wrong_usage(tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "p")
    with pytest.raises(UsageError, match="unknown line breaking `best`") as caught:
        build_issue(issue, line_breaking="best", output=tmp_path)
    assert caught.value.hint == "there are: greedy, total-fit"

"""The measures of lines in a finished PDF, on made-up glyphs and on real pages."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

import pytest

from tests.measures.glyphs import Glyph
from tests.measures.paragraphs import only_paragraphs, typst_source
from tests.measures.wordspaces import (
    Paragraph,
    Unmatched,
    columns_of,
    paragraphs_of,
    rows_of,
    set_lines,
    space_of,
)
from tests.pages import Pages, lay_out_issue, prose
from tests.publications import article, write_publication
from typeset.layout.protocol import LayoutJob, SetLine
from typeset.pipeline.build import layout_job

WIDTH = 5.0
"""Of every letter of the made-up glyphs, which are 10 points high."""


def glyphs(
    text: str, baseline: float, *, space: float = 2.5, x: float = 54, page: int = 2
) -> Iterator[Glyph]:
    """The glyphs of a row; its spaces have no glyph, like those that PDFium adds."""
    for character in text:
        if character == " ":
            x += space
        else:
            yield Glyph(page, character, x, baseline, 10.0, "Test", x + WIDTH)
            x += WIDTH


def measured(
    words: str | list[str], *rows: tuple[str, float], space: float | None = 0.25
) -> list[SetLine]:
    """Find paragraphs in rows of a given text and space, one below the other."""
    every = [
        glyph
        for number, (text, width) in enumerate(rows)
        for glyph in glyphs(text, 100 + 13 * number, space=width)
    ]
    texts = [words] if isinstance(words, str) else words
    paragraphs = [Paragraph(f"a1-{n}", text) for n, text in enumerate(texts, 1)]
    return set_lines(paragraphs, rows_of(every, lambda _page, _x: 1), space)


def ratios(lines: list[SetLine]) -> list[float | None]:
    return [None if line.ratio is None else round(line.ratio, 3) for line in lines]


def test_a_line_s_word_space_is_measured_from_letter_to_letter() -> None:
    lines = measured("the tide is out now", ("the tide is", 5.0), ("out now", 2.5))
    assert [line.text for line in lines] == ["the tide is", "out now"]
    assert ratios(lines) == [2.0, 1.0]
    assert [line.last for line in lines] == [False, True]


def test_a_line_of_one_word_has_no_word_space() -> None:
    assert ratios(measured("Donaudampfschiff out", ("Donaudampfschiff", 0), ("out", 0))) == [
        None,
        None,
    ]


def test_what_stands_between_paragraphs_does_not_count() -> None:
    lines = measured(
        ["the tide is out", "no ship is here"],
        ("A Heading", 9),
        ("the tide", 5),
        ("Figure 1. A caption.", 9),
        ("is out", 2.5),
        ("Another Heading", 9),
        ("no ship is here", 2.5),
    )
    assert [(line.element_id, line.text, line.last) for line in lines] == [
        ("a1-1", "the tide", False),
        ("a1-1", "is out", True),
        ("a1-2", "no ship is here", True),
    ]


def test_a_row_that_begins_like_the_paragraph_is_not_taken_for_it() -> None:
    lines = measured("the tide is out", ("the tide", 9), ("the tide is", 5), ("out", 0))
    assert ratios(lines) == [2.0, None]


def test_words_that_the_pages_lack_are_told() -> None:
    with pytest.raises(Unmatched, match="a1-1: the tide is out"):
        measured("the tide is out", ("the tide", 5))


@pytest.mark.parametrize("hyphen", ["-", "\u2010", "\u00ad", "\x02", "\ufffe"])
def test_an_added_hyphen_is_seen(hyphen: str) -> None:
    first, second = measured("the harbor", (f"the har{hyphen}", 2.5), ("bor", 0))
    assert (first.text, first.hyphenated) == ("the har-", True)
    assert (second.text, second.hyphenated) == ("bor", False)


def test_a_typed_hyphen_counts_and_stays_single() -> None:
    first, _ = measured("a well-known port", ("a well-", 2.5), ("known port", 2.5))
    assert (first.text, first.hyphenated) == ("a well-", True)


def test_a_dash_at_the_end_is_no_hyphen() -> None:
    first, _ = measured("the tide – out", ("the tide –", 2.5), ("out", 0))
    assert not first.hyphenated


def test_the_mark_of_a_list_s_item_is_no_word() -> None:
    assert ratios(measured("the tide", ("•   the tide", 2.5))) == [1.0]
    assert ratios(measured("the tide", ("12. the tide", 2.5))) == [1.0]


def test_a_call_in_brackets_is_found_by_its_number() -> None:
    assert ratios(measured("the tide.1 It is out", ("the tide.[1] It is out", 5.0))) == [2.0]


def test_a_space_that_does_not_break_is_no_word_space() -> None:
    assert ratios(measured("off 250\u00a0km", ("off 250 km", 5.0))) == [2.0]
    wide = [*glyphs("off", 100, x=54), *glyphs("250", 100, x=74), *glyphs("km", 100, x=99)]
    lines = set_lines([Paragraph("a1-1", "off 250\u00a0km")], rows_of(wide, lambda *_: 1), 0.25)
    assert ratios(lines) == [2.0]


def test_without_a_font_last_lines_give_the_usual_space() -> None:
    lines = measured("the tide is out", ("the tide", 6.0), ("is out", 3.0), space=None)
    assert ratios(lines) == [2.0, 1.0]


def test_rows_are_read_column_by_column() -> None:
    mixed = [*glyphs("right", 100, x=320), *glyphs("left", 113), *glyphs("top", 100.4)]
    rows = rows_of(mixed, lambda _page, x: 1 + (x > 300))
    assert [(row.column, row.text) for row in rows] == [(1, "top"), (1, "left"), (2, "right")]


BODY = f"""\
{prose(3)}

### A heading of many words between the paragraphs

- {prose(1, 10, words=30)}
- {prose(1, 11, words=30)}

> {prose(1, 12)}

{prose(8, 20)}

It was *so*.[^1] The harbor **slept** (神戸), and "nobody" knew the 250 km.

[^1]: {prose(1, 40, words=40)}
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    folder = tmp_path_factory.mktemp("issue")
    issue = {"line_breaking": "greedy"}
    articles = {"01-port.md": article(BODY)}
    return lay_out_issue(write_publication(folder, issue=issue, articles=articles))


@pytest.fixture(scope="module")
def job(pages: Pages) -> LayoutJob:
    return layout_job(pages.loaded)()


@pytest.fixture(scope="module")
def lines(pages: Pages, job: LayoutJob) -> list[SetLine]:
    rows = rows_of(pages.glyphs, columns_of(pages.geometry))
    regular = pages.loaded.design.theme.families[0].faces[0].data
    return set_lines(paragraphs_of(job.html), rows, space_of(regular))


def test_every_paragraph_quotation_and_item_of_an_issue_is_found(lines: list[SetLine]) -> None:
    assert sum(line.last for line in lines) == 3 + 2 + 1 + 8 + 1
    assert not [line for line in lines if "heading of many" in line.text]
    by_element = groupby(lines, key=lambda line: line.element_id)
    assert all(next(reversed(list(those))).last for _, those in by_element)


def test_last_lines_have_the_font_s_own_word_space(lines: list[SetLine]) -> None:
    last = [line.ratio for line in lines if line.last and line.ratio is not None]
    assert len(last) > 10
    # Kerning with the space counts as part of it.
    assert statistics.median(last) == pytest.approx(1.0, abs=0.02)
    assert max(last) < 1.1


def test_the_engine_alone_never_narrows_a_space(lines: list[SetLine]) -> None:
    justified = [line.ratio for line in lines if not line.last and line.ratio is not None]
    assert min(justified) > 0.9
    assert max(justified) > 1.5


def test_lines_know_their_pages_and_columns(pages: Pages, lines: list[SetLine]) -> None:
    places = [(line.page, line.column) for line in lines]
    assert places == sorted(places)
    assert {1, 2} <= {line.page for line in lines}
    assert {line.column for line in lines if line.page == 1} == {1}
    assert {line.column for line in lines if line.page > 1} == {1, 2}


def test_setters_are_compared_on_paragraphs_without_calls_of_notes(job: LayoutJob) -> None:
    texts = [paragraph.text for paragraph in paragraphs_of(only_paragraphs(job).html)]
    assert len(texts) == 3 + 8 + 1
    assert texts[-1].startswith("It was so. The harbor slept (神戸), and “nobody” knew")


def test_typst_gets_the_same_paragraphs(job: LayoutJob) -> None:
    source = typst_source(only_paragraphs(job), "Source Serif Pro", "en-US")
    assert source.count("#par[") == 3 + 8 + 1
    assert 'lang: "en", region: "US"' in source
    last = source.strip().splitlines()[-1]
    assert '#"It was "#emph[#"so"]' in last
    assert '#strong[#"slept"]' in last
    assert '#text(size: 0.95em)[#"神戸"]' in last


def test_nothing_in_a_text_is_typst_s_markup(job: LayoutJob) -> None:
    html = '<main><div class="columns"><p>A "quoted" \\ *star* #and [1]</p></div></main>'
    source = typst_source(replace(job, html=html), "Source Serif Pro", "de")
    assert '#par[#"A \\"quoted\\" \\\\ *star* #and [1]"]' in source
    assert 'lang: "de", hyphenate' in source

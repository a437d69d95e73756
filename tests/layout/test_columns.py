"""Two columns: articles follow one another in them, and what stands in a column stays in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from tests.measures.glyphs import Glyph
from tests.pages import (
    HANGING,
    SIDEBAR,
    Pages,
    Row,
    lay_out_issue,
    paragraph,
    plain,
    prose,
)
from tests.publications import article, write_publication
from typeset.layout.protocol import Box

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
UNBROKEN = "averylongpathwithoutanyplacetobreakit" * 3
HYPHENABLE_TITLE = (
    "Telecommunications Administrations Internationally Standardizing Meteorological "
    "Responsibilities Notwithstanding Jurisdictional Misunderstandings"
)
ACCENT = (0x7A, 0x1F, 0x2B)


def lengths() -> list[int]:
    """Numbers of words that let paragraphs end at any line of a column."""
    return [23 + 17 * n % 71 for n in range(36)]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [paragraph(n, words) for n, words in enumerate(lengths())]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> Pages:
    """Four articles; headings stand between some paragraphs of the first two."""
    first = "\n\n".join(
        f"## Heading number {n}\n\n{text}" if n % 2 else text for n, text in enumerate(texts[:18])
    )
    second = "\n\n".join(
        f"## Section number {n}\n\n### Part number {n}\n\n{text}" if n % 3 == 0 else text
        for n, text in enumerate(texts[18:])
    )
    return lay_out_issue(
        write_publication(
            tmp_path_factory.mktemp("columns"),
            articles={
                "1.md": article(first),
                "2.md": article(second, title=HYPHENABLE_TITLE, takeaway="It was worth it."),
                "3.md": article(prose(2, 300), title="The Third", standfirst="Of little things."),
                "4.md": article(prose(1, 400), title="The Fourth"),
            },
        )
    )


def rows_of(pages: Pages, text: str) -> list[Row]:
    """The rows on which a text stands."""
    wanted = set(pages.the(text))
    return [row for row in pages.rows if wanted.intersection(row.glyphs)]


def place(row: Row) -> tuple[int, int]:
    return row.page, row.column


def heading_rows(pages: Pages) -> list[Row]:
    words = ("Heading number", "Section number", "Part number")
    return [row for row in pages.rows if row.text.startswith(words)]


def test_articles_follow_one_another_in_the_same_column(pages: Pages) -> None:
    in_mid_column = 0
    for end, start in (
        ("It was worth it.", "The Third"),
        (paragraph(301), "The Fourth"),
    ):
        last = rows_of(pages, end)[-1]
        (head,) = [row for row in rows_of_size(pages, 15) if row.text == start]
        if place(last) == place(head):
            in_mid_column += 1
            distance = head.baseline - last.baseline
            assert 3 * 13 <= distance <= 5 * 13
    assert in_mid_column >= 1, "no article begins in mid-column"


def rows_of_size(pages: Pages, size: float) -> list[Row]:
    return [row for row in pages.rows if row.glyphs[0].size == size]


def rules(pages: Pages) -> list[Box]:
    """The thin rules of the accent's color that are as wide as a column."""
    width = pages.geometry.column_width
    return [
        shape.box
        for number in range(1, pages.laid_out.pages + 1)
        for shape in pages.shapes(number)
        if shape.color == ACCENT
        and shape.box.bottom - shape.box.top < 2
        and shape.box.right - shape.box.left == pytest.approx(width, abs=1)
    ]


def test_a_separator_stands_between_articles_and_nowhere_else(pages: Pages) -> None:
    heads = rows_of_size(pages, 15)
    first_rows = [
        next(row for row in heads if plain(row.text) in plain(title))
        for title in (HYPHENABLE_TITLE, "The Third", "The Fourth")
    ]
    found = rules(pages)
    assert len(found) == len(first_rows)
    for rule, head in zip(found, first_rows, strict=True):
        assert (rule.page, pages.column_of(rule.page, rule.left)) == place(head)
        above = [row for row in pages.rows_in(*place(head)) if row.baseline < head.baseline]
        assert 0 < head.baseline - rule.bottom < 2.5 * 13
        assert all(row.baseline < rule.top for row in above)


def test_a_title_of_several_lines_is_never_hyphenated(pages: Pages) -> None:
    lines = [row for row in rows_of_size(pages, 15) if plain(row.text) in plain(HYPHENABLE_TITLE)]
    assert len(lines) >= 4
    assert [row.text for row in lines if row.is_hyphenated] == []
    assert " ".join(row.text.strip() for row in lines).split() == HYPHENABLE_TITLE.split()


def test_running_text_is_hyphenated(pages: Pages) -> None:
    assert any(row.is_hyphenated for row in pages.rows if row.glyphs[0].size == 10)


def test_titles_are_no_larger_than_one_and_a_half_times_the_text(pages: Pages) -> None:
    sizes = Counter(glyph.size for glyph in pages.glyphs)
    body = sizes.most_common(1)[0][0]
    assert 9.5 <= body <= 10
    in_columns = [row.glyphs[0].size for row in pages.rows if row.page > 1]
    assert max(in_columns) <= 1.5 * body


@pytest.fixture(scope="module")
def sections(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Many short sections, so that some heading would end a column if it might."""
    body = "\n\n".join(
        f"## Heading number {n}\n\n{paragraph(n, 18 + 5 * n % 29)}" for n in range(50)
    )
    issue = write_publication(tmp_path_factory.mktemp("sections"), articles={"1.md": article(body)})
    return lay_out_issue(issue)


def lonely(pages: Pages) -> list[str]:
    """The headings with less than two lines of text below them in their column."""
    headings = heading_rows(pages)
    found = []
    for heading in headings:
        column = pages.rows_in(*place(heading))
        below = [row for row in column if row.baseline > heading.baseline and row not in headings]
        if len(below) < 2:
            found.append(heading.text)
    return found


def test_no_heading_stands_at_the_foot_of_a_column(pages: Pages, sections: Pages) -> None:
    assert len(heading_rows(pages)) == 9 + 2 * 6
    assert len(heading_rows(sections)) == 50
    assert lonely(pages) + lonely(sections) == []


def test_no_paragraph_leaves_a_single_line_in_a_column(pages: Pages, texts: list[str]) -> None:
    parted = 0
    for text in texts:
        by_column = Counter(place(row) for row in rows_of(pages, text))
        if len(by_column) > 1:
            parted += 1
            assert min(by_column.values()) >= 2, text[:40]
    assert parted >= 4, "too few paragraphs run over columns to tell"


def test_a_column_is_full_unless_a_heading_or_a_paragraph_would_be_torn(pages: Pages) -> None:
    in_columns = [row for row in pages.rows if row.column != SIDEBAR]
    columns = [list(rows) for _, rows in groupby(in_columns, key=place)]
    foot = pages.geometry.height - pages.geometry.bottom
    for rows in columns[: -2 if columns[-1][0].column else -1]:
        assert foot - rows[-1].baseline < 6 * 13


def test_the_last_page_is_balanced(pages: Pages) -> None:
    last = pages.laid_out.pages
    ends = [pages.rows_in(last, column)[-1].baseline for column in (0, 1)]
    assert abs(ends[0] - ends[1]) <= 6 * 13


def test_paragraphs_after_the_first_are_indented_and_first_ones_are_not(
    pages: Pages, texts: list[str]
) -> None:
    for number in (1, 2, 3, 4):
        row = rows_of(pages, texts[number])[0]
        left = pages.edges(*place(row))[0]
        after_heading = number % 2
        assert row.left - left == pytest.approx(0 if after_heading else 12, abs=0.1)


def strays(pages: Pages) -> list[Box]:
    """What is painted outside the columns."""
    found = []
    for ink in pages.ink:
        if ink.page > 1 and pages.is_text_area(ink.page, ink.bottom):
            left, right = pages.edges(ink.page, pages.column_of(ink.page, ink.left))
            if ink.left < left - HANGING or ink.right > right + HANGING:
                found.append(ink)
    return found


WORDY_TABLE = f"|{'head|' * 7}\n|{'--|' * 7}\n|{'administration|' * 7}"
UNRULY = {
    "a long word": f"Mind the {LONG_WORD} there.",
    "a long address": f"See <https://example.org/{UNBROKEN}/> there.",
    "a long link": f"See [{UNBROKEN}](https://example.org/) there.",
    "long code": f"Type `{UNBROKEN}` there.",
    "a long line of code": f"```\n{UNBROKEN}\n```",
    "a long heading": f"## {LONG_WORD}\n\nText.",
    "a wordy table": WORDY_TABLE,
    "a long word in a list": f"- one {LONG_WORD}\n- two",
    "a long word in a quotation": f"> So he said {LONG_WORD} then.",
    "a long note": f"Text.[^1]\n\n[^1]: See {UNBROKEN} there.",
    "a deep list": "- one\n    - two\n        - three\n            - four " + paragraph(7),
    "CJK text": "[" + "沿岸標識と港湾行政の歴史について" * 12 + "]{lang=ja}",
    "a long abbreviation": "So it is ADMINISTRATIVEHYDROGRAPHICNAVIGATIONALBREAKWATERCOMMISSION.",
}


@pytest.fixture(scope="module")
def unruly(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """All of them in one issue, from its second page on, each between two paragraphs."""
    between = [paragraph(100 + n, 30) for n in range(len(UNRULY) + 1)]
    parts = [part for pair in zip(between, UNRULY.values(), strict=False) for part in pair]
    body = "\n\n".join([prose(8), *parts, between[-1]])
    issue = write_publication(tmp_path_factory.mktemp("unruly"), articles={"1.md": article(body)})
    pages = lay_out_issue(issue)
    assert pages.laid_out.losses == ()
    return pages


@pytest.mark.slow
@pytest.mark.parametrize("name", UNRULY)
def test_what_is_too_long_for_a_line_stays_in_its_column(unruly: Pages, name: str) -> None:
    number = list(UNRULY).index(name)
    start, end = (start_of(unruly, paragraph(100 + n, 1)[:-1]) for n in (number, number + 1))
    if name == "a long note":  # it stands at the end, and what follows is its heading
        start, end = end, (unruly.laid_out.pages + 1, 0, 0.0)
    outside = [
        ink
        for ink in strays(unruly)
        if start < (ink.page, unruly.column_of(ink.page, ink.left), ink.bottom) < end
    ]
    assert outside == []


def start_of(pages: Pages, text: str) -> tuple[int, int, float]:
    """The page, column and baseline of a paragraph's first line."""
    first = pages.find(text)[0][0]
    return first.page, pages.column_of(first.page, first.x), first.baseline


@pytest.mark.slow
def test_a_title_with_a_long_word_stays_in_its_column(tmp_path: Path) -> None:
    articles = {"1.md": article(prose(9)), "2.md": article(prose(3, 20), title=LONG_WORD)}
    pages = lay_out_issue(write_publication(tmp_path, articles=articles))
    assert pages.laid_out.losses == ()
    assert strays(pages) == []


LONG = (
    "| name | value |\n|---|---|\n" + "\n".join(f"| row {n} | {n} |" for n in range(70)),
    "\n".join(f"- item {n}" for n in range(70)),
    "```\n" + "\n".join(f"line {n}" for n in range(70)) + "\n```",
    "\n>\n".join(f"> {paragraph(n)}" for n in range(60, 68)),
    " ".join(f"Word[^{n}]" for n in range(60)),
    "\n".join(f"[^{n}]: Note number {n} says this and little more of it." for n in range(60)),
)


@pytest.mark.slow
def test_what_is_longer_than_a_column_goes_on_in_the_next(tmp_path: Path) -> None:
    """A table, a list, code, a quotation and notes: each begins on one page and ends elsewhere."""
    body = "\n\n".join([prose(5), *LONG])
    pages = lay_out_issue(write_publication(tmp_path, articles={"1.md": article(body)}))
    assert [str(diagnostic) for diagnostic in pages.report] == []
    assert strays(pages) == []
    for start, end in (
        ("row 1", "row 69"),
        ("item 1", "item 69"),
        ("line 1", "line 69"),
        (paragraph(60).split(maxsplit=1)[0], paragraph(67).split(maxsplit=1)[0]),
        ("Note number 1 says", "Note number 59 says"),
    ):
        first, last = start_of(pages, start), start_of(pages, end)
        assert first[:2] < last[:2], f"{end} stands in the column of {start}"


def gaps(rows: Sequence[Row]) -> list[float]:
    return [other.baseline - row.baseline for row, other in pairwise(rows)]


def glyph_fonts(glyphs: Sequence[Glyph]) -> set[str]:
    return {glyph.font for glyph in glyphs}


def test_lines_of_a_paragraph_follow_at_the_distance_of_the_grid(
    pages: Pages, texts: list[str]
) -> None:
    rows = rows_of(pages, texts[0])
    assert len(rows) >= 2
    assert gaps(rows) == pytest.approx([pages.geometry.baseline] * (len(rows) - 1), abs=0.1)


EAST_ASIAN = [
    ("the port of 臺北 woke.", "Noto-Serif-CJK-TC"),
    ("the port of [神戸]{lang=ja} woke.", "Noto-Serif-CJK-JP"),
    ("the port of コウベ woke.", "Noto-Serif-CJK-JP"),
    ("the port of [上海]{lang=zh-Hans} woke.", "Noto-Serif-CJK-SC"),
    ("the port of [上海]{lang=zh-CN} woke.", "Noto-Serif-CJK-SC"),
    ("the port of [香港]{lang=zh-Hant} woke.", "Noto-Serif-CJK-TC"),
    ("the port of 부산 woke.", "Noto-Serif-CJK-KR"),
    ("the port of [釜山]{lang=ko} woke.", "Noto-Serif-CJK-KR"),
    ("the *port of [神戸]{lang=ja}* woke.", "Noto-Serif-CJK-JP"),
    ("the **port of [神戸]{lang=ja}** woke.", "Noto-Serif-CJK-JP-Bold"),
    ("the [port of [神戸]{lang=ja}](https://example.org/) woke.", "Noto-Serif-CJK-JP"),
]


@pytest.fixture(scope="module")
def east_asian(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    body = "\n\n".join(f"Line {n}: {markdown}" for n, (markdown, _) in enumerate(EAST_ASIAN))
    issue = write_publication(tmp_path_factory.mktemp("cjk"), articles={"1.md": article(body)})
    return lay_out_issue(issue)


@pytest.mark.parametrize("number", range(len(EAST_ASIAN)))
def test_east_asian_text_is_set_in_the_font_of_its_language(east_asian: Pages, number: int) -> None:
    (line,) = [row for row in east_asian.rows if plain(row.text).startswith(f"Line{number}:")]
    asian = [glyph for glyph in line.glyphs if glyph.character >= "\u2e80"]
    assert len(asian) >= 2
    assert glyph_fonts(asian) == {EAST_ASIAN[number][1]}
    assert glyph_fonts([g for g in line.glyphs if g.character.isascii()]) <= {
        "Source-Serif-Pro",
        "Source-Serif-Pro-Italic",
        "Source-Serif-Pro-Bold",
    }

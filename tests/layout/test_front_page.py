"""The front page: nameplate and contents across it, the lead article wide, the masthead beside it.

What holds of one page size holds of every other, so each test runs on three.
"""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.pages import MAIN, SECOND, SIDEBAR, Pages, Shape, lay_out_issue, prose
from tests.publications import article, write_publication
from typeset.geometry import PageGeometry

ACCENT = (0x1F, 0x4E, 0x7A)
MASTHEAD: list[dict[str, str]] = [
    {"text": "**The Test Brief** tells of harbors, every other week, to those who work in them."},
    {"heading": "Editor", "text": "The Test Desk"},
    {"heading": "Web", "text": "To follow the sources from print, visit {url}."},
    {"text": "© {year} The Test Desk, volume {volume}, issue {number}."},
]
LONG_TITLE = (
    "The Long and Careful Measurement of Every Quay, Crane and Channel Lamp between the Old "
    "Breakwater and the Northern Strait"
)
TITLES = ("A Harbor at Dawn", "What the Pilots Know", LONG_TITLE)
AUTHORS = (["The Test Desk"], ["Ada Quay", "Ben Crane", "Cy Lamp"], ["The Other Desk"])
PAGES = {"letter": "letter", "a4": "a4", "book": ["170 mm", "240 mm"]}
TOLERANCE = 0.1


@pytest.fixture(scope="module", params=PAGES)
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return lay_out_issue(
        write_publication(
            tmp_path_factory.mktemp(request.param),
            publication={
                "page": PAGES[request.param],
                "accent": "#1F4E7A",
                "url": "https://example.org/{slug}/",
                "masthead": MASTHEAD,
            },
            articles={
                f"{number}.md": article(prose(count, 100 * number), title=title, authors=authors)
                for number, (title, authors, count) in enumerate(
                    zip(TITLES, AUTHORS, (9, 16, 3), strict=True)
                )
            },
        )
    )


@pytest.fixture
def page(pages: Pages) -> PageGeometry:
    return pages.geometry


def bands(pages: Pages) -> list[Shape]:
    """The areas of the front page that are filled with the accent."""
    return [
        shape
        for shape in pages.shapes(1)
        if shape.color == ACCENT and shape.box.bottom - shape.box.top > 50
    ]


def test_the_nameplate_spans_the_width_between_the_margins(
    pages: Pages, page: PageGeometry
) -> None:
    nameplate = min(bands(pages), key=lambda shape: shape.box.top)
    assert nameplate.box.left == pytest.approx(page.side, abs=TOLERANCE)
    assert nameplate.box.right == pytest.approx(page.width - page.side, abs=TOLERANCE)
    assert nameplate.box.top == pytest.approx(page.first_top, abs=TOLERANCE)


def test_the_nameplate_names_the_publication_the_volume_the_number_and_the_date(
    pages: Pages,
) -> None:
    band = min(bands(pages), key=lambda shape: shape.box.top).box
    said = [row for row in pages.rows if row.page == 1 and row.baseline < band.bottom]
    text = " ".join(glyph.character for row in said for glyph in row.glyphs).replace(" ", "")
    for words in ("TheTestBrief", "Volume1,Issue1", "January14,2026"):
        assert words in text
    name = said[0].glyphs[0].size
    assert name > 2 * max(glyph.size for row in said[1:] for glyph in row.glyphs)


def test_the_date_ends_where_the_name_begins_counted_from_the_other_side(
    pages: Pages, page: PageGeometry
) -> None:
    name, date = pages.box("name"), pages.find("January 14, 2026")[0]
    right = max(
        ink.right
        for ink in pages.ink
        if ink.page == 1 and abs(ink.bottom - date[-1].baseline) < 1 and ink.right > date[-1].x
    )
    assert page.width - right == pytest.approx(name.left, abs=1)


def entries(pages: Pages) -> list[str]:
    """The contents, one string an entry, its lines joined."""
    box = pages.box("contents")
    rows = [row.text for row in pages.rows if row.page == 1 and box.top < row.baseline < box.bottom]
    joined = "".join(rows[1:])
    return [entry.strip() for entry in re.findall(r".*?\.{3,}\s*\d+", joined)]


def test_the_contents_list_every_title_with_its_authors_and_a_dotted_leader(pages: Pages) -> None:
    said = ("The Test Desk", "Ada Quay, Ben Crane and Cy Lamp", "The Other Desk")
    listed = [re.sub(r"\s|\x02", "", entry) for entry in entries(pages)]
    assert len(listed) == len(TITLES)
    for entry, title, names in zip(listed, TITLES, said, strict=True):
        assert entry.startswith(f"{title}{names}...".replace(" ", ""))


def test_the_contents_give_the_page_on_which_each_title_stands(pages: Pages) -> None:
    standing = []
    for title in TITLES:
        headings = [found[0] for found in pages.find(title) if found[0].size == 15]
        assert len(headings) == 1
        standing.append(headings[0].page)
    listed = [int(entry.rpartition(".")[2]) for entry in entries(pages)]
    assert listed == standing
    assert len(set(standing)) == len(standing), "the issue no longer tells pages apart"


def test_the_page_numbers_of_the_contents_end_on_one_line_at_the_right_edge(
    pages: Pages, page: PageGeometry
) -> None:
    box = pages.box("contents")
    ends = [
        max(ink.right for ink in pages.ink if ink.page == 1 and abs(ink.bottom - baseline) < 1)
        for baseline in (
            row.baseline
            for row in pages.rows
            if row.page == 1
            and box.top < row.baseline < box.bottom
            and re.search(r"\.\s*\d+\s*$", row.text)
        )
    ]
    assert len(ends) == len(TITLES)
    assert ends == pytest.approx([page.width - page.side] * len(ends), abs=1.5)


def test_the_lead_article_runs_in_one_column_of_its_width(pages: Pages, page: PageGeometry) -> None:
    start = pages.box("a1").bottom
    rows = [row for row in pages.rows_in(1, MAIN) if row.baseline > start]
    left, right = pages.edges(1, MAIN)
    assert right - left == pytest.approx(page.first_width)
    assert {row.left for row in rows} == {left, left + 12}
    # All but the last line of a paragraph is set to the full width.
    rights = [right_of(pages, 1, row.baseline, right) for row in rows]
    full = [edge for edge in rights if edge > right - 2]
    assert len(full) >= 0.75 * len(rows) > 6
    assert max(rights) <= right + TOLERANCE


def right_of(pages: Pages, number: int, baseline: float, limit: float) -> float:
    """Where the ink of a line ends, left of a limit."""
    return max(
        ink.right
        for ink in pages.ink
        if ink.page == number
        and ink.top - 1 < baseline < ink.bottom + 4
        and ink.left < limit
        and abs(baseline - ink.bottom) < 5
    )


def test_the_lead_article_begins_below_the_contents_and_fills_the_page(
    pages: Pages, page: PageGeometry
) -> None:
    assert pages.box("a1").top >= pages.box("contents").bottom
    last = pages.rows_in(1, MAIN)[-1].baseline
    assert page.height - page.bottom - last < 3 * page.baseline


def test_the_masthead_stands_in_the_sidebar_beside_the_beginning_of_the_lead(
    pages: Pages, page: PageGeometry
) -> None:
    box = pages.box("masthead")
    assert (box.left, box.right) == pytest.approx(pages.edges(1, SIDEBAR))
    assert box.right - box.left == pytest.approx(page.sidebar)
    assert box.top == pytest.approx(pages.box("a1").top, abs=TOLERANCE)
    assert box.bottom <= page.height - page.bottom


def test_the_masthead_says_its_paragraphs_in_their_order_with_the_values_filled_in(
    pages: Pages,
) -> None:
    rows = [row for row in pages.rows_in(1, SIDEBAR) if row.baseline > pages.box("masthead").top]
    said = re.sub(r"\s|\x02", "", "".join(row.text for row in rows))
    expected = (
        "The Test Brief tells of harbors, every other week, to those who work in them.",
        "Editor The Test Desk Web To follow the sources from print, visit",
        "https://example.org/the-test-brief-vol-1-issue-1/.",
        "© 2026 The Test Desk, volume 1, issue 1.",
    )
    assert said == re.sub(r"[\s-]", "", "".join(expected)) or said == re.sub(
        r"\s", "", "".join(expected)
    )


def test_nothing_stands_between_the_lead_article_and_the_masthead(pages: Pages) -> None:
    start = pages.box("a1").top
    left, right = pages.first_right, pages.sidebar_left
    strays = [
        ink
        for ink in pages.ink
        if ink.page == 1
        and ink.top > start
        and ink.right > left + TOLERANCE
        and ink.left < right - TOLERANCE
    ]
    assert strays == []


def test_from_page_two_on_there_are_two_columns_of_equal_width(
    pages: Pages, page: PageGeometry
) -> None:
    for column in (MAIN, SECOND):
        left, right = pages.edges(2, column)
        rows = [row for row in pages.rows_in(2, column) if row.glyphs[0].size == 10]
        assert min(row.left for row in rows) == pytest.approx(left, abs=TOLERANCE)
        assert {round(row.left - left) for row in rows} == {0, 12}
        rights = [right_of(pages, 2, row.baseline, right) for row in rows]
        assert len([edge for edge in rights if edge > right - 2]) >= 0.75 * len(rows) > 15
        assert max(rights) <= right + TOLERANCE
    widths = [right - left for left, right in (pages.edges(2, MAIN), pages.edges(2, SECOND))]
    assert widths[0] == pytest.approx(widths[1])
    assert pages.edges(2, SECOND)[0] - pages.edges(2, MAIN)[1] == pytest.approx(page.gap)


def test_nothing_stands_outside_the_columns(pages: Pages) -> None:
    strays = []
    for ink in pages.ink:
        if ink.page > 1 and pages.is_text_area(ink.page, ink.bottom):
            left, right = pages.edges(ink.page, pages.column_of(ink.page, ink.left))
            if ink.left < left - 0.5 or ink.right > right + 0.5:
                strays.append(ink)
    assert strays == []


def test_every_page_but_the_first_has_a_running_head_and_its_number(
    pages: Pages, page: PageGeometry
) -> None:
    assert pages.running(1) == []
    for number in range(2, pages.laid_out.pages + 1):
        marks = pages.running(number)
        head = [glyph for glyph in marks if glyph.baseline < page.top]
        folio = [glyph for glyph in marks if glyph.baseline > page.top]
        said = "".join(glyph.character for glyph in head)
        assert said.replace("\u00a0", "") == "TheTestBrief,Vol.1,Issue1"
        assert head[0].x == pytest.approx(page.side, abs=TOLERANCE)
        assert "".join(glyph.character for glyph in folio) == str(number)
        assert folio[0].x == pytest.approx(page.width / 2, abs=5)


def test_the_text_goes_on_where_the_front_page_ends(pages: Pages) -> None:
    columns = [(1, MAIN), (2, MAIN), (2, SECOND)]
    starts = [pages.rows_in(*column)[0].baseline for column in columns[1:]]
    assert starts[0] == pytest.approx(starts[1], abs=TOLERANCE)
    last, first = pages.rows_in(1, MAIN)[-1], pages.rows_in(2, MAIN)[0]
    around = re.sub(r"[\s\x02]", "", last.text + first.text)
    assert around in re.sub(r"[\s-]", "", prose(9, 0))


def test_titles_of_the_contents_lead_to_their_articles_in_order(pages: Pages) -> None:
    tops = [pages.box(f"contents-{number}").top for number in (1, 2, 3)]
    assert all(one < other for one, other in pairwise(tops))


def test_without_contents_the_lead_begins_higher(tmp_path: Path, pages: Pages) -> None:
    bare = lay_out_issue(write_publication(tmp_path, publication={"contents": False}))
    assert "contents" not in bare.laid_out.boxes
    assert bare.box("a1").top < pages.box("contents").bottom


def test_a_masthead_longer_than_the_front_page_is_an_error_at_its_place(tmp_path: Path) -> None:
    text = "A word on what this publication is for and on whom it is meant to serve. " * 40
    issue = write_publication(tmp_path, publication={"masthead": [{"text": text}]})
    (found,) = lay_out_issue(issue).report
    assert found.code == "masthead-long"
    assert str(found.severity) == "error"
    assert str(found.location) == "publication.yaml:4:1"
    assert re.search(r"\b\d+ lines too long", found.message)

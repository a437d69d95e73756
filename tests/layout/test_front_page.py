"""The front page: nameplate and contents across it, the lead article wide, the masthead beside it.

What holds of one page size holds of every other, so each test runs on three.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.measures.grid import lines_of, measure_grid
from tests.pages import HANGING, MAIN, SECOND, SIDEBAR, Pages, Row, lay_out_issue, plain, prose
from tests.publications import article, write_publication
from typeset.diagnostics import Severity
from typeset.errors import ContentError
from typeset.geometry import PageGeometry
from typeset.layout.protocol import Box
from typeset.pipeline.build import load_issue

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
LINES_OF_THE_SETTING = [("publication.yaml", 4), ("publication.yaml", 5)]
"""Where the one setting that a test adds stands: its key, and its first value."""
TOLERANCE = 0.1


@pytest.fixture(
    scope="module",
    params=["letter", *(pytest.param(name, marks=pytest.mark.slow) for name in ("book", "a4"))],
)
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
                    zip(TITLES, AUTHORS, (12, 16, 3), strict=True)
                )
            },
        )
    )


@pytest.fixture
def page(pages: Pages) -> PageGeometry:
    return pages.geometry


def nameplate(pages: Pages) -> Box:
    """The topmost area of the front page that is filled with the accent."""
    return min((s.box for s in pages.shapes(1) if s.color == ACCENT), key=lambda box: box.top)


def test_the_nameplate_spans_the_width_between_the_margins(
    pages: Pages, page: PageGeometry
) -> None:
    band = nameplate(pages)
    assert (band.left, band.right) == pytest.approx((page.inner, page.width - page.outer))
    assert band.top == pytest.approx(page.first_top, abs=TOLERANCE)


def test_the_nameplate_names_the_publication_the_volume_the_number_and_the_date(
    pages: Pages,
) -> None:
    name, *rest = pages.across(nameplate(pages))
    assert name.text == "The Test Brief"
    assert plain(rest[0].text) == plain("Volume 1, Issue 1 January 14, 2026")
    assert name.glyphs[0].size > 2 * rest[0].glyphs[0].size
    assert len(rest) == 1


def test_the_date_stands_as_far_from_the_right_edge_as_the_name_from_the_left(
    pages: Pages,
) -> None:
    band = nameplate(pages)
    rows = pages.across(band)
    right = max(
        ink.right for ink in pages.ink if ink.page == 1 and band.top < ink.top < band.bottom
    )
    assert band.right - right == pytest.approx(rows[0].left - band.left, abs=1)


def entries(pages: Pages) -> list[str]:
    """The contents, one string an entry, its lines joined, spaces and hyphens left out."""
    _, *rows = pages.across(pages.box("contents"))
    return re.findall(r".*?\.{3,}\d+", plain("".join(row.text for row in rows)))


def test_the_contents_list_every_title_with_its_authors_and_a_dotted_leader(pages: Pages) -> None:
    said = ("The Test Desk", "Ada Quay, Ben Crane and Cy Lamp", "The Other Desk")
    listed = entries(pages)
    assert len(listed) == len(TITLES)
    for entry, title, names in zip(listed, TITLES, said, strict=True):
        assert entry.startswith(plain(f"{title}{names}..."))


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
    numbered = [row for row in pages.across(box) if re.search(r"\.\s*\d+\s*$", row.text)]
    assert len(numbered) == len(TITLES)
    ends = [
        max(ink.right for ink in pages.ink if ink.page == 1 and abs(ink.bottom - row.baseline) < 1)
        for row in numbered
    ]
    assert ends == pytest.approx([page.width - page.outer] * len(ends), abs=HANGING)


def check_measure(pages: Pages, rows: list[Row], left: float, right: float) -> None:
    """Lines begin at the left edge or one indent from it, and most fill the measure."""
    assert {round(row.left - left, 1) for row in rows} == {0, 12}
    ends = [pages.end_of(row) for row in rows]
    full = [end for end in ends if end > right - 2]
    assert len(full) >= 0.75 * len(rows) > 6
    assert max(ends) <= right + HANGING


def test_the_lead_article_runs_in_one_column_of_its_width(pages: Pages, page: PageGeometry) -> None:
    left, right = pages.edges(1, MAIN)
    assert right - left == pytest.approx(page.first_width)
    start = pages.box("a1").bottom
    rows = [row for row in pages.rows_in(1, MAIN) if row.baseline > start]
    check_measure(pages, rows, left, right)


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
    said = plain("".join(row.text for row in pages.across(pages.box("masthead"))))
    expected = (
        "The Test Brief tells of harbors, every other week, to those who work in them.",
        "Editor The Test Desk Web To follow the sources from print, visit",
        "https://example.org/the-test-brief-vol-1-issue-1/.",
        "© 2026 The Test Desk, volume 1, issue 1.",
    )
    assert said == plain("".join(expected))


def test_nothing_stands_between_the_lead_article_and_the_masthead(pages: Pages) -> None:
    start = pages.box("a1").top
    left, right = pages.first_right, pages.sidebar_left
    strays = [
        ink
        for ink in pages.ink
        if ink.page == 1
        and ink.top > start
        and ink.right > left + HANGING
        and ink.left < right - HANGING
    ]
    assert strays == []


def test_from_page_two_on_there_are_two_columns_of_equal_width(
    pages: Pages, page: PageGeometry
) -> None:
    for column in (MAIN, SECOND):
        rows = [row for row in pages.rows_in(2, column) if row.glyphs[0].size == 10]
        check_measure(pages, rows, *pages.edges(2, column))
    widths = [right - left for left, right in (pages.edges(2, MAIN), pages.edges(2, SECOND))]
    assert widths[0] == pytest.approx(widths[1])
    assert pages.edges(2, SECOND)[0] - pages.edges(2, MAIN)[1] == pytest.approx(page.gap)


def test_nothing_stands_outside_the_columns(pages: Pages) -> None:
    strays = []
    for ink in pages.ink:
        if ink.page > 1 and pages.is_text_area(ink.page, ink.bottom):
            left, right = pages.edges(ink.page, pages.column_of(ink.page, ink.left))
            if ink.left < left - HANGING or ink.right > right + HANGING:
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
        assert "".join(glyph.character for glyph in head) == "TheTestBrief,Vol.1,Issue1"
        assert head[0].x == pytest.approx(page.inner, abs=TOLERANCE)
        assert "".join(glyph.character for glyph in folio) == str(number)
        assert folio[0].x == pytest.approx(page.width / 2, abs=5)


def test_the_text_goes_on_where_the_front_page_ends(pages: Pages) -> None:
    columns = [(1, MAIN), (2, MAIN), (2, SECOND)]
    starts = [pages.rows_in(*column)[0].baseline for column in columns[1:]]
    assert starts[0] == pytest.approx(starts[1], abs=TOLERANCE)
    last, first = pages.rows_in(1, MAIN)[-1], pages.rows_in(2, MAIN)[0]
    assert plain(last.text + first.text) in plain(prose(12))


def test_every_line_stands_on_the_grid(pages: Pages, page: PageGeometry) -> None:
    lines = lines_of(
        pages.glyphs, middle=page.width / 2, top=page.top, bottom=page.height - page.bottom
    )
    figures = measure_grid(lines, page.baseline)
    assert figures.off == ()
    assert {line.page for line in lines} >= {1, 2}


def test_without_contents_the_lead_begins_higher(tmp_path: Path, pages: Pages) -> None:
    bare = lay_out_issue(write_publication(tmp_path, publication={"contents": False}))
    assert "contents" not in bare.laid_out.boxes
    assert bare.box("a1").top < pages.box("contents").bottom


@pytest.mark.parametrize(
    "length", [1, pytest.param(25, marks=pytest.mark.slow)], ids=["short issue", "long issue"]
)
def test_a_masthead_longer_than_the_front_page_is_an_error_at_its_place(
    tmp_path: Path, length: int
) -> None:
    """It would be cut off, or printed over the columns of the second page."""
    text = "A word on what this publication is for and on whom it is meant to serve. " * 40
    issue = write_publication(
        tmp_path,
        publication={"masthead": [{"text": text}]},
        articles={"1.md": article(prose(length))},
    )
    found = {str(one.code): one for one in lay_out_issue(issue).report}
    assert "masthead-long" in found
    assert found["masthead-long"].severity is Severity.ERROR
    place = found["masthead-long"].location
    assert place is not None
    assert (place.path, place.line) in LINES_OF_THE_SETTING


def test_a_page_without_room_for_the_sidebar_and_columns_is_an_error_at_its_place(
    tmp_path: Path,
) -> None:
    issue = write_publication(tmp_path, publication={"page": ["90 mm", "110 mm"]})
    with pytest.raises(ContentError) as caught:
        load_issue(issue)
    (found,) = caught.value.report
    assert found.severity is Severity.ERROR
    assert found.location is not None
    assert (found.location.path, found.location.line) in LINES_OF_THE_SETTING

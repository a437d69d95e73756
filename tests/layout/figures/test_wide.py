"""Wide figures and tables: as wide as the page, at its foot, and without an empty page for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import MAIN, SECOND, Pages, lay_out_issue, paragraph, plain, prose
from tests.publications import article, png, write_publication
from typeset.layout.protocol import Box

pytestmark = pytest.mark.slow

FILES = {
    "images/flat.png": png(900, 300, "navy"),
    "images/photo.png": png(900, 600, "teal"),
    "images/portrait.png": png(600, 800, "olive"),
    "images/strip.png": png(100, 1000, "maroon"),
}
TABLE = """\
| Port | Depth | Length | Cranes |
|---|---|---|---|
| Kobe | sixteen | three hundred and more | seven of them |
| Busan | seventeen | four hundred and more | nine of them |
Table: Quays of two ports {width=wide source="The Desk"}
"""


def figure(name: str, caption: str, width: str = "wide") -> str:
    return f'![{caption}](images/{name}.png){{credit="The Camera" alt="x" width={width}}}'


def lay_out(folder: Path, *bodies: str) -> Pages:
    texts = {
        f"{n}.md": article(body, title=f"Title number {n}") for n, body in enumerate(bodies, 1)
    }
    return lay_out_issue(write_publication(folder, articles=texts, files=FILES))


def box_of(pages: Pages, caption: str) -> Box:
    """Where the figure or table with a caption stands: its own box, not the caption's."""
    for text in pages.loaded.issue.articles:
        for block in text.blocks:
            if getattr(block, "caption", None) is not None and caption in block.caption.text:  # type: ignore[union-attr]
                boxes = pages.laid_out.boxes
                (box,) = boxes.get(f"{block.id}-table", ()) or boxes[block.id]
                return box
    raise LookupError(caption)


def empty_foot(pages: Pages, number: int) -> float:
    """The height between the text of a page and its foot, or what stands there."""
    geometry = pages.geometry
    foot = geometry.height - geometry.bottom
    return min(
        foot - pages.rows_in(number, column)[-1].baseline
        for column in (MAIN, SECOND)
        if pages.rows_in(number, column)
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return lay_out(
        tmp_path_factory.mktemp("wide"),
        "\n\n".join(
            [
                prose(10),
                figure("flat", "The first caption"),
                prose(12, 20),
                figure("photo", "The second caption"),
                prose(10, 40),
                TABLE,
                prose(8, 60),
            ]
        ),
        f"{prose(4, 80)}\n\n{figure('flat', 'The third caption')}\n\n{prose(4, 90)}",
    )


CAPTIONS = ("The first caption", "The second caption", "Quays of two ports", "The third caption")


def test_nothing_is_lost(pages: Pages) -> None:
    assert list(pages.report) == []


@pytest.mark.parametrize("caption", CAPTIONS)
def test_it_spans_the_page_between_the_margins(pages: Pages, caption: str) -> None:
    box = box_of(pages, caption)
    geometry = pages.geometry
    assert (box.left, box.right) == pytest.approx((geometry.inner, geometry.width - geometry.outer))


@pytest.mark.parametrize("caption", CAPTIONS)
def test_it_stands_at_the_foot_of_its_page_below_both_columns(pages: Pages, caption: str) -> None:
    box = box_of(pages, caption)
    foot = pages.geometry.height - pages.geometry.bottom
    assert foot - box.bottom < pages.geometry.baseline + 0.1
    above = [row for row in pages.rows if row.page == box.page and row.baseline < box.top]
    assert {row.column for row in above} == {MAIN, SECOND}
    inside = plain("".join(row.text for row in pages.across(box)))
    assert plain(caption) in inside
    assert "Paragraph" not in inside


@pytest.mark.parametrize(
    ("caption", "before", "after"),
    [
        ("The first caption", 9, 31),
        ("The second caption", 31, 49),
        ("Quays of two ports", 49, 67),
        ("The third caption", 83, 93),
    ],
)
def test_it_stands_on_the_page_of_its_place_in_the_text_or_soon_after(
    pages: Pages, caption: str, before: int, after: int
) -> None:
    page = box_of(pages, caption).page
    start = pages.find(paragraph(before).split()[0])[0][0].page
    end = pages.find(paragraph(after).split()[0])[0][0].page
    assert start <= page <= end
    assert page <= start + 1


def test_pages_before_it_are_full(pages: Pages) -> None:
    for number in range(2, pages.laid_out.pages):
        feet = [
            box_of(pages, caption).top
            for caption in CAPTIONS
            if box_of(pages, caption).page == number
        ]
        last = [
            row.baseline
            for column in (MAIN, SECOND)
            for row in pages.rows_in(number, column)[-60:]
            if row.baseline < min(feet, default=9999)
        ]
        foot = min(feet, default=pages.geometry.height - pages.geometry.bottom)
        assert foot - max(last) < 6 * pages.geometry.baseline, f"page {number} has an empty foot"


def test_the_image_keeps_its_shape(pages: Pages) -> None:
    box = box_of(pages, "The second caption")
    assert 336 <= box.bottom - box.top <= 336 + 5 * 13


def test_figures_keep_the_order_of_the_text(pages: Pages) -> None:
    places = [(box_of(pages, caption).page, box_of(pages, caption).top) for caption in CAPTIONS]
    assert places == sorted(places)


def test_one_called_on_the_front_page_waits_for_a_page_of_two_columns(tmp_path: Path) -> None:
    body = f"{prose(1)}\n\n{figure('flat', 'A caption')}\n\n{prose(15, 10)}"
    pages = lay_out(tmp_path, body)
    assert list(pages.report) == []
    box = box_of(pages, "A caption")
    assert box.page == 2
    assert box.right - box.left == pytest.approx(pages.geometry.content_width, abs=0.1)


def test_two_together_stand_in_their_order_and_leave_no_page_empty(tmp_path: Path) -> None:
    both = f"{figure('flat', 'One caption')}\n\n{figure('flat', 'Other caption')}"
    pages = lay_out(tmp_path, f"{prose(9)}\n\n{both}\n\n{prose(9, 20)}")
    assert list(pages.report) == []
    one, other = box_of(pages, "One caption"), box_of(pages, "Other caption")
    assert (one.page, one.top) < (other.page, other.top)
    assert one.bottom <= other.top or one.page < other.page
    assert pages.laid_out.pages <= 4


def text_share(pages: Pages, number: int, captions: list[str]) -> float:
    """The share of what the figures on a page leave of it that lines of text take."""
    geometry = pages.geometry
    figures = [
        box for box in (box_of(pages, caption) for caption in captions) if box.page == number
    ]
    free = 2.0 * geometry.lines
    for box in figures:
        columns = 2 if box.right - box.left > geometry.column_width + 1 else 1
        free -= columns * (box.bottom - box.top) / geometry.baseline
    rows = [
        row
        for row in pages.rows
        if row.page == number
        and not any(
            box.top < row.baseline < box.bottom and box.left - 1 < row.left < box.right
            for box in figures
        )
    ]
    return len(rows) / free


@pytest.mark.parametrize(
    ("name", "count", "design", "line_breaking"),
    [
        ("photo", 3, ("brief", "continuous"), "total-fit"),
        ("photo", 3, ("ledger", "new-page"), "greedy"),
        ("photo", 4, ("ledger", "continuous"), "total-fit"),
        ("portrait", 3, ("brief", "new-page"), "greedy"),
        ("flat", 4, ("brief", "continuous"), "greedy"),
    ],
)
def test_many_in_a_row_stand_on_pages_that_text_fills(
    tmp_path: Path, name: str, count: int, design: tuple[str, str], line_breaking: str
) -> None:
    captions = [f"Caption {letter}" for letter in "ABCD"[:count]]
    row = "\n\n".join(figure(name, caption) for caption in captions)
    texts = {
        "1.md": article(prose(6), title="The lead"),
        "2.md": article(f"{prose(1, 10)}\n\n{row}\n\n{prose(24, 20)}", title="The second"),
    }
    issue = write_publication(
        tmp_path,
        publication=dict(zip(("theme", "flow"), design, strict=True)),
        issue={"line_breaking": line_breaking},
        articles=texts,
        files=FILES,
    )
    pages = lay_out_issue(issue)
    assert list(pages.report) == []
    places = [(box_of(pages, caption).page, box_of(pages, caption).top) for caption in captions]
    called = pages.the(paragraph(10))[-1].page
    assert places == sorted(places)
    assert called <= places[0][0] <= called + 1
    assert places[-1][0] <= called + count
    (start,) = [found[0].page for found in pages.find("The second") if found[0].size > 12]
    for number in range(start, pages.laid_out.pages):
        assert text_share(pages, number, captions) > 0.5, f"page {number} lacks text"


@pytest.mark.parametrize(
    ("line_breaking", "after"), [("greedy", prose(6, 60)), ("total-fit", None)]
)
def test_many_at_the_end_of_an_article_stand_before_its_takeaway(
    tmp_path: Path, line_breaking: str, after: str | None
) -> None:
    """There is no text for more than one page with a wide figure: others become a column's."""
    captions = ["Caption A", "Caption B", "Caption C"]
    row = "\n\n".join(figure("photo", caption) for caption in captions)
    texts = {"1.md": article(f"{prose(9)}\n\n{row}", takeaway="It ends here.")}
    if after:
        texts["2.md"] = article(after, title="The next")
    issue = {"line_breaking": line_breaking}
    pages = lay_out_issue(write_publication(tmp_path, issue=issue, articles=texts, files=FILES))
    assert {one.code for one in pages.report} <= {"figure-narrowed"}
    boxes = [box_of(pages, caption) for caption in captions]
    places = [(box.page, box.left > pages.geometry.middle(box.page), box.top) for box in boxes]
    assert places[:2] == sorted(places[:2])
    assert places[1][0] <= places[2][0]
    called = pages.the(" ".join(paragraph(8).split()[:4]))[-1].page
    assert called <= places[0][0]
    widths = [box.right - box.left for box in boxes]
    assert max(widths) == pytest.approx(pages.geometry.content_width, abs=0.1)
    assert pages.laid_out.pages <= (5 if after else 3)


def test_a_table_that_leaves_its_page_no_room_for_text_becomes_a_column_s(tmp_path: Path) -> None:
    """Were it wide, page after page would hold one line in each column."""
    body_rows = "\n".join(f"| Port {n} | some | more |" for n in range(43))
    head = "| Port | Depth | Length |\n|---|---|---|"
    table = f"{head}\n{body_rows}\nTable: Many ports {{width=wide}}"
    texts = {"1.md": article(f"{prose(9)}\n\n{table}\n\n{prose(16, 20)}")}
    issue = {"line_breaking": "greedy"}
    pages = lay_out_issue(write_publication(tmp_path, issue=issue, articles=texts, files=FILES))
    assert list(pages.report) == []
    assert pages.laid_out.pages <= 5
    for number in range(2, pages.laid_out.pages):
        assert len([row for row in pages.rows if row.page == number]) > 50


def test_at_the_end_of_an_article_it_stays_before_the_next_article_s_end(tmp_path: Path) -> None:
    pages = lay_out(tmp_path, f"{prose(12)}\n\n{figure('flat', 'A caption')}", f"{prose(12, 20)}")
    assert {one.code for one in pages.report} <= {"figure-narrowed"}
    (title,) = [found for found in pages.find("Title number 2") if found[0].size == 15]
    assert box_of(pages, "A caption").page <= title[0].page


def test_at_the_end_of_an_issue_it_needs_no_page_without_text(tmp_path: Path) -> None:
    pages = lay_out(tmp_path, f"{prose(12)}\n\n{figure('flat', 'A caption')}")
    assert {one.code for one in pages.report} <= {"figure-narrowed"}
    last = box_of(pages, "A caption").page
    assert any(row.text.strip() and row.baseline < 600 for row in pages.rows if row.page == last)


@pytest.mark.parametrize(("name", "width"), [("portrait", "wide"), ("strip", "column")])
def test_an_image_higher_than_the_page_is_fitted_to_it(
    tmp_path: Path, name: str, width: str
) -> None:
    """A portrait of three by four, as wide as the page, would be higher than its columns."""
    body = f"{prose(9)}\n\n{figure(name, 'A caption', width)}\n\n{prose(9, 20)}"
    pages = lay_out(tmp_path, body)
    assert list(pages.report) == []
    foot = pages.geometry.height - pages.geometry.bottom
    caption = pages.the("A caption The Camera")
    box = box_of(pages, "A caption")
    assert box.bottom <= foot + 0.1
    assert caption[0].page == box.page
    assert caption[-1].baseline <= foot
    assert pages.laid_out.pages <= 5

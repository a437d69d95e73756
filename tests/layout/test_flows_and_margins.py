"""Both flows on pages of any size, with margins of the publication's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.measures.grid import measure_grid
from tests.pages import MAIN, SECOND, Pages, lay_out_issue, lines_of_pages, prose
from tests.publications import article, png, write_publication

MM = 72 / 25.4
TEXTS = {
    "1.md": article(prose(3), title="The first title", takeaway="Three paragraphs are enough."),
    "2.md": article(
        f'{prose(12, 20)}\n\n![A picture](images/x.png){{alt="x" width=wide}}\n\n{prose(9, 40)}',
        title="The second title that is long enough for two lines of a narrow column",
        standfirst="A sentence that stands below the title, and takes a line or two of its own.",
    ),
    "3.md": article(f"{prose(2, 60)}[^1]\n\n[^1]: A note.", title="The third title"),
}


def lay_out(folder: Path, **settings: object) -> Pages:
    return lay_out_issue(
        write_publication(
            folder, issue=settings, articles=TEXTS, files={"images/x.png": png(1500, 800)}
        )
    )


def heads(pages: Pages) -> list[int]:
    """The page on which each article begins."""
    return [pages.laid_out.boxes[f"a{n}"][0].page for n in (1, 2, 3)]


@pytest.fixture(scope="module")
def separate(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return lay_out(tmp_path_factory.mktemp("new-page"), flow="new-page", page="a4")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    return lay_out(tmp_path_factory.mktemp("bare"), page="a4", contents=False)


def test_articles_follow_one_another_unless_each_is_to_start_a_page(bare: Pages) -> None:
    """The second one begins on the front page, in its one wide column."""
    assert heads(bare)[:2] == [1, 1]


def test_each_article_starts_a_page_at_its_head(separate: Pages) -> None:
    first, second, third = heads(separate)
    assert first == 1
    assert first < second < third
    for name in ("a2", "a3"):
        assert separate.laid_out.boxes[name][0].top == pytest.approx(separate.geometry.top)


def test_a_page_holds_one_article_only(separate: Pages) -> None:
    articles: dict[int, set[str]] = {}
    for name, boxes in separate.laid_out.boxes.items():
        if name.startswith("a") and name[1].isdigit():
            for box in boxes:
                articles.setdefault(box.page, set()).add(name[:2])
    assert all(len(names) == 1 for names in articles.values())


def test_no_rule_parts_articles_that_start_pages(separate: Pages) -> None:
    assert all(shape.box.bottom - shape.box.top > 2 for shape in separate.shapes(2))


def test_the_last_page_of_an_article_is_balanced(separate: Pages) -> None:
    last = separate.laid_out.boxes["a3"][0].page
    left, right = (separate.rows_in(last, column) for column in (MAIN, SECOND))
    assert right
    assert abs(left[-1].baseline - right[-1].baseline) < 6 * separate.geometry.baseline


def test_an_article_on_a_page_of_its_own_leaves_no_warning(separate: Pages) -> None:
    assert not len(separate.report)


@pytest.mark.slow
@pytest.mark.parametrize("flow", ["continuous", "new-page"])
@pytest.mark.parametrize(
    "page", ["letter", "a4", ["189 mm", "246 mm"], ["148 mm", "210 mm"], ["297 mm", "420 mm"]]
)
@pytest.mark.parametrize("theme", ["brief", "ledger"])
def test_every_line_stands_on_the_grid_of_any_page(
    tmp_path: Path, theme: str, page: object, flow: str
) -> None:
    """A second article's head on the front page's wide column takes fewer lines than it would in a
    narrow one: it is measured where it stands."""
    pages = lay_out(tmp_path, flow=flow, page=page, theme=theme)
    figures = measure_grid(lines_of_pages(pages), pages.geometry.baseline)
    assert figures.lines > 100
    assert figures.off == ()
    assert not len(pages.report)


@pytest.fixture(scope="module")
def mirrored(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    margins = {"inner": "30 mm", "outer": "12 mm", "top": "22 mm", "bottom": "20 mm"}
    return lay_out(tmp_path_factory.mktemp("mirrored"), margins=margins)


def test_margins_are_mirrored_at_the_spine(mirrored: Pages) -> None:
    for page in range(2, mirrored.laid_out.pages + 1):
        left = min(row.left for row in mirrored.rows_in(page, MAIN))
        assert left == pytest.approx((30 if page % 2 else 12) * MM, abs=2)
    assert mirrored.box("nameplate").left == pytest.approx(30 * MM)
    assert mirrored.box("masthead" if mirrored.loaded.issue.masthead else "nameplate").right <= (
        mirrored.geometry.width - 12 * MM + 0.01
    )


def test_margins_at_head_and_foot_are_the_publication_s(mirrored: Pages) -> None:
    geometry = mirrored.geometry
    assert geometry.top == pytest.approx(22 * MM)
    assert 20 * MM <= geometry.bottom < 20 * MM + geometry.baseline


def test_a_page_without_contents_and_masthead_begins_with_the_lead(bare: Pages) -> None:
    assert "contents" not in bare.laid_out.boxes
    assert bare.box("a1").top < 180

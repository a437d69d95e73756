"""``place=``: a figure or table stands where its author wants it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import MAIN, SECOND, Pages, Row, lay_out_issue, paragraph, plain, prose
from tests.publications import article, png, write_publication
from typeset.layout.makeup.values import Wanted
from typeset.layout.protocol import Box

pytestmark = pytest.mark.slow

MORE = "The harbor wakes before the town does, and its cranes are the first to move. " * 8
"""Text that puts the place of a later figure into the middle of a column."""
TABLE = "| Port | Depth |\n|---|---|\n| Kobe | 16 |\n| Busan | 17 |\nTable: Quays {%s}"


def picture(name: str, place: str, width: str = "column") -> str:
    return f"![Picture](images/{name}.png){{alt=x place={place} width={width} #{name}}}"


@pytest.fixture(scope="module", params=["total-fit", "greedy"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """An issue of figures and tables that all ask for a place, far apart from one another."""
    parts = [
        picture("above", "top"),
        picture("below", "bottom"),
        picture("between", "here"),
        TABLE % "place=bottom #quays",
        picture("over", "top", "wide"),
        picture("under", "bottom", "wide"),
    ]
    body = [prose(10)]
    for number, part in enumerate(parts, 1):
        body += [part, prose(10, 10 * number)]
    body.insert(2, MORE)
    names = ("above", "below", "between", "over", "under")
    return lay_out_issue(
        write_publication(
            tmp_path_factory.mktemp("place"),
            issue={"line_breaking": request.param},
            articles={"1.md": article("\n\n".join(body))},
            files={f"images/{name}.png": png(900, 400) for name in names},
        )
    )


def box_of(pages: Pages, name: str) -> Box:
    for block in pages.loaded.issue.articles[0].blocks:
        if block.id.endswith(f"-{name}"):
            (box,) = pages.laid_out.boxes.get(f"{block.id}-table") or pages.laid_out.boxes[block.id]
            return box
    raise LookupError(name)


def rows_beside(pages: Pages, box: Box) -> tuple[list[Row], list[Row]]:
    """Return the rows above and below a box, in its columns."""
    is_wide = box.right - box.left > pages.geometry.column_width + 1
    column = pages.column_of(box.page, (box.left + box.right) / 2)
    columns = (MAIN, SECOND) if is_wide else (column,)
    rows = [row for one in columns for row in pages.rows_in(box.page, one)]
    above = [row for row in rows if row.baseline < box.top]
    return above, [row for row in rows if row.baseline > box.bottom]


def test_nothing_else_is_said(pages: Pages) -> None:
    assert [one for one in pages.report if one.code != "figure-low-resolution"] == []


@pytest.mark.parametrize("name", ["above", "over"])
def test_top_is_the_head_of_a_column_or_of_the_page(pages: Pages, name: str) -> None:
    box = box_of(pages, name)
    above, below = rows_beside(pages, box)
    assert above == []
    assert box.top == pytest.approx(pages.geometry.top, abs=1)
    assert len(below) > 10


@pytest.mark.parametrize("name", ["below", "quays", "under"])
def test_bottom_is_the_foot_of_a_column_or_of_the_page(pages: Pages, name: str) -> None:
    box = box_of(pages, name)
    above, below = rows_beside(pages, box)
    assert below == []
    foot = pages.geometry.height - pages.geometry.bottom
    assert 0 <= foot - box.bottom < pages.geometry.baseline
    assert len(above) > 10


def test_here_is_between_the_paragraphs_of_its_place(pages: Pages) -> None:
    box = box_of(pages, "between")
    above, below = rows_beside(pages, box)
    assert plain(above[-1].text) in plain(paragraph(29))
    assert plain(below[0].text) in plain(paragraph(30))


def test_a_place_that_cannot_be_is_no_problem(tmp_path: Path) -> None:
    body = f"{prose(1)}\n\n{picture('above', 'top')}"
    pages = lay_out_issue(
        write_publication(
            tmp_path, articles={"1.md": article(body)}, files={"images/above.png": png(900, 400)}
        )
    )
    above, _ = rows_beside(pages, box_of(pages, "above"))
    assert above != []
    assert [one for one in pages.report if one.code != "figure-low-resolution"] == []


def test_the_make_up_knows_every_place() -> None:
    assert [one.value for one in Wanted] == ["here", "top", "bottom"]

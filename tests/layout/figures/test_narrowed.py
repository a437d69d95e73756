"""Wide figures that no page has room for stand in a column, and their authors hear of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import Pages, lay_out_issue, prose
from tests.publications import article, png, said, write_publication
from typeset.diagnostics import Diagnostic
from typeset.layout.protocol import Box

pytestmark = pytest.mark.slow

FIGURE = "![The quay.](images/quay.png){alt=x width=wide #quay}"
ROWS = "| Port | Depth |\n|---|---|\n" + "| Kobe | 16 |\n" * 36
TABLE = f"{ROWS}Table: Quays {{width=wide #quay}}"


def lay_out(folder: Path, before: int, block: str, after: int, size: tuple[int, int]) -> Pages:
    body = f"{prose(before)}\n\n{block}\n\n{prose(after, 50)}"
    return lay_out_issue(
        write_publication(
            folder, articles={"1.md": article(body)}, files={"images/quay.png": png(*size)}
        )
    )


def box_of(pages: Pages) -> Box:
    boxes = pages.laid_out.boxes
    (box,) = boxes.get("a1-at-quay-table") or boxes["a1-at-quay"]
    return box


def narrowed(pages: Pages) -> list[Diagnostic]:
    return [one for one in pages.report if one.code == "figure-narrowed"]


@pytest.mark.parametrize(
    ("before", "after", "size"),
    [
        pytest.param(9, 2, (1800, 1800), id="little text is left"),
        pytest.param(12, 1, (1800, 2400), id="higher than a page"),
    ],
)
def test_a_wide_figure_without_room_is_told_with_line_and_page(
    tmp_path: Path, before: int, after: int, size: tuple[int, int]
) -> None:
    pages = lay_out(tmp_path, before, FIGURE, after, size)
    (one,) = pages.report
    box = box_of(pages)
    assert one.code == "figure-narrowed"
    assert one.severity == "warning"
    assert str(one.location) == f"2026-01-14/articles/1.md:{6 + 2 * before}"
    assert one.page is not None
    assert one.page.page == box.page
    assert box.right - box.left == pytest.approx(pages.geometry.column_width)
    assert "a wide figure stands in one column" in said(one)
    assert "move it to where its article has more text, or make it less high" in said(one)


def test_a_table_is_called_a_table(tmp_path: Path) -> None:
    (one,) = narrowed(lay_out(tmp_path, 9, TABLE, 2, (9, 9)))
    assert "a wide table stands in one column" in said(one)
    assert one.location is not None
    assert one.location.line == 6 + 2 * 9


def test_what_the_hint_says_helps(tmp_path: Path) -> None:
    """It is less high, or has more text below."""
    for after, size in ((2, (1800, 600)), (16, (1800, 1800))):
        pages = lay_out(tmp_path / str(after), 9, FIGURE, after, size)
        box = box_of(pages)
        assert narrowed(pages) == []
        assert box.right - box.left == pytest.approx(pages.geometry.content_width)


def test_a_figure_that_asks_for_a_column_is_none(tmp_path: Path) -> None:
    figure = FIGURE.replace("wide", "column")
    assert narrowed(lay_out(tmp_path, 9, figure, 2, (1800, 1800))) == []

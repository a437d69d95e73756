"""Figures of one column: text fills the column that they did not fit into."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages import MAIN, SECOND, Pages, lay_out_issue, paragraph, prose
from tests.publications import article, png, write_publication
from typeset.model import Figure
from typeset.pipeline.build import load_issue

pytestmark = pytest.mark.slow

TALL = '![The caption](images/tall.png){credit="The Camera" alt="x"}'


def lay_out(folder: Path, before: int, after: str) -> Pages:
    body = f"{prose(before)}\n\n{TALL}\n\n{after}"
    files = {"images/tall.png": png(500, 750)}
    return lay_out_issue(write_publication(folder, articles={"1.md": article(body)}, files=files))


def emptiest(pages: Pages) -> float:
    """The largest height below the text of a column, the last page left aside."""
    geometry = pages.geometry
    foot = geometry.height - geometry.bottom
    return max(
        foot - max(row.baseline for row in pages.rows_in(number, column))
        for number in range(2, pages.laid_out.pages)
        for column in (MAIN, SECOND)
    )


@pytest.mark.parametrize(
    "before",
    [10, 13, 16, 9, 11, 12, 14, 15],
)
def test_no_column_is_left_short_for_a_figure(tmp_path: Path, before: int) -> None:
    """Wherever the figure falls: it is half a column high."""
    pages = lay_out(tmp_path, before, prose(16, 40))
    assert emptiest(pages) < 7 * pages.geometry.baseline
    assert not len(pages.report)


def figures_of(pages: Pages) -> list[str]:
    """The ids of the first article's figures, in the order of its text."""
    blocks = pages.loaded.issue.articles[0].blocks
    return [block.id for block in blocks if isinstance(block, Figure)]


def order(pages: Pages, *names: str) -> list[str]:
    """Elements in the order in which they stand on the pages."""
    where = {name: pages.laid_out.boxes[name][0] for name in names}
    return sorted(names, key=lambda name: (where[name].page, where[name].left, where[name].top))


def test_a_figure_stays_before_the_end_of_its_article(tmp_path: Path) -> None:
    """Its takeaway and its notes come last, though the column stays short."""
    body = f"{prose(10)}[^1]\n\n{TALL}\n\n{prose(1, 40)}\n\n[^1]: A note."
    issue = write_publication(
        tmp_path,
        articles={"1.md": article(body, takeaway="Quays last."), "2.md": article(prose(30, 50))},
        files={"images/tall.png": png(500, 750)},
    )
    pages = lay_out_issue(issue)
    (figure,) = figures_of(pages)
    assert order(pages, "a1-notes", figure, "a1-takeaway") == [figure, "a1-takeaway", "a1-notes"]


def test_figures_keep_their_order(tmp_path: Path) -> None:
    second = '![Another caption](images/flat.png){alt="x"}'
    body = f"{prose(11)}\n\n{TALL}\n\n{prose(1, 40)}\n\n{second}\n\n{prose(16, 50)}"
    issue = write_publication(
        tmp_path,
        articles={"1.md": article(body)},
        files={"images/tall.png": png(500, 750), "images/flat.png": png(600, 100)},
    )
    pages = lay_out_issue(issue)
    figures = figures_of(pages)
    assert order(pages, *reversed(figures)) == figures
    assert emptiest(pages) < 6 * pages.geometry.baseline


@pytest.mark.parametrize("before", [10, 13])
def test_figures_in_close_sequence_keep_their_order_and_leave_no_holes(
    tmp_path: Path, before: int
) -> None:
    calls = "".join(f"[^{n}]" for n in range(12))
    notes = [f"[^{n}]: {paragraph(300 + n, 28)}" for n in range(12)]
    close = [
        text
        for start in range(40, 60, 4)
        for text in (
            prose(2, start),
            TALL,
            paragraph(start + 2, 30),
            TALL,
            paragraph(start + 3, 110),
        )
    ]
    issue = write_publication(
        tmp_path,
        articles={
            "1.md": article("\n\n".join([prose(before) + calls, *notes])),
            "2.md": article("\n\n".join([*close, prose(3, 90)])),
        },
        files={"images/tall.png": png(600, 360)},
    )
    loaded = load_issue(issue)
    pages = lay_out_issue(issue)
    figures = [
        block.id
        for one in loaded.issue.articles
        for block in one.blocks
        if isinstance(block, Figure)
    ]
    assert order(pages, *reversed(figures)) == figures
    # The head of the second article, with its first lines, leaves seven lines empty itself.
    assert emptiest(pages) < 8 * pages.geometry.baseline

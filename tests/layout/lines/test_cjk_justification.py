"""Chinese and Japanese lines end flush, by a little space between their characters."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.pages import MAIN, SECOND, Pages, Row, lay_out_issue
from tests.parameters import slow_after
from tests.publications import article, write_publication

SENTENCE = (
    "港口在城市醒來之前就已經醒了，吊車是最先動的。燈塔熄了，引水船出海，(今天風浪不大)，"
    "拖船把貨櫃輪慢慢推向碼頭；船長說：「潮水還要漲兩個小時。」"
)
BODY = "\n\n".join(
    [
        SENTENCE * 3,
        f"1886 年，{SENTENCE * 2}港務局的 Harbor Master 先生說，**{SENTENCE}**",
        SENTENCE * 2 + "見[港務局的網站](https://example.org/)，" + SENTENCE * 2,
    ]
    * 4
)


@pytest.fixture(scope="module", params=slow_after(1, ["zh-Hant", "ja"]))
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    settings = {"language": request.param, "cjk_language": request.param, "page": "a4"}
    folder = tmp_path_factory.mktemp("spread")
    return lay_out_issue(
        write_publication(folder, publication=settings, articles={"1.md": article(BODY)})
    )


def full_rows(pages: Pages) -> list[Row]:
    """The rows that another row of the same paragraph follows: those that a paragraph ends with
    are found by the indent of the next."""
    rows = [row for row in pages.rows if row.page > 1 and row.column in (MAIN, SECOND)]
    indent = 15
    return [
        row
        for row, after in pairwise(rows)
        if (row.page, row.column) == (after.page, after.column)
        and after.left < pages.edges(after.page, after.column)[0] + indent
    ]


def test_every_full_line_ends_at_the_edge_of_its_column(pages: Pages) -> None:
    """Closing marks stand in the left half of their square, so ink may end half a square before."""
    rows = full_rows(pages)
    assert len(rows) > 20
    for row in rows:
        last = max(row.glyphs, key=lambda glyph: glyph.x)
        end = last.x + (last.size if ord(last.character) > 0x2E7F else 0.6 * last.size)
        assert end == pytest.approx(pages.edges(row.page, row.column)[1], abs=0.45 * last.size)


def test_space_is_shared_out_evenly(pages: Pages) -> None:
    """Between the characters of a line, all of which are as wide, it is the same everywhere."""
    for row in full_rows(pages):
        han = [glyph for glyph in row.glyphs if not glyph.character.isspace()]
        if any(ord(glyph.character) < 0x2E80 for glyph in han):
            continue
        steps = [after.x - glyph.x for glyph, after in pairwise(han)]
        assert max(steps) - min(steps) < 0.1
        assert han[0].size <= min(steps) <= 1.4 * han[0].size


def test_words_and_numbers_are_not_spread(pages: Pages) -> None:
    for glyphs in pages.find("Harbor"):
        if len({glyph.baseline for glyph in glyphs}) == 1:
            assert glyphs[-1].x - glyphs[0].x < 5 * 0.6 * glyphs[0].size


def test_links_lie_on_their_words_where_these_now_stand(pages: Pages) -> None:
    words = pages.find("港務局的網站")
    areas = [link for link in pages.links if link.uri]
    assert words
    for glyphs in words:
        for glyph in glyphs:
            assert any(area.covers(glyph) for area in areas), glyph


def test_latin_paragraphs_are_left_to_the_engine(tmp_path: Path) -> None:
    """Names in characters within them are not torn apart."""
    text = f"The harbor of Keelung ([基隆]{{lang=zh-Hant}}) wakes before the town. {'Word ' * 60}"
    pages = lay_out_issue(write_publication(tmp_path, articles={"1.md": article(text)}))
    first, second = pages.the("基隆")
    assert second.x - first.x == pytest.approx(first.size, abs=0.05)

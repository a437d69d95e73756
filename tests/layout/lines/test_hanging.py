"""Optical margins: what hangs over the edges of a text on the pages, and what may not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.layout.lines.reading import FLUSH
from tests.layout.lines.watching import Watched, greedy, lay_out_watched
from tests.measures.glyphs import Glyph
from tests.pages import Pages, Row, lay_out_issue, prose, with_css
from tests.parameters import slow_after
from tests.publications import article, write_publication
from typeset.layout.findings import OVERSET
from typeset.layout.lines.hanging import hanging_left, hanging_right
from typeset.layout.protocol import LayoutJob

_SAYING = "“Cranes,” and “quays,” “berths, tides”. “Lamps”, “keels; pilots” (or “fog”). "
TEXT = _SAYING * 24
BODY = f"""\
{prose(4)}

{TEXT}

- {TEXT}

> {TEXT}

{prose(2, 10)}[^a]

[^a]: {TEXT}
"""


@pytest.fixture(scope="module", params=slow_after(1, ["brief", "ledger"]))
def marks(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    folder = tmp_path_factory.mktemp(request.param)
    issue = write_publication(
        folder, publication={"theme": request.param}, articles={"1.md": article(BODY)}
    )
    return lay_out_watched(issue)


def full_rows(pages: Pages) -> list[tuple[Row, float]]:
    """The rows that reach the right edge of their column, and that edge."""
    rows = [(row, pages.edges(row.page, row.column)[1]) for row in pages.rows if row.page > 1]
    return [(row, edge) for row, edge in rows if last_of(row).end > edge - FLUSH]


def last_of(row: Row) -> Glyph:
    return [glyph for glyph in row.glyphs if not glyph.character.isspace()][-1]


def over(row: Row, edge: float) -> float:
    """By which part of its width the last mark of a row is over an edge."""
    last = last_of(row)
    return (last.end - edge) / (last.end - last.x)


def test_everything_comes_out_as_chosen(marks: Watched) -> None:
    assert marks.watch.given_up == []
    assert list(marks.pages.report) == []
    assert marks.pages.laid_out.found(OVERSET) == ()
    assert marks.pages.laid_out.losses == ()


@pytest.mark.parametrize(
    ("ending", "share"), [("-\x02", 0.6), (",", 0.7), (".", 0.7), ("”", 0.5), (";", 0.4)]
)
def test_marks_at_the_end_hang_over_the_edge(marks: Watched, ending: str, share: float) -> None:
    found = [
        over(row, edge) for row, edge in full_rows(marks.pages) if last_of(row).character in ending
    ]
    assert found
    assert found == pytest.approx([share] * len(found), abs=0.1)


def test_letters_and_figures_end_at_the_edge(marks: Watched) -> None:
    found = [
        last_of(row).end - edge
        for row, edge in full_rows(marks.pages)
        if last_of(row).character.isalnum() and last_of(row).character not in "fr"
    ]
    assert len(found) > 10
    assert found == pytest.approx([0.0] * len(found), abs=FLUSH)


def test_opening_quotes_hang_over_the_left_edge(marks: Watched) -> None:
    pages = marks.pages
    found = []
    for row in pages.rows:
        left = pages.edges(row.page, row.column)[0]
        first = row.glyphs[0]
        if row.page > 1 and first.character == "“" and first.x < left + 1:
            found.append((left - first.x) / (first.end - first.x))
    assert found
    assert found == pytest.approx([0.5] * len(found), abs=0.1)


def test_a_quote_behind_a_bullet_stays_off_it(marks: Watched) -> None:
    gaps = []
    for row in marks.pages.rows:
        bullet, *others = (glyph for glyph in row.glyphs if not glyph.character.isspace())
        if bullet.character in "•–" and others and others[0].character == "“":
            gaps.append((others[0].x - bullet.end) / (bullet.end - bullet.x))
    assert gaps
    assert min(gaps) > 0.4


def test_no_mark_leaves_the_gap_between_the_columns(marks: Watched) -> None:
    pages = marks.pages
    for row in pages.rows:
        left, right = pages.edges(row.page, row.column)
        if row.page > 1:
            assert row.glyphs[0].x > left - 3
            assert last_of(row).end < right + 3


def test_the_engine_s_own_lines_hang_nothing(tmp_path: Path) -> None:
    folder = write_publication(tmp_path, articles={"1.md": article(BODY)})
    pages = lay_out_issue(folder, change=greedy)
    ends = [(last_of(row), edge) for row, edge in full_rows(pages)]
    assert max(mark.end - edge for mark, edge in ends if mark.character not in "fr") < FLUSH


@pytest.mark.slow
def test_what_is_really_too_wide_is_still_told(tmp_path: Path) -> None:
    """A margin that lets a mark hang is no leave for what stands further out."""
    folder = write_publication(tmp_path, articles={"1.md": article(f"{TEXT}\n\n{prose(6)}")})
    found = []
    for margin in (0, -3):

        def widen(job: LayoutJob, margin: int = margin) -> LayoutJob:
            wide = job.html.replace("berths,", f"<em>{'1234567' * 20}</em>,", 1)
            css = f"p {{ overflow-wrap: normal }} p em {{ margin-right: {margin}pt }}"
            return with_css(css)(replace(job, html=wide))

        (overset,) = lay_out_issue(folder, change=widen).laid_out.found(OVERSET)
        found.append(overset.over)
    assert found[0] - found[1] == pytest.approx(3, abs=0.1)


def test_nothing_hangs_but_marks() -> None:
    for character in "aZ0 é中（":
        assert hanging_left(character) == hanging_right(character) == 0

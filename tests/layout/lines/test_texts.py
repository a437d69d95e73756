"""Texts that are more than one plain paragraph: forced lines."""

from __future__ import annotations

import pytest

from tests.layout.lines.reading import FLUSH, end_of, folder_of, lines_of, structure
from tests.layout.lines.watching import Watched, greedy, lay_out_watched
from tests.pages import Pages, Row, lay_out_issue, paragraph, plain, prose
from tests.publications import article, write_publication

FORCED = [paragraph(40, 26), paragraph(41, 31)]
"""Two parts of a paragraph, each of several lines."""
NOTE = [f"*Noted* {paragraph(42, 24)}", paragraph(43, 24)]
"""Two paragraphs of a note."""
BODY = f"""\
{prose(5)}

{FORCED[0]}\\
{FORCED[1]}[^a]

{prose(2, 20)}

[^a]: {NOTE[0]}

    {NOTE[1]}
"""


@pytest.fixture(scope="module", params=["brief", "ledger"])
def texts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Watched:
    folder = tmp_path_factory.mktemp(request.param)
    issue = write_publication(
        folder, publication={"theme": request.param}, articles={"1.md": article(BODY)}
    )
    return lay_out_watched(issue)


@pytest.fixture(scope="module")
def by_engine(texts: Watched) -> Pages:
    """The same issue with the engine's own lines."""
    return lay_out_issue(folder_of(texts.pages), change=greedy)


def edge_of(pages: Pages, row: Row) -> float:
    return pages.edges(row.page, row.column)[1]


def spaces_of(row: Row) -> list[float]:
    """The spaces of a row, relative to the font's own."""
    return [
        (after.x - space.x) / (space.end - space.x)
        for space, after in zip(row.glyphs, row.glyphs[1:], strict=False)
        if space.character == " "
    ]


def test_everything_comes_out_as_chosen(texts: Watched, by_engine: Pages) -> None:
    assert texts.watch.rounds[-1] == (False, [])
    assert texts.watch.given_up == []
    assert list(texts.pages.report) == list(by_engine.report)
    assert texts.pages.laid_out.losses == ()


def test_a_reader_of_the_structure_meets_the_same_words(texts: Watched, by_engine: Pages) -> None:
    ours, theirs = (structure(pages.path) for pages in (texts.pages, by_engine))
    assert plain("".join(ours)) == plain("".join(theirs))


@pytest.mark.parametrize("parts", [FORCED, NOTE], ids=["in the text", "in a note"])
def test_a_forced_end_leaves_the_line_as_it_is(texts: Watched, parts: list[str]) -> None:
    pages = texts.pages
    first, second = (lines_of(pages, part.replace("*", "")) for part in parts)
    assert len(first) > 1
    assert len(second) > 1
    assert not {(row.page, row.column, row.baseline) for row in first}.intersection(
        (row.page, row.column, row.baseline) for row in second
    )
    for rows in (first, second):
        assert spaces_of(rows[-1]) == pytest.approx([1] * len(spaces_of(rows[-1])), abs=0.03)
        assert end_of(rows[-1]) < edge_of(pages, rows[-1]) - 3
        for row in rows[:-1]:
            assert end_of(row) == pytest.approx(edge_of(pages, row), abs=FLUSH), row.text


def test_the_report_takes_a_line_before_a_forced_end_for_a_last_one(
    texts: Watched, by_engine: Pages
) -> None:
    for pages in (texts.pages, by_engine):
        lasts = [plain(line.text) for line in pages.laid_out.lines if line.last]
        for part in (FORCED[0], NOTE[0].replace("*", "")):
            assert plain(lines_of(pages, part)[-1].text) in lasts

"""Texts that are more than one plain paragraph: forced lines, lists in items, addresses."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from tests.layout.lines.reading import FLUSH, end_of, folder_of, lines_of, run, structure
from tests.layout.lines.watching import Watched, greedy, lay_out_watched
from tests.pages import Pages, Row, lay_out_issue, paragraph, plain, prose
from tests.publications import article, write_publication

pytestmark = pytest.mark.slow

FORCED = [paragraph(40, 20), paragraph(41, 20)]
"""Two parts of a paragraph, each of several lines."""
NOTE = [f"*Noted* {paragraph(42, 24)}", paragraph(43, 24)]
"""Two paragraphs of a note."""
ITEMS = [paragraph(number, words) for number, words in enumerate((22, 22, 22, 16, 16), 50)]
"""Items of lists, each in one before it."""
ADDRESS = "https://www.example.org/harbors/of_the_north/1914-1918/a-list.html?page=12&of=250#lights"
LONG = f"https://example.org/{'abcdefghij' * 9}"
"""An address of more than a line without a mark."""
LEFT = "A sign that no font has, \u13a3, leaves this to the engine."
BODY = f"""\
{prose(5)}

{FORCED[0]}\\
{FORCED[1]}[^a]

- {ITEMS[0]}
    1. {ITEMS[1]}
        - *{ITEMS[2]}*
    2. {LEFT}
- Short.

> - {ITEMS[3]}
>     - {ITEMS[4]}

{prose(2, 20)}[^b][^c]

[^a]: {NOTE[0]}

    {NOTE[1]}
[^b]: {paragraph(44, 9)} <{ADDRESS}>, {paragraph(45, 9)}
[^c]: {paragraph(46, 9)} <{LONG}>.
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


def test_the_text_above_a_list_in_an_item_is_chosen_as_a_whole(texts: Watched) -> None:
    items = [e for e in texts.set_by_us if e.tag == "li"]
    for text in ITEMS:
        assert any(plain("".join(item.itertext())).startswith(plain(text)) for item in items)
    for text in ITEMS[:2]:
        rows = lines_of(texts.pages, text)
        assert len(rows) > 1
        for row in rows[:-1]:
            assert end_of(row) == pytest.approx(edge_of(texts.pages, row), abs=2 * FLUSH)
        assert len({round(row.glyphs[-1].baseline, 1) for row in rows}) == len(rows)


def test_items_stay_where_they_were(texts: Watched, by_engine: Pages) -> None:
    """Each list is as far in as the engine sets it, and its marks stand beside its first lines."""
    begins = [" ".join(text.split()[:3]) for text in ITEMS]
    for text in (*begins, "Short."):
        ours, theirs = (pages.find(text) for pages in (texts.pages, by_engine))
        assert len(ours) > 0
        assert [one[0].x for one in ours] == pytest.approx([one[0].x for one in theirs])
    for text in begins:
        assert re.match(r"[•–◦]|1\.", lines_of(texts.pages, text)[0].text)


def test_the_structure_of_lists_is_the_engine_s(texts: Watched, by_engine: Pages) -> None:
    ours, theirs = (tags_of_lists(pages) for pages in (texts.pages, by_engine))
    assert set(ours) >= {"L", "LI", "Lbl", "LBody"}
    assert ours == theirs


def tags_of_lists(pages: Pages) -> list[str]:
    found = run("pdfinfo", "-struct", str(pages.path)).split()
    return [tag for tag in found if tag in ("L", "LI", "Lbl", "LBody")]


def test_what_stands_below_the_text_inherits_nothing_of_it(
    texts: Watched, by_engine: Pages
) -> None:
    """What is left to the engine there ends where it would without us."""
    for words in (LEFT[:9], LEFT[-10:]):
        ours, theirs = (pages.the(words) for pages in (texts.pages, by_engine))
        assert ours[-1].end == pytest.approx(theirs[-1].end, abs=0.1)


@pytest.mark.parametrize("address", [ADDRESS, LONG], ids=["with marks", "without marks"])
def test_an_address_goes_over_line_ends_without_a_hyphen(texts: Watched, address: str) -> None:
    pages = texts.pages
    rows = lines_of(pages, address)
    assert len(rows) >= 2
    # The address as it is read and copied: no sign more, no sign less, but for the lines' ends.
    assert "".join(glyph.character for row in rows for glyph in row.glyphs).count(address) == 1
    areas = [link for link in pages.links if link.uri == address]
    assert len(areas) == len(rows)
    for row, after in pairwise(rows):
        # A line with only a part of an address cannot be spread.
        assert -12 < end_of(row) - edge_of(pages, row) < FLUSH
        if address is ADDRESS:
            assert row.text.strip()[-1] == "/" or not after.text.strip()[0].isalnum()

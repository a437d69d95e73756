"""The baseline grid: every line of running text stands on it, whatever stands between."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from tests.measures.grid import TOLERANCE, GridFigures, Line, lines_of, measure_grid
from tests.pages import Pages, Row, lay_out_issue, paragraph, prose, with_css
from tests.parameters import slow_after
from tests.publications import article, png, svg, write_publication

TABLE = """\
| Port | Depth | Note |
|---|---:|---|
| Kobe ([神戸]{lang=ja}) | 16 m | *large* cranes and a long explanation of what they do |
| Busan (부산) | 17 m | with 2^nd^ quay |
| Keelung (基隆) | 15.5 m | `code` |
Table: Depths at the quays of three ports {unit="meters" source="[The Desk](https://example.org/)"}
"""
IMAGES = {
    "images/odd.png": png(613, 377),
    "images/tall.png": png(300, 311),
    "images/flat.svg": svg(width="700", height="93", viewBox="0 0 700 93"),
}
FIGURE = (
    '![A caption of some length, with *emphasis* and 神戸 in it]({}){{credit="The Desk" alt="x"{}}}'
)

DISTURBERS = {
    "plain text": paragraph(900),
    "CJK in the text": "A port (神戸) and [上海]{lang=zh-Hans} and 부산 " * 12,
    "CJK in bold": "Mind the **port of 神戸, [港]{lang=ja}** and on. " * 9,
    "CJK in italics": "Mind the *port of 神戸, [港]{lang=ja}* and on. " * 9,
    "CJK alone": "[" + "沿岸標識と港湾行政の歴史について" * 9 + "]{lang=ja}",
    "CJK in a link": "Read [the law (領海及び接続水域に関する法律)](https://example.org/) now. "
    * 9,
    "characters that the italics lack": "So *from → to, № 5, ǎ ǚ ✓ and ě* went on. " * 9,
    "characters that the text font lacks": "So from → to, № 5, ǎ ǚ ✓ ☞ ⅔ ℃ and ě went on. " * 9,
    "emoji and symbols": "Mind ★ and ☎ and ⚓ as they come. " * 9,
    "code": "Type `make issue` and `pip install` again. " * 9,
    "superscripts and subscripts": "H~2~O and CO~2~ at 10^3^ m^2^ or so. " * 9,
    "calls of notes": "Word[^a] by word[^b] and word[^a] again. " * 9
    + "\n\n[^a]: One note, with 神戸 and *→* in it.\n[^b]: Another, "
    + paragraph(901),
    "a code block": "```\nmake issue\n神戸\n```",
    "an odd figure": FIGURE.format("images/odd.png", ""),
    "a tall figure": FIGURE.format("images/tall.png", ""),
    "a flat drawing": FIGURE.format("images/flat.svg", ""),
    "a figure without caption": '![](images/odd.png){alt="x"}',
    "a wide figure": FIGURE.format("images/odd.png", " width=wide"),
    "a table": TABLE,
    "a bare table": "\n".join(TABLE.splitlines()[:-1]),
    "a wide table": TABLE.replace("{unit", "{width=wide unit"),
    "a quotation": f"> {paragraph(902)}\n>\n> {paragraph(903, 20)} 神戸 *→*",
    "headings": f"## A heading\n\n{paragraph(904)}\n\n### With 神戸, *→* in it\n\n{paragraph(905)}",
    "two headings": "## A heading of more words than fit on one line of a column\n\n### Another",
    "lists": "- one 神戸\n- two\n    - in *→*\n        1. deeper\n        2. `still`\n\n1. last",
    "a loose list": f"- {paragraph(906)}\n\n    {paragraph(907, 30)}\n\n- {paragraph(908)}",
    "a definition list": "Quay\n:   A place to moor.\n\nBerth\n:   A place to lie.",
    "a separator": "* * *",
    "a long address": "See <https://example.org/a/rather/long/address/that/breaks/at/slashes/only/>.",
    "an abbreviation": "The TEU is a unit.\n\n*[TEU]: twenty-foot equivalent unit",
}
"""What could push the lines after it off the grid, each between plain paragraphs."""


def lines_on(pages: Pages) -> list[Line]:
    page = pages.geometry
    return lines_of(
        pages.glyphs, middle=page.width / 2, top=page.top, bottom=page.height - page.bottom
    )


def measure(pages: Pages) -> GridFigures:
    return measure_grid(lines_on(pages), pages.geometry.baseline)


def shown(figures: GridFigures) -> list[str]:
    return [
        f"page {line.page}, column {line.column + 1}: {offset:.2f} pt: {line.text[:40]}"
        for line, offset in figures.off
    ]


HEADS: dict[str, dict[str, object]] = {
    "a title of one line": {"title": "Dawn"},
    "a title of two lines": {"title": "A Harbor at Dawn and What Its Pilots Know of Fog"},
    "a title of three lines": {"title": "A Harbor at Dawn and What Its Pilots Know of Fog " * 2},
    "a title with CJK": {"title": "神戸 before Dawn, and → after it"},
    "a kicker": {"kicker": "Ports 港"},
    "a standfirst": {"standfirst": "A word on what comes."},
    "a long standfirst": {"standfirst": "A long word on what comes, with 神戸 in it. " * 6},
    "bios": {
        "authors": [
            {"name": "Ada Quay", "bio": "Ada writes on quays, and on 神戸 most of all, for years."},
            {"name": "Ben Crane", "bio": "Ben writes on cranes."},
        ]
    },
    "many authors": {"authors": [f"Author Number {n}" for n in range(9)]},
    "a takeaway": {"takeaway": "Quays outlive the ships that 神戸 built them for."},
    "another language": {"language": "ja"},
}


LEADS = ("a title of three lines", "a long standfirst", "bios", "another language")


@pytest.mark.parametrize("head", slow_after(2, LEADS))
def test_the_lead_article_stands_on_the_grid_of_the_pages_after_it(
    tmp_path: Path, head: str
) -> None:
    articles = {"1.md": article(prose(7, 0, 60), **HEADS[head])}
    pages = lay_out_issue(write_publication(tmp_path, articles=articles))
    assert pages.laid_out.losses == ()
    figures = measure(pages)
    assert shown(figures) == []
    assert {line.page for line in lines_on(pages)} == {1, 2}


@pytest.mark.slow
def test_an_article_that_begins_in_mid_column_keeps_to_the_grid(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    articles = {
        f"{n:02}.md": article(prose(2, 10 * n, 50), **head) for n, head in enumerate(HEADS.values())
    }
    pages = lay_out_issue(write_publication(tmp_path_factory.mktemp("heads"), articles=articles))
    assert pages.laid_out.losses == ()
    assert shown(measure(pages)) == []


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Everything at once."""
    parts = list(DISTURBERS.values())
    bodies = [
        "\n\n".join(f"{paragraph(30 * start + n)}\n\n{part}" for n, part in enumerate(group))
        for start, group in enumerate((parts[:10], parts[10:20], parts[20:]))
    ]
    heads: dict[str, object] = {}
    for head in list(HEADS.values())[1:-1]:
        heads |= head
    return lay_out_issue(
        write_publication(
            tmp_path_factory.mktemp("crowded"),
            articles={f"{n}.md": article(body, **heads) for n, body in enumerate(bodies)},
            files=IMAGES,
        )
    )


def test_every_line_of_a_crowded_issue_stands_on_the_grid(crowded: Pages) -> None:
    assert crowded.laid_out.losses == ()
    figures = measure(crowded)
    assert shown(figures) == []
    assert figures.share == 100
    assert figures.lines > 300


def test_east_asian_lines_stand_on_the_same_grid(crowded: Pages) -> None:
    """A line may hold nothing of the text font, so these are measured by their own glyphs."""
    distance = crowded.geometry.baseline
    phase = statistics.median(line.baseline % distance for line in lines_on(crowded))
    asian = {
        (glyph.page, round(glyph.baseline, 2))
        for glyph in crowded.glyphs
        if glyph.font == "Noto-Serif-CJK-JP" and glyph.size == 9.5 and glyph.character >= "\u2e80"
    }
    off = [baseline for _, baseline in asian if abs(baseline % distance - phase) > TOLERANCE]
    assert len(asian) > 10
    assert off == []


def test_both_columns_of_a_page_share_their_lines(crowded: Pages) -> None:
    for number in range(2, crowded.laid_out.pages):
        first, second = (
            {round(row.baseline % 13, 1) for row in crowded.rows_in(number, column) if body(row)}
            for column in (0, 1)
        )
        assert len(first | second) == 1, f"page {number}"


def body(row: Row) -> bool:
    return all(glyph.size == 10 and glyph.font == "Source-Serif-Pro" for glyph in row.glyphs)


@pytest.mark.slow
@pytest.mark.parametrize(
    "css",
    slow_after(1, [".cjk { line-height: normal }", ".columns > p { padding-top: .5pt }"]),
)
def test_a_theme_that_leaves_the_grid_is_seen_by_the_measurement(tmp_path: Path, css: str) -> None:
    body = f"{prose(4)}\n\nA port, 神戸 and 上海.\n\n{FIGURE.format('images/odd.png', '')}\n\n"
    issue = write_publication(
        tmp_path, articles={"1.md": article(f"{body}{prose(6, 20)}")}, files=IMAGES
    )
    assert measure(lay_out_issue(issue, change=with_css(css))).share < 100

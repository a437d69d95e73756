"""Lines of East Asian text, and runs of other scripts, on finished pages.

Which characters begin no line, and which end none, is said by JIS X 4051 (4.1 to 4.4) and by the
W3C's Requirements for Chinese Text Layout (3.1.3); the engine keeps to them by UAX 14.  The tests
hold it to that at many widths, within a run and where elements meet.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.pages import Pages, Row, lay_out_issue, with_css
from tests.publications import article, write_publication

pytestmark = pytest.mark.slow

ZH = (
    "海港的早晨從「燈塔」開始——霧散了……船長說：“今天**風小**，可以出港。”他看了看"
    "[航道](https://example.org/)、**碼頭**（東側）和Kobe號，又說：‘潮高3.2米，佔40%。’"
    "*《潮汐表》*、〈海圖〉都在桌上！為什麼？[^a]因為“每一艘**船**”、每一盞*燈*都要記下。"
)
JA = (
    "港の朝は「灯台」から始まる――霧が晴れ……ショッピングセンターの前で、**チャーター船**の"
    "船長が言った。『今日は**風**が弱い。』『出られますか？』[キャッチャー](https://example.org/)、"
    "デッキ（東側）とKobe号。人々はゆっくり待っていた！々々、40%、3.2メートル・5メートル。"
)
EN = (
    "The ferry to Kobe (東京港) and to the *port of* Busan (Port of 부산) runs daily; at Keelung "
    "(基隆港湾), as elsewhere, it waits for the tide, and for the mail from "
    "Yokohama ([横浜]{lang=ja})."
)
WIDTHS = range(72, 240, 4)
STARTS_NO_LINE = set("、。，．：；？！）」』】〉》々ーっゃゅょッャュョ・”’%,.;:?!)]")
ENDS_NO_LINE = set("（「『【〈《“‘([")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Each text many times over, each time in another width."""
    texts = {
        f"{number}.md": article(
            "\n\n".join(
                text.replace("[^a]", f"[^n{n}]" if "[^a]" in text else "")
                for n, _ in enumerate(WIDTHS)
            )
            + "".join(f"\n\n[^n{n}]: A note." for n, _ in enumerate(WIDTHS) if "[^a]" in text),
            language=language,
        )
        for number, (language, text) in enumerate((("zh-Hant", ZH), ("ja", JA), ("en-US", EN)))
    }
    folder = write_publication(tmp_path_factory.mktemp("lines"), articles=texts)
    widths = list(WIDTHS) * len(texts)
    css = ".columns > p { break-inside: avoid }" + "".join(
        f".columns > p:nth-of-type({n}) {{ width: {width}pt; text-indent: 0 }}"
        for n, width in enumerate(widths, 1)
    )
    return lay_out_issue(folder, change=with_css(css))


def lines(pages: Pages, number: int) -> list[list[Row]]:
    """Return the rows of each paragraph of an article."""
    result = []
    for block in pages.loaded.issue.articles[number].blocks:
        boxes = pages.laid_out.boxes[block.id]
        result.append([row for box in boxes for row in pages.across(box)])
    return result


def breaks(pages: Pages, number: int) -> list[tuple[str, str]]:
    """Return what stands before and after each end of a line."""
    return [
        (one.text.strip(), other.text.strip())
        for rows in lines(pages, number)
        for one, other in pairwise(rows)
    ]


@pytest.mark.parametrize("number", [0, 1])
def test_no_line_begins_or_ends_with_a_mark_that_may_not(pages: Pages, number: int) -> None:
    found = breaks(pages, number)
    assert len(found) > 200
    assert [pair for pair in found if pair[1][0] in STARTS_NO_LINE] == []
    assert [pair for pair in found if pair[0][-1] in ENDS_NO_LINE] == []


@pytest.mark.parametrize("number", [0, 1])
def test_no_double_mark_number_or_word_is_parted(pages: Pages, number: int) -> None:
    pairs = {before[-1] + after[0] for before, after in breaks(pages, number)}
    assert not pairs & {"——", "――", "……"}
    assert not [pair for pair in pairs if pair.isascii()]


def test_a_short_name_in_brackets_stands_on_one_line(pages: Pages) -> None:
    for rows in lines(pages, 2):
        text = "|".join(row.text.replace(" ", "").replace("\u00a0", "") for row in rows)
        for name in ("(東京港)", "(Portof부산)", "(基隆港湾)", "(横浜)"):
            assert name in text


def test_no_line_is_wider_than_its_paragraph(pages: Pages) -> None:
    for number in range(3):
        for rows, width in zip(lines(pages, number), WIDTHS, strict=True):
            for row in rows:
                last = [glyph for glyph in row.glyphs if not glyph.character.isspace()][-1]
                advance = last.size if "CJK" in last.font else 0
                assert last.x + advance - row.left <= width + 0.1


def test_shared_marks_are_as_wide_as_characters(pages: Pages) -> None:
    (opening, after), *_ = (
        (row.glyphs[n], row.glyphs[n + 1])
        for rows in lines(pages, 0)
        for row in rows
        for n, glyph in enumerate(row.glyphs[:-1])
        if glyph.character == "“"
    )
    assert "CJK" in opening.font
    # As wide as a character, and what its line was spread by.
    assert opening.size <= after.x - opening.x + 0.01 <= 1.4 * opening.size


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """A page with words of many scripts among Latin ones."""
    words = "An (שלום עולם), and ميناء بيروت! *Москва* and 神戸 ① and ㍿, 😀 at once. "
    text = f"{words}\n\n" + "\n\n".join(f"Line {n} of plain words." for n in range(8))
    publication = {"cjk_language": "ja"}
    return lay_out_issue(
        write_publication(
            tmp_path_factory.mktemp("foreign"),
            publication=publication,
            articles={"1.md": article(text)},
        )
    )


def test_words_from_right_to_left_stand_in_their_order(foreign: Pages) -> None:
    (row,) = (row for row in foreign.rows if row.text.startswith("An"))
    places = {glyph.character: glyph.x for glyph in row.glyphs if glyph.character in "Aשע"}
    assert places["A"] < places["ע"] < places["ש"]
    assert row.text.index(",") > row.text.index("ש") > row.text.index("ע")
    assert row.text.index("!") > row.text.index("م") > row.text.index("ب")


def test_a_page_of_many_scripts_is_whole_and_on_its_grid(foreign: Pages) -> None:
    assert not foreign.laid_out.losses
    assert not list(foreign.report)
    rows = [row for row in foreign.rows if row.text.startswith(("An", "Line"))]
    distances = [other.baseline - one.baseline for one, other in pairwise(rows)]
    assert len(distances) >= 8
    assert all(abs(distance / 13 - round(distance / 13)) < 0.01 for distance in distances)


def test_a_character_that_no_font_has_is_told_where_it_stands(tmp_path: Path) -> None:
    signs = ["\u0378", "\u0379", "\u0380", "\u0381", "\u0382"]
    body = (
        f"A first line\nand a {signs[0]} in it.[^a]\n\n| a | b |\n|---|---|\n| c | {signs[1]} |\n\n"
        f"Table: With {signs[2]} here.\n\n[^a]: In a note {signs[3]}."
    )
    pages = lay_out_issue(
        write_publication(tmp_path, articles={"1.md": article(body, title=f"At {signs[4]}")})
    )
    found = {
        one.message.split("(")[1][0]: str(one.location)
        for one in pages.report
        if one.code == "glyph-missing"
    }
    assert found == {
        signs[0]: "2026-01-14/articles/1.md:7:7",
        signs[1]: "2026-01-14/articles/1.md:11:7",
        signs[2]: "2026-01-14/articles/1.md:13:13",
        signs[3]: "2026-01-14/articles/1.md:15:17",
        signs[4]: "2026-01-14/articles/1.md:2:11",
    }
    assert all(one.hints for one in pages.report if one.code == "glyph-missing")

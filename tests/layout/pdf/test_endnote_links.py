"""Endnotes on the pages: each call leads to its note, and each note's number back to its calls."""

from __future__ import annotations

import re

import pytest

from tests.measures.glyphs import Glyph
from tests.pages import Link, Pages, lay_out_issue, paragraph, plain, prose
from tests.publications import article, write_publication

MARKED = """\
[^law]: See *The Law of Quays*, [section 3](https://example.org/law), and 港則法 on it.
[^often]: It is said often.

    And it has a second paragraph.
[^last]: The last word.
"""


def body() -> str:
    """Calls on two pages, a note called three times, and a call after nearly every word."""
    restless = " ".join(f"{word}[^often]" for word in paragraph(50, 60).split())
    return "\n\n".join(
        [
            f"{paragraph(1)} Law[^law] of quays.",
            prose(5, 10),
            restless,
            prose(14, 20),
            f"{paragraph(2)} Finally.[^last][^law]",
            MARKED,
        ]
    )


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    pages = lay_out_issue(
        write_publication(
            tmp_path_factory.mktemp("notes"),
            articles={
                "1.md": article(body()),
                "2.md": article(f"{prose(1, 70)}[^1]\n\n[^1]: Of another article.", title="Other"),
            },
        )
    )
    assert list(pages.report) == []
    return pages


def is_note(glyphs: list[Glyph]) -> bool:
    return glyphs[0].size == 8.5


def note(pages: Pages, words: str) -> list[Glyph]:
    return next(found for found in pages.find(words) if is_note(found))


NOTES = {
    1: "See The Law of Quays",
    2: "It is said often.",
    3: "The last word.",
}


def start_of(pages: Pages, number: int) -> Glyph:
    """The first glyph of a note of the first article: its number's bracket."""
    rows = [row for row in pages.rows if row.glyphs[0].size == 8.5]
    return next(row.glyphs[0] for row in rows if row.text.startswith(f"[{number}]"))


def calls_of(pages: Pages, number: int) -> list[list[Glyph]]:
    """The calls of a note of the first article; the other article's only call comes last."""
    found = [glyphs for glyphs in pages.find(f"[{number}]") if glyphs[0].size < 8.4]
    return found[:-1] if number == 1 else found


@pytest.mark.parametrize(("number", "times"), [(1, 2), (2, 60), (3, 1)])
def test_each_call_leads_to_its_note(pages: Pages, number: int, times: int) -> None:
    target = start_of(pages, number)
    calls = calls_of(pages, number)
    assert len(calls) == times
    for call in calls:
        (link,) = [link for link in pages.links if link.covers(call[1])]
        assert link.page == target.page
        assert 0 < target.baseline - link.top < 14


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_note_s_number_leads_back_to_its_first_call(pages: Pages, number: int) -> None:
    start, call = start_of(pages, number), calls_of(pages, number)[0][0]
    link = min(
        (link for link in pages.links if link.is_beside(start) and link.area.left > start.x - 1),
        key=lambda link: link.area.left,
    )
    assert link.page == call.page
    assert 0 < call.baseline - link.top < 14


def test_a_note_called_twice_leads_back_to_both_calls(pages: Pages) -> None:
    start = start_of(pages, 1)
    for call in calls_of(pages, 1):
        leading = [link for link in pages.links if leads_to(link, call[0])]
        assert any(link.is_beside(start) and link.area.left > start.x - 1 for link in leading)


def leads_to(link: Link, glyph: Glyph) -> bool:
    return link.page == glyph.page and 0 < glyph.baseline - link.top < 14


def test_back_links_of_one_note_are_distinguished(pages: Pages) -> None:
    (row,) = [row for row in pages.rows if plain(NOTES[1]) in plain(row.text)]
    assert re.match(r"\[1\]\[?b\]?See", plain(row.text))


def test_notes_are_numbered_in_each_article_from_one(pages: Pages) -> None:
    numbers = [
        match[1]
        for row in pages.rows
        if row.glyphs[-1].size == 8.5 and (match := re.match(r"\[(\d+)\]", row.text))
    ]
    assert numbers == ["1", "2", "3", "1"]


def test_notes_stand_after_their_article_and_before_the_next(pages: Pages) -> None:
    order = ["Finally.", "Notes", *NOTES.values(), "Other", paragraph(70, 5).rpartition(" ")[0]]
    text = plain("".join(row.text for row in pages.rows if row.column != 2))
    places = [text.rindex(plain(words)) for words in order[:1]]
    for words in order[1:]:
        places.append(text.index(plain(words), places[-1]))
    assert places == sorted(places)


def test_notes_are_smaller_than_the_text(pages: Pages) -> None:
    body_size = pages.the(paragraph(10))[0].size
    assert note(pages, NOTES[1])[0].size < body_size


def test_notes_keep_their_markup(pages: Pages) -> None:
    found = note(pages, "See The Law of Quays, section 3, and 港則法 on it.")
    fonts = {glyph.character: glyph.font for glyph in found}
    assert fonts["Q"] == "Source-Serif-Pro-Italic"
    assert fonts["S"] == "Source-Serif-Pro"
    assert fonts["港"].startswith("Noto-Serif-CJK")
    section = found[plain("See The Law of Quays, section 3").index("section")]
    assert any(
        link.uri == "https://example.org/law" and link.covers(section) for link in pages.links
    )


def test_a_note_of_two_paragraphs_is_printed_whole(pages: Pages) -> None:
    assert is_note(pages.the("It is said often. And it has a second paragraph."))


def test_no_call_begins_a_line(pages: Pages) -> None:
    """Sixty words that follow one another have a call each, so many lines might break at one."""
    rows = [row for row in pages.rows if any(glyph.size == 10 for glyph in row.glyphs)]
    assert sum("[2]" in row.text for row in rows) >= 6
    assert [row.text for row in rows if row.text.lstrip().startswith("[")] == []


def test_a_call_stands_close_to_the_word_before_it(pages: Pages) -> None:
    for call in calls_of(pages, 2):
        (row,) = [row for row in pages.rows if call[0] in row.glyphs]
        before = row.glyphs[: row.glyphs.index(call[0])]
        word = [glyph for glyph in before if not glyph.character.isspace()][-1]
        assert 0 < call[0].x - word.x < 12


def test_a_call_does_not_change_the_distance_of_lines(pages: Pages) -> None:
    rows = [row for row in pages.rows if "[2]" in row.text and row.glyphs[0].size == 10]
    assert {round(row.baseline % 13, 1) for row in rows} == {11.0}


def test_links_can_be_hit(pages: Pages) -> None:
    """A link's area is as high as the letters that it lies on."""
    assert len(pages.links) > 60
    flat = [link for link in pages.links if link.area.bottom - link.area.top < 6]
    assert flat == []


def test_screen_readers_hear_where_a_call_leads(pages: Pages) -> None:
    assert [link.said for link in pages.links if re.fullmatch(r"a\d+-[\w-]+", link.said)] == []

"""Runs in scripts that the text font lacks, and the languages they are given."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.reading import COVERAGE, paragraph, prose, read, text_of
from typeset.diagnostics import Report
from typeset.fonts import characters_in, common_coverage
from typeset.source import Location
from typeset.theme import load_theme


def cjk(text: str, language: str = "zh-Hant") -> str:
    return f'<span class="cjk" lang="{language}">{text}</span>'


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("領海", "zh-Hant"),
        ("海鮮とお茶", "ja"),
        ("スーパー中枢港湾", "ja"),
        ("ｶﾞｽ", "ja"),
        ("부산항", "ko"),
        ("釜山港부산", "ko"),
        ("ㄅㄆㄇ", "zh-Hant"),
        ("𠮷野家", "zh-Hant"),
        ("葛\U000e0100城", "zh-Hant"),
        ("豈更", "zh-Hant"),
    ],
)
def test_a_run_is_wrapped_with_the_language_of_its_characters(text: str, language: str) -> None:
    assert paragraph(f"The sea: {text} there.") == f"The sea: {cjk(text, language)} there."


def test_bare_characters_take_the_publications_language() -> None:
    assert read("港", cjk_language="zh-Hans").html == f"<p>{cjk('港', 'zh-Hans')}</p>"
    assert read("港", cjk_language="ja").html == f"<p>{cjk('港', 'ja')}</p>"


@pytest.mark.parametrize(
    "text", ["「領海」", "領海、接續水域。", "領海：東（京）", "一〇々〆", "東京　大阪", "領・海"]
)
def test_the_punctuation_of_a_script_belongs_to_its_run(text: str) -> None:
    assert paragraph(f"x {text} y") == f"x {cjk(text)} y"


def test_latin_between_characters_divides_a_run() -> None:
    assert paragraph("東京 and 大阪, 東京 大阪") == (
        f"{cjk('東京')} and {cjk('大阪')}, {cjk('東京')} {cjk('大阪')}"
    )


def test_a_word_emphasized_in_part_has_one_language() -> None:
    assert paragraph("**東京**タワー and 東*京*") == (
        f"<strong>{cjk('東京', 'ja')}</strong>{cjk('タワー', 'ja')} "
        f"and {cjk('東')}<em>{cjk('京')}</em>"
    )


def test_a_call_does_not_divide_a_word() -> None:
    reading = read("スーパー中枢港湾[^a]が\n\n[^a]: A.")
    assert set(re.findall(r'lang="([^"]+)"', reading.html)) == {"ja"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[津軽]{lang=ja}", '<span lang="ja" class="cjk">津軽</span>'),
        ("*[津軽]{lang=ja}*", '<em><span lang="ja" class="cjk">津軽</span></em>'),
        ("[*津軽*]{lang=ja}", '<span lang="ja"><em><span class="cjk">津軽</span></em></span>'),
        (
            "[[津軽]{lang=ja}](https://example.org)",
            '<a href="https://example.org"><span lang="ja" class="cjk">津軽</span></a>',
        ),
        (
            "[津軽](https://example.org){lang=ja}",
            '<a href="https://example.org" lang="ja"><span class="cjk">津軽</span></a>',
        ),
        ("**津軽**{lang=zh-Hans}", '<strong lang="zh-Hans"><span class="cjk">津軽</span></strong>'),
        ("[부산]{lang=ko}", '<span lang="ko" class="cjk">부산</span>'),
        ("[Tsugaru 津軽]{lang=ja}", '<span lang="ja">Tsugaru <span class="cjk">津軽</span></span>'),
        # No language of these characters: they keep their own.
        ("[領海]{lang=fr}", '<span lang="fr"><span class="cjk" lang="zh-Hant">領海</span></span>'),
    ],
)
def test_the_authors_mark_wins(typed: str, expected: str) -> None:
    assert paragraph(typed) == expected


def test_a_mark_on_a_block_holds_for_all_of_it() -> None:
    assert prose("津軽 and 東京\n{lang=ja}") == (
        '<p lang="ja"><span class="cjk">津軽</span> and <span class="cjk">東京</span></p>'
    )


def test_an_article_in_another_language_says_so_on_each_block() -> None:
    reading = read("東京は\n\n## 港\n\n![港](images/a.png){alt=x}", head="language: ja\n")
    assert not reading.problems
    assert reading.html == (
        '<p lang="ja"><span class="cjk">東京は</span></p>\n'
        '<h3 lang="ja"><span class="cjk">港</span></h3>'
    )
    assert reading.figures[0].caption.html == '<span class="cjk">港</span>'


def test_a_run_in_an_east_asian_article_keeps_its_language_unless_it_cannot_be() -> None:
    assert read("東京タワー 부산", language="zh-Hant").html == (
        '<p><span class="cjk">東京タワー</span> <span class="cjk" lang="ko">부산</span></p>'
    )


def test_what_the_roman_has_and_the_italic_lacks_is_wrapped_in_italics_only() -> None:
    assert paragraph("Lǎo → *Lǎo →* **Lǎo →** **[*ǎ*](https://example.org)**") == (
        'Lǎo → <em>L<span class="fallback">ǎ</span>o <span class="fallback">→</span></em> '
        '<strong>Lǎo →</strong> <strong><a href="https://example.org"><em>'
        '<span class="fallback">ǎ</span></em></a></strong>'
    )


@pytest.mark.parametrize("where", ["## Lǎo", "| Lǎo | b |\n|---|---|\n| c | d |", "Lǎo\n: x"])
def test_what_a_theme_may_print_in_italics_is_wrapped_too(where: str) -> None:
    reading = read(where)
    markup = reading.html + "".join(table.html for table in reading.tables)
    assert 'L<span class="fallback">ǎ</span>o' in markup


def test_titles_and_bios_are_wrapped_for_whatever_style_they_take() -> None:
    reading = read("Text.", head="standfirst: Lǎo\ntakeaway: Lǎo\n")
    assert reading.whole.standfirst.html == 'L<span class="fallback">ǎ</span>o'
    assert reading.whole.takeaway.html == "Lǎo"


@pytest.mark.parametrize("text", ["😀", "👨‍👩‍👧", "👍🏽", "🇯🇵", "ก็", "q\u0323"])
def test_characters_that_no_style_has_are_wrapped_whole(text: str) -> None:
    assert paragraph(f"a {text} b") == f'a <span class="fallback">{text}</span> b'


def test_an_accent_typed_apart_is_joined_to_its_letter_where_the_font_has_the_two() -> None:
    # In this font the acute stands alone as well, the caron only on its letter.
    assert paragraph("re\u0301sume\u0301") == "re\u0301sume\u0301"
    assert paragraph("La\u030co") == "Lǎo"
    assert paragraph("*La\u030co*") == '<em>L<span class="fallback">a\u030c</span>o</em>'
    assert paragraph("e\u0323") == '<span class="fallback">e\u0323</span>'


def test_invisible_characters_need_no_font() -> None:
    text = "a\u00adb\u200bc\u2060d\u00a0e\u202ff\ufeffg\u200eh"
    assert paragraph(text) == text


def test_no_run_is_wrapped_twice() -> None:
    markup = prose("*[津軽]{lang=ja}* **東京 [大阪]{lang=zh-Hant}** [海 *山*](https://example.org)")
    assert 'class="cjk"><span class="cjk"' not in markup
    assert not re.search(r'lang="([^"]+)"[^>]*>(<[^/>]*>)*<span[^>]*lang="\1"', markup)


def test_runs_in_every_part_of_an_article() -> None:
    reading = read(
        '![港](images/a.png){alt=港 credit="港"}\n\n| 港 | b |\n|---|---|\n| 港 | d |\n\n'
        'Table: 港 {unit="港" source="港"}\n\nT.[^a] `港`\n\n    港\n\n[^a]: 港',
        head="standfirst: 港\n",
    )
    assert not reading.problems
    (figure,), (table,) = reading.figures, reading.tables
    wrapped = cjk("港")
    for part in (figure.caption, figure.credit, table.caption, table.unit, table.source):
        assert part.html == wrapped
        assert part.text == "港"
    assert table.html.count(wrapped) == 2
    assert f"<code>{wrapped}</code>" in reading.html
    assert reading.notes[0].html == wrapped
    assert figure.alt == "港"


LETTERS = "aé ǎ→港湾のガ부산、😀\u0301"


@given(st.text(alphabet=LETTERS, max_size=20), st.sampled_from(["", "*", "**"]))
def test_every_character_is_shown_by_some_font_and_none_is_lost(text: str, mark: str) -> None:
    reading = read(f"x{mark}y{text}z{mark}")
    printed = unicodedata.normalize("NFC", text_of(reading.html))
    assert printed.split() == unicodedata.normalize("NFC", f"xy{text}z").split()
    bare = text_of(re.sub(r'<span class="(?:cjk|fallback)"[^>]*>[^<]*</span>', "", reading.html))
    style = (mark == "**", mark == "*")
    assert set(map(ord, bare)) <= COVERAGE[style]


def test_the_themes_own_fonts_are_read_for_what_they_have() -> None:
    theme = load_theme("brief", Location("publication.yaml"), Report())
    assert theme is not None
    for style in ((False, False), (True, False)):
        assert ord("ǎ") in theme.coverage[style]
    for style in ((False, True), (True, True)):
        assert ord("ǎ") not in theme.coverage[style]
        assert ord("e") in theme.coverage[style]
    assert ord("港") not in theme.coverage[False, False]
    face = theme.faces[0]
    assert theme.coverage[face.style] <= characters_in(face.data)


def test_families_together_have_what_each_of_them_has() -> None:
    one = {(False, False): frozenset({1, 2}), (True, False): frozenset({3})}
    other = {(False, False): frozenset({2, 4})}
    assert common_coverage([one, other]) == {(False, False): frozenset({2})}

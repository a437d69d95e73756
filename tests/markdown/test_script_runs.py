"""Runs in scripts that the text font lacks, and the languages they are given."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.reading import COVERAGE, paragraph, prose, read, text_of
from typeset.diagnostics import Report
from typeset.files.workspace import Workspace
from typeset.source import Location
from typeset.theme.coverage import characters_in, common_coverage
from typeset.theme.load import load_theme


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
    theme = load_theme("brief", Workspace.at(Path()), Location("publication.yaml"), Report())
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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("上海港务局", "zh-Hans"),
        ("东京", "zh-Hans"),
        ("神戸", "ja"),
        ("海上保安庁", "ja"),
    ],
)
def test_characters_of_another_country_tell_their_language_and_are_reported(
    text: str, language: str
) -> None:
    reading = read(f"At {text}.")
    assert reading.html == f"<p>At {cjk(text, language)}.</p>"
    assert reading.problems == [(5, 4, "warning", "cjk-region")]
    assert f"[{text}]{{lang={language}}}" in reading.messages
    assert not read(f"At [{text}]{{lang={language}}}.").problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [("東京", "zh-Hans"), ("說明", "ja"), ("神戶", "ja"), ("上海港务局", "ja")],
)
def test_whatever_the_publications_language_a_stranger_to_it_is_reported(
    text: str, expected: str
) -> None:
    assert read(text, cjk_language=expected).codes == ["cjk-region"]


@pytest.mark.parametrize("text", ["臺灣", "台灣", "裏海", "峯", "堃", "啲嘢", "𠮷野家", "国峰堃"])
def test_what_no_other_country_claims_keeps_the_publications_language(text: str) -> None:
    assert read(text).html == f"<p>{cjk(text)}</p>"
    assert not read(text).problems


def test_characters_that_hong_kong_alone_has_are_at_home_there() -> None:
    assert read("着陸", cjk_language="zh-HK").codes == []


def test_strangers_in_notes_and_titles_are_reported_at_their_places() -> None:
    reading = read("T.[^a]\n\n[^a]: See 神戸.", head="standfirst: At 神戸 now\n")
    assert reading.problems == [
        (4, 16, "warning", "cjk-region"),
        (8, 11, "warning", "cjk-region"),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("東京 (とうきょう)", "ja"),
        ("東京/トウキョウ", "ja"),
        ("釜山 (부산)", "ko"),
        ("부산 (釜山)", "ko"),
    ],
)
def test_two_writings_of_one_name_are_in_one_language(text: str, language: str) -> None:
    assert re.findall(r'lang="([^"]+)"', paragraph(f"In {text}.")) == [language] * 2


def test_the_next_name_is_another() -> None:
    languages = re.findall(r'lang="([^"]+)"', paragraph("東京 (港), カナ and 港 (東京)."))
    assert languages == ["zh-Hant", "zh-Hant", "ja", "zh-Hant", "zh-Hant"]


def test_the_authors_mark_holds_for_the_same_characters_in_all_of_the_article() -> None:
    reading = read(
        "[東京湾]{lang=ja}, then 東京湾.[^a]\n\n[^a]: 東京湾", head="standfirst: 東京湾\n"
    )
    assert not reading.problems
    for markup in (reading.html, reading.notes[0].html, reading.whole.standfirst.html):
        assert set(re.findall(r'lang="([^"]+)"', markup)) == {"ja"}


def test_marks_that_differ_hold_for_themselves_alone() -> None:
    markup = paragraph("[東京]{lang=ja}, [東京]{lang=ko}, 東京")
    assert re.findall(r'lang="([^"]+)"', markup) == ["ja", "ko", "zh-Hant"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("港①", "zh-Hant"),
        ("㈱港", "zh-Hant"),
        ("㍿", "ja"),
        ("㋿", "ja"),
        ("㉠", "ko"),
        ("ﾡﾢ", "ko"),
        ("ㄅㄚˇ", "zh-Hant"),
        ("︰港﹏", "zh-Hant"),
        ("𠀋", "zh-Hant"),
        ("ﾊｰﾄﾞ", "ja"),
    ],
)
def test_signs_and_forms_of_east_asia_are_its_own(text: str, language: str) -> None:
    assert paragraph(f"x {text} y") == f"x {cjk(text, language)} y"


def full(text: str) -> str:
    return f'<span class="cjk">{text}</span>'


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "ja", "ko"])
@pytest.mark.parametrize("text", ["“港”", "港——口", "港……", "港・史·密", "……", "“‘港’”", "港‥口"])
def test_in_east_asian_text_shared_marks_are_full_width(language: str, text: str) -> None:
    assert read(text, language=language).html == f"<p>{full(text)}</p>"


@pytest.mark.parametrize("text", ["Kobe—Osaka", "“Kobe”", "Kobe’s", "l’été…"])
def test_among_latin_words_they_stay_latin(text: str) -> None:
    between = read(f"港 {text} 口", language="zh-Hant")
    assert between.html == f"<p>{full('港')} {text} {full('口')}</p>"
    assert read(text, language="zh-Hant").html == f"<p>{text}</p>"


def test_in_latin_text_shared_marks_are_latin() -> None:
    assert paragraph("“東京”—“大阪”…") == f"“{cjk('東京')}”—“{cjk('大阪')}”…"


def test_the_two_marks_of_a_quotation_come_from_one_font() -> None:
    reading = read("“Kobe”是港。", language="zh-Hant")
    assert reading.html == f"<p>{full('“')}Kobe{full('”是港。')}</p>"


def test_a_mark_within_emphasis_sees_what_stands_beside_it() -> None:
    reading = read("港*——*口", language="zh-Hant")
    assert reading.html == f"<p>{full('港')}<em>{full('——')}</em>{full('口')}</p>"


def test_latin_words_that_touch_characters_can_be_parted_by_a_style() -> None:
    assert read("在Kobe港,2005年 1 月", language="zh-Hant").html == (
        '<p><span class="cjk before-latin">在</span><span class="before-cjk">Kobe</span>'
        f'{full("港")},<span class="before-cjk">2005</span>{full("年")} 1 {full("月")}</p>'
    )
    assert "before-" not in read("부산Port항", language="ko").html
    assert "before-" not in paragraph("東京Port港")


@pytest.mark.parametrize(
    "text",
    [
        "(東京)",
        "(Port of 東京)",
        "（基隆）",
        "([東京]{lang=ja})",
        "(*東京*)",
    ],
)
def test_a_short_name_stays_in_one_line_with_its_brackets(text: str) -> None:
    markup = paragraph(f"At {text}, there.")
    assert re.fullmatch(r'At <span class="bound">[(<].*[)>]</span>, there\.', markup)


@pytest.mark.parametrize(
    "text",
    [
        "(the port of 東京 and others)",
        "(東京大阪神港海山川)",
        "(Tokyo)",
        "(東京",
        "東京)",
        "(東京）",
        "(港)",
        "(東京[^a])",
        "(`東京`)",
    ],
)
def test_what_is_long_or_no_name_may_be_broken(text: str) -> None:
    markup = read(f"At {text} there.[^a]\n\n[^a]: x").html
    assert markup.count('class="bound"') == markup.count('class="call"')


def test_a_call_after_a_bound_name_is_bound_with_it() -> None:
    markup = read("At (東京)[^a] there.\n\n[^a]: x").html
    assert re.search(r'class="bound">\(.*\)<a class="call"[^>]*>1</a></span> there', markup)


def test_cells_of_tables_are_not_bound() -> None:
    (table,) = read("| (東京) | b |\n|---|---|\n| (東京) | d |").tables
    assert "bound" not in table.html


def test_characters_in_brackets_of_an_east_asian_text_are_not_bound() -> None:
    assert "bound" not in read("東京(大阪)港", language="ja").html


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("שלום", ' lang="he" dir="rtl"'),
        ("שלום עולם", ' lang="he" dir="rtl"'),
        ("ميناء بيروت", ' lang="und-Arab" dir="rtl"'),
        ("ไทย", ' lang="th"'),
        ("हिन्दी", ' lang="und-Deva"'),
        ("Ελλάδα", ' lang="el"'),
        ("Москва", ' lang="und-Cyrl"'),
        ("α", ""),
        ("ა", ""),
    ],
)
def test_runs_of_other_scripts_say_what_their_script_tells(text: str, attributes: str) -> None:
    assert paragraph(f"a ({text}), b") == f'a (<span class="fallback"{attributes}>{text}</span>), b'


def test_two_names_from_right_to_left_are_two_runs() -> None:
    markup = paragraph("a שלום, 12 and עולם b")
    assert re.findall(r'rtl">([^<]+)<', markup) == ["שלום", "עולם"]


def test_a_quotation_from_right_to_left_is_one_run_with_its_figures() -> None:
    assert paragraph("[שלום, 123 עולם!]{lang=he} a") == (
        '<span lang="he" class="fallback" dir="rtl">שלום, 123 עולם!</span> a'
    )


def test_a_language_that_uses_the_script_keeps_its_name() -> None:
    assert read("Москва", language="ru").html == '<p><span class="fallback">Москва</span></p>'
    assert paragraph("[سلام دنیا]{lang=fa}") == (
        '<span lang="fa" class="fallback" dir="rtl">سلام دنیا</span>'
    )


def test_code_cannot_be_marked_and_is_not_asked_for_it() -> None:
    assert not read("`神戸` and\n\n    神戸").problems

"""Quotes, dashes, ellipses and spaces, as a reader sees them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.reading import NBSP, paragraph, prose, read, text_of


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"Hello," she said.', "“Hello,” she said."),
        ("'Hello,' she said.", "‘Hello,’ she said."),
        ('She said "no".', "She said “no”."),
        ("\"He said 'no' twice,\" she said.", "“He said ‘no’ twice,” she said."),
        ("'He said \"no\" twice,' she said.", "‘He said “no” twice,’ she said."),
        ("\"'No' was all,\" she said.", "“‘No’ was all,” she said."),
        ("She said, \"He said 'no.'\"", "She said, “He said ‘no.’”"),
        ("She said, 'He said \"no.\"'", "She said, ‘He said “no.”’"),
        ('("In brackets") and ["in square ones"]', "(“In brackets”) and [“in square ones”]"),
        ('"(Brackets)" and "[square]"', "“(Brackets)” and “[square]”"),
        ('One---"two"---three', "One—“two”—three"),
        ('"One---" and "---two"', "“One—” and “—two”"),
        ('"one"/"two" and "one"-"two"', "“one”/“two” and “one”-“two”"),
        ('"one"; "two": "three," "four."', "“one”; “two”: “three,” “four.”"),
        ('"What?" "No!"', "“What?” “No!”"),
        ('"... and then"', "“… and then”"),
        ('"And then ..."', "“And then …”"),
        ('x="y"', "x=“y”"),
        ('the year "1866"', "the year “1866”"),
        ("'1866 was the year'", "‘1866 was the year’"),
        ('"1" and "2"', "“1” and “2”"),
        ('A "$5" note', "A “$5” note"),
        ('“Typed” and ‘typed’ and "mixed"', "“Typed” and ‘typed’ and “mixed”"),
    ],
)
def test_quotes_turn_to_what_they_enclose(typed: str, printed: str) -> None:
    assert paragraph(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("the port's, the ports', James's", "the port’s, the ports’, James’s"),
        ("It's, don't, O'Neil, d'Arc", "It’s, don’t, O’Neil, d’Arc"),
        ("the '90s and the 1990's", "the ’90s and the 1990’s"),
        ("the class of '68 and the dogs' bowls", "the class of ’68 and the dogs’ bowls"),
        ("'Tis so, 'twas so, get 'em", "’Tis so, ’twas so, get ’em"),
        ("rock 'n' roll, rock 'N' roll", "rock ’n’ roll, rock ’N’ roll"),
        ('"\'Tis the season," he said', "“’Tis the season,” he said"),
        ('"the \'90s"', "“the ’90s”"),
        ("\"the ports'\" and 'the port's'", "“the ports’” and ‘the port’s’"),
        ('l\'"eau"', "l’“eau”"),
    ],
)
def test_an_apostrophe_is_no_quote(typed: str, printed: str) -> None:
    assert paragraph(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (
            '"*One*" *"two"* **"three,"** four',
            "“<em>One</em>” <em>“two”</em> <strong>“three,”</strong> four",
        ),
        ('*"One* two"', "<em>“One</em> two”"),
        ('"**One** two"', "“<strong>One</strong> two”"),
        ("*Rover*'s crew", "<em>Rover</em>’s crew"),
        ("the *ships'* crews", "the <em>ships’</em> crews"),
        ('"`code`" and `"code"`', '“<code>code</code>” and <code>"code"</code>'),
        ('"[one]{.x}"', '“<span class="x">one</span>”'),
        (
            '"[One](https://example.org)," ["two"](https://example.org)',
            '“<a href="https://example.org">One</a>,” <a href="https://example.org">“two”</a>',
        ),
        ('One  \n"two"', "One<br>“two”"),
        ('"One\ntwo"', "“One two”"),
    ],
)
def test_quotes_beside_and_inside_markup(typed: str, printed: str) -> None:
    assert paragraph(typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"One"[^n] two.', "“One” two."),
        ('"One."[^n]', "“One.”"),
        ('"One[^n] two."', "“One two.”"),
        ("the ports'[^n] share", "the ports’ share"),
        ("He said 'no'.[^n] \"Two\"", "He said ‘no’. “Two”"),
    ],
)
def test_a_note_beside_a_quote_does_not_turn_it(typed: str, printed: str) -> None:
    reading = read(f"{typed}\n\n[^n]: Note.")
    assert not reading.problems
    assert text_of(reading.html) == printed


def test_quotes_open_at_the_beginning_of_every_block() -> None:
    body = '"One\n\n- "two"\n- \'three\'\n\n> "four"\n\n## "Five"\n\nsix\n: "seven"'
    assert prose(body) == (
        "<p>“One</p>\n<ul><li>“two”</li><li>‘three’</li></ul>\n"
        "<blockquote><p>“four”</p></blockquote>\n<h3>“Five”</h3>\n"
        "<dl><dt>six</dt><dd>“seven”</dd></dl>"
    )


def test_quotes_in_a_list_do_not_depend_on_the_list_inside_it() -> None:
    assert prose('- "one"\n    - "two"\n- "three"') == (
        "<ul><li>“one”<ul><li>“two”</li></ul></li><li>“three”</li></ul>"
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        (r"5\'10\"", "5'10\""),
        (r"\"straight\" and \'straight\'", "\"straight\" and 'straight'"),
        (r"*\"straight\"*", '<em>"straight"</em>'),
        (r'"curled" and \"straight\"', '“curled” and "straight"'),
        ("&quot;straight&quot;", '"straight"'),
        (r'\\"curled"', "\\“curled”"),
    ],
)
def test_an_escaped_quote_stays_straight(typed: str, printed: str) -> None:
    assert paragraph(typed).replace("\\”", "\\“") == printed


def test_minutes_and_seconds_of_arc_are_primes() -> None:
    assert paragraph("35°41'22.5\"N, 139°44'E") == "35°41′22.5″N, 139°44′E"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("1990--1995", "1990–1995"),
        ("one---two", "one—two"),
        ("one -- two", f"one{NBSP}– two"),
        ("one — two", "one — two"),
        ("-- one", "– one"),
        ("one ... two", "one … two"),
        ("one...", "one…"),
        ("well-known", "well-known"),
        ("a ---- b ----- c", "a ---- b ----- c"),
        ("a .... b .. c", "a .... b .. c"),
        ("`a--b ... c---d`", "<code>a--b ... c---d</code>"),
        ("-5 and - 5", "-5 and - 5"),
    ],
)
def test_dashes_and_ellipses(typed: str, printed: str) -> None:
    assert paragraph(typed) == printed


@pytest.mark.parametrize(
    "address", ["https://example.org/a--b...c---d'e", "https://example.org/a_b_c"]
)
def test_an_address_stays_as_it_is(address: str) -> None:
    link = f'<a href="{address}" class="address">{address}</a>'
    assert paragraph(f"<{address}>") == link
    plain = address.replace("'e", "")
    assert paragraph(f"See {plain}.") == f'See <a href="{plain}" class="address">{plain}</a>.'
    assert paragraph(f"[a--b]({plain})") == f'<a href="{plain}">a–b</a>'


def test_code_stays_as_it_is() -> None:
    body = '```\n"a" -- \'b\' ... Vol. 10\n\n\nTable: <b>&amp;\n```\n\n    "a" -- <i> &amp;'
    assert prose(body) == (
        "<pre><code>\"a\" -- 'b' ... Vol. 10\n\n\nTable: &lt;b&gt;&amp;amp;</code></pre>\n"
        '<pre><code>"a" -- &lt;i&gt; &amp;amp;</code></pre>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "Vol.~10",
        "vol.~30, no.~5",
        "No.~5 and Nos.~5",
        "No.~X",
        "USD~200",
        "EUR~1.5~million",
        "USD~200~million",
        "12~km",
        "1,852~m",
        "200~million",
        "3.5~billion",
        "20~percent",
        "25~°C",
        "Article~37 and Articles~3",
        "Chapter~V",
        "Annex~II",
        "Table~3, Figure~4, Part~5",
        "p.~193, pp.~53",
        "§~5",
        "Dr.~Å Berg",
        "*Vol.*~10",
        "**12**~km",
        "[Article~36](https://example.org)",
        "[Article](https://example.org)~36",
    ],
)
@pytest.mark.parametrize("typed", [" ", "\n", " \n"])
def test_a_space_that_holds(text: str, typed: str) -> None:
    assert text_of(paragraph(f"See {text.replace('~', typed)} there.")) == text_of(
        paragraph(f"See {text.replace('~', NBSP)} there.")
    )
    assert NBSP in paragraph(f"See {text.replace('~', typed)} there.")


@pytest.mark.parametrize(
    "text",
    ["No one", "A part of it", "in 10 ports", "Article of faith", "12 kmh", "5 ships", "p. x"],
)
def test_other_spaces_do_not_hold(text: str) -> None:
    assert NBSP not in paragraph(f"See {text}.")


def test_a_space_in_code_does_not_hold() -> None:
    assert NBSP not in paragraph("`Vol. 10` and `12 km`")


def test_lines_of_the_source_are_joined_by_spaces() -> None:
    assert (
        paragraph("one\ntwo *three*\n*four*\nfive") == "one two <em>three</em> <em>four</em> five"
    )


def test_lines_in_a_script_without_spaces_are_joined_without() -> None:
    assert text_of(prose("東京は\n日本の\n首都 and\nmore")) == "東京は日本の首都 and more"
    assert text_of(prose("부산항은\n한국의")) == "부산항은 한국의"


def test_typography_reaches_captions_cells_notes_titles_and_alternative_texts() -> None:
    reading = read(
        '![A "b"](images/a.png){credit="It\'s -- \\"c\\"" alt="A \'b\' ... Vol. 10"}\n\n'
        '| "a" | b |\n|---|---|\n| "c" | d--e |\n\nTable: "t" {unit="the \'90s" source="It\'s"}\n\n'
        'Text.[^n]\n\n[^n]: "Note" -- Vol. 10.',
        head="standfirst: '\"Stand\" first...'\ntakeaway: It's 12 km\n",
    )
    assert not reading.problems
    (figure,), (table,), (note,) = reading.figures, reading.tables, reading.notes
    assert (figure.caption.text, figure.alt) == ("A “b”", f"A ‘b’ … Vol.{NBSP}10")
    assert figure.credit.html == f"It’s{NBSP}– “c”"
    assert (table.caption.text, table.unit.text, table.source.text) == ("“t”", "the ’90s", "It’s")
    assert "“a”" in table.html
    assert "“c”" in table.html
    assert "d–e" in table.html
    assert note.html == f"“Note”{NBSP}– Vol.{NBSP}10."
    assert reading.whole.standfirst.html == "“Stand” first…"
    assert reading.whole.takeaway.html == f"It’s 12{NBSP}km"


@given(st.text(alphabet="ab \"'.-(),", max_size=40))
def test_typography_keeps_every_letter(text: str) -> None:
    printed = text_of(read(f"x {text}").html)
    assert [letter for letter in printed if letter in "ab"] == [one for one in text if one in "ab"]
    assert not set(printed) & set("\"'")


@pytest.mark.slow
@given(st.lists(st.sampled_from(["one", "two", "port's"]), min_size=1, max_size=5), st.booleans())
def test_a_quotation_of_words_is_enclosed_whatever_surrounds_it(
    words: list[str], nested: bool
) -> None:
    inside = " ".join(words)
    quoted = f"\"a '{inside}' b\"" if nested else f'"{inside}"'
    expected = inside.replace("'", "’")
    expected = f"“a ‘{expected}’ b”" if nested else f"“{expected}”"
    for before, after in [
        ("", ""),
        ("x ", " y"),
        ("(", ")"),
        ("x—", "—y"),
        ("", ","),
        ("x: ", "; y"),
    ]:
        assert paragraph(f"{before}{quoted}{after}" if before else f"{quoted}{after}") == (
            f"{before}{expected}{after}"
        )


def set_in(language: str, typed: str) -> str:
    """The text of a paragraph in a language, in which nothing is wrong."""
    reading = read(typed, language=language)
    assert not reading.problems, reading.messages
    return text_of(reading.html)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"Ja", sagte sie.', "„Ja“, sagte sie."),
        ("Sie sagte: \"Er rief 'nein' und ging.\"", "Sie sagte: „Er rief ‚nein‘ und ging.“"),
        ("\"'Nein' war alles\"", "„‚Nein‘ war alles“"),
        ('("In Klammern")', "(„In Klammern“)"),
        ('"eins"/"zwei" und "drei"-"vier"', "„eins“/„zwei“ und „drei“-„vier“"),
        ("Wie geht's? Hans' Boot, Grass' Werk", "Wie geht’s? Hans’ Boot, Grass’ Werk"),
        ("'s ist so, 'ne Frage", "’s ist so, ’ne Frage"),
        ("die '68er und '89", "die ’68er und ’89"),
        ("'S-Bahn' und 'U-Bahn'", "‚S-Bahn‘ und ‚U-Bahn‘"),
        ('„Getippt“, ‚auch so‘, und "gemischt"', "„Getippt“, ‚auch so‘, und „gemischt“"),
        ("1990--1995 -- ein Strich", f"1990–1995{NBSP}– ein Strich"),
        ("Was! Wie? So: ja; nein", "Was! Wie? So: ja; nein"),
    ],
)
def test_german(typed: str, printed: str) -> None:
    assert set_in("de-DE", typed) == printed


def test_quotes_of_german_in_switzerland_point_outward() -> None:
    assert set_in("de-CH", "Sie sagte: \"Er rief 'nein'.\"") == "Sie sagte: «Er rief ‹nein›.»"
    assert set_in("de-AT", '"Ja"') == "„Ja“"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"Oui", dit-elle.', "«~Oui~», dit-elle."),
        ("Il dit : \"Elle cria 'non' hier.\"", "Il dit~: «~Elle cria “non” hier.~»"),
        ("l'\"eau\" d'aujourd'hui", "l’«~eau~» d’aujourd’hui"),
        ("«Typé» et « typé »", "«~Typé~» et «~typé~»"),
        ("« typé » et «\u202ftypé\u202f»", "«~typé~» et «~typé~»"),
        ('" espacé "', "«~espacé~»"),
        ("Quoi? Non! Ainsi: oui; voilà.", "Quoi~? Non~! Ainsi~: oui~; voilà."),
        ("Quoi ? Non ! Ainsi : oui ; voilà.", "Quoi~? Non~! Ainsi~: oui~; voilà."),
        ("Quoi\u00a0? Non\u202f! Ainsi\u2009: oui  ; voilà.", "Quoi~? Non~! Ainsi~: oui~; voilà."),
        ("Quoi?! Non!!", "Quoi~?! Non~!!"),
        ("Quoi ?! (?) [!] (sic!)", "Quoi~?! (?) [!] (sic~!)"),
        ('"Quoi?" "Non!"', "«~Quoi~?~» «~Non~!~»"),
        ("Vraiment...? Et...!", "Vraiment…~? Et…~!"),
        ("à 12:30, un rapport de 3:1, page?id=3", "à 12:30, un rapport de 3:1, page?id=3"),
        ("*Quoi*? **Non** !", "Quoi~? Non~!"),
        ("(*Note* : deux)", "(Note~: deux)"),
        ('"*Quoi*" et "`a ? b`": `c: d!`', "«~Quoi~» et «~a ? b~»~: c: d!"),
        (
            "Voir https://example.org/a?b=c;d et <https://example.org/!>.",
            "Voir https://example.org/a?b=c;d et https://example.org/!.",
        ),
        ("? au début", "? au début"),
        ("Une ligne\n! et une autre\n« là »", "Une ligne~! et une autre «~là~»"),
        ("« » et «»", "«~» et «~»"),
    ],
)
def test_french(typed: str, printed: str) -> None:
    assert set_in("fr", typed) == printed.replace("~", "\u202f")


def test_a_note_parts_no_mark_of_french_from_its_space() -> None:
    reading = read("Quoi[^n] ? Non[^n]!\n\n[^n]: Ici : «là».", language="fr")
    assert text_of(reading.html) == "Quoi\u202f? Non\u202f!"
    assert reading.notes[0].html == "Ici\u202f: «\u202flà\u202f»."


def test_a_line_that_the_author_breaks_gets_no_space_of_a_mark() -> None:
    assert read("Un  \n? deux «  \ntrois", language="fr").html == "<p>Un<br>? deux «<br>trois</p>"


def test_french_in_canada_spaces_the_colon_and_guillemets_only() -> None:
    assert set_in("fr-CA", 'Ainsi : "Quoi ? Non!" ; oui') == (
        "Ainsi\u202f: «\u202fQuoi ? Non!\u202f» ; oui"
    )
    assert set_in("fr-CH", '"Non!"') == "«\u202fNon\u202f!\u202f»"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('"Sí", dijo.', "«Sí», dijo."),
        ("Dijo: \"Ella gritó 'no' ayer\".", "Dijo: «Ella gritó “no” ayer»."),
        ('"¿Qué?" "¡No!"', "«¿Qué?» «¡No!»"),
        ('¿"Qué"? ¡"No"!', "¿«Qué»? ¡«No»!"),
        ("¿'Qué' dice? ¡'No'!", "¿“Qué” dice? ¡“No”!"),
        ("---Ven ---dijo---. Y fue.", "—Ven —dijo—. Y fue."),
        ("O'Higgins y los '90", "O’Higgins y los ’90"),
        ("«Escrito» y “así”", "«Escrito» y “así”"),
        ("Qué: sí; ¡no!", "Qué: sí; ¡no!"),
    ],
)
def test_spanish(typed: str, printed: str) -> None:
    assert set_in("es-MX", typed) == printed


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ('他說"好"。', "他說「好」。"),
        ("他說：\"她喊'不'了。\"", "他說：「她喊『不』了。」"),
        ("\"'不'就是全部\"", "「『不』就是全部」"),
        ('"甲"、"乙"和"丙"', "「甲」、「乙」和「丙」"),
        ('（"括號"）', "（「括號」）"),
        ('他說"hello"，又說 "bye" 。', "他說「hello」，又說 「bye」 。"),
        ("船名叫*'海'*嗎", "船名叫『海』嗎"),
        ("O'Neil 的港口", "O’Neil 的港口"),
        ("等等...", "等等……"),
        ("等……然後", "等……然後"),
        ('"..."他說', "「……」他說"),
        ("等…然後", "等……然後"),
        ("船來了---又走了", "船來了——又走了"),
        ("船來了 -- 又走了", "船來了——又走了"),
        ("1995--1997年", "1995–1997年"),
        ("一----二", "一----二"),
        ('他說\n"好"\n了', "他說「好」了"),
        ("「打好」『的』", "「打好」『的』"),
    ],
)
def test_chinese(typed: str, printed: str) -> None:
    assert set_in("zh-Hant", typed) == printed


def test_simplified_chinese_has_curly_quotes() -> None:
    assert set_in("zh-CN", "他说\"她喊'不'了\"。") == "他说“她喊‘不’了”。"
    assert set_in("zh-TW", '他說"好"。') == "他說「好」。"


@pytest.mark.parametrize("text", ['"東京"と"大阪"', '東京の"港"です'])
def test_quotes_among_characters_without_spaces_turn_in_any_language(text: str) -> None:
    turned = text.replace('"', "“", 1).replace('"', "”", 1)
    assert set_in("en", text) == turned.replace('"', "“", 1).replace('"', "”", 1)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "S.~12"),
        ("de", "z.~B. Boote"),
        ("de", "i.~d.~R."),
        ("de", "Nr.~3"),
        ("de", "Art.~5 Abs.~2"),
        ("de", "§~5, §§~6"),
        ("de", "Dr.~Öz"),
        ("de", "am 25.~November"),
        ("de", "im 19.~Jahrhundert"),
        ("de", "5~Mio. Tonnen"),
        ("de", "12~km"),
        ("de", "20~%"),
        ("de", "12~000~000"),
        ("de", "Heft~3"),
        ("fr", "p.~12, art.~5"),
        ("fr", "n°~3 et nos~4"),
        ("fr", "M.~Éluard, Mme~Curie"),
        ("fr", "p.~ex."),
        ("fr", "le 25~novembre, le 1er~mai"),
        ("fr", "XXe~siècle"),
        ("fr", "12~km, 20~%, 5~€"),
        ("fr", "12~h~30"),
        ("fr", "12~000~000"),
        ("fr", "5~millions"),
        ("fr", "chapitre~V"),
        ("es", "p.~12, art.~5"),
        ("es", "núm.~3, n.º~4"),
        ("es", "EE.~UU. y JJ.~OO."),
        ("es", "Sra.~Ávila"),
        ("es", "p.~ej."),
        ("es", "25~de noviembre"),
        ("es", "siglo~XX"),
        ("es", "12~km, 20~%"),
        ("es", "12~000, 5~millones"),
        ("zh-Hant", "12~km"),
    ],
)
@pytest.mark.parametrize("typed", [" ", "\n"])
def test_a_space_that_holds_in_another_language(language: str, text: str, typed: str) -> None:
    assert set_in(language, f"x {text.replace('~', typed)} x") == (f"x {text.replace('~', NBSP)} x")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "im Jahr 2024 150 Schiffe"),
        ("de", "Das ist gut. Nun 3 Boote"),
        ("fr", "en 2024 150 navires"),
        ("fr", "le non des uns, 3 ports"),
        ("es", "en 2024 150 buques"),
        ("es", "de los 5 puertos de mayo"),
    ],
)
def test_other_spaces_do_not_hold_in_other_languages(language: str, text: str) -> None:
    assert set_in(language, text) == text


@given(
    st.sampled_from(["de", "fr", "es", "zh-Hant"]),
    st.text(alphabet="ab \"'.-(),:;!?«»中。\u00a0\u202f", max_size=40),
)
def test_typography_keeps_every_letter_in_every_language(language: str, text: str) -> None:
    printed = text_of(read(f"x {text}", language=language).html)
    kept = "ab中。(),;!?"
    assert [one for one in printed if one in kept] == [one for one in text if one in kept]
    if language == "fr":
        assert not re.search(r"[ \u00a0\u202f]{2}[;!?](?!\w)", printed)

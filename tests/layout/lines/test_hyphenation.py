"""Where words may be divided, and where never."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from typeset.layout.lines import hyphenation
from typeset.layout.lines.demerits import DemeritSettings
from typeset.layout.lines.hyphenation import Division, DivisionKind, penalty_of


def divisions(word: str, language: str, **limits: int) -> tuple[Division, ...]:
    """Divide a word in parts of three letters or more, whatever is usual in its language."""
    three = {"least_before": 3, "least_after": 3, "least_letters": 6}
    return hyphenation.divisions(word, language, **{**three, **limits})


def shown(word: str, language: str = "en-US") -> str:
    """The word with ``=`` where a hyphen would be added, and ``|`` where a line may just end."""
    parts, start = [], 0
    for one in divisions(word, language):
        parts += [word[start : one.position], "=" if one.hyphen else "|"]
        start = one.position
    return "".join([*parts, word[start:]])


def kinds(word: str, language: str = "en-US") -> set[DivisionKind]:
    return {one.kind for one in divisions(word, language)}


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("en-US", "admin=is=tra=tion"),
        ("en-us", "admin=is=tra=tion"),
        ("en", "admin=is=tra=tion"),
        ("de-AT", "Ver=wal=tungs=ge=richt"),
        ("fr-CH", "admi=nis=tra=tion"),
        ("es-MX", "admi=nis=tra=ción"),
        ("no", "admi=ni=stra=sjon"),
    ],
)
def test_syllables_part_as_the_language_has_it(language: str, word: str) -> None:
    assert shown(word.replace("=", ""), language) == word


@pytest.mark.parametrize(
    ("language", "word"),
    [("en-US", "re-port"), ("de", "Ma-te-rial"), ("fr", "re-tour"), ("es", "ca-ba-llo")],
)
def test_two_letters_stand_alone_where_that_is_usual(language: str, word: str) -> None:
    found = hyphenation.divisions(word.replace("-", ""), language)
    places = [one.position for one in found]
    assert places[0] == 2
    assert found[0].kind in (DivisionKind.SHORT, DivisionKind.CAPITAL) or language == "de"


@pytest.mark.parametrize(
    ("language", "word"),
    [("en-US", "re-ally"), ("fr", "ci-néma"), ("de-AT", "Rei-se"), ("es-MX", "pla-ya")],
)
def test_two_letters_follow_only_where_that_is_usual(language: str, word: str) -> None:
    (place,) = hyphenation.divisions(word.replace("-", ""), language)
    assert place.position == word.index("-")


def test_short_parts_are_dearer() -> None:
    settings = DemeritSettings()
    assert penalty_of(DivisionKind.SYLLABLE, settings) < penalty_of(DivisionKind.SHORT, settings)


def test_regions_keep_their_own_rules() -> None:
    word = "knowledgeable"
    assert shown(word, "en-GB") != shown(word, "en-US")
    assert shown(word, "en-AU") == shown(word, "en-GB")


@pytest.mark.parametrize("language", ["zh-Hant", "ja", "xx", ""])
def test_a_language_without_patterns_parts_no_syllables(language: str) -> None:
    assert divisions("administration", language) == ()


def test_parts_are_long_enough() -> None:
    assert shown("station") == "sta=tion"
    assert divisions("station", "en-US", least_after=5) == ()
    assert divisions("station", "en-US", least_before=4) == ()
    assert divisions("station", "en-US", least_letters=8) == ()
    assert divisions("pencil", "en-US", least_letters=7) == ()


@pytest.mark.parametrize("word", ["(administration),", "“administration”", "administration[12]"])
def test_marks_around_a_word_do_not_matter(word: str) -> None:
    assert shown(word).replace("=", "") == word
    assert "admin=is=tra=tion" in shown(word)


@pytest.mark.parametrize(
    "word",
    [
        "UNCLASSIFIED",
        "McDonaldization",
        "LaTeXperiment",
        "administration2",
        "3administration",
        "example.administration",
        "administration_settings",
    ],
)
def test_what_is_no_plain_word_is_not_divided(word: str) -> None:
    assert divisions(word, "en-US") == ()


@pytest.mark.parametrize(
    "address",
    [
        "https://|example|.org/|administration",
        "(http://|www|.mlit|.go|.jp/|kowan/|english/|pdms/|2|_6|_4|.html).",
        "www|.example|.org/|a|-b/|long|-path/|to/|a|_page|?of|=words|&size|=2|#place",
        "administration|@example|.org",
        "doi|.org/|10|.1016/|S0966|-6923|%2899|%2900023",
    ],
)
def test_an_address_is_divided_at_its_marks(address: str) -> None:
    """After a slash, before any other mark, with three characters before and after."""
    word = address.replace("|", "")
    assert shown(word) == address
    assert shown(word, "") == address
    assert not any(one.hyphen or one.ends_in_hyphen for one in divisions(word, "en-US"))
    assert kinds(word) == {DivisionKind.ADDRESS}


def test_an_address_without_marks_is_divided_anywhere_if_there_is_no_other_way() -> None:
    rules = DemeritSettings()
    word = "https://example.org/abcdefghijklmnopqrst"
    anywhere = [one for one in divisions(word, "") if one.kind is DivisionKind.ADDRESS_ANYWHERE]
    assert [one.position for one in anywhere] == list(range(23, 38))
    assert penalty_of(DivisionKind.ADDRESS_ANYWHERE, rules) > 50 * penalty_of(
        DivisionKind.ADDRESS, rules
    )
    assert DivisionKind.ADDRESS_ANYWHERE not in kinds(
        "https://example.org/administration/administration"
    )


def test_no_division_stands_beside_an_apostrophe() -> None:
    assert shown("parliament’s") == "par=lia=ment’s"
    assert shown("l’administration", "fr") == "l’admi=nis=tra=tion"
    assert shown("l'administration", "fr") == "l'admi=nis=tra=tion"
    assert shown("aujourd’hui", "fr") == "aujourd’hui"


def test_names_are_dearer_save_where_all_nouns_have_capitals() -> None:
    rules = DemeritSettings()
    assert kinds("Washington") == {DivisionKind.CAPITAL}
    assert kinds("administration") == {DivisionKind.SYLLABLE}
    assert kinds("Verwaltung", "de-AT") == {DivisionKind.SYLLABLE}
    assert penalty_of(DivisionKind.CAPITAL, rules) > penalty_of(DivisionKind.SYLLABLE, rules)


def test_every_kind_has_its_penalty() -> None:
    rules = DemeritSettings(slash=77, dash=5)
    assert penalty_of(DivisionKind.SLASH, rules) == 77
    assert penalty_of(DivisionKind.DASH, rules) == 5
    assert all(penalty_of(kind, rules) >= 0 for kind in DivisionKind)


@pytest.mark.parametrize(
    "word",
    [
        "two-|thirds",
        "decision-|making",
        "mother-|in-|law,",
        "well\u2010|known",
        "e-mail",
        "X-ray",
        "COVID-19",
        "-ation",
        "pre-",
        "non\u2011breaking",
        "and/|or",
        "km/h",
        "1/2",
        "Paris–|Berlin",
        "1939–45",
        "pp.–ff.",
        "harbor—|the",
        "harbor—|“the",
        "harbor”—|the",
        "harbor—”",
        "harbor—'",
        "—harbor",
        "“—harbor",
    ],
)
def test_lines_end_after_marks_between_words(word: str) -> None:
    assert shown(word.replace("|", ""), "xx") == word


def test_words_that_are_joined_are_divided_at_their_joint_alone() -> None:
    assert shown("decision-administration") == "decision-|administration"
    assert shown("harbor—administration") == "har=bor—|admin=is=tra=tion"


def test_typed_hyphens_make_ladders_and_dashes_do_not() -> None:
    assert [one.ends_in_hyphen for one in divisions("two-thirds", "en-US")] == [True]
    assert [one.ends_in_hyphen for one in divisions("Paris–Berlin", "xx")] == [False]
    assert [one.ends_in_hyphen for one in divisions("and/or", "xx")] == [False]
    assert all(one.ends_in_hyphen for one in divisions("administration", "en-US"))


def test_a_soft_hyphen_is_the_only_place() -> None:
    assert shown("admini\u00adstration") == "admini\u00ad=stration"
    assert shown("\u00adadministration\u00ad") == "\u00adadministration\u00ad"
    assert shown("UN\u00adCLASSIFIED") == "UN\u00ad=CLASSIFIED"
    assert kinds("admini\u00adstration") == {DivisionKind.SOFT_HYPHEN}


@pytest.mark.parametrize("glue", ["\u00a0", "\u202f", "\u2060"])
def test_what_glues_words_together_holds(glue: str) -> None:
    for word in (f"12{glue}km", f"港{glue}口", f"harbor—{glue}the", f"two-{glue}thirds"):
        assert divisions(word, "xx") == ()
    word = f"administration{glue}parliament"
    assert shown(word) == f"admin=is=tra=tion{glue}par=lia=ment"


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("zh-Hant", "海|港|的|「燈|塔」|開|始——|霧|散|了……|船|長|說：|“今|天|風|小，|可|以。”"),
        ("zh-Hant", "（中|華|民|國）|和|Kobe|號，|佔|40%。"),
        ("ja", "チャー|ター|船|の|ショッ|ピ|ン|グ、|人々|は|ゆっ|く|り！！"),
        ("ko", "부|산|항"),
    ],
)
def test_lines_of_east_asian_text_begin_and_end_as_they_should(language: str, word: str) -> None:
    assert shown(word.replace("|", ""), language) == word


def test_a_letter_keeps_its_accents_and_variants() -> None:
    assert divisions("か\u3099", "ja") == ()
    assert divisions("葛\U000e0100", "ja") == ()
    assert divisions("\u1112\u1161\u11ab", "ko") == ()


@given(
    st.text("abcdeéAB12'’-–—/.@\u00ad\u00a0\u2060港あー、「」…“”", min_size=1, max_size=24),
    st.sampled_from(["en-US", "fr", "ja"]),
)
def test_any_word_is_parted_within_and_in_order(word: str, language: str) -> None:
    places = [one.position for one in divisions(word, language)]
    assert places == sorted(set(places))
    for one in divisions(word, language):
        before, after = word[: one.position], word[one.position :]
        assert before
        assert after
        assert not {before[-1], after[0]} & set("\u00a0\u2060")
        if one.kind is not DivisionKind.ADDRESS:
            assert after[0] not in "ー、」…—–-/"
        assert before[-1] != "「"
        if one.hyphen:
            assert not {before[-1], after[0]} & set("'’")
        if one.kind is not DivisionKind.SOFT_HYPHEN and one.hyphen:
            assert before[-3:].isalpha()
            assert after[:3].isalpha()

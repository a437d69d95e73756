"""Languages: every file is complete, and the pages of an issue have its language's labels."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
import sys
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

import typeset.languages
from tests.markdown.reading import read_file
from tests.pages import Pages, lay_out_issue, plain, prose
from tests.parameters import slow_after
from tests.publications import ISSUE_FOLDER, article, said, write_publication
from typeset.diagnostics import Report
from typeset.languages import Language, check_language, language_for
from typeset.languages.base import Starter
from typeset.pipeline.build import LoadedIssue, layout_job, load_issue
from typeset.source import Location

CHECKOUT = Path(__file__).parents[2]
ENGLISH = language_for("en")
FILES = sorted(
    {module.name for module in pkgutil.iter_modules(typeset.languages.__path__)}
    - {"base", "cjk_regions", "east_asian"}
)
PLACEHOLDERS = {"about": {"name"}, "title": {"name"}, "web": {"url"}}
"""The placeholders in the texts of a starter."""


def language_of(name: str) -> Language:
    language = importlib.import_module(f"typeset.languages.{name}").LANGUAGE
    assert isinstance(language, Language)
    return language


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def tag_of(name: str) -> str:
    return name.replace("_", "-")


def test_the_languages_that_there_are() -> None:
    assert set(FILES) >= {"de", "en", "es", "fr", "zh_hans", "zh_hant"}


@pytest.mark.parametrize("name", FILES)
def test_a_language_says_every_word_of_the_page(name: str) -> None:
    labels = language_of(name).labels
    assert list(labels) == list(ENGLISH.labels)
    for key, label in labels.items():
        assert label or key == "after_volume", key
        assert placeholders(label) == placeholders(ENGLISH.labels[key]), key


@pytest.mark.parametrize("name", FILES)
def test_a_language_has_four_quotation_marks_and_rules_that_can_be_read(name: str) -> None:
    language = language_of(name)
    assert [len(mark) for mark in language.quotes] == [1, 1, 1, 1]
    # A rule that matches no space would have no effect.
    for pattern in language.glue:
        assert " " in re.sub(r"\(\?[=!<][^()]*\)", "", pattern), pattern
        re.compile(pattern)
    for pattern, replacement in language.replacements:
        assert re.compile(pattern).search("") is None
        assert isinstance(replacement, str)


@pytest.mark.parametrize("name", FILES)
def test_the_texts_of_a_language_s_starter_are_all_there(name: str) -> None:
    starter = language_of(name).starter
    for field in Starter.__dataclass_fields__:
        text = getattr(starter, field)
        assert text.strip(), field
        if field != "body":
            assert placeholders(text) == PLACEHOLDERS.get(field, set()), field


@pytest.mark.parametrize("name", FILES)
def test_the_words_of_a_language_are_typed_as_its_typography_sets_them(name: str) -> None:
    language = language_of(name)
    for text in language.labels.values():
        assert not set(text) & set("\"'"), text
    if language.spaced_before:
        for text in language.labels.values():
            assert not re.search(rf"[^\u202f](?:{language.spaced_before})", text), text


@pytest.mark.parametrize("name", FILES)
def test_a_starter_is_an_article_without_a_fault(name: str) -> None:
    starter = language_of(name).starter
    title = starter.title.format(name="Kai & Meer")
    text = (
        f'---\ntitle: "{title}"\nauthors: ["{starter.desk}"]\nstandfirst: "{starter.standfirst}"\n'
        f'takeaway: "{starter.takeaway}"\n---\n{starter.body}'
    )
    reading = read_file(text, tag_of(name))
    assert not reading.problems, reading.messages
    assert "<h3>" in reading.html
    assert "<ul>" in reading.html
    assert "<em>" in reading.html or "<strong>" in reading.html
    assert len(reading.notes) == 1
    (table,) = reading.tables
    assert table.caption.text
    assert table.source.text
    new = f"---\ntitle: {starter.untitled}\nauthors: [{starter.desk}]\n---\n{starter.paragraph}\n"
    assert not read_file(new, tag_of(name)).problems


@pytest.mark.parametrize(
    ("tag", "first", "later"),
    [
        ("en-US", "January 1, 2026", "November 25, 2026"),
        ("en", "January 1, 2026", "November 25, 2026"),
        ("en-GB", "1 January 2026", "25 November 2026"),
        ("de", "1. Januar 2026", "25. November 2026"),
        ("de-CH", "1. Januar 2026", "25. November 2026"),
        ("de-AT", "1. Jänner 2026", "25. November 2026"),
        ("fr", "1er janvier 2026", "25 novembre 2026"),
        ("fr-CA", "1er janvier 2026", "25 novembre 2026"),
        ("es", "1 de enero de 2026", "25 de noviembre de 2026"),
        ("zh-Hant", "2026年1月1日", "2026年11月25日"),
        ("zh-Hans", "2026年1月1日", "2026年11月25日"),
    ],
)
def test_dates(tag: str, first: str, later: str) -> None:
    written = language_for(tag).format_date
    assert (written(date(2026, 1, 1)), written(date(2026, 11, 25))) == (first, later)


@pytest.mark.parametrize("name", FILES)
def test_no_two_days_of_a_year_are_written_alike(name: str) -> None:
    written = language_of(name).format_date
    days = [date(2026, month, day) for month in range(1, 13) for day in range(1, 29)]
    assert len({written(day) for day in days}) == len(days)
    assert all("2026" in written(day) for day in days)


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("en-US", "en"),
        ("en-GB", "en_gb"),
        ("EN-gb", "en_gb"),
        ("de-DE", "de"),
        ("de-CH", "de_ch"),
        ("de-CH-1996", "de_ch"),
        ("fr-CH", "fr"),
        ("fr-CA", "fr_ca"),
        ("es-MX", "es"),
        ("zh", "zh_hant"),
        ("zh-Hant", "zh_hant"),
        ("zh-Hant-HK", "zh_hant"),
        ("zh-TW", "zh_hant"),
        ("zh-HK", "zh_hant"),
        ("zh-MO", "zh_hant"),
        ("zh-Hans", "zh_hans"),
        ("zh-CN", "zh_hans"),
        ("zh-SG", "zh_hans"),
        ("en-AU", "en_gb"),
        ("de-LI", "de_ch"),
        ("xx", "en"),
    ],
)
def test_a_tag_finds_its_file(tag: str, name: str) -> None:
    assert language_for(tag) is language_of(name)


@pytest.mark.parametrize(
    ("last", "between"),
    [
        ("Inés", " e "),
        ("Ignacio", " e "),
        ("Hilario", " e "),
        ("Íñigo", " e "),
        ("Yvonne", " e "),
        ("Hierro", " y "),
        ("Ian", " y "),
        ("Yago", " y "),
        ("Ana", " y "),
        ("Hugo", " y "),
    ],
)
def test_the_last_name_of_a_spanish_byline(last: str, between: str) -> None:
    assert language_for("es").conjunction(last) == between


@pytest.mark.parametrize(
    "tag", ["de", "de-DE", "de-AT", "de-CH", "fr", "fr-CH", "fr-CA", "es", "es-MX", "en", "en-GB"]
)
def test_the_engine_s_dictionaries_hyphenate_a_language(tag: str) -> None:
    hyphens = importlib.import_module("pyphen")
    assert hyphens.language_fallback(tag)


def test_a_known_language_is_not_warned_of() -> None:
    report = Report()
    for tag in ("en", "en-AU", "de-LI", "zh", "zh-TW", "zh-Hant-MO"):
        check_language(tag, Location("publication.yaml", 4, 11), report)
    assert not list(report)


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("deu", "did you mean de?"),
        ("zho-Hant", "did you mean zh-Hant?"),
    ],
)
def test_a_language_without_a_file_is_reported_with_what_there_is(tag: str, hint: str) -> None:
    report = Report()
    check_language(tag, Location("publication.yaml", 4, 11), report)
    (problem,) = report
    assert (str(problem.severity), problem.code) == ("warning", "language-unknown")
    assert f"`{tag}`" in problem.message
    assert "English" in problem.message
    assert problem.hints == (hint,)


def test_where_no_language_is_like_the_unknown_one_all_are_named() -> None:
    report = Report()
    check_language("xx", Location("publication.yaml", 4, 11), report)
    (problem,) = report
    (hint,) = problem.hints
    tags = hint.removeprefix("there are: ").split(", ")
    assert [tag.lower().replace("-", "_") for tag in tags] == FILES
    assert {"en", "de-CH", "zh-Hant"} <= set(tags)


def test_a_language_is_added_by_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that the guide shows."""
    guide = (CHECKOUT / "docs" / "languages.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "es_mx.py").write_text(code, "utf-8")
    monkeypatch.setattr(typeset.languages, "__path__", [*typeset.languages.__path__, str(tmp_path)])
    typeset.languages._known.cache_clear()
    try:
        assert language_for("es-MX").quotes == ENGLISH.quotes
        assert language_for("es-MX").labels == language_for("es-AR").labels
        assert language_for("es-AR").quotes[0] == "«"
    finally:
        typeset.languages._known.cache_clear()
        sys.modules.pop("typeset.languages.es_mx", None)


def test_a_region_that_shared_a_file_takes_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "from typeset.languages import es\nLANGUAGE = es.LANGUAGE\n"
    (tmp_path / "en_nz.py").write_text(code, "utf-8")
    monkeypatch.setattr(typeset.languages, "__path__", [*typeset.languages.__path__, str(tmp_path)])
    monkeypatch.setattr(typeset.languages, "_known", typeset.languages._known.__wrapped__)
    monkeypatch.delitem(sys.modules, "typeset.languages.en_nz", raising=False)
    assert language_for("en-NZ") is language_for("es")
    assert language_for("en-AU") is language_for("en-GB")


def test_the_guide_names_every_language() -> None:
    guide = (CHECKOUT / "docs" / "languages.md").read_text("utf-8")
    named = {tag.lower().replace("-", "_") for tag in re.findall(r"`([a-zA-Z-]+)`", guide)}
    assert set(FILES) <= named


def test_an_unknown_language_is_reported_where_it_was_set(tmp_path: Path) -> None:
    folder = write_publication(
        tmp_path,
        publication={"language": "xx"},
        articles={
            "1.md": article(language="yy-Latn"),
            "2.md": article(),
            "3.md": article(language="de"),
        },
    )
    loaded = load_issue(folder)
    assert [(str(p.location), p.code) for p in loaded.report.sorted()] == [
        (f"{ISSUE_FOLDER}/articles/1.md:5:11", "language-unknown"),
        ("publication.yaml:4:11", "language-unknown"),
    ]
    assert "`yy-Latn`" in said(loaded.report.sorted()[0])


WORDS = {
    "de": {
        "nameplate": ["Jahrgang 2, Heft 5", "14. Januar 2026"],
        "running": "Küste und Hafen, Jg. 2, Heft 5",
        "contents": "In dieser Ausgabe",
        "byline": "Von Ada, Ben und Íñigo",
        "takeaway": "Das Wichtigste: Kurz.",
        "caption": "Liegeplätze Einheit: Meter",
        "source": "Quelle: Hafenamt",
        "notes": "Anmerkungen",
        "quoted": "„Ruhe“",
    },
    "fr": {
        "nameplate": ["Volume 2, numéro 5", "14 janvier 2026"],
        "running": "Küste und Hafen, vol. 2, n° 5",
        "contents": "Sommaire",
        "byline": "Par Ada, Ben et Íñigo",
        "takeaway": "L’essentiel : Kurz.",
        "caption": "Liegeplätze Unité : Meter",
        "source": "Source : Hafenamt",
        "notes": "Notes",
        "quoted": "« Ruhe »",
    },
    "es": {
        "nameplate": ["Volumen 2, número 5", "14 de enero de 2026"],
        "running": "Küste und Hafen, vol. 2, núm. 5",
        "contents": "Sumario",
        "byline": "Por Ada, Ben e Íñigo",
        "takeaway": "Lo esencial: Kurz.",
        "caption": "Liegeplätze Unidad: Meter",
        "source": "Fuente: Hafenamt",
        "notes": "Notas",
        "quoted": "«Ruhe»",
    },
    "zh-Hant": {
        "nameplate": ["第2卷第5期", "2026年1月14日"],
        "running": "Küste und Hafen 第2卷第5期",
        "contents": "本期目錄",
        "byline": "文／Ada、Ben、Íñigo",
        "takeaway": "本文重點：Kurz.",
        "caption": "Liegeplätze 單位：Meter",
        "source": "資料來源：Hafenamt",
        "notes": "註釋",
        "quoted": "「Ruhe」",
    },
    "zh-CN": {
        "nameplate": ["第2卷第5期", "2026年1月14日"],
        "running": "Küste und Hafen 第2卷第5期",
        "contents": "本期目录",
        "byline": "文／Ada、Ben、Íñigo",
        "takeaway": "本文要点：Kurz.",
        "caption": "Liegeplätze 单位：Meter",
        "source": "资料来源：Hafenamt",
        "notes": "注释",
        "quoted": "“Ruhe”",
    },
}
BODY = f"""\
Man sprach von "Ruhe".[^a]

| a | b |
|---|---|
| c | d |

Table: Liegeplätze {{unit="Meter" source="Hafenamt"}}

{prose(12)}

[^a]: Ein Satz.
"""


def write_issue(folder: Path, tag: str, body: str = BODY) -> Path:
    return write_publication(
        folder,
        publication={"name": "Küste und Hafen", "language": tag, "masthead": [{"text": "Wir"}]},
        issue={"volume": 2, "number": 5},
        articles={"1.md": article(body, authors=["Ada", "Ben", "Íñigo"], takeaway="Kurz.")},
    )


@pytest.fixture(scope="module", params=slow_after(2, WORDS))
def issue(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    tag: str = request.param
    return lay_out_issue(write_issue(tmp_path_factory.mktemp(tag), tag))


def spaced(text: str) -> str:
    """A text with each of its gaps as one ordinary space."""
    return re.sub(r"[\s\u200b]+", " ", text)


def test_an_issue_says_its_words_in_its_language(issue: Pages) -> None:
    assert not list(issue.report), [said(problem) for problem in issue.report]
    words = WORDS[issue.loaded.issue.language]
    for key in ("contents", "byline", "takeaway", "caption", "source", "quoted"):
        text = words[key]
        assert isinstance(text, str)
        assert issue.the(text), key
    assert issue.find(str(words["notes"]))
    for text in words["nameplate"]:
        assert issue.the(text)
    head = "".join(g.character for g in issue.running(2))
    assert re.sub(r"\s", "", str(words["running"])) in head


def copied(pages: Pages) -> str:
    """The text as a reader copies it, lines joined."""
    with pypdfium2.PdfDocument(pages.path) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document)


def test_text_copies_with_the_spaces_of_the_language(issue: Pages) -> None:
    words = WORDS[issue.loaded.issue.language]
    text = copied(issue)
    for key in ("byline", "takeaway", "source", "running"):
        assert str(words[key]) in spaced(text)
    assert f"Man sprach von {words['quoted']}." in text
    # Where a font has one glyph for all spaces, it stands for the ordinary one; where it has more,
    # each stands for its own.
    serif = [glyph.character for glyph in issue.glyphs if "Serif" in glyph.font]
    assert {character for character in serif if character.isspace()} == {" "}
    assert "Küste und Hafen" in text[text.rindex("Küste") :]


def titles_of(loaded: LoadedIssue) -> str:
    found = re.search("<title>(.*?)</title>", layout_job(loaded)().html)
    assert found is not None
    return found[1]


def test_the_file_is_entitled_in_its_language(issue: Pages) -> None:
    wanted = str(WORDS[issue.loaded.issue.language]["running"])
    assert spaced(titles_of(issue.loaded)) == wanted


def test_an_article_s_words_are_those_of_its_own_language(tmp_path: Path) -> None:
    texts = {
        "1.md": article("Text.[^a]\n\n[^a]: N.", authors=["Ada", "Ben"], takeaway="T."),
        "2.md": article(
            'Er sagte "ja".[^a]\n\n[^a]: N.', authors=["Ida", "Isa"], takeaway="K.", language="es"
        ),
    }
    pages = lay_out_issue(write_publication(tmp_path, articles=texts))
    for text in ("By Ada and Ben", "Por Ida e Isa", "Lo esencial: K.", "Notas", "«ja»"):
        assert pages.the(text)
    assert pages.the("Ida and Isa")  # in the contents, which are the issue's


def test_a_narrow_space_is_narrow_and_does_not_turn_others_into_its_like(tmp_path: Path) -> None:
    # In bold and italics no ordinary space comes before it.
    body = (
        "Quoi\u202f? « Oui », fit-il ; puis non ! Un : *tout\u202f!* **Fin\u202f!** *a b* **c d**"
    )
    pages = lay_out_issue(write_issue(tmp_path, "fr", f"{body} {prose(1)}"))
    assert not list(pages.report), [said(problem) for problem in pages.report]
    (row,) = [row for row in pages.rows if "fit-il" in row.text]
    steps = [
        (after.character, after.x - gap.x)
        for gap, after in zip(row.glyphs, row.glyphs[1:], strict=False)
        if gap.character.isspace()
    ]
    narrow = [step for character, step in steps if character in "?;!:»"]
    wide = [step for character, step in steps if character in "fpn"]
    assert len(narrow) >= 5
    assert len(wide) >= 3
    assert max(narrow) < 0.75 * min(wide)
    assert "Quoi ? « Oui », fit-il ; puis non ! Un : tout ! Fin ! a b c d" in spaced(copied(pages))
    assert "\u202f" not in "".join(glyph.character for glyph in pages.glyphs)


@pytest.mark.slow
def test_an_issue_without_hyphens_of_its_language_is_set_all_the_same(tmp_path: Path) -> None:
    pages = lay_out_issue(write_issue(tmp_path, "zh"))
    assert not list(pages.report)
    assert not any(row.is_hyphenated for row in pages.rows)


@pytest.mark.parametrize(
    ("tag", "word"),
    slow_after(
        1,
        [
            ("de-AT", "Um-schlags-ein-rich-tun-gen"),
            ("fr-CH", "ren-sei-gne-ments"),
            ("es-MX", "in-for-ma-cio-nes"),
        ],
    ),
)
def test_words_are_divided_as_in_their_language(tag: str, word: str, tmp_path: Path) -> None:
    whole = word.replace("-", "")
    words = [f"{'x' * (n % 12)} {whole}" for n in range(80)]
    pages = lay_out_issue(write_issue(tmp_path, tag, " ".join(words)))
    ends = {re.split(f"x|{whole}", plain(row.text))[-1] for row in pages.rows if row.is_hyphenated}
    parts = word.split("-")
    assert ends
    assert ends <= {"".join(parts[:count]) for count in range(1, len(parts))}

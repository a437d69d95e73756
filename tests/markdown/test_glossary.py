"""The glossary: names that are given their characters, and names given in different ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.markdown.reading import read, without_ids
from tests.publications import article, read_manifest, said, write_publication
from typeset.diagnostics import Diagnostic
from typeset.errors import ContentError
from typeset.model import Prose
from typeset.pipeline.build import LoadedIssue, load_issue

GLOSSARY = {
    "Kobe": {"characters": "神戸", "language": "ja"},
    "Busan": "부산",
    "Shanghai": {"characters": "上海", "language": "zh-Hans"},
    "Yangshan Port": "洋山港",
    "Yangshan": "洋山",
    "Xi'an": "西安",
}


def load(folder: Path, *bodies: str, glossary: object = GLOSSARY, **front: object) -> LoadedIssue:
    """Load an issue of articles with these bodies."""
    texts = {f"{n}.md": article(body, **front) for n, body in enumerate(bodies, 1)}
    return load_issue(write_publication(folder, publication={"glossary": glossary}, articles=texts))


def printed(loaded: LoadedIssue, position: int = 0) -> str:
    """Return an article's prose, block after block, without our own marks."""
    blocks = [b.html for b in loaded.issue.articles[position].blocks if isinstance(b, Prose)]
    markup = without_ids("\n".join(blocks))
    return re.sub(r"<[^>]+>", "", markup)


def reported(loaded: LoadedIssue) -> list[tuple[str, str]]:
    """Return the place and the code of each diagnostic."""
    return [(str(one.location), one.code) for one in loaded.report.sorted()]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("To Kobe and back to Kobe.", "To Kobe (神戸) and back to Kobe."),
        ("Kobe, Busan and Shanghai.", "Kobe (神戸), Busan (부산) and Shanghai (上海)."),
        ("*Kobe* is a port.", "Kobe (神戸) is a port."),
        ("Kobe's port. The port of Kobe.", "Kobe’s port. The port of Kobe (神戸)."),
        ("Kobe-bound, Kobe Port, Kobe.", "Kobe-bound, Kobe Port, Kobe (神戸)."),
        ("Osaka-Kobe, Kobean, KOBE.", "Osaka-Kobe, Kobean, KOBE."),
        ("Kobe is old.\n\nKobe is new.", "Kobe (神戸) is old.\nKobe is new."),
        ("## Kobe\n\nKobe is a port.", "Kobe\nKobe (神戸) is a port."),
        ("[Kobe](https://a.org), Kobe.", "Kobe, Kobe (神戸)."),
        ("`Kobe`, Kobe.", "Kobe, Kobe (神戸)."),
        ("[Kobe]{lang=fr}, Kobe.", "Kobe, Kobe (神戸)."),
        ("Yangshan Port and Yangshan.", "Yangshan Port (洋山港) and Yangshan (洋山)."),
        ("Yangshan and Yangshan Port.", "Yangshan (洋山) and Yangshan Port (洋山港)."),
        ("The walls of Xi'an.", "The walls of Xi’an (西安)."),
        ("Yangshan\nPort.", "Yangshan Port (洋山港)."),
        ("The port of 神戸, Kobe.", "The port of 神戸, Kobe."),
        ("Kobe ([神戸]{lang=ja}) and Kobe.", "Kobe (神戸) and Kobe."),
        ("- Kobe\n- Kobe", "Kobe (神戸)Kobe"),
    ],
)
def test_the_first_good_mention_is_given_its_characters(
    tmp_path: Path, body: str, expected: str
) -> None:
    assert printed(load(tmp_path, body)) == expected


def test_characters_bear_their_language_and_hold_to_their_brackets(tmp_path: Path) -> None:
    loaded = load(tmp_path, "Kobe and Busan, Shanghai.")
    markup = str(loaded.issue.articles[0].blocks[0].html)  # type: ignore[union-attr]
    assert 'Kobe <span class="bound">(<span lang="ja" class="cjk">神戸</span>)</span> and' in markup
    assert re.findall(r'lang="([^"]+)"', markup) == ["ja", "ko", "zh-Hans"]


def test_a_note_is_called_after_the_characters(tmp_path: Path) -> None:
    assert printed(load(tmp_path, "In Kobe[^a] then.\n\n[^a]: x")) == "In Kobe (神戸)1 then."


def test_the_head_of_an_article_counts_as_read(tmp_path: Path) -> None:
    loaded = load(tmp_path, "Kobe is old.", standfirst="The port of [神戸]{lang=ja}")
    assert printed(loaded) == "Kobe is old."


def test_captions_and_tables_are_left_alone(tmp_path: Path) -> None:
    loaded = load(tmp_path, "| Kobe | b |\n|---|---|\n| Busan | d |\n\nTable: Kobe.\n\nAt Kobe.")
    assert printed(loaded) == "At Kobe (神戸)."
    assert "神戸" not in str(loaded.issue.articles[0].blocks[0])


def test_each_article_has_its_first_mention(tmp_path: Path) -> None:
    loaded = load(tmp_path, "At Kobe.", "At Kobe.")
    assert printed(loaded, 0) == printed(loaded, 1) == "At Kobe (神戸)."


def test_an_article_may_do_without(tmp_path: Path) -> None:
    assert printed(load(tmp_path, "At Kobe.", glossary=GLOSSARY)) == "At Kobe (神戸)."
    assert printed(load(tmp_path / "b", "At Kobe.")) == "At Kobe (神戸)."
    folder = write_publication(
        tmp_path / "c",
        publication={"glossary": GLOSSARY},
        articles={"1.md": "---\ntitle: T\nauthors: A\nglossary: false\n---\nAt Kobe.\n"},
    )
    assert printed(load_issue(folder)) == "At Kobe."


def test_nothing_is_added_to_an_east_asian_article(tmp_path: Path) -> None:
    assert printed(load(tmp_path, "在 Kobe 港。", language="zh-Hant")) == "在 Kobe 港。"


def test_the_glossary_tells_the_language_of_bare_characters(tmp_path: Path) -> None:
    loaded = load(tmp_path, "The port of 上海.")
    assert 'lang="zh-Hans">上海' in str(loaded.issue.articles[0].blocks[0].html)  # type: ignore[union-attr]


def test_without_a_glossary_nothing_is_added() -> None:
    assert read("At Kobe.").html == "<p>At Kobe.</p>"


def test_another_writing_than_the_glossarys_is_reported(tmp_path: Path) -> None:
    loaded = load(tmp_path, "At Kobe ([神户]{lang=zh-Hans}).")
    assert reported(loaded) == [("2026-01-14/articles/1.md:6:11", "name-characters")]
    (problem,) = loaded.report
    assert "publication.yaml:6:" in said(problem)


@pytest.mark.parametrize(
    ("one", "other", "codes"),
    [
        ("Osaka (大阪)", "Osaka (大坂)", ["name-characters"]),
        ("Osaka (大阪)", "In Osaka (大坂)", ["name-characters"]),
        ("Osaka (大阪)", "Osaka (大阪)", []),
        ("Osaka (大阪)", "Osaka (大阪港)", []),
        ("Osaka (大阪)", "Osaka (おおさか)", []),
        ("Osaka (大阪)", "New Osaka (新大坂)", []),
        ("Osaka ([大阪]{lang=ja})", "Osaka (大阪)", ["cjk-language"]),
        ("Osaka ([大阪]{lang=zh-TW})", "Osaka (大阪)", []),
    ],
)
def test_a_name_given_twice_is_compared(
    tmp_path: Path, one: str, other: str, codes: list[str]
) -> None:
    loaded = load(tmp_path, f"{one} is old.", f"{other} is old.", glossary=None)
    assert [code for _, code in reported(loaded)] == codes
    for problem in loaded.report:
        assert problem.location is not None
        assert problem.location.path.endswith("2.md")
        assert "1.md:6:" in said(problem)


def problems(tmp_path: Path, glossary: str) -> list[Diagnostic]:
    manifest = f"schema: 1\nname: The Test Brief\n{glossary}"
    folder = write_publication(tmp_path, publication=manifest)
    _, found = read_manifest(folder)
    return found


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ('Kobe: ""', "setting-invalid", "found nothing"),
        ("Kobe:", "setting-missing", "no characters"),
        ("Kobe: Kobe", "setting-invalid", "found `Kobe`"),
        ("Kobe: [神戸]", "setting-invalid", "expected characters such as"),
        ("Kobe: {characters: 神戸, language: Japanese!}", "setting-invalid", "language tag"),
        ("Kobe: {characters: Kobe}", "setting-invalid", "found `Kobe`"),
        ("Kobe: {language: ja}", "setting-missing", "characters"),
        ("Kobe: {characters: 神戸, lang: ja}", "setting-unknown", "language"),
    ],
)
def test_what_no_glossary_can_hold_is_reported_at_its_line(
    tmp_path: Path, line: str, code: str, words: str
) -> None:
    (problem,) = problems(tmp_path, f"glossary:\n  {line}\n")
    assert problem.code == code
    assert problem.location is not None
    assert str(problem.location).startswith("publication.yaml:4:")
    assert words in said(problem)


def test_a_glossary_is_names_with_characters(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "glossary: [神戸]\n")
    assert str(problem.location).startswith("publication.yaml:3:")
    assert "`Kobe: 神戸`" in said(problem)


def test_an_issue_adds_to_the_glossary_of_its_publication(tmp_path: Path) -> None:
    folder = write_publication(
        tmp_path,
        publication={"glossary": {"Kobe": "神戸", "Busan": "釜山"}},
        issue={"glossary": {"Busan": "부산"}},
        articles={"1.md": article("Kobe and Busan.")},
    )
    assert printed(load_issue(folder)) == "Kobe (神戸) and Busan (부산)."


def test_bad_glossaries_stop_the_build(tmp_path: Path) -> None:
    folder = write_publication(tmp_path, publication={"glossary": {"Kobe": "Kobe"}})
    with pytest.raises(ContentError):
        load_issue(folder)

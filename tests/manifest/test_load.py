"""The manifest: one run reports every mistake, each at its place and with a hint."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.publications import ARTICLE, ISSUE_FOLDER, read_manifest, said, write_publication
from typeset.diagnostics import Severity
from typeset.manifest.load import Manifest

PUBLICATION = "schema: 1\nname: The Test Brief\n"
ISSUE = """\
volume: 1
number: 1
date: 2026-01-14
articles:
  - articles/01-harbor.md
"""


def good(issue: Path) -> Manifest:
    """Return a manifest without a mistake."""
    manifest, problems = read_manifest(issue)
    assert problems == []
    assert manifest is not None
    return manifest


@dataclass(frozen=True)
class Mistake:
    """One mistake in otherwise valid manifests, and the expected diagnostic."""

    place: str
    """``file:line:column``; the file without the folder."""
    code: str
    words: str
    """Words that must occur in the message or a hint."""
    issue: str = ISSUE
    publication: str = PUBLICATION


def more(text: str, place: str, code: str, words: str) -> Mistake:
    """A mistake in lines added to the issue's manifest, which begin at line 6."""
    return Mistake(f"issue.yaml:{place}", code, words, ISSUE + text)


def instead(old: str, new: str, place: str, code: str, words: str) -> Mistake:
    """A mistake in place of something in the issue's manifest."""
    assert old in ISSUE
    return Mistake(f"issue.yaml:{place}", code, words, ISSUE.replace(old, new))


def articles(text: str, place: str, code: str, words: str) -> Mistake:
    """A mistake in the list of articles, which begins on line 5."""
    return instead("  - articles/01-harbor.md\n", text, place, code, words)


def above(text: str, place: str, code: str, words: str) -> Mistake:
    """A mistake in lines added to the publication's manifest, which begin at line 3."""
    return Mistake(f"publication.yaml:{place}", code, words, publication=PUBLICATION + text)


UNKNOWN = {
    "top": more("masthaed: []", "6:1", "setting-unknown", "`masthaed` mean masthead"),
    "other-case": more("Accent: x", "6:1", "setting-unknown", "`Accent` mean accent"),
    "upper-case": more("LANGUAGE: de", "6:1", "setting-unknown", "mean language"),
    "alias": more("shema: 1", "6:1", "setting-unknown", "mean schema"),
    "not-a-setting": more("version: 1", "6:1", "setting-unknown", "`version`"),
    "like-no-other": more("xyzzy: 1", "6:1", "setting-unknown", "known articles schema"),
    "publication": above("publsher: X", "3:1", "setting-unknown", "mean publisher"),
    "nested": more(
        "cadence:\n  wekday: monday", "7:3", "setting-unknown", "`cadence.wekday` mean weekday"
    ),
    "in-a-list": more(
        "masthead:\n  - text: A\n  - {headng: B, text: C}",
        "8:6",
        "setting-unknown",
        "`masthead[2].headng` mean heading",
    ),
    "of-an-article": articles(
        "  - {path: articles/01-harbor.md, max_page: 3}\n",
        "5:35",
        "setting-unknown",
        "`articles[1].max_page` mean max_pages",
    ),
}

WRONG = {
    "text-is-a-list": more("rights: [a]", "6:9", "setting-invalid", "`rights` text list quotes"),
    "text-is-settings": more("subject: {a}", "6:10", "setting-invalid", "text settings quotes"),
    "text-is-empty": more("rights: ''", "6:9", "setting-invalid", "text nothing"),
    "text-is-blank": more("rights: ' '", "6:9", "setting-invalid", "text nothing"),
    "number": instead("volume: 1", "volume: one", "1:9", "setting-invalid", "whole number `one`"),
    "fraction": instead("volume: 1", "volume: 1.5", "1:9", "setting-invalid", "whole `1.5`"),
    "power": instead("volume: 1", "volume: 1e3", "1:9", "setting-invalid", "whole `1e3`"),
    "negative": instead("number: 1", "number: -1", "2:9", "setting-invalid", "at least 0 `-1`"),
    "enormous": instead("number: 1", f"number: {'9' * 5000}", "2:9", "setting-invalid", "number"),
    "large": instead("number: 1", "number: 100000", "2:9", "setting-invalid", "at most 99999"),
    "number-is-a-list": instead("volume: 1", "volume: [1]", "1:9", "setting-invalid", "a list"),
    "choice": more("contents: maybe", "6:11", "setting-invalid", "`true` `false` `maybe`"),
    "settings": more("cadence: weekly", "6:10", "setting-invalid", "(weekday, weeks) `weekly`"),
    "settings-is-a-list": more("limits: [1]", "6:9", "setting-invalid", "settings list"),
    "list": more("masthead: text", "6:11", "setting-invalid", "a list `text`"),
    "list-is-settings": more("masthead: {text: A}", "6:11", "setting-invalid", "a list settings"),
    "item": more("masthead:\n  - words", "7:5", "setting-invalid", "`masthead[1]` text `words`"),
    "empty-item": more("masthead:\n  -", "7:4", "setting-invalid", "`masthead[1]` nothing"),
    "word": more("flow: continous", "6:7", "setting-invalid", "`continuous` did you mean"),
    "weekday": more(
        "cadence: {weekday: wendesday}", "6:20", "setting-invalid", "`monday` mean wednesday"
    ),
    "weeks": more("cadence: {weeks: 0}", "6:18", "setting-invalid", "at least 1 `0`"),
    "schema": Mistake(
        "publication.yaml:1:9",
        "setting-invalid",
        "`schema` `1` `2`",
        publication="schema: 2\nname: X\n",
    ),
    "language": more("language: en_US", "6:11", "setting-invalid", "`en_US` tag en-US"),
    "cjk-language": more("cjk_language: Chinese!", "6:15", "setting-invalid", "tag zh-Hant"),
    "seconds": more("limits:\n  seconds: soon", "7:12", "setting-invalid", "whole `soon`"),
    "memory": more("limits: {memory_mb: 16}", "6:21", "setting-invalid", "at least 256 `16`"),
    "no-seconds": more("limits: {seconds: 0}", "6:19", "setting-invalid", "at least 1 `0`"),
    "endless": more(
        "limits: {seconds: 99999999999999999999}", "6:19", "setting-invalid", "at most 86400 `999"
    ),
    "very-many-digits": more(
        f"limits: {{seconds: {'9' * 5000}}}", "6:19", "setting-invalid", "fewer digits `999"
    ),
    "much-memory": more(
        "limits: {memory_mb: 2000000}", "6:21", "setting-invalid", "at most 1048576 `2000000`"
    ),
    "many-weeks": more("cadence: {weeks: 99999999999}", "6:18", "setting-invalid", "at most 520"),
    "infinite": articles(
        "  - {path: articles/01-harbor.md, max_pages: .inf}\n",
        "5:46",
        "setting-invalid",
        "`articles[1].max_pages` number `.inf`",
    ),
    "infinity": articles(
        "  - {path: articles/01-harbor.md, max_pages: inf}\n",
        "5:46",
        "setting-invalid",
        "number `inf`",
    ),
    "accent-light": more('accent: "#FFDD88"', "6:9", "setting-invalid", "#FFDD88 light darker"),
    "accent-name": more("accent: red", "6:9", "setting-invalid", "color #7A1F2B quotes"),
    "accent-short": more('accent: "#722"', "6:9", "setting-invalid", "color #7A1F2B"),
    "accent-comment": more("accent: #7A1F2B", "6:9", "yaml-comment-only", "no value # quotes"),
    "page-name": more("page: legal", "6:7", "setting-invalid", "`legal` letter a4 mm"),
    "page-one-side": more("page: [180 mm]", "6:7", "setting-invalid", "width height letter"),
    "page-settings": more("page: {width: 180 mm}", "6:7", "setting-invalid", "width height"),
    "page-unit": more("page: [180, 250]", "6:7", "setting-invalid", "`180` mm"),
    "page-small": more("page: [50 mm, 250 mm]", "6:7", "setting-invalid", "88 529"),
    "page-large": more(
        "page: [180 mm, 25 in, ]".replace("25 in", "2500 in"), "6:7", "setting-invalid", "776"
    ),
    "url-plain": more("url: example.org", "6:6", "setting-invalid", "`example.org` https://"),
    "url-scheme": more("url: javascript:alert(1)", "6:6", "setting-invalid", "https://"),
    "url-space": more("url: https://example.org/a b", "6:6", "setting-invalid", "https://"),
    "url-bracket": more('url: "https://example.org/><b>"', "6:6", "setting-invalid", "https://"),
    "url-host": more("url: https:///x", "6:6", "setting-invalid", "https://"),
}

DATES = {
    "impossible": instead(
        "2026-01-14", "2026-02-31", "3:7", "setting-invalid", "`date` no such day 2026-02-31"
    ),
    "leap": instead("2026-01-14", "2026-02-29", "3:7", "setting-invalid", "no such day"),
    "month": instead("2026-01-14", "2026-13-01", "3:7", "setting-invalid", "no such day"),
    "year": instead("2026-01-14", "0000-01-01", "3:7", "setting-invalid", "no such day"),
    "american": instead("2026-01-14", "01/14/2026", "3:7", "setting-invalid", "write 2026-11-25"),
    "european": instead("2026-01-14", "14.1.2026", "3:7", "setting-invalid", "write 2026-11-25"),
    "words": instead("2026-01-14", "January 14", "3:7", "setting-invalid", "write 2026-11-25"),
    "short": instead("2026-01-14", "2026-1-14", "3:7", "setting-invalid", "`2026-1-14`"),
    "basic": instead("2026-01-14", "20260114", "3:7", "setting-invalid", "`20260114`"),
    "week": instead("2026-01-14", "2026-W03-3", "3:7", "setting-invalid", "`2026-W03-3`"),
    "time": instead("2026-01-14", "2026-01-14 08:00", "3:7", "setting-invalid", "2026-11-25"),
    "digits": instead("2026-01-14", "٢٠٢٦-٠١-١٤", "3:7", "setting-invalid", "write 2026-11-25"),
    "list": instead("2026-01-14", "[2026, 1, 14]", "3:7", "setting-invalid", "date a list"),
}

MISSING = {
    "volume": instead("volume: 1\n", "", "1:1", "setting-missing", "`volume` missing add line"),
    "volume-without-value": instead(
        "volume: 1", "volume:", "1:1", "setting-missing", "`volume` no value after"
    ),
    "date-without-value": instead(
        "2026-01-14", "# soon", "3:1", "setting-missing", "`date` no value"
    ),
    "articles": Mistake(
        "issue.yaml:1:1", "setting-missing", "`articles` missing", ISSUE.partition("articles:")[0]
    ),
    "articles-without-value": articles("", "4:1", "setting-missing", "`articles` no value"),
    "articles-empty": Mistake(
        "issue.yaml:4:11",
        "setting-invalid",
        "`articles` at least one none",
        ISSUE.partition("articles:")[0] + "articles: []\n",
    ),
    "articles-is-a-path": Mistake(
        "issue.yaml:4:11",
        "setting-invalid",
        "`articles` a list `articles/01-harbor.md`",
        ISSUE.replace("\n  - ", " "),
    ),
    "name": Mistake(
        "publication.yaml:1:1", "setting-missing", "`name` missing", publication="schema: 1\n"
    ),
    "name-without-value": Mistake(
        "publication.yaml:2:1",
        "setting-missing",
        "`name` no value",
        publication="schema: 1\nname:\n",
    ),
    "schema": Mistake(
        "publication.yaml:1:1", "setting-missing", "`schema` missing", publication="name: X\n"
    ),
    "in-a-list": more(
        "masthead:\n  - heading: A", "7:5", "setting-missing", "`masthead[1].text` missing"
    ),
    "in-a-list-without-value": more(
        "masthead:\n  - heading: A\n    text:",
        "8:5",
        "setting-missing",
        "`masthead[1].text` no value",
    ),
    "path": articles(
        "  - {max_pages: 3}\n", "5:5", "setting-missing", "`articles[1].path` missing"
    ),
}

FILES = {
    "missing": articles(
        "  - articles/01-habor.md\n",
        "5:5",
        "article-missing",
        "articles/01-habor.md does not exist did you mean articles/01-harbor.md?",
    ),
    "missing-in-settings": articles(
        "  - {max_pages: 3, path: articles/1-harbor.md}\n",
        "5:26",
        "article-missing",
        "not exist mean articles/01-harbor.md",
    ),
    "missing-in-other-case": articles(
        "  - Articles/01-Harbor.MD\n", "5:5", "article-missing", "mean articles/01-harbor.md"
    ),
    "missing-like-no-other": articles(
        "  - texts/x.txt\n", "5:5", "article-missing", "texts/x.txt not exist"
    ),
    "below-a-file": articles(
        "  - articles/01-harbor.md/x\n", "5:5", "article-missing", "not exist"
    ),
    "twice": articles(
        "  - articles/01-harbor.md\n  - articles/../articles/01-harbor.md\n",
        "6:5",
        "article-duplicate",
        "twice line 5",
    ),
    "empty": articles("  - ''\n", "5:5", "setting-invalid", "`articles[1].path` nothing"),
    "nothing": articles("  -\n", "5:4", "setting-invalid", "`articles[1]` path"),
    "a-list": articles("  - [a.md]\n", "5:5", "setting-invalid", "`articles[1]` path"),
    "above": articles("  - ../../x.md\n", "5:5", "article-outside", "../../x.md outside move"),
    "far-above": articles(
        "  - ../../../../../../../../../etc/passwd\n", "5:5", "article-outside", "outside"
    ),
    "absolute": articles("  - /etc/passwd\n", "5:5", "article-outside", "not a relative"),
    "absolute-inside": articles(
        "  - {HERE}/articles/01-harbor.md\n", "5:5", "article-outside", "not a relative path"
    ),
    "drive": articles('  - "C:/x.md"\n', "5:5", "article-outside", "relative slashes"),
    "backslash": articles(
        "  - articles\\01-harbor.md\n", "5:5", "article-outside", "forward slashes"
    ),
    "address": articles(
        "  - https://example.org/x.md\n", "5:5", "article-outside", "address nothing fetched save"
    ),
    "home": articles("  - ~/x.md\n", "5:5", "article-missing", "~/x.md not exist"),
    "folder": articles("  - articles\n", "5:5", "article-not-a-file", "is a folder"),
    "itself": articles("  - .\n", "5:5", "article-not-a-file", "is a folder"),
    "long": articles(f"  - {'x' * 5000}\n", "5:5", "article-unreadable", "xxx"),
}

SYNTAX = {
    "tab": instead("  - ", "\t- ", "5:1", "yaml-syntax", "tab spaces"),
    "colon": Mistake(
        "publication.yaml:2:12",
        "yaml-syntax",
        "quotes",
        publication="schema: 1\nname: Ports: now\n",
    ),
    "anchor": instead("volume: 1", "volume: &v 1", "1:9", "yaml-anchor", "not allowed"),
    "alias": above("publisher: *name", "3:12", "yaml-alias", "not allowed"),
    "merge": more("<<: {accent: x}", "6:1", "yaml-merge", "not allowed"),
    "tag": more("rights: !!python/name:os.system x", "6:9", "yaml-tag", "not allowed"),
    "nul": more('rights: "a\\0b"', "6:9", "yaml-character", "U+0000"),
    "twice": more("number: 2", "6:1", "duplicate-key", "`number` line 2"),
    "list": Mistake("issue.yaml:1:1", "yaml-not-a-mapping", "name: value", "- a\n"),
    "text": Mistake("issue.yaml:1:1", "yaml-not-a-mapping", "name: value", "The Test Brief\n"),
    "deep": more("rights: " + "[" * 50, "6:33", "yaml-too-large", "nested"),
    "long": Mistake("issue.yaml:1", "yaml-too-large", "256000", ISSUE + "#" * 300_000),
    "unknown-placeless": above("- a", "3:1", "yaml-syntax", "fit indentation"),
}

MISTAKES = {
    f"{kind}-{name}": mistake
    for kind, mistakes in {
        "unknown": UNKNOWN,
        "wrong": WRONG,
        "date": DATES,
        "missing": MISSING,
        "file": FILES,
        "syntax": SYNTAX,
    }.items()
    for name, mistake in mistakes.items()
}


@pytest.mark.parametrize("name", MISTAKES)
def test_each_mistake_is_reported_once_at_its_place_and_with_a_way_out(
    name: str, tmp_path: Path
) -> None:
    mistake = MISTAKES[name]
    text = mistake.issue.replace("{HERE}", str(tmp_path / ISSUE_FOLDER))
    issue = write_publication(tmp_path, publication=mistake.publication, issue=text)
    _, problems = read_manifest(issue)
    (problem,) = problems
    assert str(problem.location).removeprefix(f"{ISSUE_FOLDER}/") == mistake.place
    assert problem.code == mistake.code
    assert problem.severity is Severity.ERROR
    assert [word for word in mistake.words.split() if word not in said(problem)] == []
    # No names of classes or types of ours.
    for jargon in ("Input should", "pydantic", "None", "Error", "tuple", "dict", "\n"):
        assert jargon not in said(problem)


def test_all_mistakes_of_both_files_are_reported_together(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path,
        publication="schema: 1\nname:\nlangage: de\nurl: example.org\n",
        issue=(
            "volume: one\n"
            "date: 2026-02-31\n"
            "rights: a\n"
            "rights: b\n"
            "cadence: {weekday: wendesday}\n"
            "masthead: [{headline: A, text: B}]\n"
            "articles:\n"
            "  - articles/01-habor.md\n"
            "  - ../../x.md\n"
        ),
    )
    _, problems = read_manifest(issue)
    assert [(str(problem.location), problem.code) for problem in problems] == [
        ("2026-01-14/issue.yaml:1:1", "setting-missing"),
        ("2026-01-14/issue.yaml:1:9", "setting-invalid"),
        ("2026-01-14/issue.yaml:2:7", "setting-invalid"),
        ("2026-01-14/issue.yaml:4:1", "duplicate-key"),
        ("2026-01-14/issue.yaml:5:20", "setting-invalid"),
        ("2026-01-14/issue.yaml:6:13", "setting-unknown"),
        ("2026-01-14/issue.yaml:8:5", "article-missing"),
        ("2026-01-14/issue.yaml:9:5", "article-outside"),
        ("publication.yaml:2:1", "setting-missing"),
        ("publication.yaml:3:1", "setting-unknown"),
        ("publication.yaml:4:6", "setting-invalid"),
    ]


def test_an_empty_manifest_tells_all_that_is_missing(tmp_path: Path) -> None:
    _, problems = read_manifest(write_publication(tmp_path, publication="", issue="# later\n"))
    assert [(str(problem.location), said(problem).split("`")[1]) for problem in problems] == [
        ("2026-01-14/issue.yaml:1", "volume"),
        ("2026-01-14/issue.yaml:1", "number"),
        ("2026-01-14/issue.yaml:1", "date"),
        ("2026-01-14/issue.yaml:1", "articles"),
        ("publication.yaml:1", "schema"),
        ("publication.yaml:1", "name"),
    ]


def test_a_broken_file_hides_no_mistake_in_the_other(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path, publication="name: 'The\n", issue={"volum": 1, "articles": ["articles/2.md"]}
    )
    _, problems = read_manifest(issue)
    assert [problem.code for problem in problems] == [
        "article-missing",
        "setting-unknown",
        "yaml-syntax",
    ]


def test_after_a_mistake_the_articles_can_still_be_read(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path,
        issue={"date": "soon", "volume": None, "theme": "brief", "language": "de"},
        articles={"01-a.md": ARTICLE, "02-b.md": ARTICLE},
    )
    manifest, problems = read_manifest(issue)
    assert len(problems) == 2
    assert manifest is not None
    assert manifest.settings.language == "de"
    assert [entry.path for entry in manifest.settings.articles] == [
        "articles/01-a.md",
        "articles/02-b.md",
    ]


def test_a_wrong_entry_shifts_no_article_from_its_place(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path,
        issue=ISSUE + "  - {path: articles/2.md, max_pages: x}\n  - []\n  - articles/4.md\n",
    )
    manifest, _ = read_manifest(issue)
    assert manifest is not None
    paths = [entry.path for entry in manifest.settings.articles]
    assert paths == ["articles/01-harbor.md", "articles/2.md"]
    assert str(manifest.locate("articles", 1, "path")) == f"{ISSUE_FOLDER}/issue.yaml:6:12"


def test_texts_stay_what_the_author_wrote(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path,
        publication="schema: 1\nname: no\npublisher: 012\nrights: 1:30\nsubject: 1e3\n",
        issue=ISSUE + "masthead:\n  - {heading: ~, text: yes}\n  - {heading: null, text: 2026-1}\n",
    )
    settings = good(issue).settings
    assert (settings.name, settings.publisher) == ("no", "012")
    assert (settings.rights, settings.subject) == ("1:30", "1e3")
    texts = [(entry.heading, entry.text) for entry in settings.masthead]
    assert texts == [("~", "yes"), ("null", "2026-1")]


@pytest.mark.parametrize(("written", "shown"), [("no", False), ("true", True), ("off", False)])
def test_a_choice_is_read_as_one(written: str, shown: bool, tmp_path: Path) -> None:
    issue = write_publication(tmp_path, issue=f"{ISSUE}contents: {written}\n")
    assert good(issue).settings.contents is shown


@pytest.mark.parametrize(
    ("written", "width", "height"),
    [
        ("letter", 612, 792),
        ("Letter", 612, 792),
        ("a4", 595.28, 841.89),
        ("A4", 595.28, 841.89),
        ("[180 mm, 250mm]", 510.24, 708.66),
        ("[7 in, 10 in]", 504, 720),
        ("[16.5 cm, 660.5 pt]", 467.72, 660.5),
    ],
)
def test_a_page_has_a_name_or_two_sides(
    written: str, width: float, height: float, tmp_path: Path
) -> None:
    page = good(write_publication(tmp_path, issue=f"{ISSUE}page: {written}\n")).settings.page
    assert (page.width, page.height) == pytest.approx((width, height), abs=0.01)


@pytest.mark.parametrize("color", ["#7A1F2B", "#000000", "#767676"])
def test_an_accent_may_be_any_color_that_is_readable_on_white(color: str, tmp_path: Path) -> None:
    accent = good(write_publication(tmp_path, issue={"accent": color})).settings.accent
    assert accent == color.lower()


def test_an_accent_just_too_light_is_refused(tmp_path: Path) -> None:
    _, (problem,) = read_manifest(write_publication(tmp_path, issue={"accent": "#777777"}))
    assert "too light" in said(problem)


def test_a_setting_without_a_value_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    text = f"{ISSUE}rights:\nurl: # not yet\nmasthead:\n  - heading:\n    text: A\n"
    settings = good(write_publication(tmp_path, issue=text)).settings
    assert settings.rights is None
    assert settings.url is None
    assert settings.masthead[0].heading is None


def test_an_issue_overrides_its_publication(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path,
        publication=(
            f"{PUBLICATION}publisher: The Desk\npage: a4\n"
            "cadence:\n  weeks: 4\n  weekday: monday\n"
            "masthead:\n  - text: One\n  - text: Two\n"
        ),
        issue=f"{ISSUE}page: letter\ncadence:\n  weekday: friday\nmasthead:\n  - text: Three\n",
    )
    manifest = good(issue)
    settings = manifest.settings
    assert settings.publisher == "The Desk"
    assert settings.page.width == 612
    assert (settings.cadence.weeks, settings.cadence.weekday) == (4, "friday")
    assert [entry.text for entry in settings.masthead] == ["Three"]
    assert str(manifest.locate("publisher")) == "publication.yaml:3:12"
    assert str(manifest.locate("cadence", "weeks")) == "publication.yaml:6:10"
    assert str(manifest.locate("cadence", "weekday")) == f"{ISSUE_FOLDER}/issue.yaml:8:12"
    assert str(manifest.locate("masthead", 0, "text")) == f"{ISSUE_FOLDER}/issue.yaml:10:11"


def test_an_inherited_mistake_is_reported_where_it_was_made(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path,
        publication=f"{PUBLICATION}cadence:\n  weeks: often\n",
        issue=f"{ISSUE}cadence:\n  weekday: friday\n",
    )
    _, (problem,) = read_manifest(issue)
    assert str(problem.location) == "publication.yaml:4:10"


def test_an_issue_mends_a_mistake_that_it_overrides(tmp_path: Path) -> None:
    publication = f"{PUBLICATION}language: en_US\n"
    good(write_publication(tmp_path, publication=publication, issue=f"{ISSUE}language: en-GB\n"))


def test_an_issue_may_stand_in_its_publications_folder(tmp_path: Path) -> None:
    write_publication(tmp_path)
    (tmp_path / ISSUE_FOLDER / "articles").rename(tmp_path / "articles")
    (tmp_path / ISSUE_FOLDER / "issue.yaml").rename(tmp_path / "issue.yaml")
    manifest = good(tmp_path)
    assert str(manifest.location) == "issue.yaml"


def test_articles_may_be_shared_within_a_publication(tmp_path: Path) -> None:
    issue = write_publication(tmp_path, issue={"articles": ["../shared/a.md"]})
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "a.md").write_text(ARTICLE, "utf-8")
    assert [entry.path for entry in good(issue).settings.articles] == ["../shared/a.md"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + ISSUE.encode(), id="byte-order-mark"),
        pytest.param(ISSUE.replace("\n", "\r\n").encode(), id="windows-lines"),
        pytest.param(ISSUE.replace("\n", "\r").encode(), id="old-mac-lines"),
        pytest.param(b"\xef\xbb\xbf" + ISSUE.replace("\n", "\r\n").encode(), id="both"),
        pytest.param(ISSUE.rstrip().encode(), id="no-last-line-end"),
        pytest.param(f"---\n{ISSUE}...\n".encode(), id="document-marks"),
    ],
)
def test_a_manifest_may_come_from_any_editor(data: bytes, tmp_path: Path) -> None:
    manifest = good(write_publication(tmp_path, issue=data))
    assert manifest.settings.volume == 1


def test_places_are_right_after_windows_lines_and_a_byte_order_mark(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + f"volum: 1\n{ISSUE}rihgts: x\n".replace("\n", "\r\n").encode()
    _, problems = read_manifest(write_publication(tmp_path, issue=data))
    places = [str(problem.location) for problem in problems]
    assert places == [f"{ISSUE_FOLDER}/issue.yaml:1:1", f"{ISSUE_FOLDER}/issue.yaml:7:1"]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        pytest.param(f"{ISSUE}rights: é\n".encode("latin-1"), 6, "UTF-8", id="latin-1"),
        pytest.param(
            f"{ISSUE}rights: é\n".replace("\n", "\r").encode("latin-1"), 6, "UTF-8", id="old-mac"
        ),
        pytest.param(ISSUE.encode("utf-16"), 1, "UTF-8", id="utf-16"),
        pytest.param(b"volume: 1\nnumber: \0\n", 2, "binary", id="nul"),
    ],
)
def test_a_file_in_another_encoding_is_reported_with_its_line(
    data: bytes, line: int, words: str, tmp_path: Path
) -> None:
    _, (problem,) = read_manifest(write_publication(tmp_path, issue=data))
    assert problem.code == "manifest-encoding"
    assert str(problem.location) == f"{ISSUE_FOLDER}/issue.yaml:{line}"
    assert words in said(problem)


def test_both_files_are_read_before_a_run_ends(tmp_path: Path) -> None:
    _, problems = read_manifest(write_publication(tmp_path, publication=b"\xff", issue=b"a: \xe9"))
    assert [str(problem.location) for problem in problems] == [
        f"{ISSUE_FOLDER}/issue.yaml:1",
        "publication.yaml:1",
    ]


def test_a_file_that_may_not_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue = write_publication(tmp_path)
    read = Path.read_bytes

    def denied(self: Path) -> bytes:  # since permissions do not stop root, who may run the tests
        if self.name == "issue.yaml":
            raise PermissionError(13, "Permission denied")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", denied)
    _, (problem,) = read_manifest(issue)
    assert problem.code == "manifest-unreadable"
    assert str(problem.location) == f"{ISSUE_FOLDER}/issue.yaml"
    assert "Permission denied" in said(problem)


def link_out(path: Path) -> None:
    outside = path.parents[3] / "outside.md"
    outside.write_text(ARTICLE, "utf-8")
    path.symlink_to(outside)


def link_to_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def listen(path: Path) -> None:
    # A socket's address is short: some 100 characters, which a test's folder may exceed.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


def link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize(
    ("make", "code", "words"),
    [
        pytest.param(link_out, "article-outside", "outside the publication", id="link-out"),
        pytest.param(link_to_device, "article-outside", "outside", id="link-to-a-device"),
        pytest.param(os.mkfifo, "article-not-a-file", "not an ordinary file", id="fifo"),
        pytest.param(listen, "article-not-a-file", "not an ordinary file", id="socket"),
        pytest.param(Path.mkdir, "article-not-a-file", "is a folder", id="folder"),
        pytest.param(link_to_itself, "article-unreadable", "not a path", id="link-to-itself"),
        pytest.param(
            lambda path: path.symlink_to("x"), "article-missing", "not exist", id="broken"
        ),
    ],
)
def test_only_ordinary_files_of_the_publication_are_articles(
    make: Callable[[Path], None], code: str, words: str, tmp_path: Path
) -> None:
    folder = tmp_path / "publication"
    issue = write_publication(folder, issue=f"{ISSUE}  - articles/02-odd.md\n")
    make(issue / "articles" / "02-odd.md")
    _, (problem,) = read_manifest(issue)
    assert (problem.code, str(problem.location)) == (code, f"{ISSUE_FOLDER}/issue.yaml:6:5")
    assert words in said(problem)


@pytest.mark.parametrize("name", ["publication.yaml", "issue.yaml"])
def test_a_manifest_that_leads_out_of_the_publication_is_refused(name: str, tmp_path: Path) -> None:
    issue = write_publication(tmp_path / "publication")
    (path,) = tmp_path.rglob(name)
    path.rename(tmp_path / "elsewhere.yaml")
    path.symlink_to(tmp_path / "elsewhere.yaml")
    _, problems = read_manifest(issue)
    (problem,) = (problem for problem in problems if problem.code.startswith("manifest-"))
    assert problem.code == "manifest-outside"


def test_a_hint_names_no_hidden_file(tmp_path: Path) -> None:
    issue = write_publication(tmp_path, issue={"articles": [".git/confi"]})
    (issue / ".git").mkdir()
    (issue / ".git" / "config").write_text("x", "utf-8")
    _, (problem,) = read_manifest(issue)
    assert problem.hints == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(f"langauge{n}: x\n" for n in range(4_900)), id="unknown"),
        pytest.param(
            "articles:\n" + "".join(f"  - articles/{n}-harbor.md\n" for n in range(9_000)),
            id="articles",
        ),
        pytest.param("articles: [" + "[]," * 9_000 + "]", id="empty-articles"),
        pytest.param("masthead: [" + "{text: }," * 3_300 + "]", id="masthead"),
        pytest.param("rights: " + "x" * 250_000, id="text"),
    ],
)
def test_a_hostile_manifest_is_judged_in_time(text: str, tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path, issue=text, articles={f"{n:03}-harbour.md": ARTICLE for n in range(300)}
    )
    started = time.process_time()
    _, problems = read_manifest(issue)
    assert time.process_time() - started < 2
    assert problems

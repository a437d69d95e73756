"""``typeset-press schema``: what a build accepts is valid, and plain mistakes are not."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.commands import Ran
from tests.publications import ARTICLE, ISSUE_FOLDER, write_publication
from typeset.cli import main
from typeset.scaffold.json_schema import SCHEMAS, schema_of

CHECKOUT = Path(__file__).parents[2]


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as an editor does: digits are numbers, and a date is a text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(text: str) -> Any:
    return yaml.load(text, EditorLoader)  # noqa: S506 - a safe loader with fewer types


def front_matter(text: str) -> str:
    return text.split("---\n")[1]


def mistakes(kind: str, text: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema_of(kind))
    return [error.message for error in validator.iter_errors(read(text))]


PUBLICATION = "schema: 1\nname: P\n"
ISSUE = "volume: 1\nnumber: 1\ndate: 2026-01-14\narticles: [a.md]\n"
HEAD = "title: T\nauthors: [A]\n"
MINIMAL = {"publication": PUBLICATION, "issue": ISSUE, "article": HEAD}


@pytest.mark.parametrize("kind", SCHEMAS)
def test_a_schema_is_one_and_is_printed(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", kind]) == 0
    ran = Ran(0, *capsys.readouterr())
    schema = json.loads(ran.out)
    assert ran.err == ""
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert mistakes(kind, MINIMAL[kind]) == []


def test_the_sample_publication_is_valid() -> None:
    folder = CHECKOUT / "issues"
    assert mistakes("publication", (folder / "publication.yaml").read_text("utf-8")) == []
    issues = list(folder.glob("*/issue.yaml"))
    articles = list(folder.glob("*/articles/*.md"))
    assert issues
    assert articles
    for path in issues:
        assert mistakes("issue", path.read_text("utf-8")) == [], path
    for path in articles:
        assert mistakes("article", front_matter(path.read_text("utf-8"))) == [], path


def test_the_publications_of_the_tests_are_valid(tmp_path: Path) -> None:
    write_publication(tmp_path)
    assert mistakes("publication", (tmp_path / "publication.yaml").read_text("utf-8")) == []
    assert mistakes("issue", (tmp_path / ISSUE_FOLDER / "issue.yaml").read_text("utf-8")) == []
    assert mistakes("article", front_matter(ARTICLE)) == []


GOOD = {
    "publication": [
        "publisher:",
        "publisher: 1984",
        "language: zh-Hant-TW",
        "cadence: {weeks: '2', weekday: friday}",
        "page: A4",
        "page: [180 mm, 7.5 in]",
        'accent: "#7A1F2B"',
        "url: https://p.example/{slug}/",
        "contents: no",
        "contents: 'off'",
        "masthead:",
        "masthead: [{heading: 2026, text: T}, {text: true}]",
        "limits: {seconds: 60}",
        "limits: {seconds: 86400, memory_mb: 1048576}",
        "issn: 2049-3630",
        "issn: 2434-561x",
        "volume: 3",
    ],
    "issue": [
        "name: 1984",
        "schema: '1'",
        "flow: continuous",
        "masthead: []",
        "page: letter",
        "cadence:",
        "doi: 10.5555/12345678",
        "doi: https://doi.org/10.5555/12345678",
    ],
    "article": [
        "kicker:",
        "standfirst: 42",
        "summary: S",
        "language: ja",
        "sources: [https://a.example/, 'http://b.example/x?y=1']",
        "max_words: 1_000",
        "max_words: '700'",
        "doi: doi:10.5555/12345678",
    ],
}


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, lines in GOOD.items() for line in lines]
)
def test_what_a_build_takes_is_valid(kind: str, line: str, tmp_path: Path) -> None:
    assert mistakes(kind, f"{MINIMAL[kind]}{line}\n") == []
    assert build_accepts(kind, line, tmp_path), "the build must take it, too"


BAD = {
    "publication": [
        "acent: red",
        "accent: red",
        "accent: '#fff'",
        "page: a5",
        "page: [180, 250]",
        "page: [180 mm]",
        "language: deutsch!",
        "url: p.example",
        "publisher: [A]",
        "publisher: ''",
        "cadence: {weeks: 0}",
        "cadence: {weeks: '-2'}",
        "cadence: weekly",
        "cadence: {day: friday}",
        "masthead: [T]",
        "masthead: [{heading: H}]",
        "contents: perhaps",
        "limits: {memory_mb: 1}",
        "limits: {memory_mb: 1048577}",
        "limits: {seconds: 0}",
        "limits: {seconds: 86401}",
        "cadence: {weeks: 521}",
    ],
    "issue": ["flow: sideways", "name: {x: y}", "volumes: 2"],
    "article": [
        "subtitle: S",
        "kicker: [a]",
        "max_words: many",
        "max_words: 0",
        "sources: [ftp://a.example/]",
        "language: 12",
    ],
}


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, lines in BAD.items() for line in lines]
)
def test_what_a_build_refuses_is_not_valid(kind: str, line: str, tmp_path: Path) -> None:
    assert mistakes(kind, f"{MINIMAL[kind]}{line}\n")
    assert not build_accepts(kind, line, tmp_path), "the build must refuse it, too"


WRONG = [
    ("publication", "name: P\n"),
    ("publication", "schema: 1\n"),
    ("publication", "schema: 2\nname: P\n"),
    ("publication", "schema: 1\nname:\n"),
    *(("issue", re.sub(rf"{key}: .*\n", "", ISSUE)) for key in ("volume", "number", "articles")),
    ("issue", ISSUE.replace("volume: 1", "volume: -1")),
    ("issue", ISSUE.replace("volume: 1", "volume: one")),
    ("issue", ISSUE.replace("2026-01-14", "14.1.2026")),
    ("issue", ISSUE.replace("2026-01-14", "2026-13-14")),
    ("issue", ISSUE.replace("[a.md]", "[]")),
    ("issue", ISSUE.replace("[a.md]", "a.md")),
    ("issue", ISSUE.replace("a.md", "{path: a.md, pages: 3}")),
    ("issue", ISSUE.replace("a.md", "{path: a.md, max_pages: 0}")),
    ("article", "title: T\n"),
    ("article", "title: T\nauthors: []\n"),
    ("article", "title: T\nauthors: [{bio: B}]\n"),
    ("article", "title: T\nauthors: [{name: A, orcid: 12}]\n"),
]


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_what_is_missing_or_of_another_form_is_not_valid(kind: str, text: str) -> None:
    assert mistakes(kind, text)


@pytest.mark.parametrize(
    "authors", ["A", "1984", "{name: A}", "[A, {name: B, bio: C, orcid: 0000-0002-1825-0097}]"]
)
def test_authors_may_be_written_in_every_form(authors: str) -> None:
    assert mistakes("article", f"title: 1984\nauthors: {authors}\n") == []


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_setting_is_described(kind: str) -> None:
    schema = schema_of(kind)
    for part in (schema, *schema["$defs"].values()):
        for name, about in part["properties"].items():
            assert about.get("description"), name


def build_accepts(kind: str, line: str, folder: Path) -> bool:
    """Return whether a build accepts a setting: one more line in an otherwise valid file."""
    from typeset.errors import ContentError
    from typeset.pipeline.build import load_issue

    issue = write_publication(folder / "p")
    path = {
        "publication": issue.parent / "publication.yaml",
        "issue": issue / "issue.yaml",
        "article": issue / "articles" / "01-harbor.md",
    }[kind]
    key = line.partition(":")[0]
    text = re.sub(rf"(?m)^{key}: .*\n", "", path.read_text("utf-8"))
    start = text.index("---\n") + 4 if kind == "article" else 0
    path.write_text(f"{text[:start]}{line}\n{text[start:]}", "utf-8")
    try:
        load_issue(issue)
    except ContentError as error:
        return not all(problem.code.startswith("setting-") for problem in error.report)
    return True

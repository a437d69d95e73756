"""The YAML loader: values as written, the place of everything, and mistakes in plain words."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publications import said
from typeset.config.yaml_loader import YamlData, load_yaml, merge
from typeset.diagnostics import Diagnostic, Report
from typeset.source import SourceFile

LONGEST = 2.0
"""Seconds of the processor that any text may take."""


def load(text: str, *, first_line: int = 1) -> tuple[YamlData | None, list[Diagnostic]]:
    report = Report()
    data = load_yaml(SourceFile("issue.yaml", text), report, first_line=first_line)
    return data, report.sorted()


def loaded(text: str, *, path: str = "issue.yaml") -> YamlData:
    report = Report()
    data = load_yaml(SourceFile(path, text), report)
    assert data is not None
    assert not list(report)
    return data


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "true",
        "null",
        "~",
        "1:30",
        "012",
        "0o14",
        "1e3",
        "1_000",
        "2026-1",
        "2026-11-25",
        "1.50",
        ".5",
        "=",
        "日本",
        "Ports & straits, 50% more",
        "a:b",
        "C# and F#",
    ],
)
def test_a_value_stays_the_text_that_the_author_wrote(written: str) -> None:
    assert loaded(f"a: {written}\nb: ['{written}']").data == {"a": written, "b": [written]}


def test_a_key_without_a_value_differs_from_an_empty_text() -> None:
    assert loaded("a:\nb: ''\nc: # later\n").data == {"a": None, "b": "", "c": None}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_an_empty_text_is_an_empty_mapping(text: str) -> None:
    assert loaded(text).data == {}


def test_every_key_and_value_knows_its_place() -> None:
    data = loaded("name: Littoral\nmasthead:\n  - {heading: Desk, text: All}\n  - text: More\n")
    assert str(data.locate(("name",))) == "issue.yaml:1:7"
    assert str(data.locate(("name",), key=True)) == "issue.yaml:1:1"
    assert str(data.locate(("masthead", 0, "text"))) == "issue.yaml:3:27"
    assert str(data.locate(("masthead", 0, "text"), key=True)) == "issue.yaml:3:21"
    assert str(data.locate(("masthead", 1))) == "issue.yaml:4:5"


def test_what_is_not_there_has_the_place_of_what_it_would_stand_in() -> None:
    data = loaded("cadence:\n  weeks: 2\n")
    assert str(data.locate(("cadence", "weekday"))) == "issue.yaml:2:3"
    assert str(data.locate(("cadence", "weekday"), key=True)) == "issue.yaml:2:3"
    assert str(data.locate(("number",))) == "issue.yaml:1:1"


def test_the_lines_of_front_matter_are_those_of_its_file() -> None:
    data, _ = load("title: A\nkicker: B", first_line=2)
    assert data is not None
    assert str(data.locate(("kicker",))) == "issue.yaml:3:9"
    _, (problem,) = load("title: A\nkicker: @B", first_line=2)
    assert str(problem.location) == "issue.yaml:3:9"


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_lines_are_counted_as_an_editor_shows_them(separator: str) -> None:
    data, _ = load(f'a: "one{separator}two"\nb: three\n')
    assert data is not None
    assert str(data.locate(("b",))) == "issue.yaml:2:4"


@pytest.mark.parametrize(
    ("text", "place", "code", "words"),
    [
        pytest.param("a: 1\nb: 2\na: 3", "3:1", "duplicate-key", "`a` line 1 twice", id="twice"),
        pytest.param("b:\n  a: 1\n  a: 2", "3:3", "duplicate-key", "`a` line 2", id="nested-twice"),
        pytest.param("a: &x 1", "1:4", "yaml-anchor", "quotes &", id="anchor"),
        pytest.param("a: 1\nb: *a", "2:4", "yaml-alias", "quotes *", id="alias"),
        pytest.param("<<: {a: 1}", "1:1", "yaml-merge", "write out", id="merge-key"),
        pytest.param("a: !!int 3", "1:4", "yaml-tag", "quotes !", id="standard-tag"),
        pytest.param("a: !Help us", "1:4", "yaml-tag", "quotes !", id="own-tag"),
        pytest.param(
            "a: !!python/object/apply:os.system [ls]", "1:4", "yaml-tag", "tags", id="python-tag"
        ),
        pytest.param("[a, b]: 1", "1:1", "yaml-key", "plain word", id="list-as-key"),
        pytest.param("{a: 1}: 1", "1:1", "yaml-key", "plain word", id="mapping-as-key"),
        pytest.param("'': 1", "1:1", "yaml-key", "plain word", id="empty-key"),
        pytest.param("a: 1\n---\nb: 2", "2:1", "yaml-syntax", "second remove", id="documents"),
        pytest.param('a: "x\\0y"', "1:4", "yaml-character", "U+0000", id="nul-by-number"),
        pytest.param('a: "\\uD800"', "1:4", "yaml-character", "U+D800", id="surrogate"),
        pytest.param("a: \x1b[31m", "1:4", "yaml-character", "U+001B", id="escape"),
        pytest.param("a: 1\nb: \x00", "2:4", "yaml-character", "U+0000", id="nul"),
        pytest.param("- a\n- b", "1:1", "yaml-not-a-mapping", "name: value", id="list"),
        pytest.param("just words", "1:1", "yaml-not-a-mapping", "name: value", id="words"),
        pytest.param("name:value", "1:1", "yaml-not-a-mapping", "space colon", id="no-space"),
        pytest.param("a:\n\tb: 1", "2:1", "yaml-syntax", "tab spaces", id="tab"),
        pytest.param("a: x: y", "1:5", "yaml-syntax", "`: ` quotes", id="colon"),
        pytest.param("a: x\n  b: y", "2:4", "yaml-syntax", "`: ` indentation", id="indented"),
        pytest.param("a: *Dawn* breaks", "1:4", "yaml-syntax", "* quotes", id="emphasis"),
        pytest.param("a: 1\nb: **Dawn**", "2:4", "yaml-syntax", "* quotes", id="strong"),
        pytest.param("a: & sons", "1:4", "yaml-syntax", "& quotes", id="ampersand"),
        pytest.param("a: @desk", "1:4", "yaml-syntax", "@ quotes", id="at"),
        pytest.param("a: `x`", "1:4", "yaml-syntax", "quotes", id="backtick"),
        pytest.param("a: 1\nb: 'x\nc: 1", "2:4", "yaml-syntax", "never closed", id="quote"),
        pytest.param("a: 'it's'", "1:8", "yaml-syntax", "fit quotation quotes", id="apostrophe"),
        pytest.param('a: "C:\\dir"', "1:8", "yaml-syntax", "backslash single", id="backslash"),
        pytest.param("a: 1\nb\nc: 2", "2:1", "yaml-syntax", "no setting", id="no-colon"),
        pytest.param("a: [b, c\nd: 1", "2:2", "yaml-syntax", "comma ] close", id="bracket"),
        pytest.param("a: {b: in {c}}", "1:11", "yaml-syntax", "comma } quotes", id="brace"),
        pytest.param("a: [b](c)", "1:7", "yaml-syntax", "brackets quotes", id="link"),
        pytest.param("a: - b", "1:4", "yaml-syntax", "list line own", id="list-on-the-line"),
        pytest.param("a: >b", "1:5", "yaml-syntax", "next line", id="block"),
        pytest.param("a:\n    b: 1\n  c: 2", "3:3", "yaml-syntax", "indentation", id="outdented"),
        pytest.param("a: !<x y", "1:4", "yaml-syntax", "! quotes", id="broken-tag"),
        pytest.param("a: ]", "1:4", "yaml-syntax", "bracket", id="stray-bracket"),
        pytest.param("%X\na: 1", "2:1", "yaml-syntax", "not YAML", id="directive"),
        pytest.param('a: 1\nb: "\\UFFFFFFFF"', "2:1", "yaml-syntax", "number", id="no-character"),
        pytest.param("a: #7A1F2B", "1:4", "yaml-comment-only", "no value # quotes", id="comment"),
        pytest.param("a: Port #1", "1:9", "yaml-comment", "# comment quotes", id="half-a-comment"),
    ],
)
def test_a_mistake_is_reported_at_its_place(text: str, place: str, code: str, words: str) -> None:
    _, (problem,) = load(text)
    assert str(problem.location) == f"issue.yaml:{place}"
    assert problem.code == code
    assert [word for word in words.split() if word not in said(problem)] == []


@pytest.mark.parametrize(
    "text", ["a: 'it's'", "a: [b", "a: *b c*", "a: x: y", "a: 1\nb", "a: {b: {c}"]
)
def test_the_parsers_own_jargon_is_kept_from_editors(text: str) -> None:
    _, problems = load(text)
    jargon = ("scan", "token", "<", "simple key", "node", "stream")
    assert problems
    assert [word for problem in problems for word in jargon if word in said(problem)] == []


def test_mistakes_that_leave_the_text_readable_are_reported_together() -> None:
    data, problems = load("a: &x 1\nb: *x\nc: !t 2\na: 3\nd: #4\n")
    codes = ["yaml-anchor", "yaml-alias", "yaml-tag", "duplicate-key", "yaml-comment-only"]
    assert [problem.code for problem in problems] == codes
    assert data is not None
    assert data.data == {"a": "1", "b": "*x", "c": "2", "d": "#4"}


def test_a_comment_with_a_space_is_a_comment() -> None:
    assert loaded("a: 1 # the first\nb: # nothing yet\nc:\n  # below\n  - x\n").data["c"] == ["x"]


def test_a_number_sign_inside_a_word_or_quotes_is_text() -> None:
    data = loaded('a: C#\nb: "x #1"\nc: https://example.org/#top\nd: |\n  x #1\n')
    assert data.data == {"a": "C#", "b": "x #1", "c": "https://example.org/#top", "d": "x #1\n"}


def test_an_issues_mapping_is_merged_and_its_list_replaces() -> None:
    base = loaded("cadence: {weeks: 2, weekday: monday}\nmasthead: [a, b]\nname: X\n")
    issue = loaded("cadence: {weeks: 4}\nmasthead: [c]\nvolume: 1\n")
    assert merge(base, issue).data == {
        "cadence": {"weeks": "4", "weekday": "monday"},
        "masthead": ["c"],
        "name": "X",
        "volume": "1",
    }


def test_each_merged_value_keeps_the_file_and_line_that_set_it() -> None:
    base = loaded("cadence:\n  weeks: 2\n  weekday: monday\nmasthead: [a, b]\n", path="base")
    merged = merge(base, loaded("cadence:\n  weeks: 4\nmasthead: [c]\n", path="issue"))
    assert str(merged.locate(("cadence", "weeks"))) == "issue:2:10"
    assert str(merged.locate(("cadence", "weekday"))) == "base:3:12"
    assert str(merged.locate(("masthead", 0))) == "issue:3:12"
    # The base's second entry is gone, and so is its place.
    assert str(merged.locate(("masthead", 1))) == "issue:3:11"


def test_a_text_replaces_a_mapping_and_a_mapping_a_text() -> None:
    base, issue = loaded("a: {b: 1}\nc: 2\n"), loaded("a: 1\nc: {d: 2}\n")
    merged = merge(base, issue)
    assert merged.data == {"a": "1", "c": {"d": "2"}}
    assert str(merged.locate(("a", "b"))) == "issue.yaml:1:4"


HOSTILE: dict[str, Callable[[], str]] = {
    "brackets": lambda: "[" * 20_000,
    "braces": lambda: "{a: " * 20_000,
    "braces-in-a-value": lambda: "a: " + "{a: " * 20_000,
    "questions": lambda: "? " * 100_000,
    "dashes": lambda: "- " * 100_000,
    "steps": lambda: "".join(" " * n + "a:\n" for n in range(600)),
    "anchors": lambda: "".join(f"k{n}: &a{n} x\n" for n in range(9_000)),
    "laughs": lambda: (
        "a: &a [x]\n"
        + "".join(f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abc", "bcd", strict=True))
    ),
    "keys": lambda: "".join(f"k{n}: x\n" for n in range(20_000)),
    "one-key": lambda: "a: 1\n" * 40_000,
    "items": lambda: "a: [" + "x," * 100_000 + "]",
    "scalar": lambda: "a: " + "x" * 250_000,
    "more-than-allowed": lambda: "a: " + "x" * 2_000_000,
    "words": lambda: "a: " + "x " * 120_000,
    "key": lambda: "? " + "k" * 250_000 + "\n: 1",
    "spaces": lambda: "a: " + " " * 250_000,
    "lines": lambda: "\n" * 250_000 + "a: 1",
    "comments": lambda: "#\n" * 120_000,
    "directives": lambda: "%F\n" * 80_000,
    "documents": lambda: "---\n" * 60_000,
    "escapes": lambda: 'a: "' + "\\x41" * 60_000 + '"',
    "controls": lambda: 'a: ["' + '", "'.join("\\x01\\x02\\x03" for _ in range(9_000)) + '"]',
    "open-quote": lambda: "a: '" + "x\n" * 120_000,
    "block": lambda: "a: |\n" + " x\n" * 80_000,
    "stars": lambda: "*" * 250_000,
    "alias": lambda: "*" + "a" * 250_000,
    "exclamations": lambda: "!" * 250_000,
    "colons": lambda: ":" * 250_000,
    "version": lambda: "%YAML 1." + "1" * 5_000 + "\n---\na: 1",
    "tag": lambda: "a: !%FF%FE x",
    "directions": lambda: "a: \u202e\u2066\u200f\ufeff\U000e0001\n",
    "combining": lambda: "a: e" + "\u0301" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_or_refused_in_time(name: str) -> None:
    text = HOSTILE[name]()
    started = time.process_time()
    data, problems = load(text)
    assert time.process_time() - started < LONGEST
    assert data is not None or problems


def test_a_message_never_grows_with_the_text_that_it_quotes() -> None:
    key = "k" * 5_000
    _, (problem,) = load(f"? {key}\n: 1\n? {key}\n: 2\n")
    assert len(problem.message) <= 400


def test_a_message_is_one_line_whatever_it_quotes() -> None:
    _, (problem,) = load('"a\\nissue.yaml:1:1: error: b": 1\n"a\\nissue.yaml:1:1: error: b": 1\n')
    assert "\n" not in problem.message


@given(
    st.one_of(
        st.text(),
        st.text(alphabet="ab:-?[]{},#&*!|>'\"%@`\\ \n\t0x<~=\u2028\x85\ufeff\x00"),
        st.lists(
            st.sampled_from(
                [
                    "a: ",
                    "- ",
                    "? ",
                    "\n",
                    "  ",
                    "[",
                    "{",
                    "'",
                    '"',
                    "x",
                    "&a ",
                    "*a",
                    "!!t ",
                    "|\n",
                    "---\n",
                    "\\U",
                    "FF",
                ]
            )
        ).map("".join),
    )
)
def test_no_text_makes_the_loader_raise(text: str) -> None:
    data, problems = load(text)
    assert data is not None or problems
    for problem in problems:
        assert problem.location is not None
        assert 1 <= problem.location.line <= text.count("\n") + 1

"""Diagnostics: every problem once, in order, and safe to print."""

from __future__ import annotations

import pickle

import pytest

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Diagnostic, Report, nearest
from typeset.errors import ContentError
from typeset.source import Location, SourceFile


def test_a_problem_that_is_found_twice_is_reported_once() -> None:
    report = Report()
    for _ in range(2):
        report.add(Code.ARTICLE_MISSING, "a.md does not exist", Location("issue.yaml", 5, 3))
    report.add(Code.ARTICLE_MISSING, "a.md does not exist", Location("issue.yaml", 6, 3))
    assert len(report) == 2


def test_problems_are_reported_by_file_and_line_and_those_without_a_place_last() -> None:
    report = Report()
    places = [None, Location("b", 2), Location("a", 10), Location("a", 9, 4), Location("a", 9)]
    for number, place in enumerate(places):
        report.add(Code.RAW_HTML, str(number), place)
    assert [problem.message for problem in report.sorted()] == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [
        (0, 0, "no problems"),
        (1, 0, "1 error"),
        (2, 1, "2 errors, 1 warning"),
        (0, 3, "3 warnings"),
    ],
)
def test_the_summary_counts_in_words(errors: int, warnings: int, words: str) -> None:
    report = Report()
    for number in range(errors):
        report.add(Code.OVERLAP, str(number), None)
    for number in range(warnings):
        report.add(Code.RAW_HTML, str(number), None)
    assert report.summary() == words


def test_a_run_goes_on_in_spite_of_known_errors_and_ends_with_a_new_one() -> None:
    report = Report()
    report.add(Code.OVERLAP, "known", None)
    known = frozenset(report)
    report.stop_on_errors(besides=known)
    report.add(Code.OVERLAP, "new", None)
    with pytest.raises(ContentError):
        report.stop_on_errors(besides=known)


def test_errors_end_a_run_and_warnings_only_a_strict_one() -> None:
    report = Report()
    report.stop_on_errors(strict=True)
    report.add(Code.RAW_HTML, "a warning", None)
    report.stop_on_errors()
    with pytest.raises(ContentError, match="1 warning"):
        report.stop_on_errors(strict=True)
    report.add(Code.OVERLAP, "an error", None)
    with pytest.raises(ContentError) as caught:
        report.stop_on_errors()
    assert caught.value.report is report


def test_a_message_is_one_line_of_moderate_length() -> None:
    message = "a\nb\r\n\x1b[31mc\u2028" + "d" * 1_000
    problem = Diagnostic(Code.OVERLAP, message, hints=("e\nf",))
    assert problem.message.startswith("a b [31mc d")
    assert len(problem.message) == 400
    assert problem.hints == ("e f",)


def test_hints_that_say_nothing_are_not_there() -> None:
    report = Report()
    report.add(Code.OVERLAP, "message", None, "", "a hint", "")
    (problem,) = report
    assert problem.hints == ("a hint",)


def test_a_problem_survives_the_way_between_processes() -> None:
    problem = Diagnostic(Code.OVERLAP, "message", Location("a", 1, 2), hints=("hint",))
    assert pickle.loads(pickle.dumps(problem)) == problem  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("masthaed", "did you mean masthead?"),
        ("Title", "did you mean title?"),
        ("URL", "did you mean url?"),
        ("xyzzy", ""),
        ("", ""),
    ],
)
def test_the_nearest_known_word_is_suggested_if_there_is_one(word: str, hint: str) -> None:
    assert nearest(word, ["title", "url", "masthead"]) == hint


def test_a_suggestion_is_spelled_as_it_must_be_written() -> None:
    assert nearest("readme.md", ["README.md"]) == "did you mean README.md?"


@pytest.mark.parametrize(
    ("location", "words"),
    [
        (Location("a.md"), "a.md"),
        (Location("a.md", 3), "a.md:3"),
        (Location("a.md", 3, 7), "a.md:3:7"),
        (SourceFile("a.md", "x").at(2, 1), "a.md:2:1"),
    ],
)
def test_a_place_is_written_so_that_editors_can_jump_to_it(location: Location, words: str) -> None:
    assert str(location) == words

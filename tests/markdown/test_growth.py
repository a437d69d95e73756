"""The whole way of an article's text takes twice as long for twice the text, whatever it holds."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.markdown.reading import read

LENGTH = 6_000
"""Characters of the shorter text."""
SHORT = 0.1
"""Seconds that any of these texts may take."""
GROWTH = 2.9

TABLE = "|a|\n|-|\n|b|\n\n"
HOSTILE: dict[str, Callable[[int], str]] = {
    "spaces in a heading": lambda n: "# a" + " " * n + "b",
    "marks in a heading": lambda n: "# a" + " #" * n + " b",
    "spaces above a line": lambda n: "a" + " " * n + "b\n===",
    "spaces": lambda n: "a" + " " * n + "b",
    "spaces in a link": lambda n: "[a](" + " " * n + "b",
    "spaces at line ends": lambda n: "a" + " \n" * n + "b",
    "spaces in an abbreviation": lambda n: "*[a" + " " * n,
    "spaces in a caption": lambda n: f"{TABLE}Table: " + " " * n + "x",
    "stars": lambda n: "a" + "*" * n + "b",
    "open stars": lambda n: "*a " * n,
    "closing stars": lambda n: "a* " * n,
    "two kinds of emphasis": lambda n: "*a_b " * n,
    "strong": lambda n: "**a " * n,
    "backticks": lambda n: "`a " * n,
    "two kinds of backticks": lambda n: "``a` " * n,
    "a run of backticks": lambda n: "`" * n + "a",
    "brackets": lambda n: "[a] " * n,
    "references": lambda n: "[a][b] " * n,
    "links": lambda n: "[a](b) " * n,
    "images": lambda n: "![a](b) " * n,
    "angles": lambda n: "<" * n,
    "tags": lambda n: "<a " * n,
    "signs in a tag": lambda n: "<a " + "=" * n,
    "words in a tag": lambda n: "<a x" + " x" * n,
    "spaces in a tag": lambda n: "<a" + " " * n,
    "a name of a tag": lambda n: "<a" + "-a" * n,
    "dots in an address": lambda n: "<a@" + "." * n,
    "declarations": lambda n: "<!DOCTYPE " * n,
    "comments": lambda n: "<!-- " * n,
    "bars": lambda n: "a|" * n,
    "words in a cell": lambda n: "|a|b|\n|-|-|\n|" + "c " * n + "|d|",
    "a rule that is none": lambda n: "|a|\n|" + "-" * n + " x",
    "signs of entities": lambda n: "&a" * n,
    "digits of an entity": lambda n: "&#" + "1" * n,
    "backslashes": lambda n: "\\" * n,
    "pairs of backslashes": lambda n: "\\\\" * n + "\n a",
    "quotations": lambda n: "> a\n" * n,
    "nested quotations": lambda n: (">" * 12 + " a\n") * n,
    "colons": lambda n: ":" * n,
    "a definition": lambda n: "a\n: " + "b " * n,
    "a list of attributes": lambda n: "a {: " + "x=y " * n + "}",
    "open braces": lambda n: "a {" * n,
    "open braces and quotes": lambda n: 'a {"' * n + "}",
    "a heading with braces": lambda n: "# a " + '{"' * n + "}",
    "marked words": lambda n: "[a]{x=y} " * n,
    "open marked words": lambda n: '[a]{"' * n,
    "braces in a caption": lambda n: f"{TABLE}Table: " + "{a " * n + "}",
    "braces behind a figure": lambda n: "![a](b){" + 'x="y" ' * n,
    "escapes in a figure": lambda n: "![a" + "\\[ " * n,
    "double quotes": lambda n: '"a ' * n,
    "single quotes": lambda n: "'a " * n,
    "both quotes": lambda n: "\"'" * n,
    "digits": lambda n: "1" * n,
    "digits and dots": lambda n: "1." * n,
    "numbers before a character": lambda n: "1.1" * n + "漢",
    "items": lambda n: "- a\n" * n,
    "hyphens": lambda n: "-" * n + " a",
    "an address with brackets": lambda n: "https://a" + "(a" * n,
    "an address with dots": lambda n: "https://a" + "." * n + " b",
    "calls": lambda n: "[^a] " * n,
    "a note": lambda n: "a[^1]\n\n[^1]: " + "b " * n,
    "two scripts": lambda n: "漢a" * n,
    "lines": lambda n: "a\n" * n,
    "breaks": lambda n: "a  \n" * n,
    "accents": lambda n: "e\u0301" * n,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_takes_no_more_than_twice_as_long(name: str) -> None:
    make = HOSTILE[name]
    size = len(make(100)) - len(make(0))

    def seconds(length: int) -> float:
        text = make(length * 100 // size)
        started = time.process_time()
        read(text)
        return time.process_time() - started

    longer = seconds(2 * LENGTH)
    if longer > SHORT:
        # The least of several: another process may have taken the machine's time.
        shorter, longer = (
            min(seconds(length) for _ in range(3)) for length in (LENGTH, 2 * LENGTH)
        )
        assert longer < max(SHORT, GROWTH * shorter)


def test_a_heading_of_spaces_is_read_at_once() -> None:
    started = time.process_time()
    reading = read("## a" + " " * 24_000 + "b")
    assert time.process_time() - started < 1.0
    assert reading.html.startswith("<h3")


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("## A quay ##", "A quay"),
        ("## A quay # 2 ##   ", "A quay # 2"),
        ("## A quay #2", "A quay #2"),
        ("## A quay##", "A quay##"),
        ("##   A   quay", "A quay"),
        ("## # 2", "# 2"),
    ],
)
def test_a_heading_is_closed_by_marks_at_its_end_alone(line: str, text: str) -> None:
    assert " ".join(read(line).html.split(">", 1)[1].split("</")[0].split()) == text

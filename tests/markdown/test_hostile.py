"""Markdown made to keep a parser busy or to break it ends soon, and never with an exception."""

from __future__ import annotations

import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.reading import Reading, read, read_file

pytestmark = pytest.mark.slow

LONGEST = 5.0
"""Seconds that any article may take."""


def lines(*parts: str) -> str:
    return "\n".join(parts)


EXPLOSIVE = {
    "nested quotations": ">" * 5000 + "a",
    "nested quotations, spaced": "> " * 5000 + "a",
    "open brackets": "[" * 50_000,
    "open links": "[a](" * 20_000,
    "open links in angles": "[a](<b" * 20_000,
    "open parentheses": "[a](" + "(" * 50_000,
    "links with titles": "[a](b 'c)" * 2_000,
    "open images": "![" * 30_000,
    "brackets in an image": "![" + "[a]" * 20_000,
    "emphasis": "*a_ " * 20_000,
    "emphasis of two kinds": "a**b" + "c* " * 20_000,
    "nested emphasis": "*a **b " * 1_500 + "x" + " b** a*" * 1_500,
    "stars": "*" * 24_000,
    "triple stars": "***a" * 3_000,
    "underscores": "_a" * 12_000,
    "backticks": "".join("e" + "`" * number for number in range(1, 2500)),
    "backticks of two kinds": "``a`" * 6_000,
    "autolinks": "<" * 50_000,
    "entities": "&" * 50_000,
    "tags": "<a " * 8_000,
    "tags that are closed": "<b>" * 4_000,
    "comments": "<!--" * 6_000,
    "closed comments": "<!---->" * 20_000,
    "comments and code": "<!-- a -->`" * 2_000,
    "images in one paragraph": "![a](b.png)\n" * 2_000,
    "nested lists": lines(*(" " * 2 * depth + "- a" for depth in range(600))),
    "nested lists by four": lines(*(" " * 4 * depth + "- a" for depth in range(300))),
    "lists in a line": "- " * 5000 + "a",
    "numbers in a line": "1. " * 3000 + "a",
    "lists and quotations": "- > " * 2000 + "a",
    "quotations and lists": lines(*(">" * (depth % 9) + " - a" for depth in range(1500))),
    "references": lines(*(f"[{number}]: /u" for number in range(8_000))),
    "a reference used often": "[a]: https://" + "x" * 10_000 + "\n\n" + "[a]" * 4_000,
    "abbreviations": lines(*(f"*[A{number}]: t" for number in range(1500)))
    + "\n\n"
    + "A1 " * 4_000,
    "open abbreviations": "*[" * 12_000,
    "a wide table": lines("|a" * 5000 + "|", "|-" * 5000 + "|", *["|b" * 5000 + "|"] * 20),
    "a table to be filled": lines("|x" * 1000, "|-" * 1000, *["|a"] * 3000),
    "a long table": lines("|a|b|", "|-|-|", *["|c|d|"] * 20_000),
    "code in a table": lines("|" + "`a|" * 3000, "|-|-|"),
    "a long word": "x" * 300_000,
    "a word of the longest article": "x" * 20_000,
    "quotation marks": "\"'" * 12_000,
    "calls": "[^a]" * 3_000 + "\n\n[^a]: b",
    "calls of nothing": "".join(f"[^a{number}]" for number in range(3_000)),
    "calls and notes that do not meet": "".join(f"[^a{n}]" for n in range(2_000))
    + "\n\n"
    + lines(*(f"[^b{n}]: c" for n in range(2_000))),
    "notes": lines(*(f"[^a{number}]: b" for number in range(5000))),
    "paragraphs": "a\n\n" * 4_000,
    "lines": "a\n" * 12_000,
    "marked words": "[a]{lang=ja}" * 2_000,
    "braces": "*a*{" * 3_000,
    "braces of a figure": "![a](b){" + 'a="b" ' * 20_000,
    "headings": "# a\n" * 20_000,
    "rules": "---\n" * 2_500,
    "underlines": "a\n" + "=" * 24_000,
    "terms": "a\n: b\n" * 1_500,
    "terms of many meanings": "a\n" + ": b\n" * 1_500,
    "dashes": "-" * 24_000,
    "dots": "." * 24_000,
    "characters of two scripts": "漢a" * 12_000,
    "escapes": "\\*" * 12_000,
    "backslashes": "\\" * 24_000,
    "tabs": "\t" * 24_000,
    "spaces": " " * 24_000 + "a",
    "spaces at ends": ("a" + " " * 200 + "\n") * 200,
    "bars": "|" * 24_000,
    "breaks": "a  \n" * 3_000,
    "fences": "```\n" * 20_001,
    "an open fence": "```\n" + "a\n" * 50_000,
    "fences in quotations": "> ```\n" * 9_000,
    "addresses": "https://a.b/" * 2_000,
    "addresses and brackets": "https://a(" * 2_000,
    "volumes": "Vol. " * 4_000,
    "apostrophes": "'90 " * 6_000,
    "control characters": "\x02klzzwxh:0000\x03" * 1_000,
    "combining accents": "a" + "\u0301" * 20_000,
}


@pytest.mark.parametrize("name", EXPLOSIVE)
def test_it_ends_soon_with_a_result_or_a_diagnostic(name: str) -> None:
    started = time.process_time()
    reading = read(EXPLOSIVE[name])
    assert time.process_time() - started < LONGEST
    assert reading.article is not None or reading.codes


@pytest.mark.parametrize("key", ["title", "standfirst", "takeaway", "authors"])
@pytest.mark.parametrize("name", ["open brackets", "nested emphasis", "open links", "a long word"])
def test_the_head_is_as_safe_as_the_text(key: str, name: str) -> None:
    settings = {"title": "T", "authors": "A", key: EXPLOSIVE[name]}
    head = lines(*(f"{one}: '{text}'" for one, text in settings.items()))
    started = time.process_time()
    reading = read_file(f"---\n{head}\n---\nText.")
    assert time.process_time() - started < LONGEST
    assert any(code.startswith(("markdown-", "article-too")) for code in reading.codes)


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Text.\n\n" + "> " * 13 + "a", 7),
        ("Text.\n\n" + "- " * 13 + "a", 7),
        (lines(*("  " * depth + "- a" for depth in range(13))), 17),
        ("Text.\n\n" + "[" * 41 + "a" + "]" * 41, 7),
        ("Text.\n\n" + "- [" * 41, 7),
        ("> " * 12 + "- a", 5),
    ],
)
def test_what_is_nested_too_deeply_is_reported_on_its_line(body: str, line: int) -> None:
    reading = read(body)
    assert reading.article is None
    assert reading.problems == [(line, 0, "error", "markdown-too-deep")]


def test_twelve_levels_are_not_too_deep() -> None:
    assert read(lines(*("  " * depth + "- a" for depth in range(12)))).html.count("<ul") == 12
    assert read("> " * 12 + "a").html.count("<blockquote") == 12


def test_deep_emphasis_is_reported() -> None:
    reading = read("Text.\n\n" + "*a **b " * 200 + "x" + " b** a*" * 200)
    assert reading.codes == ["markdown-too-deep"]


def test_the_limit_holds_however_much_of_the_stack_is_used() -> None:
    body = "> " * 12 + "a\n\n" + "*a **b " * 900 + "x" + " b** a*" * 900

    def deeper(levels: int) -> Reading:
        return deeper(levels - 1) if levels else read(body)

    frames = 0
    frame = sys._getframe()
    while frame.f_back is not None:
        frame, frames = frame.f_back, frames + 1
    reading = deeper(sys.getrecursionlimit() - frames - 260)
    assert reading.codes == ["markdown-too-deep"]


@pytest.mark.parametrize(
    ("body", "code", "line"),
    [
        ("Text.\n\n" + "x" * 25_001, "markdown-too-long", 7),
        ("Text.\n\n" + ("x" * 100 + "\n") * 300, "markdown-too-long", 7),
        ("Text.\n\n" + "|a" * 50 + "\n" + "|-" * 50, "table-too-large", 7),
        ("x\n\n" * 10_001, "article-too-large", 5),
        ("Text.\n\n" + "x\n\n" * 70_000, "article-too-large", 0),
    ],
)
def test_what_is_too_large_is_reported(body: str, code: str, line: int) -> None:
    reading = read(body)
    assert reading.article is None
    assert reading.problems == [(line, 0, "error", code)]


def test_long_lists_notes_and_code_are_not_too_large() -> None:
    body = (
        lines(*(f"- An item of a list that goes on {number}.[^n{number}]" for number in range(700)))
        + "\n\n"
        + lines(*(f"[^n{number}]: A note of some length {number}." for number in range(700)))
        + "\n\n```\n"
        + "code\n" * 8_000
        + "```\n"
    )
    reading = read(body)
    assert not reading.problems
    assert len(reading.notes) == 700


@pytest.mark.parametrize(
    "character", ["\x00", "\x02", "\x03", "\x1b", "\x7f", "\x9f", "\ufdd0", "\ufffe", "\U0010ffff"]
)
def test_a_character_that_cannot_be_printed_is_reported_and_left_out(character: str) -> None:
    reading = read(f"One\n\ntwo {character}three{character}.")
    assert reading.problems == [(7, 5, "warning", "character-unprintable")]
    assert f"U+{ord(character):04X}" in reading.messages
    assert "2 times" in reading.messages
    assert reading.html == "<p>One</p>\n<p>two three.</p>"


@pytest.mark.parametrize("character", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_a_character_that_ends_lines_elsewhere_is_a_space(character: str) -> None:
    reading = read(f"One{character}two\n\n# Three")
    assert reading.problems == [(7, 3, "warning", "heading-level")]
    assert reading.html.startswith("<p>One two</p>")


@pytest.mark.parametrize("text", [r"\x02", r"\x00", r"\ud800", r"\ufdd0"])
def test_the_head_cannot_smuggle_one_in(text: str) -> None:
    reading = read_file(f'---\ntitle: "A{text}B"\nauthors: A\n---\nText.')
    assert reading.codes
    if reading.article is not None:
        assert reading.article.title.text == "AB"


@pytest.mark.parametrize(
    "text",
    [
        "\x02klzzwxh:0000\x03 *a* b",
        "\x0242\x03 *a*",
        "klzzwxh:0000 wzxhzdk:0 *a*",
        "\ufdd20\ufdd2\n\n```\na\n```",
    ],
)
def test_the_parsers_own_signs_mean_nothing_in_a_text(text: str) -> None:
    reading = read(f"Text {text}")
    assert reading.html.count("a</em>") + reading.html.count("a</code>") == 1
    assert "\x02" not in reading.html
    assert "\ufdd2" not in reading.html


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_ends_with_a_result_or_a_diagnostic(text: str) -> None:
    reading = read(text)
    assert reading.article is not None or reading.codes


MARKS = "*_`[](){}<>!#-+.:|~\\\"'^&; \n\tx1é港"


@given(st.text(MARKS, max_size=80))
def test_any_mixture_of_marks_ends_with_a_result_or_a_diagnostic(text: str) -> None:
    reading = read(text)
    assert reading.article is not None or reading.codes
    for block in reading.article.blocks if reading.article else ():
        assert block.location.line >= 5


@given(st.text(MARKS, max_size=40), st.sampled_from(["title", "standfirst", "bio"]))
def test_any_head_ends_with_a_result_or_a_diagnostic(text: str, key: str) -> None:
    head = f"title: T\nauthors:\n  - name: A\n{'    ' if key == 'bio' else ''}{key}: {text}\n"
    reading = read_file(f"---\n{head}---\nText.")
    assert reading.article is not None or reading.codes

"""The line map: every block knows the line on which it begins."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.reading import BODY_LINE, Reading, read
from typeset.model import Figure, Prose

EVERYTHING = """\
A first paragraph                                       @p
over two lines.

## A section                                            @h3

Same words.                                             @p

Same words.                                             @p

- one                                                   @ul
- two
    - nested

      a paragraph in it
- three

1. Same words.                                          @ol
2. more

| a | b |                                               @table
|---|---|
| 1 | 2 |
| 3 | 4 |

Table: A caption that takes
two lines {unit="TEU"}

> Quoted.                                               @blockquote
>
> Twice.
> - with a list

```text                                                 @pre
code
## no heading

Same words.
```

Section                                                 @h3
-------

![A figure with a caption                               @figure
over two lines](images/a.png){alt="x"
credit="y"}

Term                                                    @dl
:   Its meaning.

* * *                                                   @hr

    indented code                                       @pre

    more of it

***                                                     @hr

[here]: https://example.org/same
*[TEU]: twenty-foot equivalent unit

Same words.                                             @p
[^n]: A note.

    Of two paragraphs.

### Part                                                @h4
Right after it.                                         @p
- a list                                                @ul
  that goes on
- [here]
{.end}

Same words.[^n]                                         @p
"""


NAMES = "alpha beta gamma delta epsilon zeta".split()


def kinds(reading: Reading) -> list[tuple[int, str]]:
    """Return the line and the tag of each block."""
    tags = [
        block.html[1:].split()[0].split(">")[0]
        if isinstance(block, Prose)
        else type(block).__name__.lower()
        for block in reading.whole.blocks
    ]
    return list(zip(reading.lines, tags, strict=True))


def test_an_article_with_everything() -> None:
    body = re.sub(r" *@\w+$", "", EVERYTHING, flags=re.MULTILINE)
    reading = read(body)
    assert reading.codes == []
    assert kinds(reading) == [
        (number, marked[1])
        for number, line in enumerate(EVERYTHING.split("\n"), BODY_LINE)
        if (marked := re.search(r"@(\w+)$", line))
    ]


def lines_of_words(reading: Reading) -> dict[str, int]:
    """Return the line of the element that begins with each word."""
    found = {}
    for block in reading.whole.blocks:
        if isinstance(block, Figure):
            found[block.caption.text] = block.location.line
            continue
        for element_id, word in re.findall(r'id="([^"]+)"[^>]*>(?:<code>)?(\w+)', str(block.html)):
            found[word] = reading.whole.places[element_id].line
    return found


@pytest.mark.parametrize(
    "body",
    [
        "- alpha\n- beta\n    - gamma\n\n      delta\n- epsilon",
        "1. alpha\n2. beta\n   - gamma\n   - delta\n3. epsilon",
        "> alpha\n>\n> beta\n> > gamma\n>\n> - delta\n>     1. epsilon",
        "alpha\n: beta\n: gamma\n\ndelta\n: epsilon\n\n    zeta",
        "| alpha | beta |\n|---|---|\n| gamma | delta |\n| x | epsilon |",
        "- ## alpha\n\n    beta\n\n      gamma\n- delta",
        "- alpha\n\n    > beta\n    >\n    > gamma\n\n    delta\n\n\n\n-   epsilon",
        "alpha\n\n[gamma]: https://example.org\n\n\n\nbeta\n\ngamma\n\n*[a]: delta\n\ndelta",
    ],
)
def test_what_stands_inside_a_block_has_its_own_line(body: str) -> None:
    found = lines_of_words(read(body))
    assert {word: line for word, line in found.items() if word in NAMES} == {
        name: BODY_LINE + max(n for n, line in enumerate(body.split("\n")) if name in line)
        for name in NAMES
        if name in body
    }


def test_identical_paragraphs_keep_their_own_lines() -> None:
    assert read("Same.\n\nSame.\n\n\nSame.\n\n> Same.\n\n- Same.\n- Same.").lines == [
        5,
        7,
        10,
        12,
        14,
    ]


def test_a_word_that_occurs_inside_an_earlier_line_is_not_taken_for_it() -> None:
    body = "[a]: https://example.org/\n*[b]: c\n\na\n\nb c\n\nc"
    assert read(body).lines == [8, 10, 12]


def test_rules_keep_their_own_lines() -> None:
    assert read("***\n\n---\n* * *\nText\n\n___").lines == [5, 7, 8, 9, 11]


def test_the_head_may_be_longer() -> None:
    assert read("Text.", head="kicker: K\nstandfirst: >-\n  Two\n  lines.\n").lines == [9]


def test_empty_lines_before_the_text_count() -> None:
    assert read("\n\n   \n\tcode\n\nText.").lines == [8, 10]


KINDS: dict[str, Callable[[str, str], str]] = {
    "paragraph": lambda one, two: f"{one} word\n\n{two} word\nword",
    "section": lambda one, two: f"## {one}\n{two}",
    "underlined": lambda one, two: f"{one}\n---\n{two}",
    "bullets": lambda one, two: f"- {one}\n- {two}\n  more",
    "numbers": lambda one, two: f"1. {one}\n\n   {two}\n2. x",
    "nested": lambda one, two: f"* {one}\n  * {two}\n    * y",
    "quote": lambda one, two: f"> {one}\n>\n> {two}",
    "table": lambda one, two: f"| {one} | b |\n|:--|--:|\n| {two} | d |",
    "captioned": lambda one, two: f"{one} | b\n---|---\n{two} | y\nTable: z {{unit=z}}",
    "figure": lambda one, two: f'![{one}](images/a.png){{alt="z"\ncredit="{two}"}}\n\n{two}',
    "fence": lambda one, two: f"~~~ {one}\n{one}\n\n\n{two}\n~~~\n{two}",
    "code": lambda one, two: f"## {one}\n\n    {two}\n\n    code",
    "term": lambda one, two: f"{one}\n: {two}",
    "rule": lambda one, two: f"{one}\n* * *\n{two}",
    "definitions": lambda one, two: (
        f"[r{one}]: https://example.org/{one}\n*[{two}]: {one}\n\n{one}"
    ),
    "note": lambda one, two: f"[^n{one}]: {one}\n\n    {two}\n\n{two} word[^n{one}]",
}
DOUBLED = {"figure": "two", "fence": "two", "definitions": "one", "note": "two"}
"""Kinds in which a word stands more than once: the last is the one that a block begins with."""


@given(st.lists(st.tuples(st.sampled_from(sorted(KINDS)), st.integers(1, 3)), max_size=14))
def test_each_block_is_found_on_the_line_of_its_first_word(kinds: list[tuple[str, int]]) -> None:
    body, expected = "", {}
    for number, (kind, gap) in enumerate(kinds):
        one, two = f"one{number}x", f"two{number}x"
        block = KINDS[kind](one, two).split("\n")
        line = BODY_LINE + body.count("\n")
        for word in (one, two):
            numbers = [n for n, text in enumerate(block) if word in text]
            last = DOUBLED.get(kind, "") == word[:3]
            expected[word] = line + numbers[-1 if last else 0]
        if kind == "definitions":
            del expected[two]
        elif kind == "note":
            del expected[one]
        body += "\n".join(block) + "\n" * (gap + 1)
    found = lines_of_words(read(body))
    assert {word: line for word, line in found.items() if word[:3] in ("one", "two")} == expected

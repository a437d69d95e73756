"""Nothing that an author wrote is lost, doubled or moved on its way into the model."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.reading import NBSP, paragraph, read, text_of, words_of

Words = Iterator[int]
"""Words with different numbers, which grow in reading order."""
Draft = Callable[[Words], str]
"""Makes a piece of Markdown of the next words."""


def word(form: str) -> Draft:
    return lambda words: form.format(next(words))


def wrapped(marks: tuple[str, str], inside: Draft) -> Draft:
    return lambda words: marks[0] + inside(words) + marks[1]


def side_by_side(parts: Sequence[Draft], between: str) -> Draft:
    return lambda words: between.join(part(words) for part in parts)


FORMS = ["w{}", "é{}", "港{}", "が{}", "부{}", "ǎ{}", "→{}", "😀{}", "`w{}`", r"\*w{}\_", "a_b{}_c"]
MARKS = [
    ("*", "*"),
    ("**", "**"),
    ("_", "_"),
    ('"', '"'),
    ("'", "'"),
    ("(", ")"),
    ("--", "---"),
    ("[", "](https://example.org/a_b)"),
    ("[", "]{lang=ja}"),
    ("[", "]{.x}"),
    ("[", "][ref]"),
]
INLINE = st.recursive(
    st.sampled_from(FORMS).map(word),
    lambda inside: st.one_of(
        st.builds(wrapped, st.sampled_from(MARKS), inside),
        st.builds(
            side_by_side, st.lists(inside, min_size=2, max_size=4), st.sampled_from(["", " "])
        ),
    ),
    max_leaves=8,
)


def lines(first: str, others: str = "", between: str = "\n") -> Callable[[Sequence[Draft]], Draft]:
    """Return what makes a block of lines: the first after one prefix, the others after another."""

    def block(parts: Sequence[Draft]) -> Draft:
        return lambda words: between.join(
            (others if number else first) + part(words) for number, part in enumerate(parts)
        )

    return block


def table(parts: Sequence[Draft]) -> Draft:
    def make(words: Words) -> str:
        caption = f"Table: c{next(words)} {{unit='u{next(words)}' source="
        rows = [f"| {part(words)} | d{next(words)} |" for part in parts]
        return "\n".join([rows[0], "|---|---|", *rows[1:], "", f"{caption}'s{next(words)}'}}"])

    return make


def figure(parts: Sequence[Draft]) -> Draft:
    return lambda words: (
        f"![{' '.join(part(words) for part in parts)}](images/a.png)"
        f"{{alt=x credit='[c{next(words)}](https://example.org)'}}"
    )


def fence(_parts: Sequence[Draft]) -> Draft:
    return lambda words: f"~~~\n*w{next(words)}*\n\n\n    | w{next(words)} |\n~~~"


BLOCKS = [
    lines(""),
    lines("", between="\n\n"),
    lines("- ", "- "),
    lines("1. ", "2. "),
    lines("- ", "  - "),
    lines("- ", "    ", between="\n\n"),
    lines("> ", "> "),
    lines("> - ", "> - "),
    lines("## "),
    lines("", ": "),
    table,
    figure,
    fence,
]


def block(make: Callable[[Sequence[Draft]], Draft], parts: Sequence[Draft]) -> Draft:
    return make(parts)


ARTICLES = st.lists(
    st.builds(block, st.sampled_from(BLOCKS), st.lists(INLINE, min_size=1, max_size=4)),
    min_size=1,
    max_size=5,
)


@pytest.mark.slow
@given(ARTICLES)
def test_every_word_is_in_the_model_once_and_in_order(blocks: list[Draft]) -> None:
    words = itertools.count(1)
    body = "\n\n".join([*(block(words) for block in blocks), "[ref]: https://example.org/"])
    printed = " ".join(words_of(read(body).whole))
    assert re.findall(r"\d+", printed) == [str(number) for number in range(1, next(words))], body


TEXT = st.text("ab éǎ→港が부😀,;!?—…’“”\u0301\u00ad", min_size=1, max_size=60)


@given(TEXT)
def test_plain_text_is_printed_as_it_is(text: str) -> None:
    printed = unicodedata.normalize("NFC", text_of(read(f"x {text}").html))
    assert printed.split() == unicodedata.normalize("NFC", f"x {text}").split()


@given(st.lists(st.sampled_from(["one", "*two*", "`x`", "港"]), min_size=1, max_size=6))
def test_spaces_stay_between_words(words: list[str]) -> None:
    printed = text_of(paragraph(" ".join(["a", *words, "b"]))).replace(NBSP, " ")
    assert printed == " ".join(["a", *(one.strip("*`") for one in words), "b"])

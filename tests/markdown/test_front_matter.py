"""Front matter: what an article says about itself, and every mistake in it."""

from __future__ import annotations

import pytest

from tests.markdown.reading import read_file

WHOLE = """\
---
title: "Ports *and* straits"
kicker: Law
standfirst: >-
  One sentence,
  on two lines.
authors:
  - A Desk
  - name: "*B* Author"
    bio: Writes about 港.
    url: https://example.org/b
    orcid: 0000-0002-1825-0097
takeaway: It pays.
summary: For *metadata*.
language: en-GB
sources: [https://example.org/1, https://example.org/2]
max_words: 500
---
Text.
"""


def test_an_article_with_everything() -> None:
    reading = read_file(WHOLE)
    assert not reading.problems, reading.messages
    article = reading.whole
    assert (article.id, article.path, article.language) == ("a1", "articles/a.md", "en-GB")
    assert article.title.html == "Ports <em>and</em> straits"
    assert article.title.text == "Ports and straits"
    assert article.kicker.text == "Law"
    assert article.standfirst.text == "One sentence, on two lines."
    assert [author.name.text for author in article.authors] == ["A Desk", "B Author"]
    assert article.authors[1].bio.text == "Writes about 港."
    assert article.authors[1].url == "https://example.org/b"
    assert article.authors[1].orcid == "0000-0002-1825-0097"
    assert article.takeaway.text == "It pays."
    assert article.summary == "For *metadata*."
    assert article.sources == ("https://example.org/1", "https://example.org/2")
    places = article.places
    assert [places[name].line for name in ("a1", "a1-title", "a1-kicker", "a1-takeaway")] == [
        2,
        2,
        3,
        13,
    ]


@pytest.mark.parametrize("authors", ["A Desk", "[A Desk]", "{name: A Desk}", "\n  - A Desk"])
def test_ways_to_name_an_author(authors: str) -> None:
    article = read_file(f"---\ntitle: T\nauthors: {authors}\n---\nText.").whole
    assert [author.name.text for author in article.authors] == ["A Desk"]


@pytest.mark.parametrize(
    "value", ["no", "1:30", "012", "2026-11-25", "1e3", "~", "null", "0x1F", "3.10", "Off"]
)
def test_a_value_stays_what_the_author_wrote(value: str) -> None:
    assert read_file(f"---\ntitle: {value}\nauthors: A\n---\nText.").whole.title.text == value


def test_the_standfirst_stands_for_a_summary() -> None:
    article = read_file("---\ntitle: T\nauthors: A\nstandfirst: It *is*.\n---\nText.").whole
    assert article.summary == "It is."
    assert read_file("---\ntitle: T\nauthors: A\n---\nText.").whole.summary == ""


@pytest.mark.parametrize("end", ["---", "...", "--- "])
def test_ways_to_end_it(end: str) -> None:
    assert read_file(f"---\ntitle: T\nauthors: A\n{end}\nText.").lines == [5]


def test_a_rule_in_the_text_does_not_end_it_twice() -> None:
    assert read_file("---\ntitle: T\nauthors: A\n---\nOne.\n\n---\n\nTwo.").lines == [5, 7, 9]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", (0, 0, "error", "article-empty")),
        ("  \n\n", (0, 0, "error", "article-empty")),
        ("Text.", (1, 1, "error", "front-matter-missing")),
        ("\n---\ntitle: T\n---\nText.", (1, 1, "error", "front-matter-missing")),
        ("title: T\nauthors: A\n\nText.", (1, 1, "error", "front-matter-missing")),
        ("---\ntitle: T\nauthors: A\n\nText.", (1, 1, "error", "front-matter-open")),
        ("---", (1, 1, "error", "front-matter-open")),
        ("---\n---\nText.", (2, 0, "error", "setting-missing")),
        ("---\n- title\n---\nText.", (2, 1, "error", "yaml-not-a-mapping")),
        ("---\ntitle: A: B\nauthors: A\n---\nText.", (2, 9, "error", "yaml-syntax")),
        ("---\ntitle: T\n\tauthors: A\n---\nText.", (3, 1, "error", "yaml-syntax")),
        ("---\ntitle: T\nauthor: A\n---\nText.", (3, 1, "error", "setting-unknown")),
        ("---\ntitle: T\ntitle: U\nauthors: A\n---\nText.", (3, 1, "error", "duplicate-key")),
        ("---\ntitle: [a]\nauthors: A\n---\nText.", (2, 8, "error", "setting-invalid")),
        ("---\ntitle: ' '\nauthors: A\n---\nText.", (2, 8, "error", "setting-invalid")),
        ("---\ntitle: T\nauthors: []\n---\nText.", (3, 10, "error", "setting-invalid")),
        ("---\ntitle: T\nauthors: [{bio: b}]\n---\nText.", (3, 11, "error", "setting-missing")),
        (
            "---\ntitle: T\nauthors: A\nlanguage: English\n---\nText.",
            (4, 11, "error", "setting-invalid"),
        ),
        (
            "---\ntitle: T\nauthors: A\nsources: [x.org]\n---\nText.",
            (4, 11, "error", "setting-invalid"),
        ),
        (
            "---\ntitle: T\nauthors: A\nmax_words: many\n---\nText.",
            (4, 12, "error", "setting-invalid"),
        ),
        (
            "---\ntitle: T\nauthors: [{name: A, orcid: 1-2}]\n---\nText.",
            (3, 28, "error", "setting-invalid"),
        ),
    ],
)
def test_mistakes_are_reported_at_their_places(
    text: str, problem: tuple[int, int, str, str]
) -> None:
    reading = read_file(text)
    assert problem in reading.problems, reading.problems
    assert reading.article is None or reading.problems == [problem]


def test_every_mistake_is_reported_at_once() -> None:
    reading = read_file("---\ntitel: T\nlanguage: English\nmax_words: 0\n---\nText.")
    assert reading.codes.count("setting-missing") == 2
    assert reading.codes.count("setting-unknown") == 1
    assert reading.codes.count("setting-invalid") == 2
    assert "did you mean title?" in reading.messages


def test_a_title_is_one_paragraph_whatever_it_looks_like() -> None:
    text = '---\ntitle: "1. # - > *No* list"\nauthors: A\n---\nText.'
    assert read_file(text).whole.title.html == "1. # - &gt; <em>No</em> list"


def test_a_text_that_is_too_long_is_reported() -> None:
    text = "---\ntitle: T\nauthors: A\nmax_words: 3\n---\nOne two three *four*."
    reading = read_file(text)
    assert reading.problems == [(4, 12, "warning", "article-long")]
    assert "4 words; its limit is 3" in reading.messages
    assert not read_file(text.replace(" *four*", "")).problems

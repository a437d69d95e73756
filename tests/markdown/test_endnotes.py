"""Endnotes: numbered by their first calls, linked both ways, every mistake at its place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.markdown.reading import NBSP, Reading, problems, read, read_file, text_of


def calls(reading: Reading) -> list[tuple[str, int]]:
    """Return the id and the number of each call in the order of reading."""
    markup = []
    for block in reading.whole.blocks:
        parts = [
            getattr(block, part, "") for part in ("caption", "credit", "unit", "html", "source")
        ]
        markup += [str(getattr(part, "html", part)) for part in parts]
    found = re.findall(
        r'<a class="call" id="([^"]+)" href="#a1-note-(\d+)">(\d+)</a>', "".join(markup)
    )
    assert all(target == shown for _, target, shown in found)
    return [(name, int(number)) for name, number, _ in found]


def test_notes_are_numbered_by_their_first_calls() -> None:
    reading = read("One.[^b] Two.[^a]\n\nThree.[^c]\n\n[^a]: A.\n[^b]: B.\n[^c]: C.")
    assert not reading.problems
    assert [(note.number, note.html) for note in reading.notes] == [(1, "B."), (2, "A."), (3, "C.")]
    assert calls(reading) == [("a1-call-1", 1), ("a1-call-2", 2), ("a1-call-3", 3)]
    assert [note.id for note in reading.notes] == ["a1-note-1", "a1-note-2", "a1-note-3"]


def test_calls_are_counted_across_every_kind_of_block_as_a_reader_meets_them() -> None:
    body = (
        "Text.[^p]\n\n- item[^l]\n    - nested[^m]\n\n> quoted[^q]\n\n"
        '![Caption[^f]](images/a.png){credit="Credit[^g]" alt="x"}\n\n'
        "| head[^h] | b |\n|---|---|\n| cell[^c] | d |\n\n"
        'Table: words[^t] {source="source[^s]" unit="unit[^u]"}\n\nterm[^x]\n: meaning[^y]\n\n'
    )
    names = "plmqfgtuhcsxy"
    definitions = "\n".join(f"[^{name}]: Note {name}." for name in sorted(names))
    reading = read(body + definitions)
    assert not reading.problems
    assert [note.html for note in reading.notes] == [f"Note {name}." for name in names]
    assert [number for _, number in calls(reading)] == list(range(1, len(names) + 1))


def test_a_note_called_twice_leads_back_to_both_calls() -> None:
    reading = read("One.[^a] Two.[^b] Three.[^a]\n\n[^a]: A.\n[^b]: B.")
    assert not reading.problems
    assert reading.notes[0].calls == ("a1-call-1", "a1-call-1-2")
    assert calls(reading) == [("a1-call-1", 1), ("a1-call-2", 2), ("a1-call-1-2", 1)]


def test_a_note_keeps_markup_links_and_characters() -> None:
    reading = read(
        "Text.[^a]\n\n[^a]: See *Nature*, [the act](https://example.org/) and 海上保安廳, <https://b.org>."
    )
    assert not reading.problems
    assert reading.notes[0].html == (
        'See <em>Nature</em>, <a href="https://example.org/">the act</a> and '
        '<span class="cjk" lang="zh-Hant">海上保安廳</span>, '
        '<a href="https://b.org" class="address">https://b.org</a>.'
    )


def test_a_note_may_have_several_lines_and_paragraphs() -> None:
    reading = read(
        "T.[^a][^b]\n\n[^a]: One\ntwo.\n\n    Three\n    four.\n\n    Five.\n[^b]: Six.\n\nEnd."
    )
    assert not reading.problems
    assert [note.html for note in reading.notes] == ["One two.<br>Three four.<br>Five.", "Six."]
    assert text_of(reading.html) == "T.\nEnd."


def test_a_note_may_begin_on_the_line_after_its_name() -> None:
    assert read("T.[^a]\n\n[^a]:\n    One.").notes[0].html == "One."


@pytest.mark.parametrize(
    "after",
    [
        "## Section",
        "> Quoted.",
        "- item",
        "| a | b |\n|---|---|",
        "***",
        "![x](images/a.png)",
        "```\nx\n```",
    ],
)
def test_a_note_ends_where_another_block_begins(after: str) -> None:
    reading = read(f"T.[^a]\n\n[^a]: Note.\n{after}")
    assert reading.notes[0].html == "Note."
    assert len(reading.whole.blocks) == 2


def test_abbreviations_and_references_may_follow_a_note_at_once() -> None:
    reading = read("TEU, [x][r].[^a]\n\n[^a]: Note.\n*[TEU]: unit\n[r]: https://example.org")
    assert not reading.problems
    assert reading.notes[0].html == "Note."
    assert '<abbr title="unit">TEU</abbr>, <a href="https://example.org">x</a>' in reading.html


def test_definitions_may_stand_anywhere() -> None:
    reading = read("[^a]: A.\n\nOne.[^a]\n[^b]: B.\n\nTwo.[^b]\n\nThree.")
    assert not reading.problems
    assert text_of(reading.html) == "One.\nTwo.\nThree."


def test_names_may_be_words_of_any_script() -> None:
    reading = read("T.[^海-1][^B_2]\n\n[^海-1]: A.\n[^B_2]: B.")
    assert not reading.problems
    assert len(reading.notes) == 2


def bound(text: str) -> str:
    """Return a paragraph's HTML, its calls shortened."""
    markup = read(f"{text}\n\n[^a]: A.\n\n[^b]: B.").html
    return re.sub(r'<a class="call"[^>]*>(\d)</a>', r"[\1]", markup).replace(
        'span class="bound"', "n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("word[^a] x[^b]", "<p>wor<n>d[1]</span> <n>x[2]</span></p>"),
        ("word.[^a]", "<p>word<n>.[1]</span></p>"),
        ("word [^a] x", "<p>wor<n>d[1]</span> x</p>"),
        ("word\n[^a] x", "<p>wor<n>d[1]</span> x</p>"),
        (f"word{NBSP}[^a] x", "<p>wor<n>d[1]</span> x</p>"),
        ("word[^a][^b]", "<p>wor<n>d[1][2]</span></p>"),
        ("word[^a] [^b]", "<p>wor<n>d[1][2]</span></p>"),
        ("*word*[^a]", "<p><em>word</em><n>[1]</span></p>"),
        ("*word* [^a]", "<p><em>word</em><n>[1]</span></p>"),
        ("*word[^a]* x", "<p><em>wor<n>d[1]</span></em> x</p>"),
        ("cafe\u0301[^a]", "<p>caf<n>e\u0301[1]</span></p>"),
        ("[^a] x[^b]", "<p><n>[1]</span> <n>x[2]</span></p>"),
    ],
)
def test_a_call_never_leaves_the_word_before_it(text: str, expected: str) -> None:
    assert bound(text).replace("é", "e\u0301") == expected


def test_an_undefined_note_is_reported_with_the_name_most_like_it() -> None:
    reading = read(
        "Text,[^b] and\nmore.[^coast-gaurd]\n\n[^b]: B.[^coast-guard]\n[^coast-guard]: C."
    )
    assert (6, 6, "error", "endnote-undefined") in reading.problems
    assert "did you mean coast-guard?" in reading.messages
    assert "[^coast-gaurd]" in reading.html


def test_each_undefined_call_has_its_own_place() -> None:
    body = "A[^x] b[^x]\nc[^x].\n\n- d[^y]\n\n| a | b |\n|---|---|\n| c | d[^x] |\n\nTable: t[^z]"
    assert problems(body) == [
        (5, 2, "error", "endnote-undefined"),
        (5, 8, "error", "endnote-undefined"),
        (6, 2, "error", "endnote-undefined"),
        (8, 4, "error", "endnote-undefined"),
        (12, 8, "error", "endnote-undefined"),
        (14, 9, "error", "endnote-undefined"),
    ]


def test_a_hint_tells_how_to_define_a_note() -> None:
    assert "add a line `[^x]: …`" in read("Text.[^x]").messages


def test_a_note_never_called_is_reported() -> None:
    reading = read("Text.\n\n  [^a]: Unused.")
    assert reading.problems == [(7, 3, "warning", "endnote-unused")]
    assert reading.notes == ()


def test_a_note_defined_twice_is_reported_with_its_first_line() -> None:
    reading = read("Text.[^a]\n\n[^a]: One.\n\n[^a]: Two.")
    assert reading.problems == [(9, 1, "error", "endnote-duplicate")]
    assert "first on line 7" in reading.messages
    assert reading.notes[0].html == "One."


@pytest.mark.parametrize("after", ["", "\n\nText.", "\n\n    \n\nText."])
def test_a_note_that_says_nothing_is_reported(after: str) -> None:
    assert problems(f"Text.[^a]\n\n[^a]:{after}") == [(7, 1, "error", "endnote-empty")]


@pytest.mark.parametrize("key", ["title", "standfirst", "kicker", "takeaway"])
def test_a_call_in_the_head_is_misplaced(key: str) -> None:
    lines = {"title": "T", "authors": "A", key: "Words[^a] here"}
    head = "\n".join(f"{name}: {value}" for name, value in lines.items())
    reading = read_file(f"---\n{head}\n---\nText.[^a]\n\n[^a]: A.")
    line = list(lines).index(key) + 2
    column = len(key) + len(": Words") + 1
    assert reading.problems == [(line, column, "error", "endnote-misplaced")]
    assert f"the {key} cannot call the note `a`" in reading.messages


def test_a_call_in_a_bio_is_misplaced() -> None:
    head = "title: T\nauthors:\n  - name: A\n    bio: >-\n      Writes\n      much.[^a]\n"
    reading = read_file(f"---\n{head}---\nText.[^a]\n\n[^a]: A.")
    assert reading.problems == [(7, 12, "error", "endnote-misplaced")]


def test_a_call_in_another_note_is_misplaced() -> None:
    body = "Text.[^a][^b]\n\n[^a]: One,\n    two.\n\n    Three.[^b]\n[^b]: B."
    assert problems(body) == [(10, 11, "error", "endnote-misplaced")]


def test_what_looks_like_a_note_in_code_is_code() -> None:
    reading = read("`[^a]` and\n\n```\n[^a]: one\n[^b]\n```\n\n    [^c]: two")
    assert not reading.problems
    assert reading.notes == ()
    assert "[^a]: one\n[^b]" in reading.html


def test_an_escaped_call_is_text() -> None:
    assert read(r"Text \[^a].").html == "<p>Text [^a].</p>"


@given(st.lists(st.sampled_from("abcde"), min_size=1, max_size=12), st.permutations("abcde"))
def test_numbers_follow_first_calls_whatever_the_order_of_definitions(
    called: list[str], defined: list[str]
) -> None:
    text = "\n\n".join(f"Word[^{name}]" for name in called)
    reading = read(text + "\n\n" + "\n".join(f"[^{name}]: Note {name}." for name in defined))
    firsts = list(dict.fromkeys(called))
    assert [note.html for note in reading.notes] == [f"Note {name}." for name in firsts]
    assert [number for _, number in calls(reading)] == [firsts.index(name) + 1 for name in called]
    assert [name for name, _ in calls(reading)] == sorted(
        (name for note in reading.notes for name in note.calls),
        key=[name for name, _ in calls(reading)].index,
    )

"""Headings: two levels below the title, and the diagnostics of any other."""

from __future__ import annotations

import pytest

from tests.markdown.reading import problems, prose, read


def test_sections_and_their_parts_are_two_levels_below_the_title() -> None:
    assert prose("## Ports\n\nText.\n\n### Berths\n\nMore.") == (
        "<h3>Ports</h3>\n<p>Text.</p>\n<h4>Berths</h4>\n<p>More.</p>"
    )


@pytest.mark.parametrize(
    "body", ["## Ports\nText.", "Ports\n-----\nText.", "## Ports ##\nText.", "  ## Ports\nText."]
)
def test_a_heading_needs_no_empty_line_after_it(body: str) -> None:
    assert prose(body) == "<h3>Ports</h3>\n<p>Text.</p>"


def test_a_heading_needs_no_empty_line_before_it() -> None:
    assert prose("Text\n## Ports\n- item\n## Straits") == (
        "<p>Text</p>\n<h3>Ports</h3>\n<ul><li>item</li></ul>\n<h3>Straits</h3>"
    )


@pytest.mark.parametrize("text", ["#1 in the world", "#hashtag", "####### seven"])
def test_a_number_sign_without_a_space_begins_no_heading(text: str) -> None:
    assert prose(text) == f"<p>{text}</p>"


def test_a_heading_may_end_with_a_number_sign_of_its_own() -> None:
    assert prose("## In C#") == "<h3>In C#</h3>"


def test_a_heading_keeps_its_markup() -> None:
    assert prose("## The *Rover* and `x`") == "<h3>The <em>Rover</em> and <code>x</code></h3>"


def test_a_heading_on_the_titles_level_is_reported_and_becomes_a_section() -> None:
    reading = read("Text.\n\n# Ports\n\n### Berths")
    assert reading.problems == [(7, 3, "warning", "heading-level")]
    assert "begin sections with ##" in reading.messages
    assert reading.html == "<p>Text.</p>\n<h3>Ports</h3>\n<h4>Berths</h4>"


@pytest.mark.parametrize("marks", ["####", "#####", "######"])
def test_a_third_level_is_an_error(marks: str) -> None:
    reading = read(f"## One\n\n### Two\n\n{marks} Three")
    assert reading.problems == [(9, len(marks) + 2, "error", "heading-deep")]
    assert "there is no third level" in reading.messages


def test_a_part_without_a_section_is_reported_and_becomes_a_section() -> None:
    reading = read("### Berths\n\n### Cranes\n\n## Ports\n\n### Quays")
    assert reading.problems == [(5, 5, "warning", "heading-jump")]
    assert reading.html == "<h3>Berths</h3>\n<h4>Cranes</h4>\n<h3>Ports</h3>\n<h4>Quays</h4>"


def test_a_heading_that_says_nothing_is_an_error_on_its_line() -> None:
    assert problems("Text.\n\nSection\n-------\n\n##\n\nText.") == [
        (10, 0, "error", "heading-empty")
    ]


def test_words_that_stand_twice_are_reported_where_they_are_a_heading() -> None:
    assert problems("Ports matter.\n\n# Ports\n\n# Ports") == [
        (7, 3, "warning", "heading-level"),
        (9, 3, "warning", "heading-level"),
    ]


def test_a_note_called_in_a_heading_is_numbered_and_leaves_the_words_alone() -> None:
    reading = read("## Ports[^a]\n\n[^a]: Note.")
    assert not reading.problems
    assert reading.notes[0].calls == ("a1-call-1",)
    assert "Port<span" in reading.html

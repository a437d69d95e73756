"""Links: those that lead somewhere, and the diagnostics of others."""

from __future__ import annotations

import pytest

from tests.markdown.reading import paragraph, problems, prose, read, text_of


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("[x](http://example.org)", "http://example.org"),
        ("[x](https://example.org/a?b=1&c=2#d)", "https://example.org/a?b=1&amp;c=2#d"),
        ("[x](https://example.org/?a=1&amp;b=2)", "https://example.org/?a=1&amp;b=2"),
        ("[x](https://example.org/?a=1&copy=2)", "https://example.org/?a=1&amp;copy=2"),
        ("[x](HTTPS://Example.org)", "HTTPS://Example.org"),
        ("[x](https://en.example.org/wiki/Port_(sea))", "https://en.example.org/wiki/Port_(sea)"),
        ("[x](<https://example.org/a(b>)", "https://example.org/a(b"),
        ("[x]( https://example.org )", "https://example.org"),
        ('[x](https://example.org "A title")', "https://example.org"),
        (r"[x](https://example.org/a\_b)", "https://example.org/a_b"),
        ("[x](https://example.org/港)", "https://example.org/港"),
        ("[x](mailto:desk@example.org)", "mailto:desk@example.org"),
        ("[x](mailto:desk@example.org?subject=Port)", "mailto:desk@example.org?subject=Port"),
    ],
)
def test_links_that_survive(typed: str, target: str) -> None:
    assert paragraph(typed) == f'<a href="{target}">x</a>'


@pytest.mark.parametrize(
    ("typed", "target", "shown"),
    [
        ("<https://example.org/a>", "https://example.org/a", "https://example.org/a"),
        ("<desk@example.org>", "mailto:desk@example.org", "desk@example.org"),
        ("https://example.org/a_b_c", "https://example.org/a_b_c", "https://example.org/a_b_c"),
        ("[https://b.org](https://b.org)", "https://b.org", "https://b.org"),
    ],
)
def test_an_address_that_is_printed_is_marked_as_one(typed: str, target: str, shown: str) -> None:
    assert paragraph(f"See {typed}") == f'See <a href="{target}" class="address">{shown}</a>'


def test_the_marks_of_a_sentence_are_no_part_of_an_address() -> None:
    link = '<a href="https://example.org/a" class="address">https://example.org/a</a>'
    assert paragraph(
        '(https://example.org/a), *https://example.org/a*; "https://example.org/a".'
    ) == (f"({link}), <em>{link}</em>; “{link}”.")


def test_words_in_a_link_keep_their_markup() -> None:
    assert paragraph("[The *act* of `1977`](https://example.org)") == (
        '<a href="https://example.org">The <em>act</em> of <code>1977</code></a>'
    )


def test_references_are_links() -> None:
    assert prose('[One][a], [a][], [A].\n\n[a]: https://example.org "Title"') == (
        '<p><a href="https://example.org">One</a>, <a href="https://example.org">a</a>, '
        '<a href="https://example.org">A</a>.</p>'
    )


REFERENCES = "\n\n[kobe]: https://k.example\n[Busan]: <https://b.example> 'Title'"
KOBE, BUSAN = (
    f'<a href="https://{name.lower()[0]}.example">{name}</a>' for name in ("Kobe", "Busan")
)


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("[Kobe] [Busan]", f"{KOBE} {BUSAN}"),
        ("[Kobe]\n[Busan]", f"{KOBE} {BUSAN}"),
        ("[Kobe][], [Busan][]", f"{KOBE}, {BUSAN}"),
        ("[Kobe][kobe][Busan]", f"{KOBE}{BUSAN}"),
        ("[Busan][BUSAN] [unknown]", f"{BUSAN} [unknown]"),
    ],
)
def test_references_side_by_side_are_links_of_their_own(text: str, markup: str) -> None:
    assert paragraph(text + REFERENCES) == markup


@pytest.mark.parametrize(
    "definitions",
    [
        "[a]: https://e.example",
        "  [A]: <https://e.example>  ",
        "[a]:\n  https://e.example\n  (A title)",
        '[a]: https://e.example\n"A title"',
        "> [a]: https://e.example",
        "- item\n\n    [a]: https://e.example",
        "- item\n[a]: https://e.example\n- item",
    ],
)
def test_a_definition_stands_anywhere_and_is_not_printed(definitions: str) -> None:
    reading = read(f"[a]\n\n{definitions}")
    assert not reading.problems
    assert reading.html.startswith('<p><a href="https://e.example">a</a></p>')
    assert reading.html.count("e.example") == 1
    assert "title" not in reading.html


@pytest.mark.parametrize(
    "text",
    ["[Smith]: No.", "[Smith]: Yes", "[a]: see there", "[a]: https://e.example and more", "*[a]:"],
)
def test_what_only_looks_like_a_definition_is_text(text: str) -> None:
    assert text_of(prose(text)) == text


def test_definitions_in_code_are_code() -> None:
    body = "[a]\n\n    [a]: https://e.example\n    *[TEU]: b"
    assert prose(body).endswith("<code>[a]: https://e.example\n*[TEU]: b</code></pre>")


def test_a_link_leads_to_a_heading_that_bears_its_name() -> None:
    assert prose("[Up](#ports) and [down](#港)\n\n## Ports {#ports}\n\n## 港 {#港}").startswith(
        '<p><a href="#a1-at-ports">Up</a> and <a href="#a1-at-港">down</a></p>\n'
        '<h3 id="a1-at-ports">Ports</h3>\n<h3 id="a1-at-港">'
    )


def test_a_link_leads_to_a_figure_a_table_a_paragraph_and_words() -> None:
    reading = read(
        "[f](#fig) [t](#tab) [p](#par) [w](#words)\n\n![x](images/a.png){#fig alt=x}\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\nTable: t {#tab}\n\n"
        "Text.\n{#par}\n\nSome [words]{#words}."
    )
    assert not reading.problems
    assert reading.figures[0].id == "a1-at-fig"
    assert reading.tables[0].id == "a1-at-tab"
    assert 'id="a1-at-tab"' in reading.tables[0].html
    for name in ("fig", "tab", "par", "words"):
        assert f'href="#a1-at-{name}"' in reading.html
    assert '<p id="a1-at-par">Text.</p>' in reading.html
    assert '<span id="a1-at-words">words</span>' in reading.html


def test_a_note_and_the_head_may_lead_into_the_text() -> None:
    reading = read(
        "## Ports {#ports}\n\nText.[^a]\n\n[^a]: See [above](#ports).",
        head='standfirst: "[Below](#ports)"\n',
    )
    assert not reading.problems
    assert reading.notes[0].html == 'See <a href="#a1-at-ports">above</a>.'
    assert reading.whole.standfirst.html == '<a href="#a1-at-ports">Below</a>'


def test_an_authors_name_is_never_taken_for_one_of_ours() -> None:
    reading = read("T.[^a]\n\n## N {#notes}\n\n## M {#note-1}\n\n## O {#title}\n\n[^a]: A.")
    assert not reading.problems
    places = reading.whole.places
    assert places["a1-note-1"].line == 13
    assert places["a1-at-note-1"].line == 9


def test_a_name_given_twice_is_reported() -> None:
    assert problems("## A {#a}\n\n## B {#a}\n\n[x](#a)") == [(7, 7, "warning", "id-duplicate")]


def test_a_name_that_nothing_bears_is_reported_with_the_one_most_like_it() -> None:
    reading = read("See [x](#portz).\n\n## Ports {#ports}")
    assert reading.problems == [(5, 9, "error", "link-target")]
    assert "did you mean ports?" in reading.messages
    assert reading.html.startswith("<p>See <span>x</span>.</p>")


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://example.org",
        "tel:123",
        "//example.org/x",
        "page.md",
        "../page.md",
        "/page",
        "?q",
        "#",
        "#nothing",
        "https://",
        "https:///x",
        "http:x",
        "https://[x",
        "mailto:",
        "mailto:nobody",
        "x" * 300,
        "https://example.org/" + "x" * 2000,
    ],
)
def test_links_that_do_not_survive(target: str) -> None:
    reading = read(f"One [two]({target}) three.")
    assert reading.problems == [(5, 11, "error", "link-target")]
    assert reading.html == "<p>One <span>two</span> three.</p>"


@pytest.mark.parametrize("typed", ["[two]()", "[two](<>)", "[two]( )"])
def test_a_link_to_nowhere_is_reported(typed: str) -> None:
    assert problems(f"One {typed}.") == [(5, 5, "error", "link-target")]


def test_a_link_without_words_is_reported() -> None:
    reading = read("One [](https://example.org) two.")
    assert reading.problems == [(5, 8, "error", "link-target")]
    assert "has no words" in reading.messages


def test_an_address_with_a_space_is_reported() -> None:
    reading = read("[x](<https://example.org/a b>)")
    assert reading.problems == [(5, 6, "error", "link-target")]
    assert "%20" in reading.messages


def test_each_bad_link_has_its_own_place() -> None:
    body = "[a](x) [b](x) [c](https://x.org/x)\n[d](x) words\n\n- [e](x)\n- [f](y)"
    assert problems(body) == [
        (5, 5, "error", "link-target"),
        (5, 12, "error", "link-target"),
        (6, 5, "error", "link-target"),
        (8, 7, "error", "link-target"),
        (9, 7, "error", "link-target"),
    ]


def test_a_bad_reference_is_reported_where_it_is_used() -> None:
    assert problems("One\ntwo [three][a].\n\n[a]: javascript:x") == [(6, 5, "error", "link-target")]


def test_a_reference_that_is_not_defined_is_reported() -> None:
    reading = read("One [two][nope] three, [sic], a[1].")
    assert reading.problems == [(5, 5, "warning", "link-undefined")]
    assert reading.html == "<p>One [two][nope] three, [sic], a[1].</p>"


def test_an_attribute_cannot_change_a_target() -> None:
    reading = read("[x](https://example.org){href=javascript:alert(1)}")
    assert "javascript" not in reading.html
    assert reading.codes


def test_links_in_captions_cells_and_the_head_are_checked() -> None:
    reading = read(
        '![[a](x)](images/a.png){alt=x credit="[b](y)"}\n\n| [c](z) | d |\n|---|---|\n| e | f |',
        head='title: "[d](u)"\n'.replace("title", "kicker"),
    )
    assert reading.codes == ["link-target"] * 4
    assert [line for line, *_ in reading.problems] == [4, 6, 6, 8]


def test_an_image_among_words_is_reported() -> None:
    reading = read("Words ![one](images/a.png) and\n![two](images/b.png).")
    assert reading.problems == [(5, 14, "error", "image-inline"), (6, 8, "error", "image-inline")]
    assert "a line of its own" in reading.messages

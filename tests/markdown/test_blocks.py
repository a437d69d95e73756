"""Paragraphs, lists, quotations, terms, rules, code and what is not Markdown."""

from __future__ import annotations

import html
import re

import pytest

from tests.markdown.reading import paragraph, problems, prose, read, text_of


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("* a\n* b", "<ul><li>a</li><li>b</li></ul>"),
        ("+ a\n+ b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1. a\n1. b", "<ol><li>a</li><li>b</li></ol>"),
        ("1) a\n2) b", "<ol><li>a</li><li>b</li></ol>"),
        ("Text:\n1) a", "<p>Text:</p>\n<ol><li>a</li></ol>"),
        ("(as in\n7) a", "<p>(as in 7) a</p>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("1976\\. A year.", "<p>1976. A year.</p>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n  b\n- c\nd", "<ul><li>a b</li><li>c d</li></ul>"),
        ("- *a* [b](https://b.org)", '<ul><li><em>a</em> <a href="https://b.org">b</a></li></ul>'),
        ("-\n- b", "<ul><li></li><li>b</li></ul>"),
    ],
)
def test_lists(body: str, expected: str) -> None:
    assert prose(body) == expected


NESTED = "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"


@pytest.mark.parametrize(
    "body",
    [
        "- a\n  - b\n    - c\n- d",
        "- a\n    - b\n        - c\n- d",
        "* a\n\t* b\n\t\t* c\n* d",
        "-   a\n    -   b\n        -   c\n-   d",
        "  - a\n    - b\n      - c\n  - d",
    ],
)
def test_lists_nest_as_deeply_as_they_look(body: str) -> None:
    assert prose(body) == NESTED


@pytest.mark.parametrize(
    ("body", "tag"),
    [
        ("1. a\n\n   - b\n   - c\n2. d\n", "ol"),
        ("- a\n\n  - b\n  - c\n- d\n", "ul"),
        ("- a\n    - b\n\n    - c\n- d\n", "ul"),
    ],
)
def test_an_item_below_a_list_that_stands_apart_ends_it(body: str, tag: str) -> None:
    assert re.sub("</?p>", "", prose(body)) == (
        f"<{tag}><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></{tag}>"
    )


@pytest.mark.parametrize("indent", ["   ", "    "])
def test_bullets_in_a_numbered_list(indent: str) -> None:
    assert prose(f"1. a\n{indent}- b\n{indent}- c\n2. d") == (
        "<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>"
    )


@pytest.mark.parametrize("indent", ["  ", "    "])
def test_an_item_of_several_paragraphs(indent: str) -> None:
    assert prose(f"- a\n\n{indent}b\n\n{indent}> c\n- d") == (
        "<ul><li><p>a</p><p>b</p><blockquote><p>c</p></blockquote></li><li><p>d</p></li></ul>"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Text:\n- a\n- b", "<p>Text:</p>\n<ul><li>a</li><li>b</li></ul>"),
        ("Text:\n1. a\n2. b", "<p>Text:</p>\n<ol><li>a</li><li>b</li></ol>"),
        ("It was in\n1976. Then", "<p>It was in 1976. Then</p>"),
        ("- a\n1. b", "<ul><li>a</li></ul>\n<ol><li>b</li></ol>"),
        ("- a\n\nText", "<ul><li>a</li></ul>\n<p>Text</p>"),
        ("- a\n***\n- b", "<ul><li>a</li></ul>\n<hr>\n<ul><li>b</li></ul>"),
        ("- a\n> b", "<ul><li>a</li></ul>\n<blockquote><p>b</p></blockquote>"),
        ("> a\n- b", "<blockquote><p>a</p></blockquote>\n<ul><li>b</li></ul>"),
    ],
)
def test_lists_beside_other_blocks(body: str, expected: str) -> None:
    assert prose(body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("> a\n> b", "<p>a b</p>"),
        ("> a\nb", "<p>a b</p>"),
        ("> a\n>\n> b\n>\n> c", "<p>a</p><p>b</p><p>c</p>"),
        ("> *a*\n>\n> - b\n> - c", "<p><em>a</em></p><ul><li>b</li><li>c</li></ul>"),
        ("> a\n> - b\n>   - c", "<p>a</p><ul><li>b<ul><li>c</li></ul></li></ul>"),
        ("> a\n> > b", "<p>a</p><blockquote><p>b</p></blockquote>"),
        (">a\n>\n>b", "<p>a</p><p>b</p>"),
        ("> ## a\n> b", "<h3>a</h3><p>b</p>"),
        ("> ```\n> a\n>\n> b\n> ```\n> c", "<pre><code>a\n\nb</code></pre><p>c</p>"),
        ("> a\n\n> b", "<p>a</p><p>b</p>"),
    ],
)
def test_quotations(body: str, expected: str) -> None:
    assert prose(body) == f"<blockquote>{expected}</blockquote>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a\n: b", "<dt>a</dt><dd>b</dd>"),
        ("a\n:   b\n:   c", "<dt>a</dt><dd>b</dd><dd>c</dd>"),
        ("a\nb\n: c", "<dt>a</dt><dt>b</dt><dd>c</dd>"),
        ("a\n: b\nc\n: d", "<dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd>"),
        ("a\n: b\n\nc\n: d", "<dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd>"),
        ("a\n\n: b\n\n    c", "<dt>a</dt><dd><p>b</p><p>c</p></dd>"),
        ("*a*\n: [b](https://b.org)", '<dt><em>a</em></dt><dd><a href="https://b.org">b</a></dd>'),
    ],
)
def test_terms_and_their_meanings(body: str, expected: str) -> None:
    assert prose(body) == f"<dl>{expected}</dl>"


@pytest.mark.parametrize("rule", ["***", "* * *", "---", "- - -", "___", "_ _ _", "*****", "  ***"])
@pytest.mark.parametrize("around", ["{}", "Text.\n\n{}\n\nMore."])
def test_rules(rule: str, around: str) -> None:
    body = around.format(rule)
    assert prose(body) == around.format("<hr>").replace("\n\n", "\n").replace(
        "Text.", "<p>Text.</p>"
    ).replace("More.", "<p>More.</p>")


@pytest.mark.parametrize("end", ["  ", "    ", "\\"])
def test_a_line_broken_by_the_author(end: str) -> None:
    assert paragraph(f"one{end}\n*two*{end}\nthree") == "one<br><em>two</em><br>three"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("*a* _b_ **c** __d__", "<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong>"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("*a `b*` c*", "<em>a <code>b*</code> c</em>"),
        ("``a ` b``", "<code>a ` b</code>"),
        ("a ` b", "a ` b"),
        ('`a & <b> "c"`', '<code>a &amp; &lt;b&gt; "c"</code>'),
        (r"\*a\* \_b\_ \`c\` \[d\] \<e\> \&amp;", "*a* _b_ `c` [d] &lt;e&gt; &amp;amp;"),
        (r"a \\ b", r"a \ b"),
        (
            "&copy; &eacute; &#8364; &#x20AC; &amp; AT&T &nosuch;",
            "© é € € &amp; AT&amp;T &amp;nosuch;",
        ),
        ("a < b, a<b and b > a, <3", "a &lt; b, a&lt;b and b &gt; a, &lt;3"),
        ("a <name> and <x y>", "a &lt;name&gt; and &lt;x y&gt;"),
        ("{not a list} and *a* {b}", "{not a list} and <em>a</em> {b}"),
        ("*a*{see b} and [c]{d}", "<em>a</em>{see b} and [c]{d}"),
    ],
)
def test_inline_markup(typed: str, printed: str) -> None:
    assert paragraph(typed) == printed


@pytest.mark.parametrize("entity", ["&#0;", "&#xD800;", "&#x110000;", "&#2;", "&#99999999999;"])
def test_entities_of_no_character(entity: str) -> None:
    assert text_of(paragraph(f"a{entity}b")) in ("a\ufffdb", "ab")


def test_strong_emphasis() -> None:
    assert paragraph("***a*** and **_b_**") == (
        "<strong><em>a</em></strong> and <strong><em>b</em></strong>"
    )


def test_abbreviations_are_marked_as_whole_words_everywhere_but_in_code() -> None:
    reading = read(
        "TEU, TEUs, *TEU*, `TEU`.[^n]\n\n## TEU\n\n| TEU | b |\n|---|---|\n| c | d |\n\n"
        "*[TEU]: twenty-foot equivalent unit\n\n[^n]: TEU.",
        head="standfirst: TEU\n",
    )
    assert not reading.problems
    mark = '<abbr title="twenty-foot equivalent unit">TEU</abbr>'
    assert reading.html.startswith(f"<p>{mark}, TEUs, <em>{mark}</em>, <code>TEU</code>")
    assert f"<h3>{mark}</h3>" in reading.html
    assert mark in reading.tables[0].html
    assert reading.notes[0].html == f"{mark}."
    assert reading.whole.standfirst.html == mark
    assert reading.whole.standfirst.text == "TEU"


@pytest.mark.parametrize("fence", ["```", "~~~", "`````", "```text", "~~~ {.x}"])
def test_code_between_fences(fence: str) -> None:
    end = fence.rstrip("tex {.}")
    code = "a\n\n[^1]: b\n\n| c | d |\n|---|---|\n## e\n- f\n\n\n    g\n<b>&amp;"
    assert prose(f"Before\n{fence}\n{code}\n{end}\nafter") == (
        "<p>Before</p>\n<pre><code>"
        + code.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        + "</code></pre>\n<p>after</p>"
    )


def test_a_longer_fence_may_hold_a_shorter_one() -> None:
    assert prose("````\n```\na\n```\n````") == "<pre><code>```\na\n```</code></pre>"


@pytest.mark.parametrize("indent", ["  ", "    "])
def test_code_in_an_item(indent: str) -> None:
    body = f"- a\n\n{indent}```\n{indent}b\n\n{indent}  c\n{indent}```\n\n{indent}d\n- e"
    assert prose(body) == (
        "<ul><li><p>a</p><pre><code>b\n\n  c</code></pre><p>d</p></li><li><p>e</p></li></ul>"
    )


def test_code_right_after_the_words_of_an_item() -> None:
    assert prose("- a\n  ```\n  b\n  ```\n- c") == (
        "<ul><li>a<pre><code>b</code></pre></li><li>c</li></ul>"
    )


def test_two_blocks_of_code_stay_two() -> None:
    assert prose("```\na\n```\n\n\n```\nb\n```\n\n    c\n\n    d") == (
        "<pre><code>a</code></pre>\n<pre><code>b</code></pre>\n<pre><code>c\n\nd</code></pre>"
    )


def test_backticks_within_a_line_are_no_fence() -> None:
    assert prose("```a``` b") == "<p><code>a</code> b</p>"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("Text.\n\n```\ncode\n\n## no heading", (7, 1)),
        ("- a\n\n    ~~~\n    b", (7, 5)),
        ("> ```\n> a\n\nText.", (5, 3)),
        ("````\na\n```", (5, 1)),
    ],
)
def test_a_fence_left_open_is_reported(body: str, place: tuple[int, int]) -> None:
    reading = read(body)
    assert reading.problems == [(*place, "error", "fence-unclosed")]
    assert "no heading" not in body or "## no heading</code>" in reading.html


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("One <b>two</b>.", [(5, 5), (5, 11)]),
        ("One <b>two</b>\nand <b>three</b>.", [(5, 5), (5, 11), (6, 5), (6, 13)]),
        ("<div>\n\nText.\n\n</div>", [(5, 1), (9, 1)]),
        ('<a onclick="x()">y</a>', [(5, 1), (5, 19)]),
        ("<img src=x onerror=alert(1)>", [(5, 1)]),
        ("<IMG\nSRC=x>", [(5, 1)]),
        ("One <br> two<br/>three<hr />", [(5, 5), (5, 13), (5, 23)]),
        ("<script>alert(1)</script>", [(5, 1), (5, 17)]),
        ("<style>p { color: red }</style>", [(5, 1), (5, 24)]),
        ("<!DOCTYPE html> <?php x ?> <my-element>", [(5, 1), (5, 17), (5, 28)]),
        ("> <b>", [(5, 3)]),
        ("- a\n- <b>", [(6, 3)]),
        ("| <b> | c |\n|---|---|\n| d | <i> |", [(5, 3), (7, 7)]),
    ],
)
def test_html_is_reported_at_its_place_and_printed_as_it_stands(
    body: str, places: list[tuple[int, int]]
) -> None:
    reading = read(body)
    assert reading.problems == [(*place, "warning", "raw-html") for place in places]
    markup = reading.html + "".join(table.html for table in reading.tables)
    assert set(re.findall(r"<(\w+)", markup)) <= set(
        "p ul li blockquote table thead tbody tr th td".split()
    )
    for tag in re.findall(r"<[^>\n]+>", body):
        assert html.escape(tag, quote=False) in markup


@pytest.mark.parametrize(
    ("body", "markup"),
    [
        ("One <!-- two --> three", "<p>One three</p>"),
        ("One<!-- two -->three", "<p>Onethree</p>"),
        ("One <!-- two -->\nthree", "<p>One three</p>"),
        ("One  <!-- no break -->\nthree", "<p>One three</p>"),
        ("One\n<!-- two -->\nthree", "<p>One three</p>"),
        ("One <!-- a\n\n## b\n\n- c --> two", "<p>One two</p>"),
        ("<!-- one\ntwo -->\n\nthree", "<p>three</p>"),
        ("<!-- one -- two --- three -->four <!--> <!---> <!-- *five -->", "<p>four</p>"),
        ("- one\n<!-- two -->\n- three", "<ul><li>one</li><li>three</li></ul>"),
        ("> one\n> <!-- two -->\n> three", "<blockquote><p>one three</p></blockquote>"),
        ("## One <!-- two -->\n\nthree", "<h3>One</h3>\n<p>three</p>"),
        ("`<!-- one -->` two", "<p><code>&lt;!-- one --&gt;</code> two</p>"),
        ("`one <!-- two` three -->", "<p><code>one &lt;!-- two</code> three –&gt;</p>"),
        ("~~~\n<!-- one -->\n~~~", "<pre><code>&lt;!-- one --&gt;</code></pre>"),
        ("    <!-- one -->", "<pre><code>&lt;!-- one --&gt;</code></pre>"),
        ("One\n    <!-- two -->\nthree", "<p>One three</p>"),
        (r"\<!-- one -->", "<p>&lt;!– one –&gt;</p>"),
        ("One[^n].\n\n[^n]: Two <!-- three -->\n<!-- four -->\nfive", None),
    ],
)
def test_comments_are_not_printed(body: str, markup: str | None) -> None:
    reading = read(body)
    assert not reading.problems, reading.messages
    if markup is not None:
        assert reading.html == markup
    else:
        assert [note.html for note in reading.notes] == ["Two five"]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("One <!-- two\n\n*three*", (5, 5)),
        ("One\n\ntwo `<!--` <!-- three -- >", (7, 12)),
        ("<!-- one --> two <!-- three", (5, 18)),
    ],
)
def test_a_comment_without_an_end_is_reported_and_loses_nothing(
    body: str, place: tuple[int, int]
) -> None:
    reading = read(body)
    assert reading.problems == [(*place, "error", "comment-unclosed")]
    assert "three" in reading.html


def test_comments_in_the_front_matter_are_not_printed() -> None:
    reading = read("Text.", head='kicker: "One <!-- two --> three"\n')
    assert not reading.problems
    assert reading.whole.kicker.text == "One three"


def test_html_keeps_its_quotes_and_dashes() -> None:
    assert read('<a title="b -- c">').html == '<p>&lt;a title="b -- c"&gt;</p>'


def test_html_in_code_is_code() -> None:
    assert not problems("`<b>` and\n\n```\n<script>\n```\n\n    <i>")


def test_html_in_titles_captions_and_notes_is_reported() -> None:
    reading = read(
        "T.[^a]\n\n![<b>c](images/a.png){alt=x}\n\n[^a]: Note <i>x.", head="kicker: A <u>b\n"
    )
    assert reading.problems == [
        (4, 11, "warning", "raw-html"),
        (8, 3, "warning", "raw-html"),
        (10, 12, "warning", "raw-html"),
    ]
    assert reading.notes[0].html == "Note &lt;i&gt;x."
    assert reading.whole.kicker.html == "A &lt;u&gt;b"


def test_attributes_that_stay() -> None:
    assert prose(
        "## A {#a .b lang=fr}\n\nC *d*{.e} [f]{lang=de .g}\n{.h #i}\n\n- j\n{.k}\n\n"
        "[l](https://l.org){.m}"
    ) == (
        '<h3 id="a1-at-a" class="b" lang="fr">A</h3>\n'
        '<p class="h" id="a1-at-i">C <em class="e">d</em> <span lang="de" class="g">f</span></p>\n'
        '<ul><li class="k">j</li></ul>\n<p><a href="https://l.org" class="m">l</a></p>'
    )


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ('A *b*{style="color: red"} c.', [(5, 7)]),
        ("A *b*{onclick=x .y} *c*{onclick=z}", [(5, 7), (5, 25)]),
        ("Text\n{data-grid=column}", [(6, 2)]),
        ("Text\n{href=x}", [(6, 2)]),
        ("## A {lang=1}", [(5, 7)]),
        ("A *b*{.call}", [(5, 7)]),
        ("A *b*{.1x .ok}", [(5, 7)]),
        ("A *b*{#1}", [(5, 7)]),
        ("1. a\n{start=x}", [(6, 2)]),
        ("| a {colspan=2} | b |\n|---|---|\n| c | d |", [(5, 6)]),
    ],
)
def test_attributes_that_are_refused_are_reported(body: str, places: list[tuple[int, int]]) -> None:
    reading = read(body)
    assert reading.problems == [(*place, "warning", "attribute-unknown") for place in places]
    for name in ("style", "onclick", "data-", "href=", "colspan", '"call"', "start="):
        assert name not in reading.html


def test_a_second_pair_of_braces_does_not_disturb_the_first() -> None:
    assert paragraph("*a*{.b} c {d} e {f} g") == '<em class="b">a</em> c {d} e {f} g'


def test_an_article_without_text_is_reported() -> None:
    assert problems("") == [(5, 0, "error", "article-empty")]
    assert problems("\n\n[a]: https://example.org\n") == [(5, 0, "error", "article-empty")]


def test_words_are_counted_without_calls() -> None:
    reading = read("## Two words\n\nAnd *three* more.[^a]\n\n- One\n\n[^a]: Not these.")
    assert reading.whole.words == 6

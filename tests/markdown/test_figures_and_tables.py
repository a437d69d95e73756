"""Figures and tables: their parts, and the diagnostics of missing or wrong parts."""

from __future__ import annotations

import re

import pytest

from tests.markdown.reading import problems, read
from typeset.model import Figure, Table


def figure(text: str) -> Figure:
    reading = read(text)
    assert not reading.problems, reading.messages
    (one,) = reading.figures
    return one


def table(text: str) -> Table:
    reading = read(text)
    assert not reading.problems, reading.messages
    (one,) = reading.tables
    return one


def rows(of: Table) -> list[list[str]]:
    """Return the cells of a table, row by row, as HTML."""
    return [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
        for row in re.findall(r"<tr[^>]*>(.*?)</tr>", of.html)
    ]


def test_a_figure_with_everything() -> None:
    one = figure(
        "![A *caption* with a [link](https://example.org).](images/a.png)"
        '{credit="By *us*, [1977](https://b.org)" alt="What it shows." width=wide #one}'
    )
    assert one.image.path == "images/a.png"
    assert one.caption.html == ('A <em>caption</em> with a <a href="https://example.org">link</a>.')
    assert one.caption.text == "A caption with a link."
    assert one.credit.html == 'By <em>us</em>, <a href="https://b.org">1977</a>'
    assert (one.alt, one.width, one.id) == ("What it shows.", "wide", "a1-at-one")


def test_a_figure_without_more_than_an_alternative_text() -> None:
    one = figure('![](images/a.png){alt="What it shows."}')
    assert not one.caption
    assert not one.credit
    assert one.width == "column"


@pytest.mark.parametrize(
    ("caption", "text"),
    [
        ("A [bracket] in it", "A [bracket] in it"),
        (r"An \] escaped \[ bracket", "An ] escaped [ bracket"),
        ("A [[nested] bracket](https://example.org)", "A [nested] bracket"),
        ("Over\ntwo lines", "Over two lines"),
        ("The harbor (in 1977)", "The harbor (in 1977)"),
        ("The `code` and **more**", "The code and more"),
        ("[津軽]{lang=ja}", "津軽"),
    ],
)
def test_captions(caption: str, text: str) -> None:
    assert figure(f"![{caption}](images/a.png){{alt=x}}").caption.text == text


def test_a_caption_may_call_a_note() -> None:
    reading = read("![Caption.[^a]](images/a.png){alt=x}\n\n[^a]: Note.")
    assert not reading.problems
    assert reading.figures[0].caption.text == "Caption."
    assert reading.notes[0].calls == ("a1-call-1",)


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("images/a_(1).png", "images/a_(1).png"),
        ("<images/a b.png>", "images/a b.png"),
        ("  images/a.png  ", "images/a.png"),
        ("../shared/a.png", "../shared/a.png"),
    ],
)
def test_paths(path: str, found: str) -> None:
    assert figure(f"![x]({path}){{alt=x}}").image.path == found


@pytest.mark.parametrize(
    "attributes",
    [
        "{alt='x' credit='y'}",
        '{: alt="x" credit="y" }',
        '{alt="x"\ncredit="y"}',
        '\n{alt="x" credit="y"}',
        "  {alt=x credit=y}",
    ],
)
def test_ways_to_write_attributes(attributes: str) -> None:
    one = figure(f"![z](images/a.png){attributes}")
    assert (one.alt, one.credit.text) == ("x", "y")


def test_values_may_hold_braces_quotes_and_ends_of_lines() -> None:
    one = figure('![z](images/a.png){alt="a {b} \\"c\\" d\ne" credit="It\'s {x}"}')
    assert (one.alt, one.credit.text) == ("a {b} “c” d e", "It’s {x}")


def test_a_missing_alternative_text_is_reported_and_the_caption_stands_for_it() -> None:
    reading = read("Text.\n\n![The *harbor*](images/a.png)")
    assert reading.problems == [(7, 0, "warning", "figure-alt")]
    assert reading.figures[0].alt == "The harbor"


def test_a_figure_that_says_nothing_at_all_is_an_error() -> None:
    assert problems("![](images/a.png)") == [
        (5, 0, "warning", "figure-alt"),
        (5, 0, "error", "figure-undescribed"),
    ]


def test_attributes_that_mean_nothing_are_reported_at_their_places() -> None:
    reading = read('![x](images/a.png){alt=x\nstyle="color: red" onclick=x .big data-line=9}')
    assert reading.problems == [
        (6, 1, "warning", "attribute-unknown"),
        (6, 20, "warning", "attribute-unknown"),
        (6, 30, "warning", "attribute-unknown"),
        (6, 35, "warning", "attribute-unknown"),
    ]
    assert "a figure takes credit, alt, width, place and an #id" in reading.messages


def test_a_width_that_is_none_is_reported() -> None:
    reading = read("![x](images/a.png){alt=x width=50%}")
    assert reading.problems == [(5, 26, "error", "figure-width")]
    assert reading.figures[0].width == "column"


@pytest.mark.parametrize("place", ["here", "top", "bottom"])
def test_a_figure_or_table_may_ask_for_its_place(place: str) -> None:
    assert figure(f"![x](images/a.png){{alt=x place={place}}}").place == place
    assert table(f"| a | b |\n|---|---|\n| c | d |\nTable: t {{place={place}}}").place == place


def test_without_one_its_place_is_open() -> None:
    assert figure("![x](images/a.png){alt=x}").place is None
    assert table("| a | b |\n|---|---|\n| c | d |").place is None


@pytest.mark.parametrize("written", ["left", "Top", '""', "here,top"])
def test_a_place_that_is_none_is_told(written: str) -> None:
    reading = read(f"![x](images/a.png){{alt=x\nplace={written}}}")
    assert reading.problems == [(6, 1, "error", "figure-place")]
    assert reading.figures[0].place is None
    assert "write place=here, place=top or place=bottom" in reading.messages


@pytest.mark.parametrize(
    ("attributes", "column"),
    [
        ("{alt=“x” credit=“a b”}", 24),
        ('{alt="x" credit="y}', 19),
        ('{alt=x credit="a" credit="b"}', 37),
    ],
)
def test_attributes_that_cannot_be_read_are_reported(attributes: str, column: int) -> None:
    reading = read(f"![x](images/a.png){attributes}")
    assert (5, column, "error", "attribute-unreadable") in reading.problems
    assert "straight quotes" in reading.messages


def test_a_title_is_reported_since_it_would_not_be_printed() -> None:
    assert problems('![x](images/a.png "Title"){alt=x}')[0][2:] == ("warning", "attribute-unknown")


def test_a_missing_image_is_reported_at_its_figure_and_other_mistakes_too() -> None:
    assert problems("Text.\n\n![x](images/none.png){alt=x width=y}") == [
        (7, 0, "error", "image-missing"),
        (7, 29, "error", "figure-width"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Words ![x](images/a.png)",
        "![x](images/a.png) words",
        "![x](images/a.png) words {alt=x}.",
        "a ![x](images/a.png)\n![y](images/b.png) words",
        "- ![x](images/a.png)\n  words",
    ],
)
def test_an_image_beside_words_is_an_error(body: str) -> None:
    reading = read(body)
    assert set(reading.codes) == {"image-inline"}
    assert "words" not in body or "words" in reading.html.lower()


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("- item\n\n    ![x](images/a.png){alt=x}", 7),
        ("- item\n\n  ![x](images/a.png){alt=x}", 7),
        ("> ![x](images/a.png){alt=x}", 5),
        ("> quoted\n>\n> ![x](images/a.png){alt=x}", 7),
    ],
)
def test_a_figure_inside_another_block_is_an_error(body: str, line: int) -> None:
    assert problems(body) == [(line, 0, "error", "figure-nested")]


def test_a_table_with_everything() -> None:
    one = table(
        "| Strait | Width |\n|:---|---:|\n| Soya | 23 |\n"
        "| *Tsugaru* | [10](https://example.org) |\n\n"
        'Table: The *straits*, with a [link](https://b.org). {unit="US$ *billion*" '
        'source="Act, [1977](https://c.org)" width=wide}'
    )
    assert rows(one) == [
        ["Strait", "Width"],
        ["Soya", "23"],
        ["<em>Tsugaru</em>", '<a href="https://example.org">10</a>'],
    ]
    assert one.caption.html == 'The <em>straits</em>, with a <a href="https://b.org">link</a>.'
    assert one.unit.html == "US$ <em>billion</em>"
    assert one.source.html == 'Act, <a href="https://c.org">1977</a>'
    assert one.width == "wide"


def test_a_table_needs_no_caption() -> None:
    one = table("a | b\n--|--\nc | d")
    assert rows(one) == [["a", "b"], ["c", "d"]]
    assert not any((one.caption, one.unit, one.source))
    assert one.width == "column"


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n\n\n"])
def test_a_caption_may_follow_the_last_row_at_once(between: str) -> None:
    one = table(
        f"| a | b |\n|---|---|\n| c | d |{between}Table: Words\nof it. {{unit=TEU}}\n\nText."
    )
    assert (one.caption.text, one.unit.text) == ("Words of it.", "TEU")
    assert rows(one) == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize("before", ["Text\n", "- item\n", "## Section\n", "> Quoted\n"])
def test_a_table_needs_no_empty_line_before_it(before: str) -> None:
    assert rows(table(f"{before}| a | b |\n|---|---|\n| c | d |")) == [["a", "b"], ["c", "d"]]


def test_alignment() -> None:
    one = table("| a | b | c | d |\n|:--|:-:|--:|---|\n| e | f | g | h |")
    cells = re.findall(r'<t[hd]\b(?: class="([\w-]+)")?', one.html)
    assert cells == ["align-left", "align-center", "align-right", ""] * 2


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        (r"a \| b", "a | b"),
        ("`a | b`", "<code>a | b</code>"),
        (r"`a \| b`", "<code>a | b</code>"),
        ("``a ` | b``", "<code>a ` | b</code>"),
        ("a ` b", "a ` b"),
        ("", ""),
        ("**a**", "<strong>a</strong>"),
        ("a\\*b", "a*b"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_cells(cell: str, printed: str) -> None:
    one = read(f"| x | y |\n|---|---|\n| {cell} | d |").tables[0]
    assert rows(one)[1] == [printed, "d"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("| a |\n|---|\n| b |", [["a"], ["b"]]),
        ("| a |\n|---|\n| b |\nTable: t", [["a"], ["b"]]),
        ("a | b\n:-|-:\n c | d", [["a", "b"], ["c", "d"]]),
        ("| a | b\n| --- | ---\n| c | d", [["a", "b"], ["c", "d"]]),
        ("| a | b |\n|---|---|\n| | d |\n| c | |", [["a", "b"], ["", "d"], ["c", ""]]),
        ("a | b\n--|--\n- | d\n1. | e", [["a", "b"], ["-", "d"], ["1.", "e"]]),
        ("| a | b |\n|---|---|", [["a", "b"]]),
    ],
)
def test_ways_to_write_a_table(body: str, expected: list[list[str]]) -> None:
    assert rows(table(body)) == expected


def test_ragged_rows_are_reported_on_their_lines_and_lose_nothing() -> None:
    reading = read(
        "Text.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 |\n| 4 | 5 | 6 |\n| 7 | 8 |\n\n- x\n\n"
        "| c | d |\n|---|---|\n| 9 |\n\nTable: t"
    )
    assert reading.problems == [
        (10, 0, "warning", "table-ragged"),
        (11, 0, "error", "table-overfull"),
        (18, 0, "warning", "table-ragged"),
    ]
    assert "this row has 1 cells, the head has 2" in reading.messages
    assert r"write a bar within a cell as \|" in reading.messages
    assert rows(reading.tables[0]) == [
        ["a", "b"],
        ["1", "2"],
        ["3", ""],
        ["4", "5", "6"],
        ["7", "8"],
    ]


def test_a_head_that_does_not_match_its_rule_is_reported() -> None:
    reading = read("| a | b | c |\n|---|---|\n| 1 | 2 | 3 |")
    assert (5, 0, "error", "table-rule-cells") in reading.problems
    assert "the head of this table has 3 cells" in reading.messages


def test_rows_without_a_rule_are_reported() -> None:
    reading = read("Text.\n\n| a | b |\n| c | d |\n\n|x|")
    assert reading.problems == [(7, 1, "warning", "table-rule")]
    assert reading.html == "<p>Text.</p>\n<p>| a | b | | c | d |</p>\n<p>|x|</p>"


def test_a_caption_without_a_table_is_reported() -> None:
    assert problems("Text.\n\nTable: Words.\n\nText.") == [(7, 1, "error", "table-caption-alone")]
    assert problems("| a | b |\n|---|---|\n| c | d |\nTable: One.\n\nTable: Two.") == [
        (10, 1, "error", "table-caption-alone")
    ]


@pytest.mark.parametrize("caption", ["Table:", "Table: {}", "Table: {width=wide}"])
def test_a_caption_that_says_nothing_is_reported(caption: str) -> None:
    assert problems(f"| a | b |\n|---|---|\n| c | d |\n\n{caption}") == [
        (9, 0, "error", "table-caption")
    ]


def test_a_table_may_have_a_unit_and_a_source_but_no_caption() -> None:
    one = table(
        '| a | b |\n|---|---|\n| c | d |\nTable: {unit="US$ *billion*" source="[x](https://e.org)"}'
    )
    assert (one.caption.text, one.unit.text, one.source.text) == ("", "US$ billion", "x")


def test_attributes_of_a_caption_are_reported_at_their_places() -> None:
    assert problems(
        "| a | b |\n|---|---|\n| c | d |\n\nTable: t {credit=x width=y place=z .z}"
    ) == [
        (9, 11, "warning", "attribute-unknown"),
        (9, 20, "error", "figure-width"),
        (9, 28, "error", "figure-place"),
        (9, 36, "warning", "attribute-unknown"),
    ]


def test_braces_in_a_caption_that_are_no_attributes_are_text() -> None:
    assert table("| a | b |\n|---|---|\n| c | d |\n\nTable: The {set} of it.").caption.text == (
        "The {set} of it."
    )


@pytest.mark.parametrize("prefix", ["> ", "    "])
def test_a_table_inside_another_block_is_an_error(prefix: str) -> None:
    lines = ["| a | b |", "|---|---|", "| c | d |"]
    body = "- item\n\n" + "\n".join(prefix + line for line in lines)
    assert problems(body) == [(7, 0, "error", "table-nested")]


def test_words_of_figures_and_tables_do_not_count() -> None:
    reading = read(
        "Five words are in this.\n\n![Not these](images/a.png){alt=x}\n\n"
        "| nor | these |\n|---|---|\n| of | it |\n\nTable: Nor these.\n\n- And two"
    )
    assert reading.whole.words == 7


def test_two_tables_and_their_captions_do_not_mix() -> None:
    body = "\n\n".join(
        f"| a{n} | b |\n|---|---|\n| c | d |\n\nTable: Caption {n} {{source=s{n}}}" for n in (1, 2)
    )
    first, second = read(body).tables
    assert (first.caption.text, first.source.text) == ("Caption 1", "s1")
    assert (second.caption.text, second.source.text) == ("Caption 2", "s2")
    assert rows(second)[0] == ["a2", "b"]


IMAGE = "![Caption *one*](images/a.png){alt=x}"


@pytest.mark.parametrize(
    "body",
    [
        f"Before\n{IMAGE}\nafter",
        f"Before\n\n{IMAGE}\nafter",
        f"Before\n{IMAGE}\n\nafter",
        "Before\n![Caption\n*one*](images/a.png)\n{alt=x}\nafter",
        "Before\n![Caption *one*][A]{alt=x}\nafter\n\n[a]: images/a.png",
        "Before\n![Caption *one*](<images/a.png>)\n{alt=x}\nafter",
    ],
)
def test_an_image_on_lines_of_its_own_is_a_figure(body: str) -> None:
    reading = read(body)
    assert not reading.problems, reading.messages
    assert [figure.image.path for figure in reading.figures] == ["images/a.png"]
    assert reading.figures[0].caption.html.replace("\n", " ") == "Caption <em>one</em>"
    assert reading.html == "<p>Before</p>\n<p>after</p>"


def test_images_on_lines_of_their_own_are_figures_each() -> None:
    reading = read("## One\n![x](images/a.png)\n![y](images/b.png)\n- item\n![z](images/c.png)")
    assert [figure.image.path[7] for figure in reading.figures] == ["a", "b", "c"]
    assert reading.lines == [5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("image", "caption"),
    [("![Caption][Fig  one]", "Caption"), ("![Fig one][]", "Fig one"), ("![fig one]", "fig one")],
)
def test_an_image_may_name_its_file_elsewhere(image: str, caption: str) -> None:
    reading = read(f"{image}{{alt=x}}\n\n[fig one]: <images/a b.png>")
    assert not reading.problems, reading.messages
    assert [(one.image.path, one.caption.text) for one in reading.figures] == [
        ("images/a b.png", caption)
    ]


def test_an_image_that_is_not_defined_is_an_error() -> None:
    reading = read("![Caption][fig]{alt=x}\n\nWords ![caption][fig].")
    assert reading.problems == [
        (5, 0, "error", "image-undefined"),
        (7, 7, "error", "image-undefined"),
    ]
    assert "[fig]: images/" in reading.messages


def test_a_space_in_the_name_of_an_image_is_the_reason_given() -> None:
    reading = read('![Caption](images/a b.png){alt="x"}')
    assert reading.problems == [(5, 12, "error", "image-name")]
    assert "(<images/a b.png>)" in reading.messages


def test_a_caption_inside_a_quotation_is_reported() -> None:
    assert (5, 0, "error", "table-caption-nested") in read("> Table: Berths.").problems

"""Boxes, as WeasyPrint 70.0 makes them: each name of the adapter, and each attribute we read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from weasyprint.layout.absolute import AbsolutePlaceholder

from tests.layout.engine.rendering import one_of, render
from typeset.layout.engine import boxes
from typeset.layout.engine.boxes import (
    Box,
    LineBox,
    TextBox,
    blocks_in,
    children_of,
    is_generated,
    is_last,
    is_marker,
    lines_of,
    root_of,
    texts_of,
    walk,
)

WORDS = "The quay is open and the ships are in. " * 12


def root(body: str, css: str = "", page: int = 0) -> Any:
    return root_of(render(body, css).pages[page])


def said(box: Box) -> str:
    return "".join(one.text for one in walk(box) if isinstance(one, TextBox))


@dataclass(frozen=True)
class Kind:
    """A class of boxes: what makes one, and what is one."""

    name: str
    body: str
    css: str = ""
    tag: str | None = None
    """The tag of its element; those of a page have none."""


IMAGE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'/>"
TABLE = "<table><thead><tr><th>x<tbody><tr><td id=x>y</table>"
KINDS = [
    Kind("PageBox", "x"),
    Kind("MarginBox", "x", "@page { @top-left { content: 'head' } }"),
    Kind("BlockBox", "<p>x</p>", tag="p"),
    Kind("BlockContainerBox", "<b>x</b>", "b { display: inline-block }", "b"),
    Kind("LineBox", "<p>x</p>", tag="p"),
    Kind("InlineBox", "<p><b>x</b></p>", tag="b"),
    Kind("TextBox", "<p>x</p>", tag="p"),
    Kind("TableBox", TABLE, tag="table"),
    Kind("TableRowGroupBox", TABLE, tag="thead"),
    Kind("TableCellBox", TABLE, tag="td"),
    Kind("ReplacedBox", f'<img src="{IMAGE}">', tag="img"),
    Kind("BlockReplacedBox", f'<img src="{IMAGE}">', "img { display: block }", "img"),
]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_each_class_is_that_of_what_it_is_named_for(kind: Kind) -> None:
    class_ = getattr(boxes, kind.name)
    found = {box.element_tag for box in walk(root(kind.body, kind.css)) if isinstance(box, class_)}
    assert kind.tag in found
    assert "title" not in found


ABSOLUTE = "<p>before</p><div id=away>away <b>bold</b></div><p>after</p>"
AWAY = "#away { position: absolute; left: 100px; top: 50px; width: 80px }"


def test_what_was_taken_out_of_the_flow_leaves_a_placeholder() -> None:
    """It behaves like the box, but has another class, so a look at classes misses it."""
    body = root(ABSOLUTE, AWAY).children[0].children[0]
    (placeholder,) = [one for one in body.children if type(one) is AbsolutePlaceholder]
    assert placeholder.element.get("id") == "away"
    assert not isinstance(placeholder, Box)
    assert type(placeholder._box).__name__ == "BlockBox"


def test_a_placeholder_is_seen_through() -> None:
    whole = root(ABSOLUTE, AWAY)
    (away,) = [
        one
        for one in children_of(whole.children[0].children[0])
        if one.element is not None and one.element.get("id") == "away"
    ]
    assert isinstance(away, boxes.BlockBox)
    assert (away.position_x, away.position_y, away.width) == (120, 70, 80)
    assert said(whole) == "beforeaway boldafter"
    assert not [box for box in walk(whole) if type(box) is AbsolutePlaceholder]


def test_a_walk_is_in_the_order_of_the_document_and_meets_each_box_once() -> None:
    found = list(walk(root("<p>one <b>two</b> three</p><p>four</p>")))
    assert len(found) == len(set(map(id, found)))
    order = [box.element_tag for box in found if isinstance(box, LineBox | TextBox)]
    assert order == ["p", "p", "b", "p", "p", "p"]


def test_blocks_are_given_with_their_own_lines() -> None:
    document = render(f"<ul><li id=item>{WORDS}<p id=inner>Another.</p></li></ul>")
    item = one_of(document, "item", boxes.BlockBox)
    lines = [(block.element.get("id"), len(lines_of(block))) for block in blocks_in(item)]
    # What stands beside a block is set in one without a name.
    assert lines[0] == ("item", 0)
    assert lines[1][0] == "item"
    assert lines[1][1] > 3
    assert lines[2:] == [("inner", 1)]


def test_a_marker_beside_its_item_is_no_block_of_text() -> None:
    """It has its item's element, and its line would be taken for one of the item's."""
    document = render(f"<ul style='margin-left: 30px'><li id=item>{WORDS}</li></ul>")
    item = one_of(document, "item", boxes.BlockBox)
    markers = [box for box in walk(item) if is_marker(box) and isinstance(box, boxes.BlockBox)]
    assert [marker.element for marker in markers] == [item.element]
    assert lines_of(markers[0])
    assert markers[0] not in list(blocks_in(item))


@pytest.mark.parametrize(
    ("body", "css", "generated", "marker"),
    [
        ("<p id=x>text</p>", "", set(), set()),
        ("<p id=x>text</p>", "p::before { content: 'Note' }", {"Note"}, set()),
        ("<ol style='margin-left: 9px'><li id=x>text</ol>", "", {"1. "}, {"1. "}),
    ],
)
def test_what_styles_add_is_known_by_its_tag(
    body: str, css: str, generated: set[str], marker: set[str]
) -> None:
    texts = [box for box in walk(root(body, css)) if isinstance(box, TextBox)]
    assert {text.text for text in texts if is_generated(text)} == generated
    assert {text.text for text in texts if is_marker(text)} == marker
    assert "text" in {text.text for text in texts if not is_generated(text)}


def test_the_last_line_of_a_paragraph_is_known_on_whatever_page_it_is() -> None:
    document = render(f"<p id=x>{WORDS * 8}</p>")
    assert len(document.pages) > 1
    lines = [
        line
        for page in document.pages
        for block in blocks_in(root_of(page))
        for line in lines_of(block)
    ]
    assert [is_last(line) for line in lines] == [False] * (len(lines) - 1) + [True]


def test_the_texts_of_a_line_are_those_that_are_justified_with_it() -> None:
    body = "<p>one <b>two <i>three</i></b> <u style='display: inline-block'>apart</u></p>"
    line = next(box for box in walk(root(body)) if isinstance(box, LineBox))
    assert "".join(text.text for text in texts_of(line)).split() == ["one", "two", "three"]


def first(body: str, css: str, kind: type) -> Any:
    return one_of(render(body, css), "x", kind)


def reading(box: Any, name: str) -> object:
    """What a box says by an attribute, or by a method without arguments."""
    value = getattr(box, name)
    return value() if callable(value) else value


FRAMED = "margin: 1px 2px 3px 4px; border: 5px solid; padding: 6px; width: 50px; height: 30px"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("position_x", 20),
        ("position_y", 20),
        ("width", 50),
        ("height", 30),
        ("margin_bottom", 3),
        ("content_box_x", 20 + 4 + 5 + 6),
        ("content_box_y", 20 + 1 + 5 + 6),
        ("border_box_x", 20 + 4),
        ("border_box_y", 20 + 1),
        ("border_width", 50 + 2 * (5 + 6)),
        ("border_height", 30 + 2 * (5 + 6)),
        ("margin_width", 50 + 2 * (5 + 6) + 4 + 2),
        ("margin_height", 30 + 2 * (5 + 6) + 1 + 3),
        ("hit_area", (24, 21, 72, 52)),
    ],
)
def test_a_box_says_where_it_stands(name: str, expected: object) -> None:
    """Its place is that of its margins, its size that of its content."""
    assert reading(first(f"<p id=x style='{FRAMED}'>x", "", boxes.BlockBox), name) == expected


SPANNING = "<table><tr><td id=x colspan=3 rowspan=2>x<tr><td>y</table>"
NAMED = "<p id=x style='string-set: head \"Port\"'>x"


@pytest.mark.parametrize(
    ("body", "kind", "name", "expected"),
    [
        ("<b id=x style='margin-right: -3px'>x</b>", "InlineBox", "margin_right", -3),
        ("<p id=x>x", "LineBox", "height", 12),
        ("<p id=x>x", "BlockBox", "is_in_normal_flow", True),
        ("<p id=x style='float: left'>x", "BlockBox", "is_in_normal_flow", False),
        ("<p id=x>x", "BlockBox", "element_tag", "p"),
        (NAMED, "BlockBox", "string_set", [("head", "Port")]),
        (SPANNING, "TableCellBox", "colspan", 3),
        (SPANNING, "TableCellBox", "rowspan", 2),
        ("<table><thead id=x><tr><td>x</table>", "TableRowGroupBox", "is_header", True),
        ("<table><tbody id=x><tr><td>x</table>", "TableRowGroupBox", "is_header", False),
        ("<table id=x><tr><td>x</table>", "BlockBox", "is_table_wrapper", True),
        ("<p id=x>x", "BlockBox", "is_table_wrapper", False),
    ],
)
def test_a_box_says_what_it_is(body: str, kind: str, name: str, expected: object) -> None:
    assert reading(first(body, "", getattr(boxes, kind)), name) == expected


@pytest.mark.parametrize(
    ("css", "kind", "name", "value"),
    [
        ("text-align: justify", "BlockBox", "text_align_all", "justify"),
        ("opacity: .5", "BlockBox", "opacity", 0.5),
        ("position: absolute", "BlockBox", "position", "absolute"),
        ("hyphenate-character: '-'", "BlockBox", "hyphenate_character", "-"),
        ("list-style-type: square", "BlockBox", "list_style_type", "square"),
        ("color: red", "BlockBox", "lang", "en"),
        ("font-size: 14px", "TextBox", "font_size", 14),
        ("font-family: 'A', B", "TextBox", "font_family", ("A", "B")),
        ("visibility: hidden", "TextBox", "visibility", "hidden"),
        ("word-spacing: 2px", "TextBox", "word_spacing", 2),
    ],
)
def test_a_box_has_the_style_that_it_was_set_in(
    css: str, kind: str, name: str, value: object
) -> None:
    found = first("<p id=x>x", f"p {{ {css} }}", getattr(boxes, kind)).style[name]
    assert (tuple(found) if isinstance(found, list) else found) == value


def test_a_replaced_box_holds_its_picture_at_its_size() -> None:
    box = first(f'<img id=x src="{IMAGE}">', "", boxes.ReplacedBox)
    assert (box.width, box.height) == (40, 20)
    assert type(box.replacement).__name__ == "SVGImage"


def test_a_text_knows_its_baseline_from_its_own_top() -> None:
    whole = root("<p>small <b style='font-size: 20px; line-height: 0'>large</b></p>")
    small, large = (box for box in walk(whole) if isinstance(box, TextBox))
    assert small.position_y != large.position_y
    baselines = [box.position_y + box.baseline for box in (small, large)]
    assert baselines[0] == pytest.approx(baselines[1])
    assert 20 < baselines[0] < 32


def test_leader_dots_are_marked_as_such() -> None:
    document = render("<p id=x>x<b></b></p>", "b::after { content: leader('.') '9' }")
    assert {box.is_leader for box in walk(root_of(document.pages[0]))} == {False, True}


@pytest.mark.parametrize("name", [name for name in boxes.__all__ if name.endswith("Box")])
def test_every_class_of_the_adapter_is_held_here(name: str) -> None:
    assert name == "Box" or name in {kind.name for kind in KINDS}

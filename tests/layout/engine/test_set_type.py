"""Set type: what of a block is a leaf, where the block may be divided, and what its parts are."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pytest
from weasyprint import Document
from weasyprint.layout.absolute import AbsolutePlaceholder

from tests.layout.engine.rendering import LEFT, one_of, render, type_of, written
from typeset.layout.engine.boxes import (
    BlockBox,
    Box,
    TableBox,
    TableCellBox,
    TextBox,
    children_of,
    is_marker,
    root_of,
    walk,
)
from typeset.layout.engine.set_type import Type, page_with

LINE = 9.0
"""Points: as high as their lines."""
WORDS = "The quay is open and the ships are in. "
DIVISIBLE = "ul, ol { break-before: auto }"
"""By itself, the engine keeps a list with what stands above it."""
LINES = "".join(f"line {n}<br>" for n in range(8)) + "line 8"


def places(box: Box) -> list[tuple[str, float, float, float, float]]:
    """Where each box in a box stands, and how large it is."""
    return [
        (type(one).__name__, one.position_x, one.position_y, one.width, one.height)
        for one in walk(box)
    ]


def words(box: Box) -> str:
    return " ".join("".join(one.text for one in walk(box) if isinstance(one, TextBox)).split())


def page_of(parts: Sequence[Box], css: str = "") -> Document:
    """Return a page with type laid in its bed."""
    document = render("<div id=bed></div>", css)
    bed = one_of(document, "bed", BlockBox)
    return document.copy([page_with(document.pages[0], bed, parts)])


def dark_rows(document: Document, x: int = 25) -> set[int]:
    """The rows of a page's picture, in pixels, that are red at some place from the left."""
    data, _ = written(document)
    with pypdfium2.PdfDocument(data) as pdf:
        picture = pdf[0].render(scale=96 / 72).to_pil().convert("RGB")
    column = (picture.getpixel((x, y)) for y in range(picture.height))
    return {y for y, (red, green, _) in enumerate(column) if red - green > 100}


def divides(type_: Type) -> list[bool]:
    return [leaf.divides for leaf in type_.leaves]


# Leaves


def test_the_leaves_of_a_paragraph_are_its_lines() -> None:
    type_ = type_of(f"<p id=x>{LINES}")
    assert [leaf.top for leaf in type_.leaves] == pytest.approx([n * LINE for n in range(9)])
    assert [leaf.bottom for leaf in type_.leaves] == pytest.approx([n * LINE + 9 for n in range(9)])
    assert [leaf.number for leaf in type_.leaves] == [*range(9)]
    assert {leaf.paragraph for leaf in type_.leaves} == {type_.box.element}
    assert type_.height == pytest.approx(9 * LINE)
    assert type_.head_height == type_.table_width == 0


def test_a_block_begins_with_its_top_margin_and_knows_its_bottom_margin() -> None:
    type_ = type_of("<p id=x style='margin: 4px 0 12px; border-top: 8px solid'>line")
    (leaf,) = type_.leaves
    assert leaf.top == pytest.approx((4 + 8) * 0.75)
    assert (type_.height, type_.below) == pytest.approx((leaf.top + LINE, 9))


def test_lines_of_nested_lists_are_counted_by_their_paragraphs() -> None:
    type_ = type_of("<ul id=x><li>a<br>b<ol><li>c<li>d<br>e</ol><li>f</ul>")
    assert [leaf.number for leaf in type_.leaves] == [0, 1, 0, 0, 1, 0]
    assert [leaf.top for leaf in type_.leaves] == pytest.approx([n * LINE for n in range(6)])
    assert all(leaf.paragraph is not None for leaf in type_.leaves)


@pytest.mark.parametrize(
    "body",
    [
        "<div id=x><svg width=30 height=20></svg></div>",
        "<div id=x><div style='display: flex'><p>a</p><p>b</p></div></div>",
        "<div id=x><div style='display: grid'><p>a</p><p>b</p></div></div>",
    ],
)
def test_what_the_engine_never_divides_is_one_leaf(body: str) -> None:
    assert len(type_of(body).leaves) == 1


def test_what_stands_beside_the_flow_is_no_leaf() -> None:
    body = (
        f"<div id=x><p style='float: right'>side</p><p style='position: absolute'>away</p>{LINES}"
    )
    assert len(type_of(body).leaves) == 9


def test_rows_are_leaves_whole_and_those_of_the_head_are_known() -> None:
    body = "<table id=x><thead><tr><th>a<br>b</thead><tr><td>c<br>d<br>e<tr><td>f</table>"
    type_ = type_of(f"<div id=x>{body.replace(' id=x', '')}</div>", "table { border-spacing: 0 }")
    assert [leaf.is_head for leaf in type_.leaves] == [True, False, False]
    assert [leaf.paragraph for leaf in type_.leaves] == [None] * 3
    heights = [leaf.bottom - leaf.top for leaf in type_.leaves]
    assert heights == pytest.approx([type_.head_height, heights[1], heights[2]])
    assert heights[1] > heights[0] > heights[2]
    assert divides(type_) == [False, False, True]


def test_a_shift_relative_to_its_place_moves_no_leaf() -> None:
    body = f"<div id=x{{}}><p{{}}>{LINES}</p></div>"
    shift = " style='position: relative; {}: 3px'"
    plain = type_of(body.format("", ""))
    for side in ("top", "bottom"):
        shifted = type_of(body.format(shift.format(side), shift.format(side)))
        assert [leaf.top for leaf in shifted.leaves] == pytest.approx(
            [leaf.top for leaf in plain.leaves]
        )


@pytest.mark.parametrize(("text", "is_hyphen"), [("a-", True), ("a‐", True), ("a", False)])
def test_a_line_says_whether_it_ends_in_a_hyphen(text: str, is_hyphen: bool) -> None:
    first, last = type_of(f"<p id=x>{text}<br>b").leaves
    assert (first.ends_in_hyphen, last.ends_in_hyphen) == (is_hyphen, False)


def test_a_hyphen_that_the_engine_adds_counts() -> None:
    type_ = type_of("<p id=x lang=en style='hyphens: manual; width: 60px'>navi\u00adgational")
    assert [leaf.ends_in_hyphen for leaf in type_.leaves] == [True, False]


# Where it divides


@pytest.mark.parametrize(
    ("orphans", "widows", "expected"),
    [(1, 1, [1, 2, 3, 4]), (2, 2, [2, 3]), (3, 1, [3, 4]), (1, 4, [1]), (3, 3, [])],
)
def test_a_paragraph_keeps_its_orphans_and_widows(
    orphans: int, widows: int, expected: list[int]
) -> None:
    style = f"orphans: {orphans}; widows: {widows}"
    type_ = type_of(f"<p id=x style='{style}'>a<br>b<br>c<br>d<br>e")
    assert [n for n, may in enumerate(divides(type_)) if may] == expected


def test_blocks_divide_between_their_children() -> None:
    body = "<div id=x><p>a</p><p>b</p><ul><li>c<li>d</ul></div>"
    assert divides(type_of(body, DIVISIBLE)) == [False, True, True, True]


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("#x { break-inside: avoid }", [False] * 4),
        ("ul { break-inside: avoid }", [False, True, True, False]),
        (".b { break-before: avoid }", [False, False, True, True]),
        (".b { break-after: avoid-column }", [False, True, False, True]),
        ("div > ul { break-before: avoid-page }", [False, True, False, True]),
        ("li { break-after: avoid }", [False, True, True, False]),
    ],
)
def test_styles_keep_parts_together(css: str, expected: list[bool]) -> None:
    body = "<div id=x><p>a</p><p class=b>b</p><ul><li>c<li>d</ul></div>"
    assert divides(type_of(body, DIVISIBLE + css)) == expected


def test_an_item_keeps_its_orphans_before_a_list_in_it() -> None:
    """Its own lines alone are counted; between them and the list it may be divided."""
    style = "orphans: 2; widows: 2"
    body = f"<ul id=x style='{style}'><li>a<br>b<br>c<ol><li>d<br>e</ol></ul>"
    assert divides(type_of(body, DIVISIBLE)) == [False, False, False, True, False]


# Parts


ALL_KINDS = f"""
<ul id=x style='margin-left: 30px'><li>
<p style='background: #eee; border: 1px solid'>{WORDS * 6} <a href='#x'>x</a>
<i style='float: right'>side</i> <b style='position: absolute; top: 3px'>away</b></p>
<table style='width: 100%'><colgroup><col style='width: 30%'><col></colgroup>
<tr><td>one<td>two<tr><td>three<td>four</table></li></ul>
"""


def groups_of_columns(box: Box) -> list[Box]:
    tables = (one for one in walk(box) if isinstance(one, TableBox))
    return [group for table in tables for group in table.column_groups]


def test_a_whole_block_moves_with_all_in_it() -> None:
    """Floats, tables, markers, and what is placed by itself."""
    type_ = type_of(ALL_KINDS)
    before = places(type_.box)
    assert len({kind for kind, *_ in before}) >= 7
    part = type_.part(0, len(type_.leaves), 30, 60)
    for old, new in zip(before, places(part), strict=True):
        kind, left, top, width, height = old
        assert new[0] == kind
        assert new[1:] == pytest.approx((left + 40, top + 80, width, height))


@pytest.mark.parametrize("last", [3, None])
def test_parts_leave_the_type_as_it_was(last: int | None) -> None:
    """A block may stand in many plans before its pages are made."""
    type_ = type_of(ALL_KINDS)
    before = places(type_.box)
    groups = [group.position_x for group in groups_of_columns(type_.box)]
    decorated = [set(one.remove_decoration_sides) for one in walk(type_.box)]
    last = last or len(type_.leaves)
    first = type_.part(0, last, 100, 100)
    again = type_.part(0, last, 100, 100)
    assert places(first) == places(again)
    assert places(type_.box) == before
    assert [set(one.remove_decoration_sides) for one in walk(type_.box)] == decorated
    assert [group.position_x for group in groups_of_columns(type_.box)] == groups
    assert not {id(one) for one in walk(first)} & {id(one) for one in walk(type_.box)}


def test_groups_of_columns_move_once_with_their_table() -> None:
    """They are no children: a copy that shares them would move those of the type."""
    type_ = type_of(ALL_KINDS)
    part = type_.part(0, len(type_.leaves), 3, 0)
    pairs = zip(groups_of_columns(type_.box), groups_of_columns(part), strict=True)
    assert [new.position_x - old.position_x for old, new in pairs] == pytest.approx([4])


def test_what_is_placed_by_itself_is_copied_in_its_placeholder() -> None:
    type_ = type_of(ALL_KINDS)
    part = type_.part(0, len(type_.leaves), 0, 0)

    def placeholders(box: Box) -> list[AbsolutePlaceholder]:
        found = (child for one in walk(box) for child in one.children)
        return [child for child in found if isinstance(child, AbsolutePlaceholder)]

    assert len(placeholders(part)) == len(placeholders(type_.box)) > 0
    assert all(
        new._box is not old._box
        for old, new in zip(placeholders(type_.box), placeholders(part), strict=True)
    )


def test_a_part_has_its_lines_alone_and_begins_with_the_first() -> None:
    type_ = type_of(f"<p id=x style='border: 4px solid; padding: 4px'>{LINES}")
    part = type_.part(3, 6, 30, 90)
    assert words(part) == "line 3line 4line 5"
    assert [child.position_y * 0.75 for child in children_of(part)] == pytest.approx(
        [90, 90 + LINE, 90 + 2 * LINE]
    )
    assert part.position_x * 0.75 == pytest.approx(30)
    assert part.element is type_.box.element


def test_a_part_has_no_edge_where_it_was_cut() -> None:
    type_ = type_of(f"<div id=x style='border: 4px solid #c00; padding: 8px'>{LINES}</div>")
    end = len(type_.leaves)
    above, middle, below = (
        type_.part(first, last, LEFT * 0.75, 15) for first, last in ((0, 3), (3, 6), (6, end))
    )
    # In pixels: four of border, eight of padding, twelve a line.
    x = 200
    assert dark_rows(page_of([above]), x) == set(range(20, 24))
    assert dark_rows(page_of([middle]), x) == set()
    assert dark_rows(page_of([below]), x) == set(range(20 + 36 + 8, 20 + 36 + 12))


def test_the_ground_of_a_part_is_as_high_as_its_lines() -> None:
    type_ = type_of(f"<div id=x><p style='background: #c00'>{LINES}</p></div>")
    page = page_of([type_.part(3, 6, LEFT * 0.75, 75)])
    assert dark_rows(page, 200) == set(range(100, 100 + 36))


@pytest.mark.parametrize("item", ["<li>a<br>b<br>c<li>d", "<li><p>a<br>b<br>c</p><li><p>d</p>"])
def test_the_marker_of_an_item_stands_with_its_first_line_alone(item: str) -> None:
    type_ = type_of(f"<ul id=x style='margin-left: 30px; orphans: 1; widows: 1'>{item}</ul>")
    first, second, last = (type_.part(*ends, 0, 0) for ends in ((0, 2), (2, 4), (3, 4)))
    assert [words(part) for part in (first, second, last)] == ["• ab", "c• d", "• d"]
    (marker,) = (one for one in walk(second) if is_marker(one) and isinstance(one, BlockBox))
    item_box = children_of(second)[-1]
    assert marker.position_y == pytest.approx(item_box.position_y)


HEADED = (
    "<div id=x><table style='{}'><thead><tr><th>Head</thead>"
    + "".join(f"<tr><td>row {n}" for n in range(6))
    + "</table></div>"
)


@pytest.mark.parametrize("style", ["border-spacing: 0", "border-collapse: collapse"])
def test_a_table_goes_on_below_its_head(style: str) -> None:
    type_ = type_of(HEADED.format(style), "td, th { border: 2px solid; padding: 0 }")
    part = type_.part(3, 5, LEFT * 0.75, 90)
    assert words(part) == "Headrow 2row 3"
    cells = [one for one in walk(part) if isinstance(one, TableCellBox)]
    rows = [leaf.top for leaf in type_.leaves[3:5]]
    tops = [(cell.position_y * 0.75) for cell in cells]
    assert tops[0] == pytest.approx(90, abs=1)
    assert tops[1] == pytest.approx(90 + type_.head_height, abs=1)
    assert tops[2] - tops[1] == pytest.approx(rows[1] - rows[0])


def test_the_caption_of_a_table_is_not_set_again() -> None:
    body = HEADED.format("").replace("<table", "<p>Caption</p><table")
    type_ = type_of(body)
    assert words(type_.part(0, 3, 0, 0)) == "CaptionHeadrow 0"
    assert words(type_.part(3, 8, 0, 0)).startswith("Headrow 1")


def test_collapsed_borders_of_a_part_are_those_of_its_rows() -> None:
    """The engine draws them from a table of its own, of which a part skips rows."""
    rows = "".join(
        f"<tr><td style='border-bottom: 2px solid {'#c00' if n == 3 else '#fff'}'>&nbsp;"
        for n in range(6)
    )
    body = f"<div id=x><table style='border-collapse: collapse; width: 300px'>{rows}</table></div>"
    type_ = type_of(body, "td { padding: 0 }")
    below = page_of([type_.part(2, 6, LEFT * 0.75, 75)])
    without = page_of([type_.part(4, 6, LEFT * 0.75, 75)])
    rows_below = dark_rows(below, 100)
    # Two rows of twelve pixels and their borders stand above the red one.
    assert rows_below
    assert min(rows_below) == pytest.approx(100 + 2 * 14 - 2, abs=2)
    assert len(dark_rows(without, 100)) <= 2


def test_what_was_shifted_stands_where_it_was_shifted_to_and_is_drawn_in_its_turn() -> None:
    body = "<div id=x><p style='position: relative; top: 3px'>first</p><p>second</p></div>"
    type_ = type_of(body)
    part = type_.part(0, 2, 15, 75)
    first, second = children_of(part)
    assert (first.position_y, second.position_y) == pytest.approx((103, 112))
    data, _ = written(page_of([part]))
    with pypdfium2.PdfDocument(data) as pdf:
        said = pdf[0].get_textpage().get_text_range().split()
    assert said == ["first", "second"]
    assert [child.style["position"] for child in children_of(type_.box)] == ["relative", "static"]


def test_a_page_shows_what_is_laid_in_its_bed_with_its_links() -> None:
    document = render("<div id=bed></div><p>below")
    type_ = type_of("<p id=x>See <a href='#x'>x</a>")
    bed = one_of(document, "bed", BlockBox)
    page = page_with(document.pages[0], bed, [type_.part(0, 1, 15, 75)])
    assert page.anchors["x"][1] == pytest.approx(100)
    assert [link[:2] for link in page.links] == [("internal", "x")]
    assert "See x" in words(root_of(page))

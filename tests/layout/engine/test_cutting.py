"""Points of WeasyPrint 70.0 that `set_type` leans on, where it cuts, copies and moves boxes.

What becomes of them there stands in `test_set_type`.
"""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from weasyprint import Document, Page
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_box_backgrounds

from tests.layout.engine.rendering import boxes_of, one_of, render, written
from typeset.layout.engine.boxes import (
    BlockBox,
    Box,
    LineBox,
    TableBox,
    TableCellBox,
    TextBox,
    blocks_in,
    children_of,
    is_marker,
    lines_of,
    root_of,
    walk,
)
from typeset.layout.engine.links import anchors_on, links_on

WORDS = "The quay is open and the ships are in. " * 6
ITEM = f"""
<ul style='margin-left: 30px'><li id=x>
<p style='background: #eee; border: 1px solid'>{WORDS} <a href='#x'>x</a>
<i style='float: right'>side</i> <b style='position: absolute; top: 3px'>away</b></p>
<table style='width: 100%'><colgroup><col style='width: 30%'><col></colgroup>
<tr><td id=cell>one<td>two</table></li></ul>
"""


def places(box: Box) -> list[tuple[str, float, float, float, float]]:
    """Where each box in a box stands, and how large it is."""
    return [
        (type(one).__name__, one.position_x, one.position_y, one.width, one.height)
        for one in walk(box)
    ]


def moved(box: Box, dx: float, dy: float) -> Box:
    box.translate(dx, dy)
    return box


# Copying


def test_the_engine_s_way_forgets_the_cut_edges_of_the_original() -> None:
    """What it is asked for is the copy, and what it changes is the original, too."""
    box = one_of(render(ITEM), "x", BlockBox)
    box.remove_decoration_sides = {"top"}
    copy = box.copy_with_children([])
    assert copy.remove_decoration_sides == {"top"}
    assert box.remove_decoration_sides == set()


def test_a_copied_table_shares_its_groups_of_columns() -> None:
    """They are no children: what moves the copy moves them."""
    document = render("<table><col style='background: #eee'><tr><td>one</table>")
    table = next(one for one in walk(root_of(document.pages[0])) if isinstance(one, TableBox))
    (group,) = table.column_groups
    before = group.position_x
    for number, copy in enumerate((table.copy_with_children([]), table.deepcopy()), 1):
        moved(copy, 7, 0)
        assert group.position_x == before + 7 * number


def test_a_copy_shares_its_children_with_the_original() -> None:
    """So we use the clone: whatever moves the copy moves them."""
    box = one_of(render(ITEM), "x", BlockBox)
    child = children_of(box)[0]
    before = child.position_x
    moved(box.copy(), 9, 0)
    assert child.position_x == before + 9


# Placeholders


def test_a_placeholder_that_was_laid_out_moves_its_box() -> None:
    """One that was not moves only the place, so a copy is said to be laid out."""
    (placeholder,) = placeholders_in(one_of(render(ITEM), "x", BlockBox), "b")
    away = placeholder._box
    text = next(one for one in walk(away) if isinstance(one, TextBox))
    before = text.position_x
    placeholder.translate(4, 0)
    assert text.position_x == before + 4
    fresh = AbsolutePlaceholder(away)
    fresh.translate(4, 0)
    assert text.position_x == before + 4
    fresh.set_laid_out_box(away)
    fresh.translate(4, 0)
    assert text.position_x == before + 8


def placeholders_in(box: Box, tag: str) -> list[Any]:
    return [
        child
        for one in walk(box)
        for child in one.children
        if type(child) is AbsolutePlaceholder and child.element_tag == tag
    ]


# Pages


def text_on(document: Document, page: int = 0) -> str:
    data, _ = written(document)
    with pypdfium2.PdfDocument(data) as pdf:
        words = pdf[page].get_textpage().get_text_bounded()
    return " ".join(words.split())


def test_a_page_is_made_of_a_box() -> None:
    """It finds the links and anchors where the boxes now stand."""
    css = "@page { @top-left { content: 'T' } }"
    document = render("<p id=end>End <a href='#end'>here</a>", css)
    root = root_of(document.pages[0])
    page = Page(root)
    assert root_of(page) is root
    assert (page.width, page.height) == (400, 300)
    assert anchors_on(page) == anchors_on(document.pages[0])
    moved(one_of(document, "end", BlockBox), 30, 40)
    new, old = (anchors_on(one)["end"] for one in (Page(root), page))
    assert new == (old[0] + 30, old[1] + 40, old[2] + 30, old[3] + 40)
    assert [link.target for link in links_on(Page(root))] == ["end"]
    assert "T" in text_on(document.copy([Page(root)]))


def test_a_document_is_made_of_pages_of_several() -> None:
    """It has the metadata of the one that is copied, and links lead from one to the other."""
    first = render("<title>First</title><p><a href='#there'>go</a>")
    other = render("<p id=there>There")
    data, _ = written(first.copy([*other.pages, *first.pages]))
    with pypdfium2.PdfDocument(data) as pdf:
        assert len(pdf) == 2
    assert [text_on(first.copy([*other.pages, *first.pages]), n) for n in (0, 1)] == ["There", "go"]
    assert data.count(b"/Subtype /Link") == 1
    assert len(first.pages) == len(other.pages) == 1


def test_a_copy_has_fonts_of_its_own() -> None:
    document = render("<p>x")
    copy = document.copy(document.pages)
    written(copy)
    assert copy.fonts
    assert document.fonts == {}
    assert copy.metadata is document.metadata


# Backgrounds and borders

FRAMED = "<p id=x style='background: #c00; height: 20px; width: 30px'></p>"


def painted_rows(document: Document) -> set[int]:
    """The rows of a page's picture, in pixels, that are red."""
    data, _ = written(document)
    with pypdfium2.PdfDocument(data) as pdf:
        picture = pdf[0].render(scale=96 / 72).to_pil().convert("RGB")
    column = (picture.getpixel((25, y)) for y in range(picture.height))
    return {y for y, (red, green, _) in enumerate(column) if red - green > 100}


def test_a_background_stays_behind_until_it_is_laid_out_again() -> None:
    document = render(FRAMED)
    box = one_of(document, "x", BlockBox)
    assert painted_rows(document) == set(range(20, 40))
    moved(box, 0, 100)
    assert painted_rows(document) == set(range(20, 40))
    layout_box_backgrounds(root_of(document.pages[0]), box, lambda *_, **__: None)
    assert painted_rows(document) == set(range(120, 140))


def test_a_border_goes_along_by_itself() -> None:
    """It is drawn around the box where that stands; only what is filled has an area of its own."""
    document = render("<p id=x style='border-top: 10px solid #c00; width: 30px'></p>")
    moved(one_of(document, "x", BlockBox), 0, 50)
    assert painted_rows(document) == set(range(70, 80))


def test_a_border_at_a_cut_is_no_border_once_it_has_no_width() -> None:
    document = render("<p id=x style='border: 10px solid #c00; height: 20px; width: 30px'></p>")
    assert painted_rows(document) == set(range(20, 60))
    box = one_of(document, "x", BlockBox)
    box.border_bottom_width = 0
    assert max(painted_rows(document)) == 49


# Tables


def test_a_table_knows_its_columns_and_takes_them_along() -> None:
    body = "<table id=x style='width: 300px; border-spacing: 0'><col style='width: 100px'><col>"
    document = render(f"{body}<tr><td id=cell>one<td>two</table>")
    table = next(one for one in walk(root_of(document.pages[0])) if isinstance(one, TableBox))
    assert list(table.column_positions) == pytest.approx([20, 120])
    assert list(table.column_widths) == pytest.approx([100, 200])
    moved(table, 40, 0)
    assert list(table.column_positions) == pytest.approx([60, 160])
    assert one_of(document, "cell", TableCellBox).position_x == 60


# What stands beside its box


def test_an_outside_marker_stands_by_the_first_line_of_its_item() -> None:
    """And is placed by itself: it goes along with its item, and not with a line."""
    document = render(f"<ul style='margin-left: 30px'><li id=x>{WORDS}</li></ul>")
    item = one_of(document, "x", BlockBox)
    (marker,) = placeholders_in(item, "li::marker")
    assert marker.is_outside_marker
    first = next(line for block in blocks_in(item) for line in lines_of(block))
    assert marker.position_y == pytest.approx(first.position_y)
    assert marker.position_x + marker.width < first.position_x + 1
    before = marker.position_y
    moved(item, 0, 13)
    assert marker.position_y == before + 13


def test_a_marker_inside_is_a_part_of_its_line() -> None:
    document = render("<ul style='list-style: inside square'><li id=x>one</ul>")
    item = one_of(document, "x", BlockBox)
    assert placeholders_in(item, "li::marker") == []
    line = next(one for one in walk(item) if isinstance(one, LineBox))
    assert any(is_marker(one) for one in walk(line))


@pytest.mark.parametrize(("css", "dx", "dy"), [("top: 3px", 0, 3), ("left: -2px", -2, 0)])
def test_a_relative_shift_is_a_part_of_a_box_s_place(css: str, dx: float, dy: float) -> None:
    """And of that of all in it; so it is taken off before a box is put at its place."""
    body = "<p>one<p id=x{}>two <b>three</b><p id=end>four"
    shift = f" style='position: relative; {css}'"
    plain, shifted = render(body.format("")), render(body.format(shift))
    one, other = (places(one_of(document, "x", BlockBox)) for document in (plain, shifted))
    assert other == [(kind, x + dx, y + dy, w, h) for kind, x, y, w, h in one]
    # What comes after it stands where it would without.
    ends = [places(one_of(document, "end", BlockBox)) for document in (plain, shifted)]
    assert ends[0] == ends[1]


def test_the_shift_is_in_the_style_as_it_was_written() -> None:
    box = one_of(render("<p id=x style='position: relative; top: 3pt'>x"), "x", BlockBox)
    assert (box.style["top"].value, box.style["top"].unit) == (4, "px")
    assert one_of(render("<p id=x>x"), "x", BlockBox).style["top"] == "auto"


def test_the_parts_of_a_divided_paragraph_have_one_element() -> None:
    """So they can be one tag, at the element's place in the document."""
    document = render(f"<p id=x>{WORDS * 9}")
    elements = {box.element for box in boxes_of(document, "x")}
    assert len(document.pages) > 1
    assert len(elements) == 1

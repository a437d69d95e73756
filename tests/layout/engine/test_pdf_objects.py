"""What WeasyPrint 70.0 writes a file of, with pydyf 0.13, and the marks in its content."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pydyf
import pytest
from weasyprint import Document

from tests.layout.engine.rendering import render, written
from typeset.layout.engine.boxes import Box, ReplacedBox, TextBox, root_of, walk
from typeset.layout.engine.font_data import Fonts
from typeset.layout.engine.marked_content import MarkedPage, with_marks
from typeset.layout.engine.pdf_objects import (
    change_lines,
    compact,
    forget_state,
    make_artifacts,
    object_at,
    patterns_in,
    prepend,
    resources_of,
    structure_in,
    unicode_maps_in,
)

PICTURE = "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}</svg>"
IMAGE = f'<img alt=A src="{PICTURE.format("<rect width=%229%22 height=%229%22/>")}">'
TAGGED = {"pdf_variant": "pdf/ua-1", "pdf_tags": True}


def finished(document: Document, finish: Callable[[Any], object], **options: Any) -> bytes:
    """Write pages, after something was done to what the file is made of."""
    data: bytes = document.write_pdf(
        finisher=lambda _, pdf: finish(pdf), uncompressed_pdf=True, **options
    )
    return data


def operators_of(data: bytes, page: int = 0) -> list[tuple[list[Any], str]]:
    """The operators of a page's content, each with its operands, as another program reads them."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [
            ([str(operand) for operand in one.operands], str(one.operator))
            for one in pikepdf.parse_content_stream(pdf.pages[page])
        ]


def test_an_object_is_found_by_its_reference() -> None:
    _, pdf = written(render("<p>x"))
    assert object_at(pdf, pdf.page_references[0])["Type"] == "/Page"
    assert object_at(pdf, pdf.pages.reference) is pdf.pages
    assert pdf.catalog["Pages"] == pdf.pages.reference


def test_the_pages_of_a_file_are_in_order() -> None:
    document = render("<p>x<p style='break-before: page'>y<p style='break-before: page'>z")
    _, pdf = written(document)
    assert len(pdf.page_references) == len(document.pages) == 3
    assert pdf.pages["Kids"][::3] == [int(one.split()[0]) for one in pdf.page_references]


def test_the_tree_of_tags_has_one_tag_below_its_root() -> None:
    _, pdf = written(render("<p>x"), **TAGGED)
    root, top = structure_in(pdf)
    assert (root["Type"], top["S"]) == ("/StructTreeRoot", "/Document")
    assert "Nums" in object_at(pdf, root["ParentTree"])
    assert pdf.catalog["Lang"].string == "en"


GRADIENT = (
    "<linearGradient id=%22g%22><stop offset=%220%22 stop-color=%22red%22/>"
    "<stop offset=%221%22 stop-color=%22blue%22/></linearGradient>"
    "<rect width=%229%22 height=%229%22 fill=%22url(%23g)%22/>"
)


def test_a_gradient_of_a_drawing_is_painted_in_the_cell_of_a_pattern() -> None:
    """Of 1 × 1, which its matrix makes as large as the shape."""
    _, pdf = written(render(f'<img src="{PICTURE.format(GRADIENT)}">'))
    (pattern,) = patterns_in(pdf)
    left, bottom, right, top = pattern.extra["BBox"]
    assert (right - left, top - bottom) == (1, 1)
    assert len(pattern.extra["Matrix"]) == 6
    assert {"XStep", "YStep"} <= pattern.extra.keys()


def test_no_other_stream_is_taken_for_a_pattern() -> None:
    _, pdf = written(render(f"<p>x{IMAGE}"))
    assert list(patterns_in(pdf)) == []


def test_an_operator_stands_before_all_others() -> None:
    stream = pydyf.Stream()
    stream.push_state()
    prepend(stream, "2 0 0 2 0 0 cm")
    assert stream.data.split(b"stream\n")[1].split(b"\n")[:2] == [b"2 0 0 2 0 0 cm", b"q"]


def test_each_glyph_has_a_line_of_its_own_in_a_font_s_map() -> None:
    _, pdf = written(render("<p>one two<p><b>x"))
    maps = list(unicode_maps_in(pdf))
    assert len(maps) == 2
    lines = [line for one in maps for line in one.stream if isinstance(line, bytes)]
    assert len([line for line in lines if re.fullmatch(b"<[0-9a-f]{4}> <0020>", line)]) == 1
    assert not [line for line in lines if b"> <" in line and b"\n" in line]


def test_the_lines_of_a_map_can_be_changed() -> None:
    def finish(pdf: Any) -> None:
        for one in unicode_maps_in(pdf):
            change_lines(one, lambda line: line.replace(b"<0078>", b"<0079>"))

    data = finished(render("<p>xxx"), finish)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (font,) = pdf.pages[0].Resources.Font.values()
        characters = font.ToUnicode.read_bytes()
    assert b"<0079>" in characters
    assert b"<0078>" not in characters


def marked(body: str, css: str = "") -> tuple[Document, list[MarkedPage], Any, bytes]:
    document = with_marks(render(body, css))
    data, pdf = written(document, **TAGGED)
    return document, document.pages, pdf, data


def test_each_text_and_image_has_a_mark_of_its_own() -> None:
    _, (page,), _, data = marked(f"<p>one <b>two</b> {IMAGE}</p>")
    held = [box for box in walk(page.root) if box in page.marks]
    assert {type(box).__name__ for box in held} == {"TextBox", "InlineReplacedBox"}
    assert [box.text for box in held if isinstance(box, TextBox)][:2] == ["one ", "two"]
    numbers = sorted(page.marks.values())
    assert numbers == list(range(len(numbers)))
    begun = [operands for operands, operator in operators_of(data) if operator == "BDC"]
    assert len(begun) == len(numbers)


def test_marks_are_counted_page_by_page() -> None:
    _, pages, _, _ = marked("<p>x<p style='break-before: page'>y")
    assert [sorted(page.marks.values()) for page in pages] == [[0], [0]]


def test_the_engine_is_left_nothing_to_tag() -> None:
    _, _, pdf, _ = marked("<h1>Head</h1><p>Text")
    _, top = structure_in(pdf)
    assert list(top["K"]) == []


def test_the_boxes_of_a_page_outlive_its_marks() -> None:
    document = render("<h1>Head</h1><p>Text")
    before = [type(box) for box in walk(root_of(document.pages[0]))]
    kept = with_marks(document)
    written(kept, **TAGGED)
    assert [type(box) for box in walk(kept.pages[0].root)] == before
    assert [type(box) for box in walk(root_of(document.pages[0]))] == before


def test_a_mark_becomes_an_artifact_of_a_type() -> None:
    document = with_marks(render("<p>one<p>two<p>three"))

    def finish(_: Any) -> None:
        make_artifacts(document.pages[0].stream, {1: "Layout"}.get)

    data = finished(document, finish, **TAGGED)
    begun = [operands for operands, operator in operators_of(data) if operator == "BDC"]
    assert [operands[0] for operands in begun] == ["/Span", "/Artifact", "/Span"]
    properties = data.split(b"/Artifact")[1].split(b"BDC")[0]
    assert b"/Type /Layout" in properties
    assert b"MCID" not in properties


def test_marked_content_ends_where_it_ended() -> None:
    document = with_marks(render("<p>one<p>two"))
    data = finished(
        document, lambda _: make_artifacts(document.pages[0].stream, lambda _: "Layout"), **TAGGED
    )
    depth = 0
    for _, operator in operators_of(data):
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(operator, 0)
        assert depth in (0, 1)
    assert depth == 0


class Painted:
    """A replacement for a drawing that looks at the stream it is drawn on."""

    def __init__(self, look: Callable[[Any], object]) -> None:
        self.look = look

    def get_intrinsic_size(self, resolution: Any, font_size: Any) -> tuple[float, float, float]:
        """The engine asks for width, height and ratio, also as it draws."""
        return 9, 9, 1

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        self.look(stream)


def paint(look: Callable[[Any], object]) -> list[tuple[list[Any], str]]:
    """Write a page on which something is done to the stream in the place of a drawing."""
    document = render(f"<p style='color: red'>x{IMAGE}x</p>")
    (box,) = (one for one in walk(root_of(document.pages[0])) if isinstance(one, ReplacedBox))
    box.replacement = Painted(look)
    data, _ = written(document)
    return operators_of(data)


def test_a_stream_says_its_color_again_once_it_has_forgotten() -> None:
    """It leaves out what it has just said; what is repeated elsewhere must not lean on that."""

    def say_twice(stream: Any) -> None:
        stream.set_alpha(0.25)
        stream.set_alpha(0.25)

    def say_again(stream: Any) -> None:
        stream.set_alpha(0.25)
        forget_state(stream)
        stream.set_alpha(0.25)

    said = [
        sum(operands == ["/a0.25"] for operands, operator in paint(look) if operator == "gs")
        for look in (say_twice, say_again)
    ]
    assert said == [1, 2]


def test_what_a_stream_names_is_among_its_resources() -> None:
    seen: list[dict[str, Any]] = []

    def look(stream: Any) -> None:
        stream.set_alpha(0.25)
        seen.append(dict(resources_of(stream)["ExtGState"]))

    paint(look)
    assert dict(seen[0]["a0.25"]) == {"ca": 0.25}


def test_the_operators_of_a_stream_are_a_list_that_grows() -> None:
    """So that those of a drawing can be cut off and repeated."""
    lengths: list[int] = []

    def look(stream: Any) -> None:
        start = len(stream.stream)
        stream.rectangle(0, 0, 3, 3)
        stream.fill()
        lengths.append(len(stream.stream[start:]))
        stream.stream.extend(stream.stream[start:])

    found = [operator for _, operator in paint(look)]
    assert lengths == [2]
    assert found.count("f") == 2


def test_a_text_begins_with_an_operator_of_its_own() -> None:
    """Shows whether a drawing has text."""
    _, pdf = written(render("<p>x"))
    streams = [one for one in pdf.objects if isinstance(one, pydyf.Stream)]
    assert any(b"BT" in one.stream for one in streams)


@pytest.mark.parametrize("kind", [Box, TextBox])
def test_boxes_are_told_apart_by_what_they_are(kind: type) -> None:
    """A mark is found by its box: two alike are two."""
    found = [box for box in walk(root_of(render("<p>x<p>x").pages[0])) if isinstance(box, kind)]
    assert len(dict.fromkeys(found)) == len(found)


def test_operators_that_were_joined_are_written_as_before() -> None:
    stream = pydyf.Stream()
    stream.begin_marked_content("P", pydyf.Dictionary({"MCID": 0}))
    stream.begin_text()
    stream.end_text()
    stream.end_marked_content()
    before = stream.data
    compact(stream)
    assert stream.data == before
    assert [type(one).__name__ for one in stream.stream] == ["str", "Dictionary", "bytes"]


def test_the_data_of_a_font_are_read_when_they_are_asked_for() -> None:
    document = render("<p>x")
    written(document, full_fonts=True)
    (font,) = document.fonts.values()
    data = font.file_content
    fonts = Fonts()
    fonts["key"] = font
    assert "file_content" not in vars(font)
    assert fonts["key"].file_content == data


def test_a_file_of_marked_pages_has_the_same_fonts() -> None:
    def fonts_in(document: Document) -> list[bytes]:
        written(document, **TAGGED)
        return [font.file_content for font in document.fonts.values()]

    document = render("<p>one <b>two</b>")
    assert fonts_in(with_marks(document)) == fonts_in(document)

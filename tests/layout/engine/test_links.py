"""Links and anchors of WeasyPrint 70.0's pages, and the annotations that it writes of them."""

from __future__ import annotations

from dataclasses import replace

import pydyf
import pytest

from tests.layout.engine.rendering import one_of, render, written
from typeset.layout.engine.boxes import Box, InlineBox
from typeset.layout.engine.links import anchors_on, annotation_of, links_on, set_links

BODY = """
<p><a id=out href='https://example.org/a'>out</a> and <a id=in href='#end'>down <b>there</b></a></p>
<p id=end style='width: 50px'>End</p>
"""


def test_an_anchor_is_the_corners_of_its_element() -> None:
    """The engine's own documentation says: a point."""
    document = render(BODY)
    box = one_of(document, "end", Box)
    left, top = box.position_x, box.position_y
    assert anchors_on(document.pages[0])["end"] == (left, top, left + 50, top + box.height)


def test_anchors_are_those_of_one_page() -> None:
    document = render(BODY.replace("width: 50px", "break-before: page"))
    assert [set(anchors_on(page)) for page in document.pages] == [{"out", "in"}, {"end"}]


def test_there_is_a_link_for_each_box_in_one() -> None:
    """So only those of the links themselves are left."""
    (page,) = render(BODY).pages
    found = [(link.kind, link.target, link.box.element_tag) for link in links_on(page)]
    assert found == [
        ("external", "https://example.org/a", "a"),
        ("internal", "end", "a"),
        ("internal", "end", "b"),
    ]


def test_a_link_s_area_is_given_by_its_corners() -> None:
    link = next(links_on(render(BODY).pages[0]))
    left, top, width, height = link.box.hit_area()
    assert link.area == (left, top, left + width, top + height)


def test_a_page_is_written_with_the_links_that_it_is_given() -> None:
    document = render(BODY)
    (page,) = document.pages
    link, *_ = links_on(page)
    set_links(page, [replace(link, area=(0, 0, 40, 30))])
    data, _ = written(document)
    assert data.count(b"/Subtype /Link") == 1
    assert annotation_of(one_of(document, "in", InlineBox)) is None
    annotation = annotation_of(link.box)
    assert annotation is not None
    # In points from the foot of a page of 400 × 300 px.
    assert [float(side) for side in annotation["Rect"]] == pytest.approx([0, 225, 30, 202.5])


def test_an_annotation_is_made_as_the_file_is_written() -> None:
    document = render(BODY)
    box = one_of(document, "in", InlineBox)
    assert annotation_of(box) is None
    _, pdf = written(document)
    annotation = annotation_of(box)
    assert annotation is not None
    assert annotation["Subtype"] == "/Link"
    assert annotation in pdf.objects
    assert annotation.reference.endswith(b" R")


def test_what_an_annotation_is_given_at_the_end_is_in_the_file() -> None:
    document = render(BODY)
    box = one_of(document, "in", InlineBox)

    def finish(_: object, pdf: object) -> None:
        annotation = annotation_of(box)
        assert annotation is not None
        annotation["Contents"] = pydyf.String("to the end")

    assert b"(to the end)" in document.write_pdf(finisher=finish, uncompressed_pdf=True)

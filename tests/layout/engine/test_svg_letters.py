"""The letters of a drawing, as WeasyPrint 70.0 draws them."""

from __future__ import annotations

import gc
from xml.etree.ElementTree import fromstring

import pytest
from weasyprint.css import StyleFor

from tests.layout.engine.rendering import render, written
from typeset.layout.engine.boxes import ReplacedBox, root_of, walk
from typeset.layout.engine.styles import FontConfiguration
from typeset.layout.engine.svg_cache import keep_drawings
from typeset.layout.engine.svg_letters import letters_drawn

SVG = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'>{}</svg>"


def letters(content: str) -> str:
    drawing = SVG.format(content)
    return letters_drawn(fromstring(drawing), FontConfiguration())  # noqa: S314 - our own


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<text y='20'>quay</text>", "quay"),
        ("<text y='20'>one</text><text y='30'>two</text>", "onetwo"),
        ("<g opacity='.5'><text y='20'>dim</text></g>", "dim"),
        ("<text y='20'>a<tspan font-weight='bold'>b</tspan>c</text>", "abc"),
        ("<rect width='3' height='3'/>", ""),
        ("<text y='20' font-size='0'>none</text>", ""),
    ],
)
def test_the_letters_are_heard_that_are_drawn(content: str, expected: str) -> None:
    assert letters(content).replace(" ", "") == expected


def test_a_fault_ends_the_drawing_and_nothing_else() -> None:
    broken = "<rect width='1' height='1' transform='rotate(x)'/>"
    assert letters(f"<text y='20'>one</text>{broken}<text y='30'>two</text>") == "one"


ADDRESS = "data:image/svg+xml," + SVG.format("<rect width='9' height='9' opacity='.5'/>")


def test_the_engine_s_cache_of_images_is_what_its_boxes_hold() -> None:
    """What is put into it before a layout is drawn in the place of the engine's drawing."""
    cache: dict[str, object] = {}
    first = render(f'<img src="{ADDRESS}">', cache=cache)
    assert set(cache) == {ADDRESS}
    keep_drawings(cache)
    again = render(f'<img src="{ADDRESS}">', cache=cache)
    (box,) = (one for one in walk(root_of(again.pages[0])) if isinstance(one, ReplacedBox))
    assert box.replacement is cache[ADDRESS]
    pages = [written(document)[0] for document in (first, again, again)]
    assert pages[1] == pages[2]
    assert [page.count(b" re\n") for page in pages] == [pages[0].count(b" re\n")] * 3
    assert b"/a0.5 gs" in pages[2]


def test_a_drawing_that_is_kept_does_not_keep_its_layout() -> None:
    """The first one would stay until the last page is written, with all its styles and boxes."""

    def layouts() -> int:
        gc.collect()
        return sum(isinstance(one, StyleFor) for one in gc.get_objects())

    before = layouts()
    cache: dict[str, object] = {}
    document = render(f'<img src="{ADDRESS}">', cache=cache)
    del document
    assert layouts() == before + 1
    keep_drawings(cache)
    assert layouts() == before

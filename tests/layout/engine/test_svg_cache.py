"""Drawings, as WeasyPrint 70.0 draws them once and again."""

from __future__ import annotations

import gc
import logging
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pypdfium2
import pytest
from weasyprint import Document
from weasyprint.css import StyleFor
from weasyprint.images import SVGImage

from tests.layout.engine.rendering import render, written
from typeset.layout.engine.boxes import ReplacedBox, root_of, walk
from typeset.layout.engine.svg_cache import keep_drawings

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
FADED = "<rect width='9' height='9' fill-opacity='.5'/>"
CONTENTS = (
    "<rect width='9' height='9'/>",
    "<rect width='9' height='9' opacity='.5'/>",
    FADED,
    "<rect width='9' height='9' fill-opacity='.5' stroke='red' stroke-opacity='.25'/>",
    "<g stroke='black'><path d='M1 1 L9 9'/></g><circle r='3' fill='none' stroke-dasharray='1 2'/>",
    "<text y='9'>quay</text>",
    f"<image width='9' height='9' href='data:image/png;base64,{PNG}'/>",
    (
        "<linearGradient id='g'><stop stop-color='red'/><stop offset='1'/></linearGradient>"
        "<rect width='9' height='9' fill='url(#g)'/>"
    ),
    "",
)


def address_of(content: str) -> str:
    content = content.replace("#", "%23")
    return (
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'>"
        f"{content}</svg>"
    )


def pages(address: str, before: str = "") -> str:
    """Three drawings on two pages, two of them after a text in black, and of one size."""
    image = f'<img src="{address}">'
    wide = f'<img src="{address}" style="width: 200px; display: block">'
    return f"{before}<p>Text{image}<p>Text{image}<div style='break-before: page'>{wide}</div>"


def kept(body: str, folder: Path | None = None, cache: dict[str, Any] | None = None) -> Document:
    """Lay out what a body holds, and keep its drawings."""
    cache = {} if cache is None else cache
    document = render(body, cache=cache)
    keep_drawings(cache, lambda address: unquote(address).encode(), folder)
    return document


def images_of(document: Document) -> list[bytes]:
    """What is seen on each page."""
    pdf = pypdfium2.PdfDocument(written(document)[0])
    return [bytes(page.render(scale=2).buffer) for page in pdf]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sizes at which the engine draws drawings."""
    sizes: list[str] = []
    own = SVGImage.draw

    def draw(image: SVGImage, stream: Any, width: float, height: float, style: Any) -> None:
        sizes.append(f"{width:.0f} × {height:.0f}")
        own(image, stream, width, height, style)

    monkeypatch.setattr(SVGImage, "draw", draw)
    return sizes


@pytest.mark.parametrize("content", CONTENTS)
def test_a_drawing_that_is_known_is_drawn_as_it_was_at_first(content: str, tmp_path: Path) -> None:
    body = pages(address_of(content))
    expected = written(kept(body))[0]
    cache: dict[str, Any] = {}
    for _ in range(2):
        assert written(kept(body, cache=cache))[0] == expected
    for _ in range(2):
        assert written(kept(body, tmp_path))[0] == expected


@pytest.mark.parametrize("content", CONTENTS)
def test_it_looks_as_the_engine_draws_it(content: str) -> None:
    body = pages(address_of(content))
    assert images_of(kept(body)) == images_of(render(body))


def test_it_is_drawn_alike_wherever_it_stands() -> None:
    """Also in the last digits, which clipping takes from its place on the page."""
    clip = "<clipPath id='c'><path d='M0 0H7.3V9.1Z' transform='scale(.7)'/></clipPath>"
    address = address_of(f"{clip}<rect width='9' height='9' clip-path='url(#c)'/>")
    image = f'<img src="{address}" style="position: absolute; left: {{}}px; top: {{}}px">'
    shown = set()
    for place in ((0, 0), (33.3, 77.7), (123.4, 567.8)):
        content = written(kept(image.format(*place)))[0]
        start = content.index(b"\n0 0 m\n")
        shown.add(content[start : content.index(b"endstream", start)])
    assert len(shown) == 1


def test_it_is_drawn_once_for_each_size(drawn: list[str]) -> None:
    image = f'<div style="break-after: page"><img src="{address_of(FADED)}"></div>'
    written(kept(image * 3 + image.replace("<img", "<img style='width: 200px'")))
    assert drawn == ["90 × 40", "200 × 89"]


def test_a_later_build_draws_it_no_more(drawn: list[str], tmp_path: Path) -> None:
    body = pages(address_of(FADED))
    first = written(kept(body, tmp_path))[0]
    drawn.clear()
    assert written(kept(body, tmp_path))[0] == first
    assert drawn == []
    other = address_of(FADED.replace("9", "8"))
    assert written(kept(pages(other), tmp_path))[0] == written(kept(pages(other)))[0]
    assert drawn


def test_what_else_the_first_page_holds_makes_no_difference(tmp_path: Path) -> None:
    """Another opacity on that page is none of the drawing's."""
    faded = "<p style='color: #0000004d'>Faint"
    address = address_of(FADED)
    written(kept(pages(address, faded), tmp_path))
    assert written(kept(pages(address), tmp_path))[0] == written(kept(pages(address)))[0]


@pytest.mark.parametrize("damage", [b"", b"typeset", b"x" * 900])
def test_what_is_damaged_on_the_disk_is_drawn_again(damage: bytes, tmp_path: Path) -> None:
    body = pages(address_of(FADED))
    first = written(kept(body, tmp_path))[0]
    for file in tmp_path.iterdir():
        file.write_bytes(damage)
    assert written(kept(body, tmp_path))[0] == first


def test_what_the_engine_says_of_a_drawing_is_said_in_each_build(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    body = f'<img src="{address_of("<rect width=%279%27 transform=%27rotate(x)%27/>")}">'
    for _ in range(2):
        caplog.clear()
        with caplog.at_level(logging.ERROR, "weasyprint"):
            written(kept(body, tmp_path))
        assert "Failed to render SVG image" in caplog.text


def test_the_engine_s_cache_of_images_is_what_its_boxes_hold() -> None:
    """What is put into it before a layout is drawn in the place of the engine's drawing."""
    cache: dict[str, Any] = {}
    body = f'<img src="{address_of(FADED)}">'
    for _ in range(2):
        document = kept(body, cache=cache)
        (box,) = (one for one in walk(root_of(document.pages[0])) if isinstance(one, ReplacedBox))
        assert [box.replacement] == [*cache.values()]


def test_a_drawing_that_is_kept_does_not_keep_its_layout() -> None:
    """The first one would stay until the last page is written, with all its styles and boxes."""

    def layouts() -> int:
        gc.collect()
        return sum(isinstance(one, StyleFor) for one in gc.get_objects())

    before = layouts()
    cache: dict[str, object] = {}
    document = render(f'<img src="{address_of(FADED)}">', cache=cache)
    del document
    assert layouts() == before + 1
    keep_drawings(cache)
    assert layouts() == before

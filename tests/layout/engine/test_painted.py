"""A page that the last file held is repeated, and the file is what it would be without that."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from weasyprint import Document
from weasyprint.pdf.fonts import Font

from tests.layout.engine.rendering import render
from typeset.layout.engine.bleed import with_bleed
from typeset.layout.engine.links import links_on, set_links
from typeset.layout.engine.marked_content import MarkedPage, with_marks
from typeset.layout.engine.painted import Painter

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGA"
    "WjR9awAAAABJRU5ErkJggg=="
)
TEXTS = (
    "The first page is <b>bold</b> with <i>italics</i>.",
    "<span style='font-size: 7.3px'>The second is small, quick as a fox</span>, and <b>bold</b>.",
    "<span style='font-size: 31.7px'>Quick, large and <b>bold</b></span>",
    "<span style='color: rgba(1, 2, 3, .5)'>Faint</span>, <em style='color: #fedc'>fainter</em>",
    f"A picture <img alt=A src='{PIXEL}' style='width: 9px'> and <a href='#t1'>a link</a>",
    f"The picture <img alt=A src='{PIXEL}' style='width: 19px'> again, <b>quick</b>",
)
"""They share fonts, glyphs and a picture, in several sizes."""


def pages_of(*texts: str, css: str = "") -> Document:
    """A document with a page for each text."""
    body = "".join(f"<p id=t{number}>{text}" for number, text in enumerate(texts, 1))
    return render(body, f"p + p {{ break-before: page }} {css}")


def write(document: Document, painter: Painter | None = None) -> bytes:
    for page in document.pages:
        set_links(page, [*links_on(page)])

    def finish(_: Document, pdf: Any) -> None:
        if painter is not None:
            painter.deflated.compress(pdf)

    data: bytes = with_marks(document, painter).write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    return data


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Returns how many pages were drawn, and not repeated, since it was last called."""
    pages: list[MarkedPage] = []
    draw = MarkedPage._draw

    def drawing(page: MarkedPage, stream: Any, scale: float) -> None:
        pages.append(page)
        draw(page, stream, scale)

    def counted() -> int:
        number = len(pages)
        pages.clear()
        return number

    monkeypatch.setattr(MarkedPage, "_draw", drawing)
    return counted


def test_a_file_of_the_same_pages_draws_none_of_them(count: Callable[[], int]) -> None:
    document = pages_of(*TEXTS)
    fresh, painter = write(document), Painter()
    assert write(document, painter) == fresh
    count()
    for _ in range(2):
        assert write(document, painter) == fresh
        assert count() == 0


@pytest.mark.parametrize("left", range(len(TEXTS)))
def test_a_file_without_a_page_is_what_it_would_be(left: int, count: Callable[[], int]) -> None:
    """What a page gives to those after it, such as the width of a glyph, goes with it."""
    document, painter = pages_of(*TEXTS), Painter()
    some = document.copy([page for number, page in enumerate(document.pages) if number != left])
    fresh = write(some)
    write(document, painter)
    count()
    assert write(some, painter) == fresh
    assert count() < len(TEXTS)
    assert write(some, painter) == fresh
    assert write(document, painter) == write(document)


def test_a_file_in_another_order_is_what_it_would_be() -> None:
    document, painter = pages_of(*TEXTS), Painter()
    write(document, painter)
    reverse = document.copy(document.pages[::-1])
    assert write(reverse, painter) == write(reverse)


def test_the_first_page_with_a_font_gives_it_its_metrics() -> None:
    """The engine rounds them in the size of the first letters."""
    document, painter = pages_of(TEXTS[2], TEXTS[1]), Painter()
    write(document, painter)
    second = document.copy(document.pages[1:])
    assert write(second, painter) == write(second)


def test_a_page_more_draws_that_page_only(count: Callable[[], int]) -> None:
    document, painter = pages_of(*TEXTS), Painter()
    fresh = write(document)
    write(document.copy(document.pages[:-1]), painter)
    count()
    assert write(document, painter) == fresh
    assert count() == 1


@pytest.mark.parametrize(
    "css",
    [
        "opacity: .5",
        "background: linear-gradient(red, blue)",
        f"background: url({PIXEL}) repeat",
    ],
    ids=["group", "shading", "pattern"],
)
def test_what_is_numbered_through_a_file_is_drawn_again(css: str, count: Callable[[], int]) -> None:
    """The number of a group is that of the groups before it."""
    texts = "one two", "one", "two", "two one", "one"
    document, painter = pages_of(*texts, css=f"#t2, #t4 {{ {css} }}"), Painter()
    write(document, painter)
    some = document.copy([document.pages[0], *document.pages[2:]])
    fresh = write(some)
    count()
    assert write(some, painter) == fresh
    assert count() == 1


def test_a_missing_character_is_reported_each_time(caplog: pytest.LogCaptureFixture) -> None:
    document, painter = pages_of("one", "two \U0010fffd", "three"), Painter()
    with caplog.at_level(logging.WARNING, "weasyprint"):
        reports = []
        for _ in range(3):
            caplog.clear()
            write(document, painter)
            reports.append([record.getMessage() for record in caplog.records])
    assert len(reports[0]) == 1
    assert reports[1:] == reports[:1] * 2
    assert write(document, painter) == write(document)


def test_a_page_is_repeated_only_with_the_same_bleed() -> None:
    document, painter = pages_of(*TEXTS, css="@page { background: tan }"), Painter()
    bare = write(document, painter)
    with with_bleed(document, 9):
        assert write(document, painter) == write(document) != bare
    assert write(document, painter) == bare


def test_a_link_that_leads_nowhere_any_more_has_no_area(caplog: pytest.LogCaptureFixture) -> None:
    document, painter = pages_of(*TEXTS), Painter()
    write(document, painter)
    alone = document.copy(document.pages[4:5])
    with caplog.at_level(logging.CRITICAL, "weasyprint"):
        data = write(alone, painter)
    assert b"/Link" not in data
    assert all(link.box.link_annotation is None for link in links_on(alone.pages[0]))


def test_the_same_letters_need_no_other_font(monkeypatch: pytest.MonkeyPatch) -> None:
    reduced: list[Font] = []
    subset = Font.subset

    def counted(font: Font, *arguments: Any) -> None:
        reduced.append(font)
        subset(font, *arguments)

    monkeypatch.setattr(Font, "subset", counted)
    document, painter = pages_of("abc", "<b>abc</b>", "abc", "<b>d</b>"), Painter()
    write(document, painter)
    assert len(reduced) == 2
    write(document.copy(document.pages[:3]), painter)
    assert len(reduced) == 3
    assert reduced[2] is reduced[1]


def test_a_stream_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    compressed: list[bytes] = []
    compress = zlib.compress

    def counted(data: bytes, level: int) -> bytes:
        compressed.append(data)
        return compress(data, level)

    monkeypatch.setattr(zlib, "compress", counted)
    document, painter = pages_of(*TEXTS), Painter()
    write(document, painter)
    assert len(compressed) > len(TEXTS)
    compressed.clear()
    write(document, painter)
    assert compressed == []

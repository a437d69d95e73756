"""What WeasyPrint 70.0 logs, and what our adapter makes of it."""

from __future__ import annotations

import logging

import pytest
from weasyprint import CSS

from tests.layout.engine.rendering import render
from tests.layout.engine.test_documents_and_styles import BASE, Files
from typeset.layout.engine.documents import document_of, parse
from typeset.layout.engine.messages import LOGGER, listening
from typeset.layout.protocol import EngineRecord, Progress, silent

GOOD = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}</svg>"
ENDLESS = GOOD.format("<use id='a' href='#a'/>")


def heard(body: str, **files: bytes) -> list[EngineRecord]:
    """What is logged while a document is laid out and written."""
    fetcher = Files({f"{BASE}{name}.svg": ("image/svg+xml", data) for name, data in files.items()})
    with listening(silent) as records:
        document_of(parse(body, BASE, fetcher), BASE, fetcher).render().write_pdf()
    return records


@pytest.mark.parametrize(
    ("name", "address"),
    [("none.png", f"{BASE}none.png"), ("it's%20here.png", f"{BASE}it's%20here.png")],
)
def test_an_image_that_is_missing_is_named(name: str, address: str) -> None:
    (record,) = heard(f'<img src="{name}">')
    assert (record.kind, record.subject, record.is_error) == ("image", address, True)
    assert name in record.message


def test_an_image_that_cannot_be_read_is_named() -> None:
    (record,) = heard('<img src="broken.svg">', broken=b"<svg")
    assert (record.kind, record.subject) == ("image", f"{BASE}broken.svg")


def test_a_drawing_that_cannot_be_drawn_is_named() -> None:
    """The engine finds that only as it writes."""
    drawing = GOOD.format("<rect width='1' height='1' transform='rotate(x)'/>").encode()
    (record,) = heard('<img src="odd.svg">', odd=drawing)
    assert (record.kind, record.subject) == ("image", f"{BASE}odd.svg")
    assert record.is_error


def test_a_character_that_no_font_has_is_named() -> None:
    (record,) = heard("<p>one \U00012000 two</p>")
    assert (record.kind, record.subject) == ("glyph", "\U00012000")
    assert "U+12000" in record.message


def test_what_an_author_wrote_makes_no_other_message_of_one() -> None:
    """A style that speaks of glyphs and characters is a style that is not understood."""
    with listening(silent) as records:
        CSS(string="p { glyph-character: U+12000 }")
    assert [(record.kind, record.subject, record.is_error) for record in records] == [
        ("other", "", False)
    ]


@pytest.mark.parametrize(
    ("level", "expected"),
    [(logging.ERROR, [True]), (logging.WARNING, [False]), (logging.INFO, [])],
)
def test_errors_and_warnings_are_kept(level: int, expected: list[bool]) -> None:
    with listening(silent) as records:
        LOGGER.log(level, "The quay is %d m long", 90)
    assert [record.is_error for record in records] == expected
    assert {record.message for record in records} <= {"The quay is 90 m long"}


def test_what_font_tools_complain_of_is_heard_too() -> None:
    with listening(silent) as records:
        logging.getLogger("fontTools.subset").warning("a table was dropped")
    assert [record.message for record in records] == ["a table was dropped"]


def test_each_page_is_reported_as_it_is_laid_out() -> None:
    steps: list[Progress] = []
    with listening(steps.append):
        document = render("<p style='height: 250px'>x" * 3)
    assert [step.page for step in steps] == list(range(1, len(document.pages) + 1))
    assert {step.step for step in steps} == {"layout"}


def test_a_page_that_is_laid_out_again_is_reported_again() -> None:
    """And one that is found as it was is not: of it, the engine says so behind its number."""
    steps: list[Progress] = []
    total = (
        "@page { @top-left { content: counter(pages) } } .all::after { content: counter(pages) }"
    )
    next_page = "<p style='break-before: page'"
    with listening(steps.append):
        render(f"<p>x{next_page} class=all>y{next_page}>z", total)
    assert [step.page for step in steps] == [1, 2, 3, 2, 2]


def test_afterwards_others_hear_the_engine_again(caplog: pytest.LogCaptureFixture) -> None:
    with listening(silent) as records:
        LOGGER.error("while it lasts")
    LOGGER.error("later")
    assert [record.message for record in records] == ["while it lasts"]
    assert [record.getMessage() for record in caplog.records] == ["later"]

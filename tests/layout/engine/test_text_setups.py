"""Pango, as WeasyPrint 70.0 sets it up for a text."""

from __future__ import annotations

from typing import Any

import pytest
from weasyprint.text.line_break import Layout

from tests.layout.engine.rendering import one_of, render, written
from typeset.layout.engine.boxes import TextBox
from typeset.layout.engine.text_setups import READ, TextSetups

TEXT = "The quay, AVATAR office 1/2 0123"
STYLES = (
    "font-size: 20px",
    "font-weight: bold",
    "font-style: italic",
    "font-stretch: condensed",
    "font-family: 'Source Sans Pro'",
    "font-kerning: none",
    "font-variant: small-caps oldstyle-nums no-common-ligatures",
    "font-variant-position: super",
    "font-variant-alternates: historical-forms",
    "font-variant-east-asian: ruby",
    "font-feature-settings: 'smcp' 1",
    "font-variation-settings: 'wght' 300",
    "font-language-override: 'TRK'",
    "text-decoration: underline",
    "text-decoration: line-through",
    "word-spacing: 3px",
    "letter-spacing: 2px",
    "direction: rtl",
    "white-space: nowrap",
    "text-align: justify; text-align-last: justify; width: 260px",
)
BODY = f"<p>{TEXT}</p>" + "".join(f'<p style="{css}">{TEXT}</p>' for css in STYLES)


class Heard(dict[str, Any]):
    """A style that keeps in mind what it was asked for."""

    def __init__(self, style: Any) -> None:
        super().__init__()
        self.style, self.font_config = style, style.font_config

    def __missing__(self, name: str) -> Any:
        self[name] = self.style[name]
        return self[name]


def test_texts_of_a_known_style_are_set_and_drawn_as_the_engine_does_it() -> None:
    expected = written(render(BODY))[0]
    with TextSetups().in_use():
        assert written(render(BODY + BODY))[0] != expected
        document = render(BODY)
        assert written(document)[0] == expected
        assert written(document)[0] == expected


def test_no_text_changes_another_one_of_its_style() -> None:
    texts = "<p id=x>one two</p><p style='word-spacing: 9px'>one two</p><p>one two three</p>"
    with TextSetups().in_use():
        text = one_of(render(texts + "<p id=x>one two</p>"), "x", TextBox)
    assert text.width == one_of(render("<p id=x>one two</p>"), "x", TextBox).width


@pytest.mark.parametrize("decoration", ["none", "underline"])
def test_the_engine_reads_nothing_else_of_a_style(decoration: str) -> None:
    css = f"text-decoration: {decoration}"
    style = Heard(one_of(render(f"<p id=x style='{css}'>x"), "x", TextBox).style)
    Layout(style)
    assert style.keys() == {*READ, "text_decoration_line"}


def test_the_engine_sets_up_on_its_own_afterwards() -> None:
    own = Layout.setup
    with TextSetups().in_use():
        assert Layout.setup is not own
    assert Layout.setup is own

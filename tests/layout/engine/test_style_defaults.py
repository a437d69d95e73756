"""Values that no rule sets, as WeasyPrint 70.0 computes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from weasyprint import CSS, HTML
from weasyprint.css import ComputedStyle
from weasyprint.css.properties import INITIAL_VALUES

from typeset.layout.engine.style_defaults import quick_defaults
from typeset.layout.engine.styles import FontConfiguration, computed_styles

SOURCE = "<html lang=en><body><div><p>One <em>two</em></p></div><ul><li>three</ul>"
RULES = (
    "",
    "div { font: italic bold 20px/1.5 serif; color: red; text-indent: calc(1em + 10%) }",
    "div { margin-inline-start: 3px; padding-block: 2em; inline-size: 90% }",
    "div { direction: rtl; margin-inline-start: 3px; border-inline-end: 3px solid blue }",
    "div { float: left; position: absolute } p { page: other; text-decoration: underline }",
    "html { font-size: 9px; quotes: none; orphans: 4 } em { font-size: inherit; margin: 1em }",
    "div { --wide: 4px } p { margin-left: var(--wide); color: var(--none) }",
    "p { all: initial } em { all: inherit }",
)


def values(css: str) -> list[Mapping[str, Any]]:
    fonts = FontConfiguration()
    html = HTML(string=SOURCE)
    style_for = computed_styles(html, [CSS(string=css)], fonts)
    styles = [style_for(element) for element in html.etree_element.iter()]
    return [
        {name: repr(style[name]) for name in sorted(INITIAL_VALUES)} for style in styles if style
    ]


@pytest.mark.parametrize("css", RULES)
def test_each_value_is_the_engine_s(css: str) -> None:
    expected = values(css)
    with quick_defaults():
        assert values(css) == expected


def test_the_engine_computes_on_its_own_afterwards() -> None:
    own = ComputedStyle.__missing__
    with quick_defaults():
        assert ComputedStyle.__missing__ is not own
    assert ComputedStyle.__missing__ is own

"""The styles of lines, as classes."""

from __future__ import annotations

from weasyprint import CSS, HTML

from typeset.layout.engine.styles import FontConfiguration, computed_styles
from typeset.layout.lines.line_styles import LineStyles


def test_what_is_the_same_has_one_class() -> None:
    styles = LineStyles()
    first = styles.name({"word-spacing": "-0.035px"})
    other = styles.name({"word-spacing": "-0.070px"})
    assert styles.name({"word-spacing": "-0.035px"}) == first != other


def test_no_style_of_a_theme_beats_them() -> None:
    styles = LineStyles()
    name = styles.name({"word-spacing": "-3px"})
    html = HTML(string=f'<p id="text"><span class="{name}">Some text</span></p>')
    theme = CSS(string="p#text span { word-spacing: 9px }")
    style_for = computed_styles(
        html, [theme, CSS(string=styles.style_sheet())], FontConfiguration()
    )
    style = style_for(html.etree_element.find(".//span"))
    assert style is not None
    assert style["word_spacing"] == -3


def test_the_engine_computes_a_class_once() -> None:
    """It is what the classes are for: with a style attribute it does so for each element."""
    html = HTML(
        string='<p><span class="a">one</span><span class="a">two</span>'
        '<i style="margin: 0">three</i><i style="margin: 0">four</i></p>'
    )
    style_for = computed_styles(html, [CSS(string=".a { margin: 0 }")], FontConfiguration())
    one, two = html.etree_element.findall(".//span")
    three, four = html.etree_element.findall(".//i")
    assert style_for(one) is style_for(two)
    assert style_for(three) is not style_for(four)

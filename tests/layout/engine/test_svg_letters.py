"""The letters of a drawing, as WeasyPrint 70.0 draws them."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from typeset.layout.engine.styles import FontConfiguration
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

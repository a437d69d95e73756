"""Paths of drawings, as WeasyPrint 70.0 draws them."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from weasyprint.svg import TAGS
from weasyprint.svg.path import path

from tests.layout.engine.rendering import render, written
from typeset.layout.engine.svg_paths import PathCache

MARKER = "<marker id='m' markerWidth='4' markerHeight='4'><circle cx='2' cy='2' r='2'/></marker>"
DRAWINGS = (
    "<path d='M1 1 L9 1 A4 4 0 0 1 9 9 Z'/>",
    "<path d='M1 1 L9 1 L9 9' marker-mid='url(#m)' marker-end='url(#m)'/>",
    "<path d='M1 1 L9 1 L9 9' stroke='red' fill='none' transform='translate(3 3)'/>",
    "<path d='M1 1 L50% 1'/>",
    "<path d='M1 1 L'/>",
    "<path/>",
    "<g opacity='.5'><path d='M1 1 L9 1 L9 9'/></g>",
)


def drawn(content: str) -> bytes:
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'>{MARKER}{content}</svg>"
    return written(render(f'<img src="data:image/svg+xml,{quote(svg)}">'))[0]


@pytest.mark.parametrize("content", [*DRAWINGS, "".join(DRAWINGS)])
def test_a_path_that_is_known_is_drawn_as_the_engine_draws_it(content: str) -> None:
    twice = content * 2
    expected = drawn(twice)
    with PathCache().in_use():
        assert drawn(twice) == expected
        assert drawn(twice) == expected


def test_the_engine_draws_on_its_own_afterwards() -> None:
    with PathCache().in_use():
        assert TAGS["path"] is not path
    assert TAGS["path"] is path

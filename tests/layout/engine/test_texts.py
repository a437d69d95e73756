"""Runs of text, measured and set by WeasyPrint 70.0's own functions."""

from __future__ import annotations

import pytest
from weasyprint import Document

from tests.layout.engine.rendering import one_of, render, written
from typeset.layout.engine.boxes import InlineBox, LineBox, TextBox, root_of, walk
from typeset.layout.engine.texts import respace, stretch_of, width_of


def text_in(document: Document) -> TextBox:
    return one_of(document, "x", TextBox)


def test_a_text_is_as_wide_as_the_engine_sets_it() -> None:
    text = text_in(render("<p id=x>The quay, AVATAR"))
    assert width_of(text.text, text.style) == pytest.approx(text.width, abs=0.01)


@pytest.mark.parametrize(
    ("css", "wider"),
    [("font-size: 20px", 2.0), ("font-weight: bold", None), ("word-spacing: 9px", None)],
)
def test_the_style_of_a_text_decides_on_its_width(css: str, wider: float | None) -> None:
    plain = text_in(render("<p id=x>The quay"))
    other = text_in(render("<p id=x>The quay", f"p {{ {css} }}"))
    widths = [width_of("The quay", box.style) for box in (plain, other)]
    assert widths[1] > widths[0]
    if wider:
        assert widths[1] == pytest.approx(wider * widths[0], abs=0.1)


def test_a_style_can_be_copied_and_changed() -> None:
    """That of the box stays as it was."""
    text = text_in(render("<p id=x>The quay"))
    style = text.style.copy()
    style["font_family"], style["word_spacing"] = ("Source Sans Pro",), 5
    assert width_of("a b", style) > width_of("a b", text.style) + 4
    assert text.style["word_spacing"] == 0


def test_a_text_is_set_with_space_between_its_characters() -> None:
    """After the last character there is none, though the engine counts one."""
    text = text_in(render("<p id=x>quay"))
    before = text.width
    respace(text, 5)
    assert text.width == pytest.approx(before + 3 * 5, abs=0.1)
    respace(text, 0)
    assert text.width == pytest.approx(before, abs=0.01)


def test_what_is_set_again_is_drawn_so() -> None:
    """Drawing goes by the layout that the box has, and not by that of its paragraph."""
    document = render("<p id=x>quay")
    plain, _ = written(document)
    respace(text_in(document), 5)
    spaced, _ = written(document)
    assert plain != spaced
    assert len(spaced) > len(plain)


def test_what_is_set_again_is_no_longer_stretched() -> None:
    words = "one two three four five six seven eight nine"
    document = render(f"<p id=x>{words}", "p { width: 80px; text-align: justify }")
    text = text_in(document)
    assert text.justification_spacing > 0
    natural = width_of(text.text, text.style)
    respace(text, 0)
    assert text.justification_spacing == 0
    assert text.width == pytest.approx(natural)


def lines_in(document: Document) -> list[LineBox]:
    return [box for box in walk(root_of(document.pages[0])) if isinstance(box, LineBox)]


def test_a_line_is_wider_than_its_texts_by_its_stretch() -> None:
    words = "one two <b>three four</b> five\u00a0six seven eight nine ten"
    css = "p { width: 90px; text-align: justify }"
    stretched = lines_in(render(f"<p id=x>{words}", css))
    ragged = lines_in(render(f"<p id=x>{words}", css.replace("justify", "left")))
    assert len(stretched) == len(ragged) > 2
    for one, other in zip(stretched[:-1], ragged[:-1], strict=True):
        assert one.width == pytest.approx(90)
        # What the engine rounds, glyph by glyph, is less than a tenth of a pixel.
        assert one.width - stretch_of(one) == pytest.approx(other.width, abs=0.5)
    assert stretch_of(stretched[-1]) == 0
    assert any(stretch_of(line) > 1 for line in stretched)


def test_a_box_in_a_line_can_be_moved_with_what_is_in_it() -> None:
    document = render("<p>one <b id=x>two</b>")
    bold, text = one_of(document, "x", InlineBox), one_of(document, "x", TextBox)
    before = text.position_x
    bold.translate(7, 0)
    assert text.position_x == before + 7

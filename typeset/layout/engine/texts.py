"""Runs of text, measured and set as the engine does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from weasyprint.layout.inline import count_expandable_spaces
from weasyprint.text.line_break import create_layout, line_size

from typeset.layout.engine.boxes import LineBox, TextBox, walk

__all__ = ["respace", "stretch_of", "width_of"]


def width_of(text: str, style: Mapping[str, Any]) -> float:
    """Return the width of a text on one line, in pixels.

    Args:
        text: the text.
        style: the style of its box.
    """
    width, layout = _laid_out(text, style)
    layout.deactivate()
    return width


def respace(box: TextBox, spacing: float) -> None:
    """Set a text again with some pixels between its characters, and spaces of their natural width.

    Args:
        box: the text; changed in place.
        spacing: in pixels.
    """
    style = box.style.copy()
    style["letter_spacing"] = spacing or "normal"
    width, layout = _laid_out(box.text, style)
    layout.deactivate()
    box.style, box.pango_layout, box.justification_spacing = style, layout, 0
    # The engine counts a space after the last character too.
    box.width = width - spacing


def stretch_of(line: LineBox) -> float:
    """Return by how much the spaces of a line were widened in total, in pixels."""
    total: float = sum(
        box.justification_spacing * count_expandable_spaces(box)
        for box in walk(line)
        if isinstance(box, TextBox)
    )
    return total


def _laid_out(text: str, style: Mapping[str, Any]) -> tuple[float, Any]:
    """Return a text's width, and the engine's layout of it."""
    layout = create_layout(
        text=text, style=style, context=None, max_width=None, justification_spacing=0
    )
    width, _ = line_size(layout.get_first_line()[0], style)
    return width, layout

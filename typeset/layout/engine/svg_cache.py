"""Draws each drawing only once: the next page, or the next layout, repeats its operators.

The engine goes through a whole SVG file each time that it writes a page with it, which takes far
longer than the rest of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.images import SVGImage
from weasyprint.layout import LayoutContext
from weasyprint.pdf.stream import Stream

from typeset.layout.engine.pdf_objects import forget_state, is_opacity, names_in, resources_of

__all__ = ["keep_drawings"]


def keep_drawings(images: Mapping[str, Any]) -> None:
    """Let the engine's drawings keep their strokes, wherever boxes hold them already.

    Args:
        images: the engine's cache of images, by address.
    """
    for image in images.values():
        if type(image) is SVGImage:
            image.__class__ = _KeptDrawing
            image.keep()


@dataclass(frozen=True, slots=True)
class _Strokes:
    """The operators that a drawing adds to a page."""

    operators: list[Any]
    alphas: dict[str, Any]
    """The states of opacity that they name."""


class _KeptDrawing(SVGImage):  # type: ignore[misc]
    """A drawing with its strokes, by the size that it was drawn at."""

    def keep(self) -> None:
        """Begin without strokes."""
        self._context = _apart(self._context)
        self._strokes: dict[tuple[float, float], _Strokes] = {}

    def draw(self, stream: Stream, width: float, height: float, style: Any) -> None:
        """Draw it on a page, as the engine asks for it."""
        forget_state(stream)
        strokes = self._strokes.get((width, height))
        states = resources_of(stream)["ExtGState"]
        if strokes is not None:
            stream.stream.extend(strokes.operators)
            for name, state in strokes.alphas.items():
                states.setdefault(name, pydyf.Dictionary(state))
        else:
            start = len(stream.stream)
            super().draw(stream, width, height, style)
            operators = stream.stream[start:]
            names = names_in(operators)
            others = any(found for operator, found in names.items() if operator != "gs")
            if not others and all(map(is_opacity, names["gs"])):
                alphas = {name: dict(states[name]) for name in names["gs"]}
                self._strokes[width, height] = _Strokes(operators, alphas)
        forget_state(stream)


def _apart(context: LayoutContext) -> LayoutContext:
    """Return what a drawing needs of a layout, without the layout's boxes and styles.

    Drawings are kept from layout to layout, and each would keep the whole one that it was first
    in.
    """
    return LayoutContext(
        style_for=None,
        get_image_from_uri=context.get_image_from_uri,
        font_config=context.font_config,
        counter_style=context.counter_style,
        target_collector=None,
    )

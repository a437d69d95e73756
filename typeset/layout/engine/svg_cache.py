"""Draws each drawing only once: the next page, or the next layout, repeats its operators.

The engine goes through a whole SVG file each time that it writes a page with it, which takes far
longer than the rest of the page.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.images import SVGImage
from weasyprint.layout import LayoutContext
from weasyprint.pdf.stream import Stream

from typeset.layout.engine.pdf_objects import forget_state, is_opacity, names_in, resources_of

__all__ = ["keep_drawings"]


def keep_drawings(images: MutableMapping[str, Any]) -> None:
    """Replace the engine's drawings by cached ones.

    Args:
        images: the engine's cache of images, by address; changed in place.
    """
    for address, image in images.items():
        if isinstance(image, SVGImage):
            images[address] = _KeptDrawing(image)


@dataclass(frozen=True, slots=True)
class _Strokes:
    """The operators that a drawing adds to a page."""

    operators: list[Any]
    alphas: dict[str, Any]
    """The states of opacity that they name."""


class _KeptDrawing:
    """A drawing with its strokes, by the size that it was drawn at."""

    def __init__(self, image: SVGImage) -> None:
        self._image = image
        image._context = _apart(image._context)
        self._strokes: dict[tuple[float, float], _Strokes] = {}

    def get_intrinsic_size(self, image_resolution: Any, font_size: Any) -> Any:
        """Return the drawing's own width, height and ratio, as the engine asks for them."""
        return self._image.get_intrinsic_size(image_resolution, font_size)

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
            self._image.draw(stream, width, height, style)
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

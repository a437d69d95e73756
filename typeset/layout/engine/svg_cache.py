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
        self._strokes: dict[tuple[float, float], _Strokes | None] = {}

    def draw(self, stream: Stream, width: float, height: float, style: Any) -> None:
        """Draw it on a page, as the engine asks for it."""
        size = width, height
        if size not in self._strokes:
            self._strokes[size] = self._drawn(stream, width, height, style)
        strokes = self._strokes[size]
        forget_state(stream)
        if strokes is None:
            super().draw(stream, width, height, style)
        else:
            stream.stream.extend(strokes.operators)
            states = resources_of(stream)["ExtGState"]
            for name, state in strokes.alphas.items():
                states.setdefault(name, pydyf.Dictionary(state))
        forget_state(stream)

    def _drawn(self, page: Stream, width: float, height: float, style: Any) -> _Strokes | None:
        """Return its strokes; None if it has what depends on its page.

        They are made on a stream of their own, where no place on a page shows in their last digits.
        """
        kinds = ("ExtGState", "XObject", "Pattern", "Shading")
        resources = {kind: pydyf.Dictionary() for kind in kinds}
        resources["ColorSpace"] = resources_of(page)["ColorSpace"]
        stream = page.clone(resources=resources, fonts={}, images={}, tags=None)
        super().draw(stream, width, height, style)
        names = names_in(stream.stream)
        others = any(found for operator, found in names.items() if operator != "gs")
        if others or not all(map(is_opacity, names["gs"])):
            return None
        states = resources["ExtGState"]
        return _Strokes(stream.stream, {name: dict(states[name]) for name in names["gs"]})


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

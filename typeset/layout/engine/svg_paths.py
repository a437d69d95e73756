"""Parses each path of drawings only once, as charts repeat those of letters hundreds of times."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint.svg import TAGS
from weasyprint.svg.path import path

__all__ = ["PathCache"]

_TAG = "path"


@dataclass(frozen=True, slots=True)
class _Outline:
    """What the engine makes of a path."""

    operators: tuple[Any, ...]
    """What it adds to the page."""
    vertices: tuple[Any, ...]
    """Where markers would stand."""


class PathCache:
    """The paths that drawings have had."""

    def __init__(self) -> None:
        self._outlines: dict[tuple[Any, ...], _Outline] = {}

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Let the engine take the paths of drawings from here."""
        before, TAGS[_TAG] = TAGS[_TAG], self._draw
        try:
            yield
        finally:
            TAGS[_TAG] = before

    def _draw(self, svg: Any, node: Any, font_size: float) -> None:
        operators = svg.stream.stream
        # Lengths may have units.
        key = node.get("d", ""), font_size, svg.inner_width, svg.inner_height
        outline = self._outlines.get(key)
        if outline is not None:
            operators.extend(outline.operators)
            node.vertices.extend(outline.vertices)
            return
        operator, vertex = len(operators), len(node.vertices)
        path(svg, node, font_size)
        self._outlines[key] = _Outline(
            tuple(operators[operator:]), tuple(list(node.vertices)[vertex:])
        )

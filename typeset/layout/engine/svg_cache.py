"""Draws each drawing only once: the next page, layout or build repeats its operators.

The engine goes through a whole SVG file each time that it writes a page with it, which takes far
longer than the rest of the page.
"""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pydyf
from weasyprint.images import SVGImage
from weasyprint.layout import LayoutContext
from weasyprint.pdf.stream import Stream

from typeset.files.disk_cache import key_of, load, store
from typeset.layout.engine.messages import LOGGER, also_listening
from typeset.layout.engine.pdf_objects import forget_state, is_opacity, names_in, resources_of
from typeset.layout.engine.releases import IS_KNOWN, READ_IN

__all__ = ["keep_drawings"]


def keep_drawings(
    images: Mapping[str, Any],
    data_at: Callable[[str], bytes] = lambda _: b"",
    folder: Path | None = None,
) -> None:
    """Let the engine's drawings keep their strokes, wherever boxes hold them already.

    Args:
        images: the engine's cache of images, by address.
        data_at: returns the file at an address; nothing if it is unknown.
        folder: keeps what was drawn of known files for later builds; None keeps nothing.
    """
    for address, image in images.items():
        if type(image) is SVGImage:
            image.__class__ = _KeptDrawing
            data = data_at(address)
            image.keep(_Shelf(folder, data) if folder and data and IS_KNOWN else None)


@dataclass(frozen=True, slots=True)
class _Strokes:
    """The operators that a drawing adds to a page."""

    operators: bytes
    alphas: dict[str, Any]
    """The states of opacity that they name."""


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Keeps the strokes of a file from build to build."""

    folder: Path
    file: bytes

    def load(self, size: tuple[float, float]) -> _Strokes | None:
        """Return the strokes at a size; None if they are not known."""
        packed = load(self.folder, self._key(size))
        if packed is None:
            return None
        alphas, _, operators = zlib.decompress(packed).partition(b"\n")
        return _Strokes(operators, json.loads(alphas))

    def store(self, size: tuple[float, float], strokes: _Strokes) -> None:
        """Keep the strokes at a size."""
        plain = json.dumps(strokes.alphas).encode() + b"\n" + strokes.operators
        store(self.folder, self._key(size), zlib.compress(plain, 1))

    def _key(self, size: tuple[float, float]) -> str:
        width, height = size
        return key_of(self.file, f"drawing {READ_IN} {width!r} {height!r}")


class _KeptDrawing(SVGImage):  # type: ignore[misc]
    """A drawing with its strokes, by the size that it was drawn at."""

    _context: LayoutContext

    def keep(self, shelf: _Shelf | None) -> None:
        """Begin without strokes but those on a shelf."""
        self._context = _apart(self._context)
        self._shelf = shelf
        self._strokes: dict[tuple[float, float], _Strokes | None] = {}

    def draw(self, stream: Stream, width: float, height: float, style: Any) -> None:
        """Draw it on a page, as the engine asks for it."""
        size = float(width), float(height)
        is_new = size not in self._strokes
        if is_new:
            self._strokes[size] = self._known(stream, size, style)
        strokes = self._strokes[size]
        forget_state(stream)
        if strokes is None:
            # What the engine says of a drawing was heard when its strokes were made.
            with _silence() if is_new else nullcontext():
                super().draw(stream, width, height, style)
        else:
            if strokes.operators:
                stream.stream.append(strokes.operators)
            states = resources_of(stream)["ExtGState"]
            for name, state in strokes.alphas.items():
                states.setdefault(name, pydyf.Dictionary(state))
        forget_state(stream)

    def _known(self, page: Stream, size: tuple[float, float], style: Any) -> _Strokes | None:
        strokes = self._shelf.load(size) if self._shelf else None
        if strokes is None:
            strokes = self._drawn(page, size, style)
            if strokes is not None and self._shelf is not None:
                self._shelf.store(size, strokes)
        return strokes

    def _drawn(self, page: Stream, size: tuple[float, float], style: Any) -> _Strokes | None:
        """Return its strokes; None if it has what depends on its page.

        They are made on a stream of their own, where no place on a page shows in their last digits.
        """
        kinds = ("ExtGState", "XObject", "Pattern", "Shading")
        resources = {kind: pydyf.Dictionary() for kind in kinds}
        resources["ColorSpace"] = resources_of(page)["ColorSpace"]
        stream = page.clone(resources=resources, fonts={}, images={}, tags=None)
        with also_listening() as heard:
            super().draw(stream, *size, style)
        names = names_in(stream.stream)
        others = any(found for operator, found in names.items() if operator != "gs")
        # A drawing of which the engine says something is drawn again, to hear it in each build.
        if heard or others or not all(map(is_opacity, names["gs"])):
            return None
        states = resources["ExtGState"]
        alphas = {name: dict(states[name]) for name in names["gs"]}
        return _Strokes(b"\n".join(stream.stream), alphas)


@contextmanager
def _silence() -> Iterator[None]:
    """Let nobody hear what the engine logs."""

    def hears(_record: logging.LogRecord) -> bool:
        return False

    LOGGER.addFilter(hears)
    try:
        yield
    finally:
        LOGGER.removeFilter(hears)


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

"""Changes gradients of drawings so that every reader shows them.

The engine paints a gradient in a pattern's cell of 1 × 1, which its matrix makes as large as the
shape.  Poppler's own painter (``pdftoppm``, Okular) rounds so small a cell to nothing, and leaves
the shape white.  A cell a thousand times as large, under a matrix as much smaller, looks the same
to all others.
"""

from __future__ import annotations

import pydyf

from typeset.layout.engine.pdf_objects import patterns_in, prepend

__all__ = ["widen_cells"]

_SMALL = 100
_FACTOR = 1000


def widen_cells(pdf: pydyf.PDF) -> None:
    """Make the small cells of patterns larger, and what is painted in them with it."""
    for pattern in patterns_in(pdf):
        left, bottom, right, top = pattern.extra["BBox"]
        if min(right - left, top - bottom) < _SMALL:
            _widen(pattern)


def _widen(pattern: pydyf.Stream) -> None:
    extra = pattern.extra
    extra["BBox"] = pydyf.Array([value * _FACTOR for value in extra["BBox"]])
    extra["XStep"] *= _FACTOR
    extra["YStep"] *= _FACTOR
    a, b, c, d, e, f = extra["Matrix"]
    scaled = [value / _FACTOR for value in (a, b, c, d)]
    extra["Matrix"] = pydyf.Array([*scaled, e, f])
    prepend(pattern, f"{_FACTOR} 0 0 {_FACTOR} 0 0 cm")

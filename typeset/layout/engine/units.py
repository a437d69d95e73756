"""The engine's unit of length, the pixel of CSS, and the rest of the program's, the point."""

from __future__ import annotations

__all__ = ["PIXELS_PER_POINT", "POINTS_PER_PIXEL"]

PIXELS_PER_POINT = 4 / 3
POINTS_PER_PIXEL = 0.75

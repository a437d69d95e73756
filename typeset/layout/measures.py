"""The widths at which a block may be set."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from typeset.geometry import PageGeometry
from typeset.layout.document import GridWidth

__all__ = ["WIDTHS"]

WIDTHS: Mapping[str, Callable[[PageGeometry], float]] = {
    GridWidth.COLUMN: lambda page: page.column_width,
    GridWidth.FIRST: lambda page: page.first_width,
    GridWidth.PAGE: lambda page: page.content_width,
    GridWidth.SIDEBAR: lambda page: page.sidebar,
}
"""The widths that a block may say it has, in points."""

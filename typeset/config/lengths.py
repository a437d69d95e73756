"""Lengths as authors write them, and their pattern in a JSON Schema."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field

__all__ = ["POINTS", "LengthShape", "length"]

POINTS = {"mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0, "pt": 1.0}
"""Points in each unit."""

LengthShape = Annotated[str, Field(pattern=r"^\s*[0-9]+(\.[0-9]+)?\s*(mm|cm|in|pt)\s*$")]
"""A length as a JSON Schema sees it."""


def length(value: str) -> float:
    """Return a length in points.

    Args:
        value: a number and a unit, such as ``180 mm``.

    Raises:
        ValueError: if it is not a length.
    """
    match = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*(mm|cm|in|pt)\s*", value)
    if match is None:
        raise ValueError(f"`{value}` is not a length such as 180 mm, 7.5 in or 540 pt")
    return float(match[1]) * POINTS[match[2]]

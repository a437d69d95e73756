"""Chooses which of a test's cases are quick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

__all__ = ["slow_after"]


def slow_after(count: int, cases: Iterable[Any]) -> list[Any]:
    """Mark all cases but the first ones as slow, where each takes long and all ask the same.

    Args:
        count: how many of them are quick.
        cases: the values of a parameter, or tuples of those of several.
    """
    return [
        case if number < count else pytest.param(*_values(case), marks=pytest.mark.slow)
        for number, case in enumerate(cases)
    ]


def _values(case: object) -> tuple[object, ...]:
    return case if isinstance(case, tuple) else (case,)

"""``SOURCE_DATE_EPOCH``: the date of a reproducible build."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime

from typeset.errors import UsageError

__all__ = ["source_day"]

_NAME = "SOURCE_DATE_EPOCH"
_LAST = 253_402_300_799
"""The last second of the year 9999, the latest that Python's dates can hold."""


def source_day() -> date | None:
    """Return the date that the environment sets, in UTC; None if it sets none.

    Raises:
        UsageError: if its value is not a time.
    """
    text = os.environ.get(_NAME, "").strip()
    if not text:
        return None
    digits = text.isascii() and text.isdigit() and len(text) <= len(str(_LAST))
    if not digits or int(text) > _LAST:
        hint = "set it to whole seconds since 1970, such as 1764028800, or unset it"
        raise UsageError(f"{_NAME} is `{text}`, which is not a time", hint=hint)
    return datetime.fromtimestamp(int(text), UTC).date()

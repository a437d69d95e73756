"""What every language file gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

__all__ = ["Language", "Quotes"]

Quotes = tuple[str, str, str, str]
"""Opening and closing marks of the outer quotes, then of the inner ones."""


@dataclass(frozen=True, slots=True)
class Language:
    """The marks, words and forms of a language."""

    quotes: Quotes
    glue: tuple[str, ...]
    """Regular expressions whose last space never breaks, such as the one in ``Vol. 10``."""
    elisions: tuple[str, ...]
    """Words that an apostrophe begins, without it: ``tis``."""
    labels: Mapping[str, str]
    """The words that the page itself says, such as ``contents``."""
    format_date: Callable[[date], str]

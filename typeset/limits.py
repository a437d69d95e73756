"""Limits on the time and memory of a layout, and where they were set.

A publication sets the limits that it needs.  The person who builds it can cap them with an option
and an environment variable.  The smallest limit applies.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from typeset.errors import UsageError
from typeset.source import Location

__all__ = [
    "DEFAULT_MEMORY_MB",
    "DEFAULT_SECONDS",
    "MEMORY_MB",
    "SECONDS",
    "Caps",
    "LayoutLimits",
    "Limit",
]

SECONDS = range(1, 86_400 + 1)
"""The allowed limits on time, in seconds: up to a day."""
MEMORY_MB = range(256, 1_048_576 + 1)
"""The allowed limits on memory, in megabytes; with less, the engine does not start."""

DEFAULT_SECONDS = 300
DEFAULT_MEMORY_MB = 4096


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on time or memory."""

    most: int
    setter: str
    """The setting, option or variable that set it."""
    location: Location | None = None
    """The place in a manifest, if it was set there."""
    is_default: bool = False
    """Whether it applies because nothing is set."""

    def __str__(self) -> str:
        """Return the limit in words, with what set it."""
        return f"where `{self.setter}` is not set" if self.is_default else f"of `{self.setter}`"


@dataclass(frozen=True, slots=True)
class LayoutLimits:
    """The limits of a layout."""

    seconds: Limit
    memory_mb: Limit

    @property
    def amounts(self) -> tuple[int, int]:
        """The seconds and the megabytes."""
        return self.seconds.most, self.memory_mb.most


@dataclass(frozen=True, slots=True)
class Caps:
    """Upper bounds for the limits of any publication."""

    seconds: tuple[Limit, ...] = ()
    memory_mb: tuple[Limit, ...] = ()

    @classmethod
    def given(cls, seconds: int | None = None, memory_mb: int | None = None) -> Caps:
        """Return the caps in the environment, together with given ones.

        Args:
            seconds: from the option; None if it is not given.
            memory_mb: from the option, in megabytes; None if it is not given.

        Raises:
            UsageError: if one of them is not a number, or out of bounds.
        """
        return cls(
            _caps(SECONDS, ("--max-seconds", seconds), "TYPESET_MAX_SECONDS"),
            _caps(MEMORY_MB, ("--max-memory", memory_mb), "TYPESET_MAX_MEMORY_MB"),
        )

    def lower(self, limits: LayoutLimits) -> LayoutLimits:
        """Return a publication's limits, reduced to the caps."""
        return LayoutLimits(
            _smallest(limits.seconds, *self.seconds), _smallest(limits.memory_mb, *self.memory_mb)
        )


def _smallest(*limits: Limit) -> Limit:
    return min(limits, key=lambda limit: limit.most)


def _caps(allowed: range, option: tuple[str, int | None], variable: str) -> tuple[Limit, ...]:
    # An empty variable counts as not set.
    sources = (option, (variable, os.environ.get(variable) or None))
    return tuple(_cap(name, str(value), allowed) for name, value in sources if value is not None)


def _cap(name: str, value: str, allowed: range) -> Limit:
    if not re.fullmatch("[0-9]{1,9}", value) or int(value) not in allowed:
        found = f"{value[:40]}…" if len(value) > 40 else value
        bounds = f"{allowed[0]} to {allowed[-1]}"
        raise UsageError(f"`{name}` is `{found}`; it must be a whole number from {bounds}")
    return Limit(int(value), name)

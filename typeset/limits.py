"""How much time and memory a layout may take, and who says so.

A publication asks for what it needs; an option and a variable of whoever builds it cap that.  The
smallest wins.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from typeset.errors import UsageError
from typeset.source import Location

__all__ = ["MEMORY_MB", "SECONDS", "Caps", "LayoutLimits", "Limit"]

SECONDS = range(1, 86_400 + 1)
"""What a limit on time may be: up to a day."""
MEMORY_MB = range(256, 1_048_576 + 1)
"""What a limit on memory may be, in megabytes: with less, the engine does not even start."""


@dataclass(frozen=True, slots=True)
class Limit:
    """The most of something that a layout may take."""

    most: int
    setter: str
    """What set it, as it is written there."""
    location: Location | None = None
    """The place in a manifest, if it was set there."""
    is_default: bool = False
    """Whether it holds because nothing is set."""

    def __str__(self) -> str:
        """Say whose limit it is."""
        return f"where `{self.setter}` is not set" if self.is_default else f"of `{self.setter}`"


@dataclass(frozen=True, slots=True)
class LayoutLimits:
    """What a layout may take."""

    seconds: Limit
    memory_mb: Limit

    @property
    def amounts(self) -> tuple[int, int]:
        """The seconds and the megabytes, whoever set them."""
        return self.seconds.most, self.memory_mb.most


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that any publication may take, whatever it asks for."""

    seconds: tuple[Limit, ...] = ()
    memory_mb: tuple[Limit, ...] = ()

    @classmethod
    def given(cls, seconds: int | None = None, memory_mb: int | None = None) -> Caps:
        """Return the caps of this process's environment, and those that are given.

        Args:
            seconds: from the option; None if it is not given.
            memory_mb: from the option, in megabytes; None if it is not given.

        Raises:
            UsageError: if one of them is no number, or out of bounds.
        """
        return cls(
            _caps(SECONDS, ("--max-seconds", seconds), "TYPESET_MAX_SECONDS"),
            _caps(MEMORY_MB, ("--max-memory", memory_mb), "TYPESET_MAX_MEMORY_MB"),
        )

    def lower(self, limits: LayoutLimits) -> LayoutLimits:
        """Return the limits that hold for a publication that asks for those given."""
        return LayoutLimits(
            _smallest(limits.seconds, *self.seconds), _smallest(limits.memory_mb, *self.memory_mb)
        )


def _smallest(*limits: Limit) -> Limit:
    return min(limits, key=lambda limit: limit.most)


def _caps(allowed: range, option: tuple[str, int | None], variable: str) -> tuple[Limit, ...]:
    # A variable that is empty counts as not set.
    told = (option, (variable, os.environ.get(variable) or None))
    return tuple(_cap(name, str(value), allowed) for name, value in told if value is not None)


def _cap(name: str, value: str, allowed: range) -> Limit:
    if not re.fullmatch("[0-9]{1,9}", value) or int(value) not in allowed:
        found = f"{value[:40]}…" if len(value) > 40 else value
        bounds = f"{allowed[0]} to {allowed[-1]}"
        raise UsageError(f"`{name}` is `{found}`; it must be a whole number from {bounds}")
    return Limit(int(value), name)

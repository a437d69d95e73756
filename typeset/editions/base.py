"""What sets an edition apart."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Edition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A form in which an issue appears."""

    name: str
    suffix: str
    """What its file's name ends with, after the issue's slug."""
    variant: str
    """The PDF variant, in the engine's words."""

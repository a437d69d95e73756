"""The result of a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from typeset.diagnostics import Report
from typeset.layout.protocol import MadeUp, SetLine
from typeset.model import Issue

__all__ = ["Build", "Output"]


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a build wrote."""

    edition: str
    path: Path
    pages: int | None
    """None if it has no pages."""
    size: int
    """In bytes."""
    sha256: str


@dataclass(frozen=True, slots=True)
class Build:
    """A finished build."""

    issue: Issue
    outputs: tuple[Output, ...]
    report: Report
    seconds: Mapping[str, float]
    """Wall-clock time of each step."""
    lines: tuple[SetLine, ...] = field(default=(), repr=False)
    """Every line of justified text on the pages; empty if no edition has pages."""
    made_up: MadeUp | None = None
    """What came of the make-up of the pages; None if no edition has any."""

"""What a build gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from typeset.diagnostics import Report
from typeset.layout.protocol import SetLine
from typeset.model import Issue

__all__ = ["Build", "Output"]


@dataclass(frozen=True, slots=True)
class Output:
    """A file that a build wrote."""

    edition: str
    path: Path
    pages: int | None
    """None of a file that has no pages."""
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
    """Every line of justified text of the pages; none where no edition is made of pages."""

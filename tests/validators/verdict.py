"""What a judge of files says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["JudgeMissingError", "Verdict"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judge's word on one file."""

    file: Path
    faults: tuple[str, ...] = ()
    """What is wrong, a line each; empty where the judge is content."""

    @property
    def passed(self) -> bool:
        return not self.faults


class JudgeMissingError(Exception):
    """A judge, or something that it needs, is not installed."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} is not installed; run: make tools")

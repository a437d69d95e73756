"""What a check looks at."""

from __future__ import annotations

from dataclasses import dataclass

from typeset.geometry import PageGeometry
from typeset.manifest import Manifest
from typeset.model import Issue, Offprint
from typeset.pages import LaidOut

__all__ = ["Subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """An issue and its pages."""

    manifest: Manifest
    issue: Issue
    geometry: PageGeometry
    pages: LaidOut
    offprint: Offprint | None = None
    """Which article was printed by itself; None for the pages of the whole issue."""

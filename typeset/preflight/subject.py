"""What a check looks at."""

from __future__ import annotations

from dataclasses import dataclass

from typeset.geometry import PageGeometry
from typeset.layout.protocol import LaidOut
from typeset.manifest.load import Manifest
from typeset.model import Issue, Offprint

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

"""An issue that was read, and what the reading process is asked for, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from typeset.diagnostics import Diagnostic, Report
from typeset.files.workspace import Workspace
from typeset.geometry import PageGeometry
from typeset.limits import LayoutLimits

if TYPE_CHECKING:
    from typeset.manifest.load import Manifest
    from typeset.model import Issue
    from typeset.theme.design import Design

__all__ = ["FindIssue", "Found", "LoadIssue", "LoadedIssue", "OpenIssue", "Opened"]


@dataclass(frozen=True, slots=True)
class FindIssue:
    """Which issue is meant?"""

    path: Path | None
    """Its folder or ``issue.yaml``; None means the newest issue here."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where an issue lies."""

    root: Path
    """The publication's folder."""
    folder: str
    """The issue's folder in it."""


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """What does an issue's manifest say?"""

    path: Path | None
    """The issue's folder or ``issue.yaml``; None means the newest issue here."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Under which limits an issue is to be read and laid out."""

    limits: LayoutLimits
    told: tuple[Diagnostic, ...]
    """What is wrong with the manifest."""


@dataclass(frozen=True, slots=True)
class LoadIssue:
    """What is the issue that was opened?"""

    styles: int = 0
    """Another number than the last time means that the themes that come with typeset are to be
    read again."""


@dataclass(frozen=True, slots=True)
class LoadedIssue:
    """An issue, read and judged, with what surrounds it."""

    workspace: Workspace
    manifest: Manifest
    design: Design
    issue: Issue
    report: Report
    """Told of what is found on the pages, too."""
    told: tuple[Diagnostic, ...]
    """What it was told while the issue was read."""

    def equals(self, other: LoadedIssue) -> bool:
        """Tell whether another issue gives the same pages and diagnostics at the same places."""
        return (self.issue, self.design, self.manifest, self.told) == (
            other.issue,
            other.design,
            other.manifest,
            other.told,
        )

    @property
    def geometry(self) -> PageGeometry:
        """The page."""
        return self.design.geometry

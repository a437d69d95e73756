"""The tasks of the reading process, and their results, as picklable values."""

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
    """The task to find an issue."""

    path: Path | None
    """Its folder or ``issue.yaml``; None means the newest issue here."""


@dataclass(frozen=True, slots=True)
class Found:
    """The folders of an issue."""

    root: Path
    """The publication's folder."""
    folder: str
    """The issue's folder in it."""


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """The task to read an issue's manifest."""

    path: Path | None
    """The issue's folder or ``issue.yaml``; None means the newest issue here."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The result of reading a manifest: the limits for reading and layout."""

    limits: LayoutLimits
    diagnostics: tuple[Diagnostic, ...]
    """The diagnostics of the manifest."""


@dataclass(frozen=True, slots=True)
class LoadIssue:
    """The task to read the issue that was opened."""

    styles: int = 0
    """The version of the built-in themes; they are read again if it differs from the last one."""
    lenient: bool = False
    """Whether to return an issue with errors too, with stand-ins for what cannot be read."""


@dataclass(frozen=True, slots=True)
class LoadedIssue:
    """An issue that was read and checked, with its settings and design."""

    workspace: Workspace
    manifest: Manifest
    design: Design
    issue: Issue
    report: Report
    """Receives what is found on the pages, too."""
    diagnostics: tuple[Diagnostic, ...]
    """What the report held when the issue was read; there are errors only after lenient reading."""

    def equals(self, other: LoadedIssue) -> bool:
        """Return whether another issue gives the same pages, and diagnostics at the same places."""
        return (self.issue, self.design, self.manifest, self.diagnostics) == (
            other.issue,
            other.design,
            other.manifest,
            other.diagnostics,
        )

    @property
    def geometry(self) -> PageGeometry:
        """The geometry of the page."""
        return self.design.geometry

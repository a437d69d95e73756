"""The reading process: all that an author wrote is read in a child, under limits.

The limits stand in the manifest, which is read under the usual ones.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.layout.process.parent import LimitedProcess
from typeset.layout.protocol import Progress
from typeset.limits import Caps, LayoutLimits, Limit
from typeset.manifest.settings import Limits
from typeset.pipeline.loaded import FindIssue, Found, LoadedIssue, LoadIssue, Opened, OpenIssue
from typeset.source import Location

__all__ = ["ReadingProcess"]

_Answer = TypeVar("_Answer")

_USUAL = LayoutLimits(
    Limit(Limits().seconds, "limits.seconds", is_default=True),
    Limit(Limits().memory_mb, "limits.memory_mb", is_default=True),
)
"""What holds until a manifest was read."""


class ReadingProcess(LimitedProcess):
    """A child that finds and reads issues.

    It keeps the articles that it has read: those that did not change are not read again.

    Args:
        caps: what caps the limits of the issues.
    """

    _service = "typeset.pipeline.loading"
    _work = "reading"
    _name = "reading process"
    _code = Code.READING_LIMIT
    _advice = "make what is read there smaller or simpler"

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._usual = caps.lower(_USUAL)
        super().__init__(limits=self._usual, report=Report())
        self._file = ""
        """What is being read."""

    def find_issue(self, path: Path | None) -> Found:
        """Return where an issue lies.

        Args:
            path: its folder or ``issue.yaml``; None means the newest issue here.

        Raises:
            UsageError: if there is no such issue.
            ContentError: if that takes more time or memory than is allowed.
            EnvironmentFault: if the child fails.
        """
        self.tell(Report(), self._usual)
        return self._read(FindIssue(path), Found)

    def open_issue(self, path: Path | None) -> Opened:
        """Read an issue's manifest, and set its limits, as far as they are not capped, from now on.

        Args:
            path: as in `find_issue`.

        Raises:
            ContentError: if nothing can be made of the manifest.
            UsageError, EnvironmentFault: as in `find_issue`.
        """
        self.tell(Report(), self._usual)
        opened = self._read(OpenIssue(path), Opened)
        opened = replace(opened, limits=self._caps.lower(opened.limits))
        self.tell(Report(opened.told), opened.limits)
        return opened

    def load_issue(self, styles: int = 0) -> LoadedIssue:
        """Read the issue that was opened.

        Args:
            styles: another number than the last time means that the themes that come with typeset
                are to be read again.

        Raises:
            ContentError: if it has errors, or takes more time or memory than is allowed.
            EnvironmentFault: if the child fails.
        """
        return self._read(LoadIssue(styles), LoadedIssue)

    def _read(self, task: object, answer: type[_Answer]) -> _Answer:
        self._file = ""
        return self._ask(task, (answer,), self._note)

    def _note(self, progress: Progress) -> None:
        self._file = progress.file

    def _culprit(self, limit: Limit) -> Location | None:
        return Location(self._file) if self._file else super()._culprit(limit)

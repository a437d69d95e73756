"""The reading process: a child that reads all that authors wrote, under limits.

The limits are in the manifest, which is read under the default ones.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.layout.process.parent import LimitedProcess
from typeset.layout.protocol import Progress
from typeset.limits import DEFAULT_MEMORY_MB, DEFAULT_SECONDS, Caps, LayoutLimits, Limit
from typeset.pipeline.loaded import FindIssue, Found, LoadedIssue, LoadIssue, Opened, OpenIssue
from typeset.source import Location

__all__ = ["ReadingProcess"]

_Answer = TypeVar("_Answer")

_DEFAULTS = LayoutLimits(
    Limit(DEFAULT_SECONDS, "limits.seconds", is_default=True),
    Limit(DEFAULT_MEMORY_MB, "limits.memory_mb", is_default=True),
)
"""The limits until a manifest was read."""


class ReadingProcess(LimitedProcess):
    """A child that finds and reads issues.

    It caches articles: unchanged ones are not read again.

    Args:
        caps: upper bounds of the issues' limits.
    """

    _service = "typeset.pipeline.loading"
    _work = "reading"
    _name = "reading process"
    _code = Code.READING_LIMIT
    _advice = "make what is read there smaller or simpler"

    def __init__(self, caps: Caps) -> None:
        self._caps = caps
        self._defaults = caps.lower(_DEFAULTS)
        super().__init__(limits=self._defaults, report=Report())
        self._file = ""
        """The file that is being read."""

    def find_issue(self, path: Path | None) -> Found:
        """Return the folders of an issue.

        Args:
            path: its folder or ``issue.yaml``; None means the newest issue here.

        Raises:
            UsageError: if there is no such issue.
            ContentError: if that takes more time or memory than is allowed.
            EnvironmentFault: if the child fails.
        """
        self.tell(Report(), self._defaults)
        return self._read(FindIssue(path), Found)

    def open_issue(self, path: Path | None) -> Opened:
        """Read an issue's manifest, and from now on apply its limits, within the caps.

        Args:
            path: as in `find_issue`.

        Raises:
            ContentError: if the manifest cannot be used.
            UsageError, EnvironmentFault: as in `find_issue`.
        """
        self.tell(Report(), self._defaults)
        opened = self._read(OpenIssue(path), Opened)
        opened = replace(opened, limits=self._caps.lower(opened.limits))
        self.tell(Report(opened.diagnostics), opened.limits)
        return opened

    def load_issue(self, styles: int = 0, *, lenient: bool = False) -> LoadedIssue:
        """Read the issue that was opened.

        Args:
            styles: the version of the built-in themes; they are read again if it differs from the
                last one.
            lenient: whether to return an issue with errors too, as far as it can be read.

        Raises:
            ContentError: if it has errors, in a lenient reading only those that leave no pages, or
                takes more time or memory than is allowed.
            EnvironmentFault: if the child fails.
        """
        return self._read(LoadIssue(styles, lenient), LoadedIssue)

    def _read(self, task: object, answer: type[_Answer]) -> _Answer:
        self._file = ""
        return self._ask(task, answer, self._note)

    def _note(self, progress: Progress) -> None:
        self._file = progress.file

    def _culprit(self, limit: Limit) -> Location | None:
        return Location(self._file) if self._file else super()._culprit(limit)

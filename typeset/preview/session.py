"""A session builds one issue repeatedly, in a layout process that keeps running.

Its output is that of a build, byte for byte: a layout process keeps no state of one document that
could affect the next.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.editions import EDITIONS
from typeset.errors import ContentError, EnvironmentFault, TypesetError
from typeset.files.workspace import Workspace
from typeset.layout.process.parent import LayoutProcess
from typeset.layout.protocol import OnProgress
from typeset.limits import Caps
from typeset.pipeline.build import own_process, own_reader, render_issue
from typeset.pipeline.loaded import Opened
from typeset.pipeline.reading import ReadingProcess
from typeset.preview.proof import LaidOutIssue, Proof

__all__ = ["PreviewSession"]

_PAGES, _WEB = "screen", "html"
_SHOWN = (EDITIONS[_PAGES], EDITIONS[_WEB])
"""The editions that it makes: the pages, and the web page."""


class PreviewSession:
    """Builds one issue repeatedly; only one thread may use it, but others may stop it.

    Args:
        path: the issue's folder or ``issue.yaml``; None means the newest issue here.
        max_seconds: how long reading and one layout may each take, whatever the manifest says.
        max_memory_mb: how many megabytes of memory each process may take at most.

    Raises:
        UsageError: if there is no such issue, or a limit, here or in the environment, is out of
            bounds.
    """

    def __init__(
        self,
        path: Path | None,
        *,
        max_seconds: int | None = None,
        max_memory_mb: int | None = None,
    ) -> None:
        self._caps = Caps.given(max_seconds, max_memory_mb)
        self._lock = threading.Lock()
        self._reader: ReadingProcess | None = None
        self._is_reading = False
        """Whether the reading process is in use."""
        self._styles = 0
        """How often the built-in themes have changed."""
        self._process: LayoutProcess | None = None
        self._opened: Opened | None = None
        """The last manifest, with the limits of these processes."""
        self._is_reused = False
        self._abandoned = False
        self._built: Proof | None = None
        """The last pages of a build."""
        try:
            found = self._own_reader().find_issue(path)
        except TypesetError:
            self.close()
            raise
        self.workspace, self.folder = Workspace(found.root), found.folder

    @property
    def path(self) -> Path:
        """The issue's folder."""
        return self.workspace.root / self.folder

    def build(self, on_progress: OnProgress, *, styles_changed: bool = False) -> Proof | None:
        """Build the issue from its present files, unless the last pages already show them.

        Until there are good pages, errors in the content do not keep back what can be set.

        Args:
            on_progress: called with each step.
            styles_changed: whether to read the built-in themes again.

        Returns:
            The proof; None if the build was abandoned.
        """
        started = time.perf_counter()
        if styles_changed:
            self._styles += 1
        issue, report = self._unchanged() or self._render(on_progress)
        if report is None:
            # An earlier document may be why a reused process failed, so try again with a new one.
            issue, report = self._render(on_progress)
        with self._lock:
            abandoned, self._abandoned = self._abandoned, False
        if abandoned:
            self._end_process()  # it was killed
            return None
        if report is None:
            return None
        proof = Proof(issue, report, time.perf_counter() - started)
        if issue is not None:
            self._built = proof
        return proof

    def abandon(self) -> None:
        """Abandon the present or the next build; called from another thread."""
        with self._lock:
            self._abandoned = True
            if self._is_reading and self._reader is not None:
                self._reader.kill()
            if self._process is not None:
                self._process.kill()

    def close(self) -> None:
        """End the processes."""
        self._end_reader()
        self._end_process()

    def _own_reader(self) -> ReadingProcess:
        """Return the reading process; start a new one if there is none or it has ended."""
        if self._reader is not None and not self._reader.is_alive:
            self._end_reader()
        with self._lock:
            if self._reader is None:
                self._reader = own_reader(self._caps)
            return self._reader

    def _end_reader(self) -> None:
        with self._lock:
            reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _end_process(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.close()

    @property
    def _is_lenient(self) -> bool:
        """Whether there are no good pages yet, so that pages are set in spite of errors."""
        built = self._built
        return built is None or built.issue is None or built.issue.is_partial

    def _unchanged(self) -> tuple[LaidOutIssue, Report] | None:
        """Return the last pages and their report, if a build would give the same."""
        built = self._built
        if built is None or built.issue is None:
            return None
        try:
            with self._provide_reader() as reader:
                reader.open_issue(self.path)
                loaded = reader.load_issue(self._styles, lenient=self._is_lenient)
        except TypesetError:
            return None  # the build reports what is wrong
        return (built.issue, built.report) if loaded.equals(built.issue.loaded) else None

    def _render(self, on_progress: OnProgress) -> tuple[LaidOutIssue | None, Report | None]:
        """Return the issue with its pages, and the report; no report means to try again."""
        self._is_reused = self._process is not None
        try:
            rendered = render_issue(
                self.path,
                _SHOWN,
                on_progress,
                read=self._provide_reader,
                provide=self._provide,
                styles=self._styles,
                lenient=self._is_lenient,
            )
        except ContentError as error:
            codes = {diagnostic.code for diagnostic in error.report}
            failed = not codes.isdisjoint({Code.READING_LIMIT, Code.LAYOUT_LIMIT})
            failed = failed or (self._process is not None and not self._process.is_alive)
            report = error.report
        except TypesetError as error:
            failed = isinstance(error, EnvironmentFault)
            cause = error.__cause__
            report = cause.report if isinstance(cause, ContentError) else Report()
            code = Code.LAYOUT_FAILED if failed else Code.ISSUE_MISSING
            report.add(code, error.message, None, error.hint)
        else:
            loaded, pages = rendered.loaded, rendered.pages
            files = {file.edition: file.data for file in rendered.files}
            if pages is None or not pages.are_sound or not files[_PAGES]:
                return None, loaded.report
            return LaidOutIssue(loaded, pages, files[_PAGES], files[_WEB]), loaded.report
        if failed:
            reused, self._is_reused = self._is_reused, False
            self._end_process()
            if reused and not self._abandoned:
                return None, None
        return None, report

    @contextmanager
    def _provide_reader(self) -> Iterator[ReadingProcess]:
        """Lend the reading process, and end it if the build is abandoned."""
        reader = self._own_reader()
        with self._lock:
            self._is_reading = True
            if self._abandoned:
                reader.kill()
        try:
            yield reader
        finally:
            with self._lock:
                self._is_reading = False

    @contextmanager
    def _provide(self, opened: Opened) -> Iterator[LayoutProcess]:
        """Lend the layout process; start a new one if there is none or its limits changed."""
        if self._opened is None or opened.limits.amounts != self._opened.limits.amounts:
            self._end_process()
        self._opened = opened
        with self._lock:
            if self._process is None:
                self._process = own_process(opened)
            process = self._process
            if self._abandoned:
                process.kill()
        yield process

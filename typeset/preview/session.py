"""A session builds one issue repeatedly, in a layout process that keeps running.

Its output is that of a build, byte for byte: a layout process keeps no state of one document that
could affect the next.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.editions import EDITIONS
from typeset.errors import ContentError, EnvironmentFault, TypesetError
from typeset.files.workspace import Workspace
from typeset.layout.process.parent import LayoutProcess
from typeset.layout.protocol import OnProgress
from typeset.limits import Caps
from typeset.pipeline.build import own_process, own_reader, render_loaded
from typeset.pipeline.loaded import LoadedIssue, Opened
from typeset.pipeline.reading import ReadingProcess
from typeset.preview.proof import LaidOutIssue, Proof

__all__ = ["PreviewSession"]

_PAGES, _WEB = EDITIONS["screen"], EDITIONS["html"]
"""The editions that it makes."""


class _AbandonedError(Exception):
    """The build was abandoned."""


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
        self._styles = 0
        """How often the built-in themes have changed."""
        self._process: LayoutProcess | None = None
        self._opened: Opened | None = None
        """The last manifest, with the limits of these processes."""
        self._in_use: ReadingProcess | LayoutProcess | None = None
        """The process that works at the present build."""
        self._abandoned = False
        """Whether the present or the next build is to be given up."""
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

    def build(
        self, on_progress: OnProgress, sight: int = 1, *, styles_changed: bool = False
    ) -> Proof | None:
        """Lay the issue out from its present files, unless the last pages already show them.

        Until there are good pages, errors in the content do not keep back what can be set.

        Args:
            on_progress: called with each step.
            sight: the page that is looked at, from 1, which is drawn first.
            styles_changed: whether to read the built-in themes again.

        Returns:
            The proof, whose web page may still have to be made; None if the build was abandoned.
        """
        started = time.perf_counter()
        self._styles += styles_changed
        is_reused = self._process is not None
        try:
            issue, report, failed = self._render(on_progress, sight)
            if failed and is_reused:
                # An earlier document may be why a process failed, so try again with a new one.
                issue, report, _ = self._render(on_progress, sight)
        except _AbandonedError:
            return None
        finally:
            with self._lock:
                self._abandoned = False
        proof = Proof(issue, report, time.perf_counter() - started)
        if issue is not None:
            self._built = proof
        return proof

    def with_web_page(self, proof: Proof) -> Proof | None:
        """Return a proof of the last build with its web page; None if there is no more to show."""
        issue, process, opened = proof.issue, self._process, self._opened
        if issue is None or issue.html is not None or process is None or opened is None:
            return None
        # Another thread may read the report of the proof that is shown.
        report = Report(proof.report)
        process.tell(report, opened.limits)
        html = b""
        try:
            with self._using(process):
                _, files = render_loaded(replace(issue.loaded, report=report), (_WEB,), process)
            html = files[0].data
        except _AbandonedError:
            return None
        except ContentError:
            pass  # the report says what is wrong with it
        except EnvironmentFault as error:
            report.add(Code.LAYOUT_FAILED, error.message, None, error.hint)
        complete = replace(proof, issue=replace(issue, html=html), report=report)
        self._built = complete
        return complete

    def abandon(self, *, at_once: bool = False) -> None:
        """Abandon the present or the next build; called from another thread.

        Args:
            at_once: whether to end the process at work, which may otherwise finish its step and so
                keep what it knows for the next build.
        """
        with self._lock:
            self._abandoned = True
            if self._in_use is None:
                return
            if at_once:
                self._in_use.kill()
            else:
                self._in_use.interrupt()

    def close(self) -> None:
        """End the processes."""
        self._end_reader()
        self._end_process()

    def _own_reader(self) -> ReadingProcess:
        """Return the reading process; start a new one if there is none or it has ended."""
        if self._reader is not None and not self._reader.is_alive:
            self._end_reader()
        if self._reader is None:
            self._reader = own_reader(self._caps)
        return self._reader

    def _own_process(self, opened: Opened) -> LayoutProcess:
        """Return the layout process; start a new one also if its limits have changed."""
        before, self._opened = self._opened, opened
        has_changed = before is not None and opened.limits.amounts != before.limits.amounts
        if self._process is not None and (has_changed or not self._process.is_alive):
            self._end_process()
        if self._process is None:
            self._process = own_process(opened)
        return self._process

    def _end_reader(self) -> None:
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()

    def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.close()

    @property
    def _is_lenient(self) -> bool:
        """Whether there are no good pages yet, so that pages are set in spite of errors."""
        built = self._built
        return built is None or built.issue is None or built.issue.is_partial

    @contextmanager
    def _using(self, process: ReadingProcess | LayoutProcess) -> Iterator[None]:
        """Let the build be abandoned while a process works at it."""
        with self._lock:
            if self._abandoned:
                raise _AbandonedError
            self._in_use = process
        try:
            yield
        except TypesetError:
            if self._abandoned:
                raise _AbandonedError from None
            raise
        finally:
            with self._lock:
                self._in_use = None

    def _read(self) -> tuple[LoadedIssue, LayoutProcess]:
        """Return the issue as it is now, and the process that is to lay it out."""
        reader = self._own_reader()
        with self._using(reader):
            opened = reader.open_issue(self.path)
            # It loads the engine while the reading process reads the articles.
            process = self._own_process(opened)
            loaded = reader.load_issue(self._styles, lenient=self._is_lenient)
        process.tell(loaded.report, opened.limits)
        return loaded, process

    def _render(
        self, on_progress: OnProgress, sight: int
    ) -> tuple[LaidOutIssue | None, Report, bool]:
        """Return the issue with its pages, the report, and whether a process failed."""
        try:
            loaded, process = self._read()
            shown = self._built.issue if self._built is not None else None
            if self._built is not None and shown is not None and loaded.equals(shown.loaded):
                return shown, self._built.report, False
            with self._using(process):
                pages, files = render_loaded(loaded, (_PAGES,), process, on_progress, sight)
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
            pdf = files[0].data
            if pages is None or not pages.are_sound or not pdf:
                return None, loaded.report, False
            return LaidOutIssue(loaded, pages, pdf), loaded.report, False
        if failed:
            self._end_process()
        return None, report, failed

"""Replaces the child processes of a build: starting them takes a second or two each.

A layout here shares the engine with those of the tests before, as one save after another does in
the preview: styles are parsed and words measured once for each design.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from typeset.layout.protocol import (
    Finished,
    LaidOut,
    LayoutJob,
    MakeFile,
    MakeJob,
    OnProgress,
    Progress,
    silent,
)
from typeset.limits import Caps
from typeset.pipeline.loaded import FindIssue, Found, LoadedIssue, LoadIssue, Opened, OpenIssue
from typeset.pipeline.loading import Reader

if TYPE_CHECKING:
    from typeset.layout.lay_out import Engine

__all__ = ["InProcess", "InProcessReading", "lay_out_here"]


class InProcess:
    """Replaces the layout process."""

    is_alive = True

    def __init__(self, **_limits: object) -> None:
        pass

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def tell(self, *_where: object) -> None:
        """Ignore limits."""

    def run(self, make_job: MakeJob, on_progress: Callable[[Progress], None]) -> LaidOut:
        """Make a document and lay it out."""
        return lay_out_here(make_job(), on_progress)

    def make(self, make_file: MakeFile, on_progress: Callable[[Progress], None]) -> Finished:
        """Make a file that needs no layout."""
        return make_file()


def lay_out_here(
    job: LayoutJob, on_progress: OnProgress = silent, *, cold: bool = False
) -> LaidOut:
    """Lay a document out in this process.

    Args:
        job: the document.
        on_progress: gets each step.
        cold: whether to do so with an engine of its own.
    """
    design = job.stylesheets, job.faces, job.line_breaking
    engine = _new_engine() if cold else _engine(*design)
    return engine.lay_out(job, on_progress)


@lru_cache(maxsize=4)
def _engine(*_design: object) -> Engine:
    """Return the engine for a design; several, as tests of one file often compare two."""
    return _new_engine()


def _new_engine() -> Engine:
    # Imported here, as many tests need no layout engine.
    from typeset.layout.lay_out import Engine

    return Engine()


class InProcessReading:
    """Replaces the reading process."""

    def __init__(self, caps: Caps | None = None) -> None:
        self._caps = caps or Caps()
        self._reader = Reader()

    def __enter__(self) -> InProcessReading:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    is_alive = True

    def close(self) -> None:
        """Do nothing."""

    def find_issue(self, path: Path | None) -> Found:
        """Return the folders of an issue."""
        found = self._reader(FindIssue(path), silent)
        assert isinstance(found, Found)
        return found

    def open_issue(self, path: Path | None) -> Opened:
        """Read an issue's manifest."""
        opened = self._reader(OpenIssue(path), silent)
        assert isinstance(opened, Opened)
        return replace(opened, limits=self._caps.lower(opened.limits))

    def load_issue(self, styles: int = 0, *, lenient: bool = False) -> LoadedIssue:
        """Read the issue that was opened."""
        loaded = self._reader(LoadIssue(styles, lenient), silent)
        assert isinstance(loaded, LoadedIssue)
        return loaded

"""Builds an issue, as a list of named steps."""

from __future__ import annotations

import hashlib
import importlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from typeset.diagnostics import Report, nearest
from typeset.editions import DEFAULT_EDITION, EDITIONS, Edition, Material
from typeset.errors import ContentError, EnvironmentFault, UsageError
from typeset.files.atomic_write import write_set
from typeset.files.output_folder import output_folder
from typeset.html import print_job
from typeset.layout.process.parent import FileProcess, LayoutProcess
from typeset.layout.protocol import (
    LINE_BREAKING,
    LaidOut,
    MakeJob,
    OnProgress,
    Progress,
    RenderRequest,
    silent,
)
from typeset.limits import Caps
from typeset.model import Issue
from typeset.pipeline.loaded import LoadedIssue, Opened
from typeset.pipeline.reading import ReadingProcess
from typeset.pipeline.result import Build, Output
from typeset.pipeline.source_date import source_day

if TYPE_CHECKING:
    from typeset.pipeline.render import RenderedFile

__all__ = [
    "LoadedIssue",
    "ProvideProcess",
    "ProvideReader",
    "RenderedIssue",
    "build_issue",
    "check_issue",
    "layout_job",
    "load_issue",
    "own_process",
    "own_reader",
    "render_issue",
    "render_loaded",
]

ProvideReader = Callable[[], AbstractContextManager[ReadingProcess]]
"""Lends a process that reads an issue."""

ProvideProcess = Callable[[Opened], AbstractContextManager[LayoutProcess]]
"""Lends a layout process with the limits of an issue."""


def load_issue(path: str | Path | None = None) -> LoadedIssue:
    """Read an issue without laying it out.

    Args:
        path: the issue's folder or ``issue.yaml``; None means the newest issue here.

    Raises:
        ContentError: if it has errors; the error's report lists all of them.
        UsageError: if there is no such issue, or a limit in the environment is out of bounds.
        EnvironmentFault: if this machine cannot do it.
    """
    with own_reader() as reader:
        reader.open_issue(None if path is None else Path(path))
        return reader.load_issue()


def build_issue(
    path: str | Path | None = None,
    *,
    editions: Sequence[str] = (DEFAULT_EDITION,),
    output: str | Path | None = None,
    strict: bool = False,
    line_breaking: str | None = None,
    max_seconds: int | None = None,
    max_memory_mb: int | None = None,
    on_progress: OnProgress = silent,
) -> Build:
    """Build editions of an issue; nothing is written unless every one succeeds.

    The files replace all files of these editions from an earlier build, in one step.

    Args:
        path: the issue's folder or ``issue.yaml``; None means the newest issue here.
        editions: names of editions.
        output: the folder for the files; None means ``build/<slug>`` in the current folder.
        strict: whether warnings stop the build too.
        line_breaking: ``greedy`` or ``total-fit``; None means what the manifest says.
        max_seconds: how long reading and the layout may each take, whatever the manifest says.
        max_memory_mb: how many megabytes of memory each may take.
        on_progress: called with each step.

    Raises:
        ContentError: if the issue has errors, or warnings in a strict build.
        UsageError: if there is no such issue, edition or way of line breaking, or a limit, here or
            in the environment, is out of bounds.
        EnvironmentFault: if this machine cannot do it.
    """
    wanted = [_edition(name) for name in editions]
    if line_breaking is not None and line_breaking not in LINE_BREAKING:
        hint = f"there are: {', '.join(LINE_BREAKING)}"
        raise UsageError(f"unknown line breaking `{line_breaking}`", hint=hint)
    read = partial(own_reader, Caps.given(max_seconds, max_memory_mb))
    provide = own_process if any(edition.has_pages for edition in wanted) else _file_process
    rendered = render_issue(path, wanted, on_progress, line_breaking, read=read, provide=provide)
    issue, report = rendered.loaded.issue, rendered.loaded.report
    report.stop_on_errors(strict=strict)
    folder = output_folder(issue.slug) if output is None else Path(output)
    files = {f"{issue.slug}{file.suffix}": file for file in rendered.files}
    write_set(
        folder,
        {name: file.data for name, file in files.items()},
        # Such as offprints of articles that are no longer in the issue.
        is_stale=lambda name: any(edition.makes(name, issue.slug) for edition in wanted),
        on_written=lambda: on_progress(Progress("written")),
    )
    outputs = tuple(
        Output(
            file.edition,
            folder / name,
            file.pages,
            len(file.data),
            hashlib.sha256(file.data).hexdigest(),
        )
        for name, file in files.items()
    )
    pages = rendered.pages
    return Build(
        issue,
        outputs,
        report,
        rendered.seconds,
        lines=pages.lines if pages else (),
        made_up=pages.made_up if pages else None,
    )


def check_issue(
    path: str | Path | None = None,
    *,
    max_seconds: int | None = None,
    max_memory_mb: int | None = None,
    on_progress: OnProgress = silent,
) -> Report:
    """Lay an issue out, write nothing, and return every diagnostic.

    Args:
        path: the issue's folder or ``issue.yaml``; None means the newest issue here.
        max_seconds: how long reading and the layout may each take, whatever the manifest says.
        max_memory_mb: how many megabytes of memory each may take.
        on_progress: called with each step.

    Raises:
        UsageError: if there is no such issue, or a limit, here or in the environment, is out of
            bounds.
        EnvironmentFault: if this machine cannot do it.
    """
    read = partial(own_reader, Caps.given(max_seconds, max_memory_mb))
    try:
        rendered = render_issue(path, [EDITIONS[DEFAULT_EDITION]], on_progress, read=read)
    except ContentError as error:
        return error.report
    return rendered.loaded.report


@dataclass(frozen=True, slots=True)
class RenderedIssue:
    """An issue and the files of its editions, which are not yet written."""

    loaded: LoadedIssue
    pages: LaidOut | None
    """None if no edition is made from pages."""
    files: Sequence[RenderedFile]
    seconds: Mapping[str, float]
    """Wall-clock time of each step."""


def own_reader(caps: Caps | None = None) -> ReadingProcess:
    """Return a reading process.

    Args:
        caps: upper bounds of the issues' limits; None means those in the environment.

    Raises:
        UsageError: if a cap of the environment is out of bounds.
    """
    return ReadingProcess(Caps.given() if caps is None else caps)


def own_process(opened: Opened) -> LayoutProcess:
    """Return a layout process with the limits of an issue."""
    return LayoutProcess(limits=opened.limits, report=Report(opened.diagnostics))


def _file_process(opened: Opened) -> FileProcess:
    """Return a layout process that makes files without pages, with the limits of an issue."""
    return FileProcess(limits=opened.limits, report=Report(opened.diagnostics))


def render_issue(
    path: str | Path | None,
    editions: Sequence[Edition],
    on_progress: OnProgress = silent,
    line_breaking: str | None = None,
    *,
    read: ProvideReader = own_reader,
    provide: ProvideProcess = own_process,
) -> RenderedIssue:
    """Read an issue, lay it out, check its pages, and make its editions.

    Args:
        path: the issue's folder or ``issue.yaml``; None means the newest issue here.
        editions: the editions to make.
        on_progress: called with each step.
        line_breaking: ``greedy`` or ``total-fit``; None means what the manifest says.
        read: lends the reading process.
        provide: lends the layout process.

    Returns:
        The issue, whose report may have errors on the pages, and the files.

    Raises:
        ContentError: if the issue cannot be laid out.
        UsageError: if there is no such issue.
        EnvironmentFault: if this machine cannot do it.
    """
    started = time.perf_counter()
    on_progress(Progress("read"))
    with ExitStack() as processes:
        with read() as reader:
            # Loaded here, while the reading process starts.
            importlib.import_module("typeset.pipeline.render")
            opened = reader.open_issue(None if path is None else Path(path))
            # It loads the engine while the reading process reads the articles.
            process = processes.enter_context(provide(opened))
            loaded = reader.load_issue()
        process.tell(loaded.report, opened.limits)
        if line_breaking is not None:
            design = replace(loaded.design, line_breaking=line_breaking)
            loaded = replace(loaded, design=design)
        read_at = time.perf_counter()
        pages, files = render_loaded(loaded, editions, process, on_progress)
    seconds = {"read": read_at - started, "layout": time.perf_counter() - read_at}
    return RenderedIssue(loaded, pages, files, seconds)


def render_loaded(
    loaded: LoadedIssue,
    editions: Sequence[Edition],
    process: LayoutProcess,
    on_progress: OnProgress = silent,
    sight: int | None = None,
) -> tuple[LaidOut | None, Sequence[RenderedFile]]:
    """Lay out an issue that was read, check its pages, and make its editions.

    What is already in its report does not hinder that: an issue that was read in spite of errors
    is laid out as far as it could be read, to be seen, and not to be written.

    Args:
        loaded: the issue, whose report receives what is found.
        editions: the editions to make.
        process: lays it out.
        on_progress: called with each step.
        sight: the page from 1 that is looked at, if the issue is rendered again and again as it is
            edited: it is drawn first, and given in the step `sight`.

    Returns:
        The pages, or None if no edition is made from pages, and the files.

    Raises:
        ContentError: if the issue cannot be laid out.
        EnvironmentFault: if this machine cannot do it.
    """
    from typeset.pipeline.render import EditionRenderer

    created, files = _created(loaded.issue), loaded.workspace.files()
    material = Material(
        loaded.workspace, loaded.manifest, loaded.issue, loaded.design, created, files
    )
    known = frozenset(loaded.report)
    renderer = EditionRenderer(process, material, loaded.report, known, sight)
    try:
        return renderer.render_editions(editions, on_progress)
    except EnvironmentFault:
        # Their correction comes first: they may be why the layout failed.
        loaded.report.stop_on_errors()
        raise


def layout_job(loaded: LoadedIssue, requests: Sequence[RenderRequest] = ()) -> MakeJob:
    """Return a function that makes the layout job of an issue.

    Args:
        loaded: the issue.
        requests: the editions to make from its pages.
    """
    created = _created(loaded.issue)
    return partial(print_job, loaded.issue, loaded.design, created, tuple(requests))


def _created(issue: Issue) -> date:
    """Return the date to give the files: that of a reproducible build, or else the issue's."""
    return source_day() or issue.date


def _edition(name: str) -> Edition:
    if name not in EDITIONS:
        hint = nearest(name, EDITIONS) or f"there are: {', '.join(EDITIONS)}"
        raise UsageError(f"unknown edition `{name}`", hint=hint)
    return EDITIONS[name]

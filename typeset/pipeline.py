"""The whole way from an issue's folder to its editions, as a list of named steps."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

from typeset.assemble import assemble
from typeset.builds import Build, Output
from typeset.diagnostics import Report, nearest
from typeset.eastasian import language_of
from typeset.editions import EDITIONS, Edition
from typeset.errors import ContentError, UsageError
from typeset.finding import find_issue
from typeset.geometry import PageGeometry
from typeset.html import BASE_URL, render_print
from typeset.images import measure_image
from typeset.layout import LayoutProcess
from typeset.manifest import Manifest, load_manifest
from typeset.markdown import ArticleContext, InlineReader, read_article
from typeset.model import Article, GivenName, Image, Issue
from typeset.names import check_names
from typeset.outputs import write_whole
from typeset.pages import LaidOut, LayoutJob, Progress
from typeset.preflight import Subject, preflight
from typeset.source import Location
from typeset.theme import Theme, load_theme
from typeset.workspace import ReadProblem, Workspace

__all__ = [
    "LoadedIssue",
    "OnProgress",
    "build_issue",
    "check_issue",
    "layout_job",
    "load_issue",
]

_MOST_GUESSES = 20
"""Missing images of an article for which a name is guessed: it takes time, and more of them have
one cause."""

OnProgress = Callable[[Progress], None]


def _silent(progress: Progress) -> None:
    """Report progress to nobody."""


@dataclass(frozen=True, slots=True)
class LoadedIssue:
    """An issue, read and judged, with what surrounds it."""

    workspace: Workspace
    manifest: Manifest
    theme: Theme
    geometry: PageGeometry
    issue: Issue
    report: Report

    @property
    def accent(self) -> str:
        """The accent color: the publication's, or else the theme's."""
        return self.manifest.settings.accent or self.theme.accent


def load_issue(path: str | Path | None = None) -> LoadedIssue:
    """Read an issue without laying it out.

    Args:
        path: the issue's folder or ``issue.yaml``; None means the newest issue here.

    Raises:
        ContentError: if it has errors; the error's report lists all of them.
        UsageError: if there is no such issue.
    """
    report = Report()
    workspace, manifest = _open(path, report)
    return _load(workspace, manifest, report)


def build_issue(
    path: str | Path | None = None,
    *,
    editions: Sequence[str] = ("screen",),
    output: str | Path | None = None,
    strict: bool = False,
    on_progress: OnProgress = _silent,
) -> Build:
    """Build editions of an issue; nothing is written unless every one succeeds.

    Args:
        path: the issue's folder or ``issue.yaml``; None means the newest issue here.
        editions: names of editions.
        output: the folder for the files; None means ``build/<slug>`` in the current folder.
        strict: whether warnings stop the build too.
        on_progress: told of each step.

    Raises:
        ContentError: if the issue has errors, or warnings in a strict build.
        UsageError: if there is no such issue or edition.
        EnvironmentFault: if this machine cannot do it.
    """
    wanted = [_edition(name) for name in editions]
    loaded, pages, seconds = _lay_out_all(path, wanted, on_progress)
    loaded.report.stop_on_errors(strict=strict)
    slug = loaded.issue.slug
    folder = Path("build", slug) if output is None else Path(output)
    outputs = []
    for edition, laid_out in zip(wanted, pages, strict=True):
        file = folder / f"{slug}{edition.suffix}"
        digest = write_whole(file, laid_out.pdf)
        outputs.append(Output(edition.name, file, laid_out.pages, len(laid_out.pdf), digest))
    return Build(loaded.issue, tuple(outputs), loaded.report, seconds)


def check_issue(path: str | Path | None = None, *, on_progress: OnProgress = _silent) -> Report:
    """Lay an issue out, write nothing, and return every diagnostic.

    Raises:
        UsageError: if there is no such issue.
        EnvironmentFault: if this machine cannot do it.
    """
    try:
        loaded, _, _ = _lay_out_all(path, [EDITIONS["screen"]], on_progress)
    except ContentError as error:
        return error.report
    return loaded.report


def _lay_out_all(
    path: str | Path | None, editions: Sequence[Edition], on_progress: OnProgress
) -> tuple[LoadedIssue, list[LaidOut], dict[str, float]]:
    started = time.perf_counter()
    on_progress(Progress("read"))
    report = Report()
    workspace, manifest = _open(path, report)
    limits = manifest.settings.limits
    with LayoutProcess(
        seconds=limits.seconds,
        memory_mb=limits.memory_mb,
        limits_at=manifest.locate("limits"),
        report=report,
    ) as process:
        loaded = _load(workspace, manifest, report)
        seconds = {"read": time.perf_counter() - started}
        pages = []
        for edition in editions:
            started = time.perf_counter()
            laid_out = process.run(layout_job(loaded, edition), on_progress)
            seconds[edition.name] = time.perf_counter() - started
            preflight(Subject(manifest, loaded.issue, loaded.geometry, laid_out), report)
            pages.append(laid_out)
    return loaded, pages, seconds


def _open(path: str | Path | None, report: Report) -> tuple[Workspace, Manifest]:
    workspace, folder = find_issue(None if path is None else Path(path))
    manifest = load_manifest(workspace, folder, report)
    if manifest is None:
        raise ContentError(report)
    return workspace, manifest


def _load(workspace: Workspace, manifest: Manifest, report: Report) -> LoadedIssue:
    settings = manifest.settings
    theme = load_theme(settings.theme, manifest.locate("theme"), report)
    articles = [
        _read_article(workspace, manifest, theme, position, report)
        for position in range(len(settings.articles))
    ]
    glossary = _glossary(manifest)
    inline = InlineReader(
        settings.language,
        settings.cjk_language,
        theme.coverage,
        report,
        known={one.characters: one.language for one in glossary},
    )
    check_names(glossary, [a for a in articles if a is not None], report)
    issue = assemble(manifest, [a for a in articles if a is not None], inline, report)
    geometry = PageGeometry.of(settings.page, theme.metrics)
    if not geometry.has_room:
        message = "the page is too small for two columns and a sidebar"
        report.error("page-small", message, manifest.locate("page"), "take a larger page")
    report.stop_on_errors()
    return LoadedIssue(workspace, manifest, theme, geometry, issue, report)


def _read_article(
    workspace: Workspace, manifest: Manifest, theme: Theme, position: int, report: Report
) -> Article | None:
    settings = manifest.settings
    entry = settings.articles[position]
    try:
        path = workspace.find(entry.path, manifest.folder)
    except ReadProblem:
        return None  # the manifest has reported it
    try:
        source = workspace.read_text(path)
    except ReadProblem as problem:
        place = Location(path, problem.line)
        report.error(f"article-{problem.code}", f"{path} {problem.message}", place, problem.hint)
        return None
    context = ArticleContext(
        id=f"a{position + 1}",
        language=settings.language,
        cjk_language=settings.cjk_language,
        coverage=theme.coverage,
        find_image=_Images(workspace, (str(PurePosixPath(path).parent), manifest.folder), report),
        glossary=_glossary(manifest),
    )
    return read_article(source, context, report)


def _glossary(manifest: Manifest) -> tuple[GivenName, ...]:
    """Return the publication's names with their characters and the language of these."""
    settings = manifest.settings
    return tuple(
        GivenName(
            name,
            entry.characters,
            entry.language or language_of(entry.characters, settings.cjk_language),
            manifest.locate("glossary", name),
        )
        for name, entry in settings.glossary.items()
    )


@dataclass
class _Images:
    """Reads the images that an article refers to."""

    workspace: Workspace
    folders: tuple[str, ...]
    """Where references are looked up, in this order."""
    report: Report
    guesses: int = _MOST_GUESSES

    def __call__(self, reference: str, location: Location) -> Image | None:
        """Return an image; report it and return None if that fails."""
        try:
            path = self.workspace.find(reference, *self.folders)
            return measure_image(path, self.workspace.read_bytes(path))
        except ReadProblem as problem:
            hint = problem.hint or self._guess(reference)
            message = f"{reference} {problem.message}"
            self.report.error(f"image-{problem.code}", message, location, hint)
            return None

    def _guess(self, reference: str) -> str:
        if not self.guesses:
            return ""
        self.guesses -= 1
        return nearest(reference, self._names)

    @cached_property
    def _names(self) -> set[str]:
        return {name for folder in self.folders for name in self.workspace.names(folder)}


def layout_job(loaded: LoadedIssue, edition: Edition) -> LayoutJob:
    """Return what the layout process needs to make an edition of an issue."""
    created = _created(loaded.issue)
    document = render_print(loaded.issue, loaded.theme, loaded.accent, loaded.geometry, created)
    return LayoutJob(
        html=document.html,
        stylesheets=document.stylesheets,
        resources=document.resources,
        base_url=BASE_URL,
        geometry=loaded.geometry,
        variant=edition.variant,
    )


def _created(issue: Issue) -> date:
    """Return the day that the file is dated: a reproducible build's, or else the issue's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else issue.date


def _edition(name: str) -> Edition:
    if name not in EDITIONS:
        hint = nearest(name, EDITIONS) or f"there are: {', '.join(EDITIONS)}"
        raise UsageError(f"there is no edition `{name}`", hint=hint)
    return EDITIONS[name]

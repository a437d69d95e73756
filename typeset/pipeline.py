"""The whole way from an issue's folder to its editions, as a list of named steps."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path, PurePosixPath

from typeset.assemble import assemble
from typeset.builds import Build, Output
from typeset.diagnostics import Diagnostic, Report, nearest
from typeset.eastasian import language_of
from typeset.editions import EDITIONS, Edition, Material
from typeset.errors import ContentError, UsageError
from typeset.finding import find_issue
from typeset.fonts import fault_of_font
from typeset.geometry import PageGeometry
from typeset.html import Design, OwnFont, print_job
from typeset.images import measure_image
from typeset.languages import check_language
from typeset.layout import LayoutProcess
from typeset.limits import Caps, LayoutLimits, Limit
from typeset.manifest import Manifest, load_manifest
from typeset.markdown import ArticleContext, InlineReader
from typeset.model import Article, GivenName, Image, Issue
from typeset.names import check_names
from typeset.outputfolder import output_folder
from typeset.outputs import write_set
from typeset.pages import (
    LINE_BREAKING,
    LaidOut,
    MakeJob,
    OnProgress,
    Print,
    Progress,
    SetLine,
    silent,
)
from typeset.printing import PrintedFile, Printer
from typeset.regions import region_of
from typeset.shelf import Shelf
from typeset.source import Location
from typeset.sourcedate import source_day
from typeset.theme import TEMPLATES, Theme, load_theme, read_templates
from typeset.workspace import ReadProblem, Workspace

__all__ = [
    "LoadedIssue",
    "PrintedIssue",
    "ProvideProcess",
    "build_issue",
    "check_issue",
    "layout_job",
    "limits_of",
    "load_issue",
    "own_process",
    "print_issue",
]

_MOST_GUESSES = 20
"""Missing images of an article for which a name is guessed: it takes time, and more of them have
one cause."""

_IMAGES = "images"
"""The folder of a publication with the images that its templates show."""

ProvideProcess = Callable[[Manifest, Report], AbstractContextManager[LayoutProcess]]
"""Gives the layout process in which an issue is laid out, and takes it back."""


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


def load_issue(path: str | Path | None = None, shelf: Shelf | None = None) -> LoadedIssue:
    """Read an issue without laying it out.

    Args:
        path: the issue's folder or ``issue.yaml``; None means the newest issue here.
        shelf: articles as they were read before.

    Raises:
        ContentError: if it has errors; the error's report lists all of them.
        UsageError: if there is no such issue.
    """
    report = Report()
    workspace, manifest = _open(path, report)
    return _load(workspace, manifest, report, shelf or Shelf())


def build_issue(
    path: str | Path | None = None,
    *,
    editions: Sequence[str] = ("screen",),
    output: str | Path | None = None,
    strict: bool = False,
    line_breaking: str | None = None,
    max_seconds: int | None = None,
    max_memory_mb: int | None = None,
    on_progress: OnProgress = silent,
) -> Build:
    """Build editions of an issue; nothing is written unless every one succeeds.

    The files replace those that an earlier build wrote of these editions, all at once.

    Args:
        path: the issue's folder or ``issue.yaml``; None means the newest issue here.
        editions: names of editions.
        output: the folder for the files; None means ``build/<slug>`` in the current folder.
        strict: whether warnings stop the build too.
        line_breaking: ``greedy`` or ``total-fit``; None means what the manifest says.
        max_seconds: how long the layout may take at most, whatever the manifest says.
        max_memory_mb: how many megabytes of memory it may take at most.
        on_progress: told of each step.

    Raises:
        ContentError: if the issue has errors, or warnings in a strict build.
        UsageError: if there is no such issue, edition or way of line breaking, or a limit, here or
            in the environment, is out of bounds.
        EnvironmentFault: if this machine cannot do it.
    """
    wanted = [_edition(name) for name in editions]
    if line_breaking is not None and line_breaking not in LINE_BREAKING:
        hint = f"there are: {', '.join(LINE_BREAKING)}"
        raise UsageError(f"there is no line breaking `{line_breaking}`", hint=hint)
    provide = partial(own_process, caps=Caps.given(max_seconds, max_memory_mb))
    printed = print_issue(path, wanted, on_progress, line_breaking, provide)
    issue, report = printed.loaded.issue, printed.loaded.report
    report.stop_on_errors(strict=strict)
    folder = output_folder(issue.slug) if output is None else Path(output)
    files = {f"{issue.slug}{file.suffix}": file for file in printed.files}
    write_set(
        folder,
        {name: file.data for name, file in files.items()},
        # The offprints of articles that are no longer in the issue.
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
    return Build(issue, outputs, report, printed.seconds, printed.lines)


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
        max_seconds: how long the layout may take at most, whatever the manifest says.
        max_memory_mb: how many megabytes of memory it may take at most.
        on_progress: told of each step.

    Raises:
        UsageError: if there is no such issue, or a limit, here or in the environment, is out of
            bounds.
        EnvironmentFault: if this machine cannot do it.
    """
    provide = partial(own_process, caps=Caps.given(max_seconds, max_memory_mb))
    try:
        printed = print_issue(path, [EDITIONS["screen"]], on_progress, provide=provide)
    except ContentError as error:
        return error.report
    return printed.loaded.report


@dataclass(frozen=True, slots=True)
class PrintedIssue:
    """An issue and the files of its editions, of which nothing was written yet."""

    loaded: LoadedIssue
    pages: LaidOut | None
    """None where no edition is made of pages."""
    files: Sequence[PrintedFile]
    seconds: Mapping[str, float]
    """Wall-clock time of each step."""

    @property
    def lines(self) -> tuple[SetLine, ...]:
        """Every line of justified text on the pages."""
        return self.pages.lines if self.pages else ()


def limits_of(manifest: Manifest, caps: Caps) -> LayoutLimits:
    """Return what the layout of an issue may take."""
    asked = manifest.settings.limits

    def limit(name: str, most: int) -> Limit:
        place, is_set = manifest.locate("limits", name), manifest.has("limits", name)
        return Limit(most, f"limits.{name}", place, is_default=not is_set)

    return caps.lower(
        LayoutLimits(limit("seconds", asked.seconds), limit("memory_mb", asked.memory_mb))
    )


def own_process(manifest: Manifest, report: Report, caps: Caps | None = None) -> LayoutProcess:
    """Return a layout process with the limits of an issue.

    Args:
        manifest: the issue's.
        report: receives the diagnostic when a limit is exceeded.
        caps: what caps the limits; None means those of the environment.

    Raises:
        UsageError: if a cap of the environment is out of bounds.
    """
    return LayoutProcess(limits=limits_of(manifest, caps or Caps.given()), report=report)


def print_issue(
    path: str | Path | None,
    editions: Sequence[Edition],
    on_progress: OnProgress = silent,
    line_breaking: str | None = None,
    provide: ProvideProcess = own_process,
    *,
    keep: bool = False,
    shelf: Shelf | None = None,
) -> PrintedIssue:
    """Read an issue, lay it out, judge its pages, and make editions of them.

    Args:
        path: the issue's folder or ``issue.yaml``; None means the newest issue here.
        editions: what is made of the pages.
        on_progress: told of each step.
        line_breaking: ``greedy`` or ``total-fit``; None means what the manifest says.
        provide: gives the layout process.
        keep: whether the pages are to be kept for edits.
        shelf: articles as they were read before.

    Returns:
        The issue, whose report may tell of errors on the pages, and the files.

    Raises:
        ContentError: if the issue cannot be laid out.
        UsageError: if there is no such issue.
        EnvironmentFault: if this machine cannot do it.
    """
    started = time.perf_counter()
    on_progress(Progress("read"))
    report = Report()
    workspace, manifest = _open(path, report)
    with provide(manifest, report) as process:
        loaded = _load(workspace, manifest, report, shelf or Shelf())
        if line_breaking is not None:
            design = replace(loaded.design, line_breaking=line_breaking)
            loaded = replace(loaded, design=design)
        seconds = {"read": time.perf_counter() - started}
        started = time.perf_counter()
        created, files = _created(loaded.issue), workspace.files()
        material = Material(workspace, manifest, loaded.issue, loaded.design, created, files)
        printer = Printer(process, material, report, keep)
        pages, printed = printer.print_editions(editions, on_progress)
        seconds["layout"] = time.perf_counter() - started
    return PrintedIssue(loaded, pages, printed, seconds)


def _open(path: str | Path | None, report: Report) -> tuple[Workspace, Manifest]:
    found, folder = find_issue(None if path is None else Path(path))
    # What was read to find the issue is no part of it.
    workspace = Workspace.at(found.root)
    manifest = load_manifest(workspace, folder, report)
    if manifest is None:
        raise ContentError(report)
    return workspace, manifest


def _load(workspace: Workspace, manifest: Manifest, report: Report, shelf: Shelf) -> LoadedIssue:
    settings = manifest.settings
    check_language(settings.language, manifest.locate("language"), report)
    theme = load_theme(settings.theme, workspace, manifest.locate("theme"), report)
    articles = [
        _read_article(workspace, manifest, theme, position, report, shelf=shelf)
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
    design = _design(workspace, manifest, theme, report)
    report.stop_on_errors()
    return LoadedIssue(workspace, manifest, design, issue, report, tuple(report))


def _design(workspace: Workspace, manifest: Manifest, theme: Theme, report: Report) -> Design:
    """Return how an issue is to look, reporting a page that has no room."""
    settings = manifest.settings
    geometry = PageGeometry.of(
        settings.page,
        theme.metrics,
        settings.margins.margins,
        east_asian=region_of(settings.language) is not None,
    )
    if not geometry.has_room:
        message = "the page is too small for two columns and a sidebar"
        hint = "take a larger page, or smaller margins"
        report.error("page-small", message, manifest.locate("page"), hint)
    templates = read_templates(workspace, TEMPLATES, report)
    return Design(
        theme=theme,
        accent=settings.accent or theme.accent,
        geometry=geometry,
        flow=settings.flow,
        line_breaking=settings.line_breaking,
        cjk_language=settings.cjk_language,
        own_fonts=_own_fonts(workspace, manifest, report),
        templates=templates,
        images=_own_images(workspace, report) if templates or theme.templates else {},
    )


def _own_images(workspace: Workspace, report: Report) -> dict[str, Image]:
    """Read the publication's own images, which templates may show."""
    images = {}
    for name in workspace.names(_IMAGES):
        place = Location(f"{_IMAGES}/{name}")
        image = _Images(workspace, (_IMAGES,), report)(name, place)
        if image is not None:
            images[name] = image
    return images


def _own_fonts(workspace: Workspace, manifest: Manifest, report: Report) -> tuple[OwnFont, ...]:
    """Read the font files that the publication names for East Asian languages."""
    fonts = []
    for tag, reference in manifest.settings.cjk_fonts.items():
        place = manifest.locate("cjk_fonts", tag)
        region = region_of(tag)
        if region is None:
            hint = "name one such as zh-Hant, zh-Hans, ja or ko"
            report.error("font-language", f"`{tag}` is no East Asian language", place, hint)
            continue
        try:
            path = workspace.find(reference, manifest.folder, ".")
            data = workspace.read_bytes(path)
        except ReadProblem as problem:
            report.error(f"font-{problem.code}", f"{reference} {problem.message}", place)
            continue
        fault = fault_of_font(data)
        if fault:
            hint = "take a static TrueType or OpenType font"
            report.error("font-unusable", f"{reference} {fault}", place, hint)
        else:
            fonts.append(OwnFont(region, path, data))
    return tuple(fonts)


def _read_article(
    workspace: Workspace,
    manifest: Manifest,
    theme: Theme,
    position: int,
    report: Report,
    *,
    shelf: Shelf,
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
    article = shelf.read(source, context, report)
    if article is not None and (own := article.places.get(f"{article.id}-language")) is not None:
        check_language(article.language, own, report)
    return article


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


def layout_job(loaded: LoadedIssue, prints: Sequence[Print] = ()) -> MakeJob:
    """Return what makes the layout job of an issue.

    Args:
        loaded: the issue.
        prints: the editions that are to be made of its pages.
    """
    created = _created(loaded.issue)
    return partial(print_job, loaded.issue, loaded.design, created, tuple(prints))


def _created(issue: Issue) -> date:
    """Return the day that the file is dated: a reproducible build's, or else the issue's."""
    return source_day() or issue.date


def _edition(name: str) -> Edition:
    if name not in EDITIONS:
        hint = nearest(name, EDITIONS) or f"there are: {', '.join(EDITIONS)}"
        raise UsageError(f"there is no edition `{name}`", hint=hint)
    return EDITIONS[name]

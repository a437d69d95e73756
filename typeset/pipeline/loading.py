"""Loads an issue from its folder, in the reading process.

All that authors write is read in this module, or in those that it calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report, nearest
from typeset.errors import ContentError
from typeset.files import file_codes
from typeset.files.workspace import ReadProblem, Workspace
from typeset.geometry import PageGeometry
from typeset.images.measure import measure_image
from typeset.images.problem import ImageProblem
from typeset.languages import check_language
from typeset.languages.cjk_regions import region_of
from typeset.languages.east_asian import language_of
from typeset.layout.protocol import OnProgress, Progress
from typeset.limits import LayoutLimits, Limit
from typeset.manifest.discovery import find_issue
from typeset.manifest.load import ISSUE_FILE, Manifest, load_manifest
from typeset.markdown import FEATURES, ArticleContext, Feature, InlineReader
from typeset.model import Article, GivenName, Image
from typeset.pipeline.article_cache import ArticleCache
from typeset.pipeline.assemble import assemble
from typeset.pipeline.loaded import FindIssue, Found, LoadedIssue, LoadIssue, Opened, OpenIssue
from typeset.pipeline.name_check import check_names
from typeset.pipeline.stand_ins import PICTURE, stand_in_article
from typeset.source import Location
from typeset.theme.coverage import fault_of_font
from typeset.theme.design import Design, OwnFont
from typeset.theme.load import TEMPLATES, installed_theme, load_theme, read_templates
from typeset.theme.theme import Theme

__all__ = ["Reader", "limits_of", "serve"]

_MOST_GUESSES = 20
"""For how many missing images of an article a name is guessed: it is slow, and more of them have
the same cause."""

_IMAGES = "images"
"""The folder of a publication with images for its templates."""


def limits_of(manifest: Manifest) -> LayoutLimits:
    """Return the limits in an issue's manifest."""
    asked = manifest.settings.limits

    def limit(name: str, most: int) -> Limit:
        place, is_set = manifest.locate("limits", name), manifest.has("limits", name)
        return Limit(most, f"limits.{name}", place, is_default=not is_set)

    return LayoutLimits(limit("seconds", asked.seconds), limit("memory_mb", asked.memory_mb))


def serve() -> Reader:
    """Return the function that does the tasks of the reading process."""
    return Reader()


class Reader:
    """Reads issues; unchanged articles are not read again.

    Args:
        features: what their Markdown may hold.
    """

    def __init__(self, features: tuple[Feature, ...] = FEATURES) -> None:
        self._features = features
        self._article_cache = ArticleCache()
        self._styles = 0
        self._issue: _Issue | None = None
        """The issue that was opened."""

    def __call__(
        self, task: FindIssue | OpenIssue | LoadIssue, on_progress: OnProgress
    ) -> Found | Opened | LoadedIssue:
        """Do a task.

        Raises:
            ContentError: if the issue has errors.
            UsageError: if there is no such issue.
        """
        match task:
            case FindIssue(path):
                workspace, folder = find_issue(path)
                return Found(workspace.root, folder)
            case OpenIssue(path):
                return self._open(path, _CurrentFile(on_progress))
            case LoadIssue(styles, lenient):
                if styles != self._styles:
                    installed_theme.cache_clear()
                    self._styles = styles
                issue, self._issue = self._issue, None
                assert issue is not None, "an issue is opened before it is loaded"
                current = _CurrentFile(on_progress)
                return _load(issue, current, self._article_cache, self._features, lenient=lenient)

    def _open(self, path: Path | None, current: _CurrentFile) -> Opened:
        report = Report()
        found, folder = find_issue(path)
        # A new workspace: files that were read to find the issue are not part of it.
        workspace = Workspace.at(found.root)
        with current.reading(str(PurePosixPath(folder, ISSUE_FILE))):
            manifest = load_manifest(workspace, folder, report)
        if manifest is None:
            raise ContentError(report)
        self._issue = _Issue(workspace, manifest, report)
        return Opened(limits_of(manifest), tuple(report))


@dataclass(frozen=True, slots=True)
class _Issue:
    """An issue whose manifest was read."""

    workspace: Workspace
    manifest: Manifest
    report: Report


class _CurrentFile:
    """Reports which file is being read, so that an exceeded limit has a place."""

    def __init__(self, on_progress: OnProgress) -> None:
        self._on_progress = on_progress
        self._files = [""]

    @contextmanager
    def reading(self, path: str) -> Iterator[None]:
        """Report a file as the current one; afterwards, the one before is it again."""
        self._files.append(path)
        self._on_progress(Progress("read", file=path))
        yield
        # Not after an exception: its file stays the current one.
        self._files.pop()
        self._on_progress(Progress("read", file=self._files[-1]))


def _load(
    opened: _Issue,
    current: _CurrentFile,
    cache: ArticleCache,
    features: tuple[Feature, ...],
    *,
    lenient: bool,
) -> LoadedIssue:
    """Read all that a manifest names.

    Raises:
        ContentError: if it has errors, in a lenient reading only if these leave no room or no text;
            the error's report lists all of them.
    """
    workspace, manifest, report = opened.workspace, opened.manifest, opened.report
    settings = manifest.settings
    check_language(settings.language, manifest.locate("language"), report)
    with current.reading(manifest.locate("theme").path):
        theme = load_theme(settings.theme, workspace, manifest.locate("theme"), report)
    glossary = _glossary(manifest)
    parts = _PartsReader(
        workspace, manifest, theme, glossary, features, report, current, lenient=lenient
    )
    articles = [
        article
        for position in range(len(settings.articles))
        if (article := parts.article(position, cache)) is not None
    ]
    with current.reading(manifest.location.path):
        inline = InlineReader(
            settings.language,
            settings.cjk_language,
            theme.coverage,
            report,
            features=features,
            known={one.characters: one.language for one in glossary},
        )
        check_names(glossary, articles, report)
        elements = tuple(feature.element for feature in features if feature.element)
        issue = assemble(manifest, articles, inline, report, elements)
    design = parts.design()
    if not (lenient and articles and design.geometry.has_room):
        report.stop_on_errors()
    return LoadedIssue(workspace, manifest, design, issue, report, tuple(report))


@dataclass(frozen=True, slots=True)
class _PartsReader:
    """Reads the parts of an issue."""

    workspace: Workspace
    manifest: Manifest
    theme: Theme
    glossary: tuple[GivenName, ...]
    features: tuple[Feature, ...]
    report: Report
    current: _CurrentFile
    lenient: bool
    """Whether stand-ins take the places of what cannot be read."""

    def article(self, position: int, cache: ArticleCache) -> Article | None:
        """Read an article; return None, or its stand-in, after an error."""
        article = self._read_article(position, cache)
        if article is None and self.lenient:
            settings = self.manifest.settings
            path = str(PurePosixPath(self.manifest.folder, settings.articles[position].path))
            return stand_in_article(_id_of(position), path, settings.language)
        return article

    def _read_article(self, position: int, cache: ArticleCache) -> Article | None:
        settings, workspace, report = self.manifest.settings, self.workspace, self.report
        try:
            path = workspace.find(settings.articles[position].path, self.manifest.folder)
        except ReadProblem:
            return None  # `load_manifest` has reported it
        try:
            source = workspace.read_text(path)
        except ReadProblem as problem:
            place = Location(path, problem.line)
            message = f"{path} {problem.message}"
            code = file_codes.ARTICLE.of(problem.fault)
            report.add(code, message, place, problem.hint)
            return None
        context = ArticleContext(
            id=_id_of(position),
            language=settings.language,
            cjk_language=settings.cjk_language,
            coverage=self.theme.coverage,
            find_image=self._images(str(PurePosixPath(path).parent), self.manifest.folder),
            glossary=self.glossary,
            features=self.features,
        )
        with self.current.reading(path):
            article = cache.read(source, context, report)
        if article is not None:
            own = article.places.get(f"{article.id}-language")
            if own is not None:
                check_language(article.language, own, report)
        return article

    def design(self) -> Design:
        """Return the design of the issue, and report a page without room for text."""
        settings, theme, report = self.manifest.settings, self.theme, self.report
        geometry = PageGeometry.of(
            settings.page,
            theme.metrics,
            settings.margins.margins,
            east_asian=region_of(settings.language) is not None,
        )
        if not geometry.has_room:
            message = "the page is too small for two columns and a sidebar"
            hint = "take a larger page, or smaller margins"
            report.add(Code.PAGE_SMALL, message, self.manifest.locate("page"), hint)
        templates = read_templates(self.workspace, TEMPLATES, report)
        return Design(
            theme=theme,
            accent=settings.accent or theme.accent,
            geometry=geometry,
            flow=settings.flow,
            line_breaking=settings.line_breaking,
            cjk_language=settings.cjk_language,
            own_fonts=self._own_fonts(),
            templates=templates,
            images=self._own_images() if templates or theme.templates else {},
        )

    def _own_images(self) -> dict[str, Image]:
        """Read the images of the publication's folder ``images``, for its templates."""
        images = {}
        for name in self.workspace.names(_IMAGES):
            image = self._images(_IMAGES)(name, Location(f"{_IMAGES}/{name}"))
            if image is not None:
                images[name] = image
        return images

    def _images(self, *folders: str) -> _Images:
        return _Images(
            self.workspace, folders, self.report, self.current, PICTURE if self.lenient else None
        )

    def _own_fonts(self) -> tuple[OwnFont, ...]:
        """Read the font files that the publication names for East Asian languages."""
        manifest, report = self.manifest, self.report
        fonts = []
        for tag, reference in manifest.settings.cjk_fonts.items():
            place = manifest.locate("cjk_fonts", tag)
            region = region_of(tag)
            if region is None:
                hint = "name one such as zh-Hant, zh-Hans, ja or ko"
                report.add(
                    Code.FONT_LANGUAGE, f"`{tag}` is not an East Asian language", place, hint
                )
                continue
            try:
                path = self.workspace.find(reference, manifest.folder, ".")
                data = self.workspace.read_bytes(path)
            except ReadProblem as problem:
                code = file_codes.FONT.of(problem.fault)
                report.add(code, f"{reference} {problem.message}", place)
                continue
            with self.current.reading(path):
                fault = fault_of_font(data)
            if fault:
                hint = "take a static TrueType or OpenType font"
                report.add(Code.FONT_UNUSABLE, f"{reference} {fault}", place, hint)
            else:
                fonts.append(OwnFont(region, path, data))
        return tuple(fonts)


def _id_of(position: int) -> str:
    """Return the id of an article by its position, from 0."""
    return f"a{position + 1}"


def _glossary(manifest: Manifest) -> tuple[GivenName, ...]:
    """Return the names of the glossary, with their characters and language."""
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
    """Where references are searched for, in this order."""
    report: Report
    current: _CurrentFile
    stand_in: Image | None
    """What takes the place of an image that cannot be read."""
    guesses: int = _MOST_GUESSES

    def __call__(self, reference: str, location: Location) -> Image | None:
        """Return an image; return the stand-in after an error."""
        try:
            path = self.workspace.find(reference, *self.folders)
        except ReadProblem as problem:
            self._refuse(reference, file_codes.IMAGE.of(problem.fault), problem, location)
            return self.stand_in
        with self.current.reading(path):
            try:
                return measure_image(path, self.workspace.read_bytes(path))
            except ReadProblem as problem:
                self._refuse(reference, file_codes.IMAGE.of(problem.fault), problem, location)
            except ImageProblem as problem:
                self._refuse(reference, problem.code, problem, location)
        return self.stand_in

    def _refuse(
        self, reference: str, code: Code, problem: ReadProblem | ImageProblem, location: Location
    ) -> None:
        hint = problem.hint or self._guess(reference)
        self.report.add(code, f"{reference} {problem.message}", location, hint)

    def _guess(self, reference: str) -> str:
        if not self.guesses:
            return ""
        self.guesses -= 1
        return nearest(reference, self._names)

    @cached_property
    def _names(self) -> set[str]:
        return {name for folder in self.folders for name in self.workspace.names(folder)}

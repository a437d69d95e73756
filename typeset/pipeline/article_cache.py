"""A cache of articles, for reading an issue repeatedly."""

from __future__ import annotations

from dataclasses import dataclass, replace

from typeset.diagnostics import Diagnostic, Report
from typeset.markdown import ArticleContext, read_article
from typeset.model import Article, Image
from typeset.source import Location, SourceFile

__all__ = ["ArticleCache"]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article that was read, and all that it depends on."""

    text: str
    context: ArticleContext
    images: tuple[tuple[str, Location, Image | None], ...]
    """The images that it refers to, and what was found."""
    article: Article | None
    diagnostics: tuple[Diagnostic, ...]

    def is_valid_for(self, source: SourceFile, context: ArticleContext) -> bool:
        """Return whether the entry is valid: text, context and images are still the same."""
        same = replace(context, find_image=self.context.find_image)
        return (self.text, self.context) == (source.text, same) and all(
            context.find_image(reference, location) == image
            for reference, location, image in self.images
        )


class ArticleCache:
    """Articles by their paths; an unchanged article is not read again."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def read(self, source: SourceFile, context: ArticleContext, report: Report) -> Article | None:
        """Read an article, as :func:`read_article` does."""
        entry = self._entries.get(source.path)
        if entry is None or not entry.is_valid_for(source, context):
            entry = self._entries[source.path] = _read(source, context)
        for diagnostic in entry.diagnostics:
            report.take(diagnostic)
        return entry.article


def _read(source: SourceFile, context: ArticleContext) -> _Entry:
    asked: list[tuple[str, Location, Image | None]] = []

    def find_image(reference: str, location: Location) -> Image | None:
        image = context.find_image(reference, location)
        asked.append((reference, location, image))
        return image

    report = Report()
    article = read_article(source, replace(context, find_image=find_image), report)
    return _Entry(source.text, context, tuple(asked), article, tuple(report))

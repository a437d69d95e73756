"""The shelf: articles as they were read, for whoever reads an issue again and again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from typeset.diagnostics import Diagnostic, Report
from typeset.markdown import ArticleContext, read_article
from typeset.model import Article, Image
from typeset.source import Location, SourceFile

__all__ = ["Shelf"]


@dataclass(frozen=True, slots=True)
class _Kept:
    """An article as it was read."""

    text: str
    context: ArticleContext
    images: tuple[tuple[str, Location, Image | None], ...]
    """What was asked for, and found."""
    article: Article | None
    diagnostics: tuple[Diagnostic, ...]

    def holds(self, source: SourceFile, context: ArticleContext) -> bool:
        """Tell whether the article would be read just so again, its images included."""
        same = replace(context, find_image=self.context.find_image)
        return (self.text, self.context) == (source.text, same) and all(
            context.find_image(reference, location) == image
            for reference, location, image in self.images
        )


class Shelf:
    """Articles by their paths; reading one again costs next to nothing if nothing changed."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def read(self, source: SourceFile, context: ArticleContext, report: Report) -> Article | None:
        """Read an article, as :func:`read_article` does."""
        kept = self._kept.get(source.path)
        if kept is None or not kept.holds(source, context):
            kept = self._kept[source.path] = _read(source, context)
        for diagnostic in kept.diagnostics:
            report.add(diagnostic)
        return kept.article


def _read(source: SourceFile, context: ArticleContext) -> _Kept:
    asked: list[tuple[str, Location, Image | None]] = []

    def find_image(reference: str, location: Location) -> Image | None:
        image = context.find_image(reference, location)
        asked.append((reference, location, image))
        return image

    report = Report()
    article = read_article(source, replace(context, find_image=find_image), report)
    return _Kept(source.text, context, tuple(asked), article, tuple(report))

"""The offprints: a PDF for each article, with the page numbers that it has in the issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from typeset.diagnostics import Report
from typeset.editions.base import Edition, Material
from typeset.editions.metadata import Metadata
from typeset.editions.screen import for_reading
from typeset.layout.protocol import LaidOut, RenderRequest
from typeset.model import Issue, Offprint

__all__ = ["OFFPRINTS", "offprints_of"]


def offprints_of(issue: Issue, pages: LaidOut) -> Iterator[Offprint]:
    """Yield the articles of an issue, each with the folios that it has there.

    Args:
        issue: the whole issue.
        pages: its pages, of which none may be lost.
    """
    for number, article in enumerate(issue.articles, 1):
        folios = [box.page for box in pages.boxes_of(article.id)]
        yield Offprint(replace(issue, articles=(article,)), number, min(folios), max(folios))


def _prepare(material: Material, _report: Report) -> RenderRequest:
    offprint = material.offprint
    assert offprint is not None, "offprints are made of one article each"
    issue = material.issue
    metadata = Metadata.of_article(
        issue,
        issue.articles[0],
        material.created,
        "offprints",
        (offprint.first, offprint.last),
    )
    return for_reading(material, metadata)


OFFPRINTS = Edition(
    name="offprints",
    summary="each article as a PDF of its own",
    suffix="-offprint-{number:02}.pdf",
    prepare=_prepare,
    each_article=True,
)
"""``typeset-press build --edition offprints``."""

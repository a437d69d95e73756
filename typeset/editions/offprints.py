"""The offprints: every article by itself, a PDF for reading that is paged as in the issue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from typeset.diagnostics import Report
from typeset.editions.base import Edition, Material
from typeset.model import Issue, Offprint
from typeset.pages import Finished, LaidOut, Print

__all__ = ["OFFPRINTS", "offprints_of"]


def offprints_of(issue: Issue, pages: LaidOut) -> Iterator[Offprint]:
    """Give an issue's articles one by one, with the folios that they have in it.

    Args:
        issue: the whole issue.
        pages: its pages, of which none may be lost.
    """
    for number, article in enumerate(issue.articles, 1):
        folios = [box.page for box in pages.boxes_of(article.id)]
        yield Offprint(replace(issue, articles=(article,)), number, min(folios), max(folios))


def _prepare(_material: Material, _report: Report) -> Print:
    return Print("offprints", Finished)


OFFPRINTS = Edition(
    name="offprints",
    suffix="-offprint-{number:02}.pdf",
    prepare=_prepare,
    each_article=True,
)
"""``typeset-press build --edition offprints``."""

"""Pages: empty lines at columns' feet in the sample issues and the texts in four languages."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.benchmarks.lines import TEXTS, name_of
from tests.validators.samples import THEMES
from typeset.layout.lay_out import lay_out
from typeset.layout.protocol import silent
from typeset.pipeline.build import LoadedIssue, layout_job, load_issue

__all__ = ["PageFigures", "measure_pages"]


@dataclass(frozen=True, slots=True)
class PageFigures:
    """How the pages of a text came out in a theme."""

    text: str
    theme: str
    pages: int
    empty: int
    """Empty lines at columns' feet, the last page left out."""
    behind: int
    """Pages by which figures and tables stand behind their calls, added up."""


def measure_pages() -> Iterator[PageFigures]:
    """Make the pages of each text in each theme."""
    for text, theme in product(TEXTS, THEMES):
        loaded = _load(text, theme)
        laid_out = lay_out(layout_job(loaded)(), silent)
        made_up = laid_out.made_up
        yield PageFigures(
            text=name_of(text),
            theme=theme,
            pages=laid_out.pages,
            empty=sum(made_up.empty.values()),
            behind=sum(max(0, figure.pages_behind) for figure in made_up.figures),
        )


def _load(text: Path, theme: str) -> LoadedIssue:
    """Read an issue as if its manifest asked for a theme."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / text.name
        shutil.copytree(text, copy)
        shutil.copy(text.parent / "publication.yaml", folder)
        with (copy / "issue.yaml").open("a", encoding="utf-8") as manifest:
            manifest.write(f"\ntheme: {theme}\n")
        return load_issue(copy)

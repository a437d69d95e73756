"""What an edition is, and what it is made from."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from typeset.diagnostics import Report
from typeset.files.workspace import Workspace
from typeset.layout.protocol import MakeFile, RenderRequest
from typeset.model import Issue, Offprint
from typeset.source import Location

if TYPE_CHECKING:
    from typeset.manifest.load import Manifest
    from typeset.theme.design import Design

__all__ = ["Edition", "Material", "PlaceOf"]

PlaceOf = Callable[[str], Location | None]
"""Returns the place of a text in a template, or None; it is picklable."""


@dataclass(frozen=True, slots=True)
class Material:
    """What an edition is made of, besides the pages."""

    workspace: Workspace
    manifest: Manifest
    issue: Issue
    design: Design
    created: date
    """The date that the files are given."""
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The bytes of the files that the issue was read from, by paths relative to the
    publication's folder."""
    offprint: Offprint | None = None
    """The article that is printed by itself; None for the pages of the whole issue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A form in which an issue appears, made from its pages, from each article's, or from none."""

    name: str
    summary: str
    """What it is, in a few words that a shell shows beside its name."""
    suffix: str
    """What its file's name ends with, after the issue's slug; ``{number}`` is the article's."""
    prepare: Callable[[Material, Report], RenderRequest | MakeFile]
    """Returns what to ask of the layout, or a function that makes the file without one; reports
    settings that cannot be met."""
    has_pages: bool = True
    """Whether it is made from pages; if not, `prepare` returns a function that makes the file."""
    each_article: bool = False
    """Whether each article is laid out by itself, once the pages of the issue are known."""

    def makes(self, name: str, slug: str) -> bool:
        """Return whether a name is one that files of this edition have.

        Args:
            name: the file's.
            slug: the issue's.
        """
        head, number, tail = self.suffix.partition("{number:02}")
        numbers = "([0-9]{2}|[1-9][0-9]{2,})" if number else ""
        return bool(re.fullmatch(re.escape(slug + head) + numbers + re.escape(tail), name))

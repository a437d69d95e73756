"""What sets an edition apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from typeset.diagnostics import Report
from typeset.manifest import Manifest
from typeset.model import Issue
from typeset.pages import MakeFile, Print
from typeset.workspace import Workspace

if TYPE_CHECKING:
    from typeset.html import Design

__all__ = ["Edition", "Material"]


@dataclass(frozen=True, slots=True)
class Material:
    """What an edition is made of, besides the pages."""

    workspace: Workspace
    manifest: Manifest
    issue: Issue
    design: Design
    created: date
    """The day that files are dated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A form in which an issue appears: made of its pages, or without them."""

    name: str
    suffix: str
    """What its file's name ends with, after the issue's slug."""
    prepare: Callable[[Material, Report], Print | MakeFile]
    """Says what it asks of the layout, or what makes its file without one; told of settings that
    cannot be met."""

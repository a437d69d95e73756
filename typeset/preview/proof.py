"""Proofs: what the preview shows of an issue after a build."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from typeset.diagnostics import Report, Severity
from typeset.layout.protocol import LaidOut
from typeset.pipeline.build import LoadedIssue

__all__ = ["LaidOutIssue", "Proof"]


@dataclass(frozen=True, slots=True)
class LaidOutIssue:
    """An issue with its finished pages."""

    loaded: LoadedIssue
    laid_out: LaidOut
    pdf: bytes = field(repr=False)
    """The screen edition."""
    html: bytes | None = field(default=None, repr=False)
    """The html edition; None until it is made, and empty if it cannot be."""

    @property
    def is_partial(self) -> bool:
        """Whether the issue was read with errors: its pages show what can be set."""
        return any(one.severity is Severity.ERROR for one in self.loaded.diagnostics)

    @property
    def fonts(self) -> str:
        """A digest of the font files: pages with other fonts look different."""
        design = self.loaded.design
        faces = (face.data for face in design.theme.faces)
        return _digest((*faces, *(font.data for font in design.own_fonts)))


@dataclass(frozen=True, slots=True)
class Proof:
    """The result of building an issue once."""

    issue: LaidOutIssue | None
    """None if there are no pages; the report then says why."""
    report: Report
    seconds: float
    """Wall-clock time."""


@lru_cache(maxsize=4)
def _digest(files: tuple[bytes, ...]) -> str:
    digest = hashlib.sha256()
    for data in files:
        digest.update(data)
    return digest.hexdigest()

"""Proofs: the pages of an issue on their way to print, as they are shown to those who write it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import lru_cache

from typeset.diagnostics import Report
from typeset.layout.protocol import LaidOut, Relaid
from typeset.pipeline.build import LoadedIssue
from typeset.preview.splice import spliced

__all__ = ["LaidOutIssue", "Proof", "revised"]


@dataclass(frozen=True, slots=True)
class LaidOutIssue:
    """An issue with its finished pages."""

    loaded: LoadedIssue
    laid_out: LaidOut
    pdf: bytes = field(repr=False)
    """The screen edition."""
    html: bytes = field(repr=False)
    """The html edition."""

    @property
    def fonts(self) -> str:
        """A digest of the font files, by which pages that look alike are told apart."""
        design = self.loaded.design
        faces = (face.data for face in design.theme.faces)
        return _digest((*faces, *(font.data for font in design.own_fonts)))


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of building an issue once."""

    issue: LaidOutIssue | None
    """None if there are no pages; the report then says why."""
    report: Report
    seconds: float
    """Wall-clock time."""
    touched: range = range(0)
    """The pages, from 1, that an edit touched, if they alone were laid out anew; the others may
    not be as a build makes them."""

    @property
    def is_final(self) -> bool:
        """Whether all pages are as a build makes them."""
        return not self.touched


def revised(issue: LaidOutIssue, loaded: LoadedIssue, relaid: Relaid) -> LaidOutIssue:
    """Return an issue with those of its pages replaced that an edit touched.

    Args:
        issue: the issue before the edit.
        loaded: the same as it is now.
        relaid: the pages.
    """
    new = range(relaid.first, relaid.first + relaid.pages)
    boxes = {
        relaid.renamed.get(name, name): kept
        for name, places in issue.laid_out.boxes.items()
        if (kept := tuple(box for box in places if box.page not in new))
    }
    for name, places in relaid.boxes.items():
        boxes[name] = tuple(sorted((*boxes.get(name, ()), *places), key=lambda box: box.page))
    lines = tuple(
        replace(line, element_id=relaid.renamed.get(line.element_id, line.element_id))
        for line in issue.laid_out.lines
        if line.page not in new
    )
    laid_out = replace(issue.laid_out, boxes=boxes, lines=lines)
    pdf = spliced(issue.pdf, relaid.pdf, relaid.first)
    return replace(issue, loaded=loaded, laid_out=laid_out, pdf=pdf)


@lru_cache(maxsize=4)
def _digest(files: tuple[bytes, ...]) -> str:
    digest = hashlib.sha256()
    for data in files:
        digest.update(data)
    return digest.hexdigest()

"""Findings: what the pages are inspected for, and what was found, as plain values.

A check passes an :class:`Inspection` to :meth:`~typeset.layout.protocol.LaidOut.found` and gets its
findings.  It needs no engine for that: only the layout process loads the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from typeset.diagnostic_codes import Code

__all__ = [
    "BROKEN_TABLES",
    "DRAWING_FAULTS",
    "LOSSES",
    "OVERLAPS",
    "OVERSET",
    "PARTED",
    "SEE_THROUGH",
    "DrawingFault",
    "Inspection",
    "Loss",
    "Overlap",
    "Overset",
    "Parted",
    "Piece",
    "SeeThrough",
]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Inspection(Generic[T]):
    """A subject that pages are inspected for, with findings of type ``T``.

    Findings must be picklable.
    """

    name: str
    """A name that no other inspection has."""
    spoils: bool = False
    """Whether a finding makes the pages unusable, so that the preview does not show them."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Content of the document that the pages do not hold once and in order."""

    element_id: str
    """The nearest element with an id."""
    kind: str
    """``lost``, ``doubled`` or ``out of order``."""
    text: str
    """The text in question, shortened."""


LOSSES: Inspection[Loss] = Inspection("losses", spoils=True)
"""All of the document is on the pages, once and in order; if not, no file is written."""


@dataclass(frozen=True, slots=True)
class Overset:
    """Content that sticks out of its column, cell, box or page."""

    element_id: str
    """The nearest element with an id."""
    page: int
    """Page number from 1."""
    side: str
    """``right`` or ``foot``."""
    over: float
    """By how many points."""
    is_cut: bool
    """Whether it even leaves the sheet."""


OVERSET: Inspection[Overset] = Inspection("overset")
"""All content keeps to its place."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Content of a page that nothing else may overlap."""

    element_id: str
    """The nearest element with an id; empty in a margin."""
    kind: str
    """``text``, ``caption``, ``picture``, ``table``, or ``margin`` for running heads and folios."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two pieces of content that are printed one over the other."""

    page: int
    """Page number from 1."""
    upper: Piece
    """The one that begins higher on the page."""
    lower: Piece
    over: float
    """By how many points they overlap, in the direction in which that is less."""


OVERLAPS: Inspection[Overlap] = Inspection("overlaps", spoils=True)
"""Nothing is printed over anything else."""


@dataclass(frozen=True, slots=True)
class Parted:
    """A caption, or a part of one, that is separated from its picture or table."""

    element_id: str
    """The figure or table."""
    caption_id: str
    page: int
    """The page of the picture or table, from 1; 0 if it is on none."""
    caption_page: int
    """That of the caption, or of its part."""
    goes_on: bool
    """Whether the caption begins with the picture or table, and only continues elsewhere."""


PARTED: Inspection[Parted] = Inspection("parted", spoils=True)
"""Captions are with their pictures and tables."""


@dataclass(frozen=True, slots=True)
class SeeThrough:
    """Content that the styles make see-through."""

    element: str
    """As a style sheet names it, such as ``p.byline``."""
    opacity: float
    """Below 1."""
    page: int
    """The first page that has it, from 1."""


SEE_THROUGH: Inspection[SeeThrough] = Inspection("see-through")
"""No content is see-through."""


BROKEN_TABLES: Inspection[str] = Inspection("broken-tables")
"""Tables are wide enough for their words; findings are the ids of those in which words are broken
anywhere."""


@dataclass(frozen=True, slots=True)
class DrawingFault:
    """A part of an SVG drawing that the pages do not show, or show differently."""

    address: str
    """Its address in the document."""
    line: int
    """The line of the file, from 1."""
    code: Code
    """The code of the diagnostic."""
    message: str
    """What is wrong, as the end of a sentence that begins with the file's name."""
    hint: str


DRAWING_FAULTS: Inspection[DrawingFault] = Inspection("drawings")
"""Drawings show all of their letters, and look as they were drawn."""

"""What is found on the pages before anything is written: one file and one row an inspection.

- ``laid_document`` is what an inspection looks at;
- ``losses`` compares the document with its pages, which ``text`` reads as runs of text:
  ``completeness`` says whether all is there, once and in order;
- ``overset`` finds what sticks out of its place, ``overlaps`` what meets something else;
- ``captions`` finds those that are apart from what they belong to;
- ``transparency`` finds what styles make see-through.

What they find is declared in ``layout/findings.py``, where checks read it without the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from typeset.layout.findings import (
    BROKEN_TABLES,
    DRAWING_FAULTS,
    LOSSES,
    OVERLAPS,
    OVERSET,
    PARTED,
    SEE_THROUGH,
    Inspection,
)
from typeset.layout.inspect.captions import find_parted
from typeset.layout.inspect.laid_document import LaidDocument
from typeset.layout.inspect.losses import find_losses
from typeset.layout.inspect.overlaps import find_overlaps
from typeset.layout.inspect.overset import find_overset
from typeset.layout.inspect.transparency import find_see_through
from typeset.layout.tables import broken_tables

__all__ = ["INSPECTIONS", "Inspector", "LaidDocument"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Inspector(Generic[T]):
    """A row: an inspection, and what does it."""

    inspection: Inspection[T]
    look: Callable[[LaidDocument], Iterable[T]]


INSPECTIONS: tuple[Inspector[Any], ...] = (
    Inspector(LOSSES, lambda laid: find_losses(laid.body, laid.document, laid.boxes)),
    Inspector(OVERLAPS, lambda laid: find_overlaps(laid.document)),
    Inspector(PARTED, lambda laid: find_parted(laid.document, laid.heights, laid.geometry)),
    Inspector(OVERSET, lambda laid: find_overset(laid.document, laid.geometry)),
    Inspector(BROKEN_TABLES, lambda laid: broken_tables(laid.body)),
    Inspector(DRAWING_FAULTS, lambda laid: laid.drawing_faults),
    Inspector(SEE_THROUGH, lambda laid: find_see_through(laid.document)),
)
"""Every inspection, in the order in which they are made."""

"""What an inspection looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from weasyprint import Document

from typeset.geometry import PageGeometry
from typeset.layout.findings import DrawingFault
from typeset.layout.protocol import Box

__all__ = ["LaidDocument"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidDocument:
    """A document and the pages that it was laid out on, of which nothing was written yet."""

    document: Document
    """The pages, as the engine has them."""
    body: Element
    """What they are to show."""
    boxes: Mapping[str, tuple[Box, ...]]
    """Where each element with an id stands on them, one box a page."""
    heights: Mapping[str, float]
    """Of the blocks that were measured by themselves, in points, by id."""
    geometry: PageGeometry
    drawing_faults: tuple[DrawingFault, ...]
    """What is wrong with the drawings on them, as the renderer found."""

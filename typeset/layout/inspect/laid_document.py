"""The input of an inspection."""

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
    """A document and its pages, before a file is written."""

    document: Document
    """The pages, as the engine's object."""
    body: Element
    """The content that they have to show."""
    boxes: Mapping[str, tuple[Box, ...]]
    """The boxes of each element with an id, one a page."""
    heights: Mapping[str, float]
    """The heights of the blocks that were measured by themselves, in points, by id."""
    geometry: PageGeometry
    drawing_faults: tuple[DrawingFault, ...]
    """What is wrong with the drawings on them, as the renderer found."""

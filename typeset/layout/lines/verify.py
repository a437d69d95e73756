"""The lines on the pages, and whether they are those that were chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from weasyprint import Document

from typeset.layout.engine.boxes import blocks_in, lines_of, root_of
from typeset.layout.engine.texts import stretch_of
from typeset.layout.lines.report import text_of
from typeset.layout.lines.set_paragraph import SetParagraph

__all__ = ["FoundLine", "agrees", "found_lines"]

_TOLERANCE = 0.35
"""In pixels: by how much a line's width may differ from the chosen one."""
_NATURAL_TOLERANCE = 2.0
"""In pixels: by how much its width may do so before its spaces are stretched; fonts other than
those that it was measured with differ by far more."""


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line on the pages."""

    page: int
    """From 1."""
    text: str
    width: float
    natural: float
    """Its width before its spaces were stretched."""
    room: float
    """The width of the block that it stands in."""


def found_lines(
    document: Document, elements: Collection[Element]
) -> dict[Element, list[FoundLine]]:
    """Return the lines of some blocks in the order of the pages.

    Args:
        document: the pages.
        elements: those that the blocks were made of.
    """
    found: dict[Element, list[FoundLine]] = {}
    for number, page in enumerate(document.pages, 1):
        for block in blocks_in(root_of(page)):
            if block.element in elements:
                for line in lines_of(block):
                    entry = FoundLine(
                        page=number,
                        text=text_of(line),
                        width=line.width,
                        natural=line.width - stretch_of(line),
                        room=block.width,
                    )
                    found.setdefault(block.element, []).append(entry)
    return found


def agrees(chosen: SetParagraph, found: Sequence[FoundLine]) -> bool:
    """Tell whether a paragraph came out as it was chosen, line by line.

    Args:
        chosen: the paragraph.
        found: its lines on the pages.
    """
    texts = chosen.texts()
    if texts != [line.text for line in found]:
        return False
    for number, line in enumerate(found):
        expected = chosen.widths[min(number, len(chosen.widths) - 1)]
        if abs(line.room - expected) > _TOLERANCE or line.width > line.room + _TOLERANCE:
            return False
        # The engine counts an indent as a part of its line.
        indent = 0 if number else chosen.paragraph.indent
        if abs(line.natural - indent - chosen.naturals[number]) > _NATURAL_TOLERANCE:
            return False
        # A last line is as full as the others by what is left empty at its end.
        if " " in line.text and line.width < line.room - _TOLERANCE:
            return False
    return True

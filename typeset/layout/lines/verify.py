"""The lines that were set, and whether they are those that were chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from typeset.layout.engine.boxes import Box, blocks_in, lines_of
from typeset.layout.engine.texts import stretch_of
from typeset.layout.lines.report import text_of
from typeset.layout.lines.set_paragraph import SetParagraph

__all__ = ["FoundLine", "agrees", "lines_in"]

_TOLERANCE = 0.35
"""In pixels: by how much a line's width may differ from the chosen one."""
_NATURAL_TOLERANCE = 2.0
"""In pixels: by how much its width may do so before its spaces are stretched; fonts other than
those that it was measured with differ by far more."""


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line as it was set."""

    text: str
    width: float
    natural: float
    """Its width before its spaces were stretched."""
    room: float
    """The width of the block that it stands in."""


def lines_in(roots: Iterable[Box], elements: Collection[Element]) -> dict[Element, list[FoundLine]]:
    """Return the lines of some paragraphs in the order in which they were set.

    Args:
        roots: the boxes of what was set.
        elements: the paragraphs.
    """
    found: dict[Element, list[FoundLine]] = {}
    for root in roots:
        for block in blocks_in(root):
            if block.element in elements:
                for line in lines_of(block):
                    entry = FoundLine(
                        text=text_of(line),
                        width=line.width,
                        natural=line.width - stretch_of(line),
                        room=block.width,
                    )
                    found.setdefault(block.element, []).append(entry)
    return found


def agrees(chosen: SetParagraph, found: Sequence[FoundLine]) -> bool:
    """Return whether a paragraph came out as it was chosen, line by line.

    Args:
        chosen: the paragraph.
        found: its lines as they were set.
    """
    held = chosen.held
    assert held is not None
    texts = chosen.texts()
    if texts != [line.text for line in found]:
        return False
    for number, line in enumerate(found):
        expected = held.widths[min(number, len(held.widths) - 1)]
        if abs(line.room - expected) > _TOLERANCE or line.width > line.room + _TOLERANCE:
            return False
        # The engine counts an indent as a part of its line.
        indent = 0 if number else chosen.paragraph.indent
        if abs(line.natural - indent - held.naturals[number]) > _NATURAL_TOLERANCE:
            return False
        # A last line is as full as the others by what is left empty at its end.
        if " " in line.text and line.width < line.room - _TOLERANCE:
            return False
    return True

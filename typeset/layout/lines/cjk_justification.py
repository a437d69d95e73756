"""East Asian lines, spread to the width of their column between their characters.

The engine justifies at spaces alone, of which Chinese and Japanese have hardly any: it leaves such
lines ragged, or tears a gap at the one space beside a Latin word.  So after the layout, where no
line will break again, the missing width is divided among its characters (as JIS X 4051 and CLREQ
have it): before and after each East Asian one, and not within words and numbers.
"""

from __future__ import annotations

from itertools import pairwise

from weasyprint import Document

from typeset.languages.cjk_regions import region_of
from typeset.layout.document import Class
from typeset.layout.engine.boxes import (
    BlockContainerBox,
    Box,
    InlineBox,
    LineBox,
    TextBox,
    blocks_in,
    is_last,
    lines_of,
    root_of,
    texts_of,
)
from typeset.layout.engine.texts import respace

__all__ = ["spread_lines"]

_MOST = 0.4
"""The most that is put between two characters, in sizes of the type: a line that lacks more, such
as one that ends before a long address, stays as it is."""


def spread_lines(document: Document) -> None:
    """Spread the justified lines of a document's East Asian text."""
    for page in document.pages:
        for block in filter(_is_spread, blocks_in(root_of(page))):
            for line in lines_of(block):
                # The last line of a paragraph ends where it ends.
                if not is_last(line):
                    _spread(line, block.content_box_x() + block.width)


def _is_spread(block: BlockContainerBox) -> bool:
    style = block.style
    return style["text_align_all"] == "justify" and region_of(style["lang"] or "") is not None


def _spread(line: LineBox, edge: float) -> None:
    """Spread a line to the edge of its block, which is given in pixels."""
    # A space at a line's end has been removed from its box.
    texts = [text for text in texts_of(line) if text.text]
    east_asian = [text for text in texts if _is_east_asian(text)]
    seams = {id(one) for one, other in pairwise(texts) if _is_seam(one, other)}
    gaps = len(seams) + sum(len(text.text) - 1 for text in east_asian)
    if not gaps:
        return
    for text in texts:
        respace(text, 0)
    _trim(line)
    lacking = edge - _arrange(line, seams, 0)
    spacing = lacking / gaps
    if 0 <= spacing <= _MOST * east_asian[0].style["font_size"]:
        for text in east_asian:
            respace(text, spacing)
        _arrange(line, seams, spacing)


def _trim(line: LineBox) -> None:
    """Remove the space that would separate the last character from a further one on its line."""
    box = line
    while isinstance(box, LineBox | InlineBox) and box.children:
        box = box.children[-1]
        box.margin_right = 0


def _is_east_asian(text: TextBox) -> bool:
    return text.element is not None and text.element.get("class") == Class.CJK


def _is_seam(one: TextBox, other: TextBox) -> bool:
    """Return whether two texts meet where a line may be spread: at no space and within no word."""
    meets_space = one.text[-1].isspace() or other.text[0].isspace()
    return not meets_space and (_is_east_asian(one) or _is_east_asian(other))


def _arrange(line: LineBox, seams: set[int], spacing: float) -> float:
    """Put the parts of a line side by side, and return where the last one ends.

    Args:
        line: changed in place.
        seams: the ids of the texts that are followed by a seam.
        spacing: the width of a seam, in pixels.
    """
    parts = [part for part in line.children if part.is_in_normal_flow()]
    # An indented line is no narrower than others: its first part begins further on.
    end: float = parts[0].position_x
    for part in parts:
        end = _put(part, end, seams, spacing)
    return end


def _put(box: Box, start: float, seams: set[int], spacing: float) -> float:
    """Put a box and what is in it at its place, and return where the next one begins."""
    if not isinstance(box, InlineBox):
        box.translate(start - box.position_x, 0)
        seam = spacing if id(box) in seams else 0.0
        return start + float(box.margin_width()) + seam
    box.position_x = start
    end: float = box.content_box_x()
    for child in box.children:
        if child.is_in_normal_flow():
            end = _put(child, end, seams, spacing)
    box.width = end - box.content_box_x()
    return start + float(box.margin_width())

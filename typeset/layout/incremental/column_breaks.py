"""Where blocks go on in another column, as the pages show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from weasyprint import Page

from typeset.layout.engine.boxes import blocks_in, children_of, columns_in, lines_of, root_of
from typeset.layout.figures.plan import Break

__all__ = ["column_breaks"]


def column_breaks(pages: Sequence[Page]) -> list[Break]:
    """Return where a block goes on in another column, on the same page or the next.

    Args:
        pages: in turn.
    """
    breaks = []
    lines: Counter[Element] = Counter()
    for page in pages:
        columns = list(columns_in(root_of(page)))
        for column in columns:
            blocks = children_of(column)
            for block in blocks:
                if block.element is not None:
                    lines[block.element] += sum(len(lines_of(one)) for one in blocks_in(block))
            last = blocks[-1].element if blocks else None
            if last is not None:
                breaks.append(Break(last, lines[last], ends_page=column is columns[-1]))
    return breaks

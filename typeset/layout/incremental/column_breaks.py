"""Where blocks go on in another column, as the pages show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from weasyprint.document import Page
from weasyprint.formatting_structure import boxes

from typeset.layout.figures.plan import Break
from typeset.layout.incremental.page_starts import columns_in

__all__ = ["column_breaks"]


def column_breaks(pages: Sequence[Page]) -> list[Break]:
    """Return where a block goes on in another column, on the same page or the next.

    Args:
        pages: in turn.
    """
    breaks = []
    lines: Counter[Element] = Counter()
    for page in pages:
        # The engine shows its boxes nowhere else; a test holds what we rely on.
        columns = list(columns_in(page._page_box))  # noqa: SLF001
        for column in columns:
            for block in column.children:
                if block.element is not None:
                    lines[block.element] += sum(
                        isinstance(one, boxes.LineBox) for one in block.descendants()
                    )
            last = column.children[-1].element if column.children else None
            if last is not None:
                breaks.append(Break(last, lines[last], ends_page=column is columns[-1]))
    return breaks

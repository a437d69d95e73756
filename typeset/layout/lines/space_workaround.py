"""Works around a fault of the engine's line breaking.

When a text fits on a line, but the space at its end does not, and an inline element follows, the
engine goes back to the text's first word and leaves it on the line alone.  A space in an element of
its own is broken off rightly.  The engine writes no text of spaces only, though, and copied or
spoken words would run together, so an invisible zero-width space is put beside it.
"""

from __future__ import annotations

from collections.abc import Collection
from xml.etree.ElementTree import Element

from typeset.layout.document import INLINE

__all__ = ["SPACE", "detach_spaces"]

SPACE = "\u200b "
"""What stands for a space in an element of its own."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
"""These also name places in the outline, where nothing invisible belongs."""


def detach_spaces(
    element: Element, *, but: Collection[Element] = (), inline: Collection[str] = INLINE
) -> None:
    """Put each space that stands before an inline element into an element of its own.

    Args:
        element: the document or a part of it, changed in place.
        but: those of which the own text stays as it is.
        inline: the tags of inline elements.
    """
    if element.tag in _HEADINGS:
        return
    for position, child in reversed(list(enumerate(element))):
        if element in but:
            if child.tag not in inline:
                detach_spaces(child, but=but, inline=inline)
            continue
        detach_spaces(child, but=but, inline=inline)
        before = element[position - 1] if position else None
        text = (element.text if before is None else before.tail) or ""
        if child.tag not in inline or not text.endswith(" ") or not text.strip():
            continue
        space = Element("span")
        space.text = SPACE
        element.insert(position, space)
        if before is None:
            element.text = text[:-1]
        else:
            before.tail = text[:-1]

"""A detour around a fault of the engine's line breaking.

When a text fits on a line, but the space at its end does not, and an inline element follows, the
engine goes back to the text's first word and leaves it on the line alone.  So the last letter and
the space get an element of their own, whose first word is that letter.  The space alone would not
do: the engine writes no text of spaces only, and copied or spoken words would run together.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

__all__ = ["detach_spaces"]

_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup")
)
_END = re.compile(r"\S[\u0300-\u036f]* $")
"""The last letter of a text, with its accents, and the space after it."""


def detach_spaces(body: Element) -> None:
    """Put each space that stands before an inline element, and what it follows, into an element.

    Args:
        body: the document, changed in place.
    """
    for parent in list(body.iter()):
        for position, child in reversed(list(enumerate(parent))):
            if child.tag not in _INLINE:
                continue
            before = parent[position - 1] if position else None
            text = (parent.text if before is None else before.tail) or ""
            match = _END.search(text)
            if match is None or match.start() == 0:
                continue
            end = Element("span")
            end.text = match[0]
            parent.insert(position, end)
            if before is None:
                parent.text = text[: match.start()]
            else:
                before.tail = text[: match.start()]

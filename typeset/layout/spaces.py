"""A detour around a fault of the engine's line breaking.

When a text fits on a line, but the space at its end does not, and an inline element follows, the
engine goes back to the text's first word and leaves it on the line alone.  A space in an element of
its own is broken off rightly.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

__all__ = ["detach_spaces"]

_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "code", "em", "i", "q", "small", "span", "strong", "sub", "sup")
)


def detach_spaces(body: Element) -> None:
    """Put each space that stands before an inline element into an element of its own.

    Args:
        body: the document, changed in place.
    """
    for parent in list(body.iter()):
        for position, child in reversed(list(enumerate(parent))):
            if child.tag not in _INLINE:
                continue
            before = parent[position - 1] if position else None
            text = (parent.text if before is None else before.tail) or ""
            if not text.endswith(" ") or not text.strip():
                continue
            space = Element("span")
            space.text = " "
            parent.insert(position, space)
            if before is None:
                parent.text = text[:-1]
            else:
                before.tail = text[:-1]

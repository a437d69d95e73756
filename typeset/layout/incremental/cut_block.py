"""A block without what stands on the pages before: as it goes on at the start of a page."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from xml.etree.ElementTree import Element

from typeset.layout.document import Class, has_class

__all__ = ["cut"]

_CONTINUED = "margin-top: 0; padding-top: 0; border-top-width: 0; list-style: none"
"""The engine opens no box anew that goes on from another page, and gives it no marker."""


def cut(block: Element, path: Sequence[int]) -> Element:
    """Return a copy of a block from a place in it onwards.

    Args:
        block: a child of a flow.
        path: the place, as positions of elements from the outside inwards.
    """
    copy = deepcopy(block)
    parent = copy
    for level, position in enumerate(path):
        # What begins with the place itself begins anew.
        if any(path[level:]):
            _continue(parent, position)
        parent = parent[0]
    return copy


def _continue(parent: Element, position: int) -> None:
    """Take away what an element holds before one of its children."""
    if parent.tag == "ol":
        items = sum(child.tag == "li" for child in parent[:position])
        parent.set("start", str(int(parent.get("start", "1")) + items))
    is_line = has_class(parent[position], Class.LINE)
    del parent[:position]
    parent.text = None
    style = parent.get("style", "")
    indent = "; text-indent: 0" * is_line
    parent.set("style", f"{style}; {_CONTINUED}{indent}".removeprefix("; "))

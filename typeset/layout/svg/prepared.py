"""A drawing that is prepared for the engine, with its faults."""

from __future__ import annotations

from dataclasses import dataclass, field

from typeset.diagnostic_codes import Code
from typeset.layout.findings import DrawingFault
from typeset.layout.svg.cascade import apply_styles
from typeset.layout.svg.letters import Text, texts_of
from typeset.layout.svg.rewrite import choose_branches, rewrite
from typeset.layout.svg.tree import read_tree
from typeset.layout.svg.unsupported import find_foreign

__all__ = ["Prepared", "prepare"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prepared drawing."""

    address: str
    """The address at which the document asks for it."""
    data: bytes = field(repr=False)
    """The file for the engine."""
    texts: tuple[Text, ...]
    """What it should show."""
    faults: tuple[DrawingFault, ...]
    """What the engine will not draw correctly."""


def prepare(address: str, data: bytes) -> Prepared:
    """Prepare a drawing.

    Args:
        address: the address at which the document asks for it.
        data: the SVG file, known to be well-formed.
    """
    tree = read_tree(data)
    unread = apply_styles(tree)
    choose_branches(tree)
    texts = texts_of(tree)
    faults = [
        DrawingFault(
            address,
            one.line,
            code=Code.IMAGE_SIMPLIFIED,
            message=f"has styles that are not understood: `{one.text[:80]}`",
            hint="remove them",
        )
        for one in unread[:1]
    ]
    faults += [
        DrawingFault(
            address,
            line,
            code=Code.IMAGE_FOREIGN if sort.is_error else Code.IMAGE_SIMPLIFIED,
            message=sort.message,
            hint=sort.hint,
        )
        for line, sort in find_foreign(tree)
    ]
    rewrite(tree)
    return Prepared(address, tree.write(), texts, tuple(faults))

"""Variants: paragraphs set one line longer or shorter than is best for them, as pages need it.

Total fit says what each variant costs before any page is planned.  Only those that a plan wants are
set by the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf
from typing import NamedTuple
from xml.etree.ElementTree import Element

from typeset.layout.lines.line_setter import LineSetter
from typeset.layout.lines.set_paragraph import Lines
from typeset.layout.lines.total_fit import Variant
from typeset.layout.makeup.values import Measure, Setting
from typeset.layout.ruled import Ruled

__all__ = ["Variants", "Varied"]

SetBlocks = Callable[[Sequence[Element]], Mapping[Element, Ruled]]
_DEMERITS = 2000.0
"""Demerits of lines that weigh as much as 1 of the make-up's `Weights`."""


class Varied(NamedTuple):
    """A block that is longer or shorter."""

    block: Element
    by: int
    """Lines that it has more: 1, or -1 if it is shorter."""
    measure: Measure


@dataclass(slots=True)
class _Known:
    """A block with one paragraph, and its variants by the lines that it has more."""

    best: Ruled
    paragraph: Element
    ways: dict[int, Variant]
    types: dict[int, tuple[Ruled, Lines]] = field(default_factory=dict)
    """Those that were set."""

    def cost(self, by: int) -> float:
        """Return what it costs to have so many lines more."""
        return self.ways[by].demerits / _DEMERITS if by in self.ways else inf


class Variants:
    """The variants of a document's paragraphs in one measure.

    Args:
        lines: chooses lines.
    """

    def __init__(self, lines: LineSetter) -> None:
        self._lines = lines
        self._known: dict[Element, _Known] = {}

    def setting(self, block: Element, paragraph: Element, best: Ruled) -> Setting:
        """Return how a block is set, with what its variants cost.

        Args:
            block: the block.
            paragraph: the only one in it.
            best: its type, with the lines that the paragraph holds.
        """
        known = self._known.get(block)
        if known is None or known.best is not best:
            known = _Known(best, paragraph, self._lines.variants(paragraph))
            self._known[block] = known
        return replace(best.setting, looser=known.cost(1), tighter=known.cost(-1))

    def set_wanted(self, wanted: Mapping[Element, int], set_blocks: SetBlocks) -> bool:
        """Set the variants that a plan wants; return whether all of them came out as planned.

        One that did not is not offered again.

        Args:
            wanted: by how many lines each block is longer; paragraphs hold the lines of their type.
            set_blocks: sets blocks to the measure with the lines that they hold.
        """
        new = {block: by for block, by in wanted.items() if by not in self._known[block].types}
        held: dict[Element, Lines] = {}
        for block, by in new.items():
            known = self._known[block]
            held[known.paragraph] = self._lines.lines_of(known.paragraph)
            self._lines.vary(known.paragraph, known.ways[by])
        types = set_blocks([*new])
        for block, by in new.items():
            known = self._known[block]
            if self._is_sound(known, by, types[block]):
                known.types[by] = types[block], self._lines.lines_of(known.paragraph)
            else:
                del known.ways[by]
        for paragraph, lines in held.items():
            self._lines.use(paragraph, lines)
        return all(by in self._known[block].types for block, by in wanted.items())

    def _is_sound(self, known: _Known, by: int, ruled: Ruled) -> bool:
        """Return whether a block has the chosen lines, and the height that was planned."""
        wrong = self._lines.wrong([known.paragraph], [ruled.type.box])
        return not wrong and ruled.lines == known.best.lines + by

    def type_of(self, block: Element, by: int) -> Ruled:
        """Return a variant that was set."""
        return self._known[block].types[by][0]

    def use(self, block: Element, by: int) -> None:
        """Let a paragraph hold the lines of a variant that was set."""
        known = self._known[block]
        self._lines.use(known.paragraph, known.types[by][1])

"""What is known of blocks, kept from one layout to the next.

A document that is laid out again differs from the last one in a few blocks.  A block that is as it
was, among others as they were, is taken over: the elements of the last document take the place of
the new ones, and all that was found out about them holds.  So the same code lays out a document for
the first time and after an edit, and what is shown after an edit is what a new layout gives.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from typeset.layout.document import without_id
from typeset.layout.lines.set_paragraph import SetParagraph
from typeset.layout.manuscript import Flow
from typeset.layout.ruled import Ruled

__all__ = ["BlockCache", "KnownBlock", "Snapshot"]

_REACH = 4
"""How many blocks before and after its own a rule of the styles is taken to see, unless it counts
or skips blocks."""
_FAR = re.compile(r"~|:nth-")
"""What a style sheet has where a rule may see blocks further away."""


class Snapshot:
    """The content of an element, and of all in it, to be restored after changes.

    Args:
        root: the element.
        but: elements in it that are left out; what they hold changes by itself.
    """

    def __init__(self, root: Element, but: Collection[Element] = ()) -> None:
        self._states = [
            (one, dict(one.attrib), one.text, one.tail, list(one))
            for one in root.iter()
            if one not in but
        ]

    def restore(self) -> None:
        """Let the elements hold again what they held."""
        for element, attributes, text, tail, children in self._states:
            element[:] = children
            element.text, element.tail = text, tail
            element.attrib.clear()
            element.attrib.update(attributes)


@dataclass(eq=False, slots=True)
class KnownBlock:
    """A block, and what was found out about it."""

    element: Element
    paragraphs: tuple[SetParagraph, ...] = ()
    """Those whose lines can be chosen."""
    types: dict[Hashable, tuple[Ruled, ...]] = field(default_factory=dict)
    """Its type, by all that it depends on: two parts if it is set to two measures, and none if
    styles hide it or it cannot be divided so."""
    right: set[tuple[Ruled, ...]] = field(default_factory=set)
    """The type whose lines are those that were chosen."""
    given_up: dict[Element, Snapshot] = field(default_factory=dict)
    """Paragraphs as the engine gets them, if their lines are left to it."""
    _twin: KnownBlock | None = None
    _first: Snapshot | None = None

    @property
    def is_new(self) -> bool:
        """Whether nothing is known of it yet."""
        return self._first is None

    def begin(self) -> None:
        """Take note of what the block holds before it is laid out."""
        self._first = Snapshot(self.element)

    def restore(self) -> None:
        """Let the block hold what it held before it was laid out."""
        assert self._first is not None, "it was laid out"
        self._first.restore()
        for paragraph in self.paragraphs:
            paragraph.held = None

    def twin(self) -> KnownBlock:
        """Return a copy of the block, which may be changed for itself; the same for each layout."""
        if self._twin is None:
            self._twin = KnownBlock(deepcopy(self.element))
            self._twin.begin()
        else:
            self._twin.restore()
        return self._twin


class BlockCache:
    """The blocks of the last document.

    Args:
        style_sheets: the styles of all documents that it is used for.
    """

    def __init__(self, style_sheets: Iterable[str]) -> None:
        self._sees_all = any(map(_FAR.search, style_sheets))
        self._blocks: dict[Hashable, list[KnownBlock]] = {}

    def forget(self, addresses: Collection[str]) -> bool:
        """Forget the blocks that show some files; return whether blocks show all of them."""
        shown: set[str] = set()
        for key, same in [*self._blocks.items()]:
            files = {one.get("src", "") for known in same for one in known.element.iter("img")}
            if not files.isdisjoint(addresses):
                shown |= files
                del self._blocks[key]
        return shown.issuperset(addresses)

    def clear(self) -> None:
        """Forget all blocks."""
        self._blocks = {}

    def take_over(self, root: Element, flows: Iterable[Flow]) -> dict[Element, KnownBlock]:
        """Return what is known of the blocks of a document, by their elements.

        Args:
            root: the document; blocks that are known already are replaced by those of the last.
            flows: its flows; what the cache holds afterwards are their blocks.
        """
        # A layout that was interrupted may have left blocks of which nothing is known.
        last = {key: [one for one in same if not one.is_new] for key, same in self._blocks.items()}
        self._blocks = {}
        known: dict[Element, KnownBlock] = {}
        for flow in flows:
            around = _around(root, flow)
            parent = flow.within[-1]
            for place, (block, near) in enumerate(self._neighbors(flow)):
                key = around, near, _markup(block)
                waiting = last.get(key)
                one = waiting.pop() if waiting else KnownBlock(block)
                if one.element is not block:
                    one.restore()
                    parent[place] = one.element
                self._blocks.setdefault(key, []).append(one)
                known[one.element] = one
        return known

    def _neighbors(self, flow: Flow) -> Iterator[tuple[Element, Hashable]]:
        """Give each block with what a rule of the styles may see of the others of its flow."""
        text = flow.text
        looks = [_look(one) for one in text]
        firsts = {look: place for place, look in reversed([*enumerate(looks)])}
        lasts = {look: place for place, look in enumerate(looks)}
        places = {one: place for place, one in enumerate(text)}
        everything = tuple(looks)
        for block in flow.blocks:
            place = places.get(block)
            if place is None:
                yield block, ()  # a figure is set by itself
            elif self._sees_all:
                yield block, (place, everything)
            else:
                look = looks[place]
                before = tuple(looks[max(place - _REACH, 0) : place])
                after = tuple(looks[place + 1 : place + _REACH + 1])
                yield block, (before, after, firsts[look] == place, lasts[look] == place)


def _around(root: Element, flow: Flow) -> Hashable:
    """Return what rules of the styles see around the blocks of a flow."""
    body = next(root.iter("body"))
    return tuple(_look(one) for one in (root, body, *flow.within))


def _look(element: Element) -> Hashable:
    """Return what the rules for others see of an element."""
    return element.tag, tuple(without_id(element).items())


def _markup(element: Element) -> Hashable:
    """Return all that an element and those in it hold."""
    return tuple(
        (one.tag, tuple(one.items()), one.text, one.tail if one is not element else None, len(one))
        for one in element.iter()
    )

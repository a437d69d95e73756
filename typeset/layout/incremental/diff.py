"""A document as it came, to be compared with the next one, block by block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from xml.etree.ElementTree import Element, tostring

from typeset.layout.document import flows_of

__all__ = ["Change", "Fingerprint", "change_between"]

_IDS = re.compile(r'( (?:id|href|data-for)="#?)[^"]*"')
"""Ids are counted, so that a new paragraph changes those of all that follow."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A document before anything was set."""

    frame: str
    """All of it but what stands in the flows."""
    blocks: tuple[tuple[str, ...], ...]
    """The markup of each flow's children, without ids."""
    ids: tuple[tuple[tuple[str, ...], ...], ...]
    """The ids in each of them, in order."""

    @classmethod
    def of(cls, root: Element) -> Fingerprint:
        """Take note of a document.

        Args:
            root: the whole document, in which nothing has been set yet.
        """
        flows = flows_of(root)
        blocks = tuple(tuple(map(_signature, flow)) for flow in flows)
        ids = tuple(tuple(tuple(_ids(block)) for block in flow) for flow in flows)
        children = [list(flow) for flow in flows]
        for flow in flows:
            flow[:] = []
        frame = tostring(root, encoding="unicode")
        for flow, own in zip(flows, children, strict=True):
            flow[:] = own
        return cls(frame, blocks, ids)

    def with_block(self, flow: int, position: int, block: Element) -> Fingerprint:
        """Return the document with another block in the place of one; both count from 0."""
        blocks, ids = list(self.blocks[flow]), list(self.ids[flow])
        blocks[position], ids[position] = _signature(block), tuple(_ids(block))
        return Fingerprint(
            self.frame,
            (*self.blocks[:flow], tuple(blocks), *self.blocks[flow + 1 :]),
            (*self.ids[:flow], tuple(ids), *self.ids[flow + 1 :]),
        )


@dataclass(frozen=True, slots=True)
class Change:
    """The blocks of a flow that were replaced by others; positions count from 0."""

    flow: int
    start: int
    old_end: int
    new_end: int

    @property
    def shift(self) -> int:
        """How much further the blocks behind it stand."""
        return self.new_end - self.old_end


def change_between(old: Fingerprint, new: Fingerprint) -> Change | None:
    """Return the one change by which two documents differ; None if they differ by more.

    Args:
        old: the document that was laid out.
        new: the document to be laid out.
    """
    if old.frame != new.frame or len(old.blocks) != len(new.blocks):
        return None
    changed = [
        number
        for number, pair in enumerate(zip(old.blocks, new.blocks, strict=True))
        if pair[0] != pair[1]
    ]
    if len(changed) != 1:
        return None
    (flow,) = changed
    before, after = old.blocks[flow], new.blocks[flow]
    start = _shared(before, after)
    end = _shared(before[start:][::-1], after[start:][::-1])
    return Change(flow, start, len(before) - end, len(after) - end)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the items with which two sequences begin alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _signature(block: Element) -> str:
    tail, block.tail = block.tail, None
    markup = tostring(block, encoding="unicode")
    block.tail = tail
    return _IDS.sub(r'\1"', markup)


def _ids(block: Element) -> Iterator[str]:
    return (element.attrib["id"] for element in block.iter() if "id" in element.attrib)

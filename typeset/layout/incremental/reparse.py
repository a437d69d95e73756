"""Reading an edited document: where one block of it differs, that block alone.

To read all of it takes longer than to choose the lines of what changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

from typeset.layout.document import flows_of
from typeset.layout.incremental.diff import Change, Fingerprint, change_between

__all__ = ["Edited", "read_block", "read_whole"]

Parse = Callable[[str], Element]
"""Reads a document, and gives its root."""

_ID = re.compile(r'<[a-z][^<>]*?\sid="([^"]*)"')
_TAG = re.compile(r"<(/?)([a-z][\w-]*)")
_VOID = {"br", "hr", "img", "wbr"}
"""Elements that have no end."""


@dataclass(frozen=True, slots=True)
class Edited:
    """What has become of a document."""

    fingerprint: Fingerprint
    """The document, before anything is set."""
    change: Change | None
    """How it came to differ; None if by nothing, or by more than blocks of one flow."""
    new: list[Element]
    """The blocks that were not there before."""
    came: list[Element] | None
    """All of that flow's children as they came; None if they were not read."""


def read_whole(before: Fingerprint, html: str, parse: Parse) -> Edited:
    """Read an edited document.

    Args:
        before: the document as it was.
        html: it, as it is now.
        parse: reads it.
    """
    root = parse(html)
    fingerprint = Fingerprint.of(root)
    change = change_between(before, fingerprint)
    came = list(flows_of(root)[change.flow]) if change is not None else []
    new = came[change.start : change.new_end] if change is not None else []
    return Edited(fingerprint, change, new, came)


def read_block(before: Fingerprint, old: str, html: str, parse: Parse) -> Edited | None:
    """Read the one block by which an edited document differs.

    Args:
        before: the document as it was.
        old: the same as HTML.
        html: it, as it is now.
        parse: reads a document.

    Returns:
        What has become of it; None if the whole of it has to be read.
    """
    start = _shared(old, html)
    end = len(old) - _shared(old[start:][::-1], html[start:][::-1])
    places = {match[1]: match.start() for match in _ID.finditer(old)}
    for number, blocks in enumerate(before.ids):
        first = [places.get(ids[0], -1) if ids else -1 for ids in blocks]
        for position, (here, behind) in enumerate(pairwise(first)):
            if 0 <= here <= start and end <= behind:
                more = len(html) - len(old)
                block = _Block(before, number, position)
                return block.read(old[here:behind], html[here : behind + more], parse)
    return None


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of a document as it was."""

    document: Fingerprint
    flow: int
    position: int

    def read(self, old: str, new: str, parse: Parse) -> Edited | None:
        """Return what has become of the document, if these are the block before and after."""
        before, after = _only(old, parse), _only(new, parse)
        if before is None or after is None or not _is_balanced(new):
            return None
        document = self.document
        if document.with_block(self.flow, self.position, before) != document:
            return None
        fingerprint = document.with_block(self.flow, self.position, after)
        change = change_between(document, fingerprint)
        return Edited(fingerprint, change, [after] if change is not None else [], None)


def _only(text: str, parse: Parse) -> Element | None:
    """Return the one element of a text; None if there is more in it."""
    body = parse(f"<!doctype html><body>{text}")[-1]
    around = f"{body.text or ''}{''.join(child.tail or '' for child in body)}"
    return body[0] if len(body) == 1 and not around.strip() else None


def _is_balanced(text: str) -> bool:
    """Tell whether every element ends, and ends within another one that it began in."""
    begun: list[str] = []
    for is_end, name in _TAG.findall(text):
        if is_end:
            if not begun or begun.pop() != name:
                return False
        elif name not in _VOID:
            begun.append(name)
    return not begun


def _shared(one: str, other: str) -> int:
    """Count the characters with which two texts begin alike."""
    least, most = 0, min(len(one), len(other))
    while least < most:
        middle = (least + most + 1) // 2
        if one[least:middle] == other[least:middle]:
            least = middle
        else:
            most = middle - 1
    return least

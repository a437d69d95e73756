"""Runs of text: what a block says from its beginning to its end, whatever elements stand in it.

Quotes, spaces that hold and scripts are decided on a whole block, so that emphasis, links and
notes inside or beside a quotation do not turn its marks the wrong way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from typeset.layout.document import Class
from typeset.markdown.trees import BLOCK_TAGS, LITERAL_TAGS

__all__ = ["MASK", "Run", "blocks_of", "joined", "replace"]

MASK = "x"
"""What stands for every character of code and addresses: to the text around, they are words."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in a tree, by where it hangs."""

    owner: Element
    is_tail: bool
    ancestors: tuple[Element, ...]
    """The elements around it, from the root inwards."""
    literal: bool
    """Whether it is code or an address: seen by what stands beside it, never changed."""

    @property
    def text(self) -> str:
        """The text as it now is."""
        return (self.owner.tail if self.is_tail else self.owner.text) or ""

    @property
    def seen(self) -> str:
        """What the text around it sees: a break is a space, literal characters are masked."""
        if self.owner.tag == "br" and not self.is_tail:
            return "\n"
        return MASK * len(self.text) if self.literal else self.text

    def write(self, text: str) -> None:
        """Put a text in its place."""
        if self.is_tail:
            self.owner.tail = text
        else:
            self.owner.text = text


def blocks_of(root: Element) -> list[list[Run]]:
    """Return the runs of each block, calls of notes left out.

    A block inside another, such as an item of a list, is a block of its own.
    """
    blocks: list[list[Run]] = []

    def visit(element: Element, ancestors: tuple[Element, ...], runs: list[Run]) -> None:
        if element.tag in BLOCK_TAGS:
            runs = []
            blocks.append(runs)
        inside = (*ancestors, element)
        runs.extend(_runs(element, inside, is_tail=False))
        for child in element:
            if child.get("class") != Class.CALL:
                visit(child, inside, runs)
            runs.extend(_runs(child, inside, is_tail=True))

    visit(root, (), [])
    return blocks


def _runs(owner: Element, ancestors: tuple[Element, ...], *, is_tail: bool) -> Iterator[Run]:
    is_break = owner.tag == "br" and not is_tail
    if is_break or (owner.tail if is_tail else owner.text):
        literal = is_break or any(map(_is_literal, ancestors))
        yield Run(owner, is_tail, ancestors, literal)


def _is_literal(element: Element) -> bool:
    return element.tag in LITERAL_TAGS or element.get("class") == Class.ADDRESS


def joined(runs: Sequence[Run]) -> str:
    """Return what the runs say together, literal characters masked."""
    return "".join(run.seen for run in runs)


def replace(runs: Sequence[Run], characters: Sequence[str]) -> None:
    """Put what stands for each character of :func:`joined` in its place."""
    position = 0
    for run in runs:
        end = position + len(run.seen)
        if not run.literal:
            run.write("".join(characters[position:end]))
        position = end

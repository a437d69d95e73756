"""The account of what rules take: letters of the source that are no part of the text.

A rule that takes letters or figures out of a text (the address of a link, the number of an item, a
comment …) declares them here, with the reason, at the place where they stood.  What the tree then
holds, and what was taken from its places, must be the source, letter for letter: a rule that loses
one without a word stops the build.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import INLINE_PLACEHOLDER_RE, STX

from typeset.markdown.characters import TAKEN_SIGN
from typeset.markdown.letters import Loss, Piece, first_difference, pieces, unescaped

__all__ = ["Account", "Scales", "Weight", "Why"]

_BEFORE = "@taken-before"
_AFTER = "@taken-after"
_SIGN = re.compile(f"{TAKEN_SIGN}(\\d+){TAKEN_SIGN}")


class Why(StrEnum):
    """Why letters of the source are not part of the text; a feature may say it in other words."""

    ATTRIBUTES = "attributes"
    CAPTION = "the word that makes a caption"
    COMMENT = "a comment"
    DEFINITION = "the definition of an address or an abbreviation"
    ENTITY = "the name of a character"
    INFO = "the language of a block of code"
    LABEL = "the name of an address"
    NOTE = "a note, which is read by itself"
    NUMBER = "the number of an item"
    TARGET = "the address of a link or a picture"


@dataclass(frozen=True, slots=True)
class _Taken:
    """What a rule took."""

    text: Callable[[], str]
    why: str
    shown: str
    """What stands in its place, which no author wrote."""


class Account:
    """What the rules took out of a text.

    Args:
        lines: the text, of which rules may take lines before it is parsed.
    """

    def __init__(self, lines: Sequence[str] = ()) -> None:
        self._lines = list(lines)
        self._taken: list[_Taken] = []
        self._inline: Treeprocessor | None = None

    def follow(self, md: Markdown) -> None:
        """Know what a parser puts aside while it reads a paragraph."""
        self._inline = md.treeprocessors["inline"]

    @property
    def reasons(self) -> list[tuple[str, str]]:
        """Each thing that was taken, with the reason, in the order in which it was."""
        return [(taken.why, taken.text()) for taken in self._taken]

    @property
    def source(self) -> str:
        """The text without what was taken from its lines."""
        return "\n".join(self._lines)

    def take_spans(self, line: int, spans: Iterable[tuple[int, int]], why: str) -> None:
        """Take parts of a line.

        Args:
            line: the line, counted from 0.
            spans: where each part begins in it and ends, counted from 0.
            why: the reason.
        """
        text = list(self._lines[line])
        for start, end in spans:
            self._enter("".join(text[start:end]), why)
            text[start:end] = " " * (end - start)  # the columns of what follows stay
        self._lines[line] = "".join(text)

    def take_lines(self, start: int, end: int, why: str) -> str:
        """Take whole lines, counted from 0, and return what was left of them."""
        text = "\n".join(self._lines[start:end])
        self._enter(text, why)
        self._lines[start:end] = [""] * (end - start)
        return text

    def take_before(self, element: Element, *parts: tuple[str, str]) -> None:
        """Take the text before the content of an element."""
        self._hang(element, _BEFORE, parts)

    def take_after(self, element: Element, *parts: tuple[str, str]) -> None:
        """Take the text after the content of an element."""
        self._hang(element, _AFTER, parts)

    def keep_after(self, element: Element, owner: Element, name: str, why: str) -> None:
        """Record that the text after the content of an element is an attribute of its owner."""
        self._taken.append(_Taken(lambda: owner.get(name, ""), why, ""))
        self._add(element, _AFTER, len(self._taken) - 1)

    def sign(self, text: str, why: str, shown: str = "") -> str:
        """Take a part of a text.

        Args:
            text: the part.
            why: the reason.
            shown: what is to be printed in its place.

        Returns:
            What stands for it in the text until that is weighed.
        """
        self._enter(text, why, shown)
        return f"{TAKEN_SIGN}{len(self._taken) - 1}{TAKEN_SIGN}"

    def settle(self, root: Element) -> None:
        """Clear a tree of all that stands in it for what was taken."""
        for element in root.iter():
            element.attrib.pop(_BEFORE, None)
            element.attrib.pop(_AFTER, None)
            if element.text and TAKEN_SIGN in element.text:
                element.text = _SIGN.sub(self._shown, element.text)
            if element.tail and TAKEN_SIGN in element.tail:
                element.tail = _SIGN.sub(self._shown, element.tail)

    def written(self, element: Element) -> Iterator[str]:
        """Yield what an author wrote to make an element, as far as it has letters."""
        yield from self._hanging(element, _BEFORE)
        yield self.as_written(element.text or "")
        for child in element:
            yield from self.written(child)
            yield self.as_written(child.tail or "")
        yield from self._hanging(element, _AFTER)

    def as_written(self, text: str) -> str:
        """Return what an author wrote where the parser now has signs of its own."""
        if STX in text:
            text = INLINE_PLACEHOLDER_RE.sub(self._put_aside, text)
        if TAKEN_SIGN in text:
            text = _SIGN.sub(lambda match: self._taken[int(match[1])].text(), text)
        return unescaped(text)

    def _put_aside(self, match: re.Match[str]) -> str:
        assert isinstance(self._inline, InlineProcessor)
        node = self._inline.stashed_nodes[match[1]]
        return self.as_written(node) if isinstance(node, str) else "".join(self.written(node))

    def _shown(self, match: re.Match[str]) -> str:
        return self._taken[int(match[1])].shown

    def _enter(self, text: str, why: str, shown: str = "") -> None:
        self._taken.append(_Taken(lambda: text, why, shown))

    def _hang(self, element: Element, where: str, parts: Iterable[tuple[str, str]]) -> None:
        for text, why in parts:
            self._enter(self.as_written(text), why)
            self._add(element, where, len(self._taken) - 1)

    def _add(self, element: Element, where: str, number: int) -> None:
        element.set(where, f"{element.get(where, '')} {number}".strip())

    def _hanging(self, element: Element, where: str) -> Iterator[str]:
        for number in element.get(where, "").split():
            yield self._taken[int(number)].text()


class Weight(NamedTuple):
    """What came of weighing a parsed text."""

    loss: Loss | None
    """The place of the first letter that is missing or one too many."""
    pieces: list[Piece]
    """The letters that later steps must keep."""


class Scales(Treeprocessor):
    """Weighs a parsed text against its source, and clears it of what stands for things taken.

    Args:
        md: the parser, which this runs in after its last rule that takes something.
        account: what the rules took.
    """

    def __init__(self, md: Markdown, account: Account) -> None:
        super().__init__(md)
        account.follow(md)
        self._account = account
        self._source = ""
        self._first_line = 1
        self.weight = Weight(None, [])

    def start(self, source: str, first_line: int) -> None:
        """Take the next text.

        Args:
            source: the text, without what was taken from it before it is parsed.
            first_line: the number of its first line in the file, from 1.
        """
        self._source = source
        self._first_line = first_line

    def run(self, root: Element) -> None:
        """Weigh a tree."""
        found = "".join(self._account.written(root))
        loss = first_difference(self._source, found, self._first_line)
        self._account.settle(root)
        self.weight = Weight(loss, pieces(root))

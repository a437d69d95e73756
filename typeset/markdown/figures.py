"""Figures: an image with lines of its own, with caption and attributes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from typeset.markdown.account import Account, Why
from typeset.markdown.attribute_lists import LIST, UNREADABLE, set_attributes
from typeset.markdown.definitions import Definitions, label_of

__all__ = ["UNDEFINED", "lines_of_figure", "register_figures"]

UNDEFINED = "@undefined"
"""On a figure whose image is named by a label that stands for no address: that label."""

_IMAGE = re.compile(
    r"""\s*!\[(?P<caption>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*\])*)\]
    (?:\(\s*(?:<(?P<path_in_angles>[^<>\n]+)>|(?P<path>(?:[^()\s]|\([^()\s]*\))+))
    (?:\s+(?P<title>"[^"]*"|'[^']*'))?\s*\)
    |\[(?P<label>[^\[\]]*)\]
    |(?![(\[]))""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTES = re.compile(rf"[ ]*+(?:\n[ ]*+)?(?P<list>{LIST})[ ]*+(?=\n|\Z)", re.DOTALL)
_BEGINS = re.compile(r"[ ]{0,3}!\[")
_LINE_END = re.compile(r"[ ]*(?=\n|\Z)")


def lines_of_figure(lines: Sequence[str], start: int, definitions: Definitions) -> int:
    """Return how many lines the figure takes that begins on a line; 0 if none does."""
    if not _BEGINS.match(lines[start]):
        return 0
    end = start + 1
    while end < len(lines) and lines[end].strip():
        end += 1
    block = "\n".join(lines[start:end])
    match, length, _ = _parts(block, definitions)
    return block.count("\n", 0, length) + 1 if match else 0


def _parts(block: str, definitions: Definitions) -> tuple[re.Match[str] | None, int, str]:
    """Return the image that a text begins with if it is a figure, where that ends, its attributes.

    Braces behind an image are its attributes, whether they can be read or not.
    """
    match = _IMAGE.match(block)
    if match is None:
        return None, 0, ""
    addressed = match["path_in_angles"] or match["path"] or match["label"] is not None
    if not addressed and not _address(match, definitions):
        return None, 0, ""  # words in brackets after an exclamation mark
    if attributes := _ATTRIBUTES.match(block, match.end()):
        return match, attributes.end(), attributes["list"]
    rest = block[match.end() :].strip()
    if rest.startswith("{") and rest.endswith("}"):
        return match, len(block), rest
    if line_end := _LINE_END.match(block, match.end()):
        return match, line_end.end(), ""
    return None, 0, ""


def _address(match: re.Match[str], definitions: Definitions) -> str:
    """Return the address that is defined for an image which gives a label."""
    label = label_of(match["label"] or match["caption"])
    return definitions.links.get(label, ("", ""))[0]


class _Figure(BlockProcessor):
    """Makes a figure of an image with only attributes beside it."""

    def __init__(self, md: Markdown, definitions: Definitions, account: Account) -> None:
        super().__init__(md.parser)
        self._definitions = definitions
        self._account = account

    def test(self, parent: Element, block: str) -> bool:
        """Return whether a block is an image, with or without attributes."""
        match, end, _ = _parts(block, self._definitions)
        return match is not None and not block[end:].strip()

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Remove the image from the blocks."""
        block = blocks.pop(0)
        match, _, attributes = _parts(block, self._definitions)
        if match is None:
            return
        path = match["path_in_angles"] or match["path"] or _address(match, self._definitions)
        figure = SubElement(parent, "figure", {"src": path.strip()})
        if not path:
            figure.set(UNDEFINED, match["label"] or match["caption"])
        caption = SubElement(figure, "figcaption")
        caption.text = match["caption"].strip()
        target = block[match.end("caption") : match.end()]
        self._account.take_after(caption, (target, Why.TARGET))
        if match["title"]:
            figure.set("title", match["title"])
        if re.fullmatch(LIST, attributes, re.DOTALL):
            set_attributes(figure, attributes, ("credit",), ("alt",), self._account)
        elif attributes:
            figure.set(UNREADABLE, attributes)


def register_figures(md: Markdown, definitions: Definitions, account: Account) -> None:
    """Set a parser up for figures.

    Args:
        md: the parser.
        definitions: the addresses that images may have.
        account: receives what is no part of a caption.
    """
    md.parser.blockprocessors.register(_Figure(md, definitions, account), "figure", 77)

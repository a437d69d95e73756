"""Figures: an image on a paragraph of its own, with caption and attributes."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor

from typeset.markdown.attributelists import LIST, UNREADABLE, set_attributes

__all__ = ["register_figures"]

_FIGURE = re.compile(
    r"""\s*!\[(?P<caption>(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\]|\[(?:\\.|[^\[\]\\])*\])*\])*)\]
    \(\s*(?:<(?P<path_in_angles>[^<>\n]+)>|(?P<path>(?:[^()\s]|\([^()\s]*\))+))
    (?:\s+(?P<title>"[^"]*"|'[^']*'))?\s*\)\s*""",
    re.VERBOSE | re.DOTALL,
)
_LIST = re.compile(LIST, re.DOTALL)


class _Figure(BlockProcessor):
    """Makes a figure of an image with nothing but attributes beside it."""

    def test(self, parent: Element, block: str) -> bool:
        """Tell whether a block is an image, with or without attributes."""
        match = _FIGURE.match(block)
        if match is None:
            return False
        rest = block[match.end() :].strip()
        return not rest or (rest[0] == "{" and rest[-1] == "}")

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take the image out of the blocks."""
        block = blocks.pop(0)
        match = _FIGURE.match(block)
        if match is None:
            return
        path = match["path_in_angles"] or match["path"]
        figure = SubElement(parent, "figure", {"src": path.strip()})
        SubElement(figure, "figcaption").text = match["caption"].strip()
        attributes = block[match.end() :].strip()
        if match["title"]:
            figure.set("title", match["title"])
        if _LIST.fullmatch(attributes):
            set_attributes(figure, attributes, ("credit",))
        elif attributes:
            figure.set(UNREADABLE, attributes)


def register_figures(md: Markdown) -> None:
    """Set a parser up for figures."""
    md.parser.blockprocessors.register(_Figure(md.parser), "figure", 77)

"""Python-Markdown, set up for articles: text in, element tree out, every block with its line."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from typeset.markdown.blocks import BlockExtension
from typeset.markdown.inline import InlineExtension
from typeset.markdown.linemap import LineMap
from typeset.markdown.trees import LINE

__all__ = ["Parser"]


class Parser:
    """Parses the pieces of one article; link references and abbreviations hold for all of it."""

    def __init__(self) -> None:
        self._markdown = Markdown(
            extensions=[
                "abbr",
                "attr_list",
                "def_list",
                "sane_lists",
                BlockExtension(),
                InlineExtension(),
            ],
            tab_length=4,
        )
        self._markdown.treeprocessors.deregister("prettify")
        self._line_map = LineMap(self._markdown)
        self._markdown.treeprocessors.register(self._line_map, "line_map", 25)

    def parse_blocks(self, lines: Sequence[str], first_line: int) -> Element:
        """Parse a body of text.

        Args:
            lines: its lines.
            first_line: the number of the first of them in the file, from 1.

        Returns:
            A ``div`` whose children are the blocks.
        """
        prepared = list(lines)
        for preprocessor in self._markdown.preprocessors:
            prepared = preprocessor.run(prepared)
        self._line_map.start([line.expandtabs(4) for line in lines], first_line)
        root = self._markdown.parser.parseDocument(prepared).getroot()
        return self._finish(root)

    def parse_inline(self, text: str, line: int) -> Element:
        """Parse a text that is one paragraph, whatever it looks like.

        Args:
            text: such as a title, in which ``1. `` begins no list.
            line: the line that it stands on, from 1.

        Returns:
            A ``div`` with one paragraph.
        """
        root = Element("div")
        paragraph = SubElement(root, "p")
        paragraph.text = text
        self._line_map.start([], line)
        root = self._finish(root)
        paragraph.set(LINE, str(line))
        return root

    def _finish(self, root: Element) -> Element:
        for processor in self._markdown.treeprocessors:
            root = processor.run(root) or root
        return root

"""Python-Markdown, set up for articles: text in, element tree out, every block with its line."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from typeset.markdown.attributelists import register_attribute_lists
from typeset.markdown.code import Code, register_code
from typeset.markdown.figures import register_figures
from typeset.markdown.headings import register_headings
from typeset.markdown.inline import register_inline
from typeset.markdown.limits import MAX_DEPTH
from typeset.markdown.linemap import LineMap
from typeset.markdown.tables import register_tables
from typeset.markdown.trees import LINE, depth_of

__all__ = ["Parser", "TooDeep"]


class TooDeep(Exception):
    """A text whose parts are nested more deeply than we follow."""


class Parser:
    """Parses the pieces of one article; link references and abbreviations hold for all of it.

    Args:
        code: the blocks of code that were taken out of the article's text.
    """

    def __init__(self, code: Sequence[Code] = ()) -> None:
        self._markdown = Markdown(extensions=["abbr", "def_list", "sane_lists"], tab_length=4)
        self._markdown.treeprocessors.deregister("prettify")
        register_attribute_lists(self._markdown)
        register_code(self._markdown, code)
        register_figures(self._markdown)
        register_headings(self._markdown)
        register_inline(self._markdown)
        register_tables(self._markdown)
        self._line_map = LineMap(self._markdown)
        self._markdown.treeprocessors.register(self._line_map, "line_map", 25)

    def parse_blocks(
        self, lines: Sequence[str], source_lines: Sequence[str], first_line: int
    ) -> Element:
        """Parse a body of text.

        Args:
            lines: its lines, regrouped for the parser.
            source_lines: its lines as they stand in the file.
            first_line: the number of the first of those in the file, from 1.

        Returns:
            A ``div`` whose children are the blocks.

        Raises:
            TooDeep: if it is nested too deeply.
        """
        prepared = list(lines)
        for preprocessor in self._markdown.preprocessors:
            prepared = preprocessor.run(prepared)
        self._line_map.start(source_lines, first_line)
        root = Element("div")
        try:
            self._markdown.parser.parseChunk(root, "\n".join(prepared))
        except RecursionError as error:
            raise TooDeep from error
        return self._finish(root)

    def parse_inline(self, text: str, line: int) -> Element:
        """Parse a text that is one paragraph, whatever it looks like.

        Args:
            text: such as a title, in which ``1. `` begins no list.
            line: the line that it stands on, from 1.

        Returns:
            A ``div`` with one paragraph.

        Raises:
            TooDeep: if it is nested too deeply.
        """
        root = Element("div")
        paragraph = SubElement(root, "p", {LINE: str(line)})
        paragraph.text = text
        return self._finish(root)

    def _finish(self, root: Element) -> Element:
        # The parser's inline step calls itself for each element inside another.
        try:
            for processor in self._markdown.treeprocessors:
                root = processor.run(root) or root
        except RecursionError as error:
            raise TooDeep from error
        if depth_of(root) > MAX_DEPTH:
            raise TooDeep
        return root

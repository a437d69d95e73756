"""Python-Markdown, set up for articles: text in, element tree out, every block with its line."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from typeset.markdown.account import Scales, Weight
from typeset.markdown.features import FEATURES, Feature, Manuscript
from typeset.markdown.limits import MAX_DEPTH
from typeset.markdown.line_map import LineMap
from typeset.markdown.trees import LINE, depth_of

__all__ = ["Parser", "TooDeep"]


class TooDeep(Exception):
    """A text is nested too deeply."""


class Parser:
    """Parses the pieces of one article; what is defined there holds for all of them.

    Args:
        features: the features that it reads.
        manuscript: what was removed from the article's lines; its account receives what is removed
            further.
    """

    def __init__(
        self, features: Sequence[Feature] = FEATURES, manuscript: Manuscript | None = None
    ) -> None:
        self.features = tuple(features)
        manuscript = manuscript or Manuscript()
        self._account = manuscript.account
        self._markdown = md = Markdown(tab_length=4)
        md.treeprocessors.deregister("prettify")
        for feature in features:
            if feature.parse:
                feature.parse(md, manuscript)
        self._line_map = LineMap(md)
        md.treeprocessors.register(self._line_map, "line_map", 25)
        self._scales = Scales(md, manuscript.account)
        md.treeprocessors.register(self._scales, "scales", 7.5)

    def parse_blocks(
        self, lines: Sequence[str], source_lines: Sequence[str], first_line: int
    ) -> tuple[Element, Weight]:
        """Parse a body of text.

        Args:
            lines: its lines, regrouped for the parser.
            source_lines: its lines as they stand in the file.
            first_line: the number of the first of those in the file, from 1.

        Returns:
            A ``div`` whose children are the blocks, and what its letters weigh.

        Raises:
            TooDeep: if it is nested too deeply.
        """
        prepared = list(lines)
        for preprocessor in self._markdown.preprocessors:
            prepared = preprocessor.run(prepared)
        self._line_map.start(source_lines, first_line)
        self._scales.start(self._account.source, first_line)
        root = Element("div")
        try:
            self._markdown.parser.parseChunk(root, "\n".join(prepared))
        except RecursionError as error:
            raise TooDeep from error
        return self._finish(root)

    def parse_inline(self, text: str, source: str, line: int) -> tuple[Element, Weight]:
        """Parse a text that is one paragraph, whatever it looks like.

        Args:
            text: such as a title, in which ``1. `` begins no list.
            source: what it is to be weighed against: the same as its author wrote it.
            line: the line that it stands on, from 1.

        Returns:
            A ``div`` with one paragraph, and what its letters weigh.

        Raises:
            TooDeep: if it is nested too deeply.
        """
        root = Element("div")
        paragraph = SubElement(root, "p", {LINE: str(line)})
        paragraph.text = text
        self._scales.start(source, line)
        return self._finish(root)

    def _finish(self, root: Element) -> tuple[Element, Weight]:
        # The parser's inline step calls itself for each element inside another.
        try:
            for processor in self._markdown.treeprocessors:
                root = processor.run(root) or root
        except RecursionError as error:
            raise TooDeep from error
        if depth_of(root) > MAX_DEPTH:
            raise TooDeep
        return root, self._scales.weight

"""The line map: which source line each block came from.

Python-Markdown keeps no positions.  Before inline markup is parsed, though, a block's text is
still the author's own, so the line is the next one in the source that holds its first words.
Blocks are met in the order of the source, hence the search only ever moves on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from typeset.markdown.trees import BLOCK_TAGS, LINE

__all__ = ["LineMap"]

_RULE = re.compile(r" {0,3}([-*_])[ ]?(\1[ ]?){2,}$")
_TABLE_RULE = re.compile(r"[ ]*\|?[ ]*:?-+:?[ ]*(\|[ ]*:?-+:?[ ]*)*\|?[ ]*$")


class LineMap(Treeprocessor):
    """Writes the source line of every block into its ``data-line`` attribute.

    Args:
        md: the parser, which this runs in before its inline step.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.lines: Sequence[str] = ()
        self.first_line = 1
        self._next = 0

    def start(self, lines: Sequence[str], first_line: int) -> None:
        """Take the source of the next document.

        Args:
            lines: its lines, tabs expanded as the parser does.
            first_line: the number of the first of them, from 1.
        """
        self.lines = lines
        self.first_line = first_line
        self._next = 0

    def run(self, root: Element) -> None:
        """Mark every block in the tree."""
        for child in root:
            self._mark(child)

    def _mark(self, element: Element) -> None:
        if element.tag == "table":
            self._mark_table(element)
        elif element.tag == "hr":
            self._set(element, self._search(_RULE.match))
        elif (element.text or "").strip():
            self._mark_text(element)
        elif element.get("src"):
            self._find(element, element.get("src", ""))
        if element.tag != "table":
            for child in element:
                self._mark(child)
        if LINE not in element.attrib and element.tag in BLOCK_TAGS:
            first = next((child.get(LINE) for child in element.iter() if child.get(LINE)), None)
            element.set(LINE, first or str(self._next + self.first_line))

    def _mark_text(self, element: Element) -> None:
        text = (element.text or "").strip("\n")
        self._find(element, text.split("\n")[0].strip())
        if element.tag != "figcaption":
            self._next += text.count("\n")
        if element.tag in ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6"):
            self._next += 1

    def _mark_table(self, table: Element) -> None:
        """A table's rows follow one another, the rule after the first."""
        rule = self._search(_TABLE_RULE.match)
        rows = list(table.iter("tr"))
        if rule is None:
            rule = self._next + 1
        for number, row in enumerate(rows):
            line = rule - 1 if number == 0 else rule + number
            self._set(row, line)
            for cell in row:
                self._set(cell, line)
        self._set(table, rule - 1)
        self._next = rule + len(rows)

    def _find(self, element: Element, words: str) -> None:
        self._set(element, self._search(lambda line: words in line))

    def _search(self, fits: object) -> int | None:
        assert callable(fits)
        for number in range(self._next, len(self.lines)):
            if fits(self.lines[number]):
                return number
        return None

    def _set(self, element: Element, index: int | None) -> None:
        if index is not None:
            self._next = max(self._next, index)
        element.set(LINE, str((self._next if index is None else index) + self.first_line))

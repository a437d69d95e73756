"""The line map: finds the source line of each block.

Python-Markdown keeps no positions.  Before inline markup is parsed, though, a block's text is
still the author's own, and blocks are met in the order of the source.  So a block begins on the
next line that ends with its first words and has nothing before them but the marks of blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from typeset.markdown.trees import BLOCK_TAGS, CAPTION_TAG, LINE, line_of

__all__ = ["LineMap"]

_MARKS = re.compile(r"(?:[ ]*+(?:[-*+>:#]|\d++[.)]))*+[ ]*+")
_RULE = re.compile(r"[ ]*+([-*_])[ ]*+(?:\1[ ]*+){2,}+")
_TABLE_RULE = re.compile(r"[ ]*+\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*+")
_UNDERLINE = re.compile(r"(?:=+|-+)[ ]*")
_FARTHEST = 400
"""Lines with text to search: there are only a few between two blocks."""
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class LineMap(Treeprocessor):
    """Writes the source line of every block into its ``@line`` attribute.

    Args:
        md: the parser, which this runs in before its inline step.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self._lines: Sequence[str] = ()
        self._first_line = 1
        self._next = 0

    def start(self, lines: Sequence[str], first_line: int) -> None:
        """Take the source of the next document.

        Args:
            lines: its lines, tabs expanded as the parser does.
            first_line: the number of the first of them, from 1.
        """
        self._lines = lines
        self._first_line = first_line
        self._next = 0

    def run(self, root: Element) -> None:
        """Mark every block in the tree."""
        for child in root:
            self._mark(child)

    def _mark(self, element: Element) -> None:
        if LINE in element.attrib:  # a block of code, which was removed with its line
            self._next = max(self._next, line_of(element) - self._first_line + 1)
        elif element.tag == "table":
            self._mark_table(element)
        elif element.tag == "hr":
            self._set(element, self._search(lambda line: _ends(line, _RULE.fullmatch)))
        elif element.tag == "figure":
            self._set(element, self._search(_begins_figure))
        elif element.tag == CAPTION_TAG:
            self._set(element, self._search(lambda line: line.lstrip(" >").startswith("Table:")))
        else:
            self._mark_text(element)

    def _mark_text(self, element: Element) -> None:
        text = (element.text or "").strip("\n")
        if text.strip() or not (len(element) or element.tag == "p"):
            self._find(element, text)
        for child in element:
            self._mark(child)
            if child.tail and child.tail.strip():
                self._find(None, child.tail.strip("\n"))
        if LINE not in element.attrib and (element.tag in BLOCK_TAGS or len(element)):
            first = next((child.get(LINE) for child in element.iter() if child.get(LINE)), None)
            element.set(LINE, first or str(self._next + self._first_line))

    def _find(self, element: Element | None, text: str) -> None:
        """Find the line of a text, and go on behind its last one."""
        lines = text.strip().split("\n")
        words = lines[0].strip()
        heading = element is not None and element.tag in _HEADINGS
        found = self._search(lambda line: _begins_block(line, words, heading=heading))
        if element is not None:
            self._set(element, found)
        if found is not None:
            self._next = found + len(lines)
            if heading and _UNDERLINE.fullmatch("".join(self._lines[self._next : self._next + 1])):
                self._next += 1

    def _mark_table(self, table: Element) -> None:
        """A table's rows follow one another, the rule after the first."""
        rule = self._search(lambda line: "|" in line and _ends(line, _TABLE_RULE.fullmatch))
        if rule is None:
            rule = self._next + 1
        rows = list(table.iter("tr"))
        for number, row in enumerate(rows):
            line = rule - 1 if number == 0 else rule + number
            self._set(row, line)
        self._set(table, rule - 1)
        self._next = rule + len(rows)

    def _search(self, fits: Callable[[str], bool]) -> int | None:
        """Return the next line that fits, counted from 0."""
        left = _FARTHEST
        for number in range(self._next, len(self._lines)):
            line = self._lines[number]
            if not line.strip():
                continue
            if fits(line):
                return number
            left -= 1
            if not left:
                break
        return None

    def _set(self, element: Element, index: int | None) -> None:
        if index is not None:
            self._next = max(self._next, index + 1)
            element.set(LINE, str(index + self._first_line))
        else:
            last = max(len(self._lines) - 1, 0)
            element.set(LINE, str(min(self._next, last) + self._first_line))


def _begins_block(line: str, words: str, *, heading: bool) -> bool:
    line = line.rstrip()
    if heading and not words:
        return line.lstrip(" >").startswith("#")
    if heading and not line.endswith(words):
        line = _without_marks_at_end(line)
    return line.endswith(words) and _MARKS.fullmatch(line[: len(line) - len(words)]) is not None


def _begins_figure(line: str) -> bool:
    return _without_marks(line).startswith("![")


def _ends(line: str, fits: Callable[[str], re.Match[str] | None]) -> bool:
    """Return whether a line fits as a whole, after the marks of quotations and lists."""
    return any(fits(rest) is not None for rest in (line.lstrip(" >"), _without_marks(line)))


def _without_marks(line: str) -> str:
    """Return what follows the marks of blocks at a line's start."""
    match = _MARKS.match(line)
    return line[match.end() :] if match else line


def _without_marks_at_end(line: str) -> str:
    """Return a heading's line without the marks that close it."""
    bare = line.rstrip("#")
    return bare.rstrip() if bare.endswith(" ") else line

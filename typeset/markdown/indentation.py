"""Lists and code, as far as only the indentation of lines shows them.

Code and comments are removed from a text before it is parsed, so what their place makes of them
must be known by then: four spaces make a line code, counted from the text of the item around it.
"""

from __future__ import annotations

import re

from typeset.markdown.characters import CODE_SIGN, ELSEWHERE

__all__ = ["QUOTE", "Indentation"]

QUOTE = re.compile(r"(?:[ ]{0,3}>(?:[ ]{0,4}>)*[ ]?)?")
"""The marks of quotation before a line."""

_CODE = 4
_DEFINITION_COLUMN = 4
_ITEM = re.compile(r"[ ]*(?P<mark>[-*+]|\d{1,9}[.)])(?:[ ]+|$)")
_DEFINITION = re.compile(r"[ ]{0,3}:[ ]{1,3}(?=\S)")
_INTERRUPTING = frozenset({"-", "*", "+", "1.", "1)"})
"""What begins a list within a paragraph; any other number may be part of the text."""
_APART = re.compile(
    rf"[ ]*(?:#{{1,6}}(?:[ ]|$)|`{{3}}|~{{3}}|{CODE_SIGN}|([-*_])[ ]*(?:\1[ ]*){{2,}}$)"
)
"""A heading, a block of code or a rule."""


class Indentation:
    """Follows a text line by line, and the lists that are open in it."""

    def __init__(self) -> None:
        self._columns: list[int] = []
        """Where the text of each open item begins."""
        self._in_text = False
        self._quotes = 0

    @property
    def in_list(self) -> bool:
        """Whether an item of a list, or a definition, is open."""
        return bool(self._columns)

    def take(self, line: str) -> bool:
        """Take the next line.

        Args:
            line: the line.

        Returns:
            Whether its indentation makes it code.
        """
        quote = QUOTE.match(line)
        assert quote is not None
        text = line[quote.end() :]
        if text.strip() == ELSEWHERE:
            return False
        self._enter(quote[0].count(">"))
        if not text.strip():
            self._in_text = False
            return False
        indent = len(text) - len(text.lstrip(" "))
        item = self._item(text, indent)
        if item or not self._in_text:
            self._close(indent)
        if not self._in_text and indent >= self._column + _CODE:
            return True
        if _APART.match(text) and indent < self._column + _CODE:
            self._close(indent)
            self._in_text = False
            return False
        if _DEFINITION.match(text):
            self._columns = [_DEFINITION_COLUMN]
        while item:
            gap = item.end() - item.end("mark")
            self._columns.append(item.end() if gap <= _CODE else item.end("mark") + 1)
            item = _ITEM.match(text, item.end())
        self._in_text = True
        return False

    @property
    def _column(self) -> int:
        return self._columns[-1] if self._columns else 0

    def _enter(self, quotes: int) -> None:
        """Enter or leave quotations; a paragraph may go on without its marks."""
        if quotes != self._quotes:
            self._columns = []
            self._in_text = self._in_text and quotes < self._quotes
            self._quotes = quotes

    def _close(self, indent: int) -> None:
        """Close the items that a line does not belong to; the parser asks for four spaces."""
        while self._columns and indent < min(self._columns[-1], 4 * len(self._columns)):
            self._columns.pop()

    def _item(self, text: str, indent: int) -> re.Match[str] | None:
        """Return the beginning of an item."""
        item = _ITEM.match(text)
        if item is None or indent >= self._column + _CODE:
            return None
        in_paragraph = self._in_text and not self._columns
        return None if in_paragraph and item["mark"] not in _INTERRUPTING else item

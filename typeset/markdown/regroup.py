"""Adapts lines to the parser, so that authors can write as in other tools.

Python-Markdown takes a list for nested only if it is indented by four spaces, and wants an empty
line before most blocks.  Other tools, whose previews authors trust, ask for neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.markdown.characters import CODE_SIGN, ELSEWHERE
from typeset.markdown.definitions import Definitions
from typeset.markdown.figures import lines_of_figure
from typeset.markdown.limits import MAX_NESTING
from typeset.markdown.tables import begins_table
from typeset.source import SourceFile

__all__ = ["regroup"]

_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_ITEM = re.compile(r"(?P<indent>[ ]*)(?P<mark>[-*+]|\d{1,9}[.)])(?:(?P<gap>[ ]+)(?P<text>.*)|$)")
_CHAIN = re.compile(r"(?:[ ]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ ]|$)))+")
_LINK_OF_CHAIN = re.compile(r">|[-*+]|\d{1,9}[.)]")
_INTERRUPTING = frozenset({"-", "*", "+", "1.", "1)"})
_RULE = re.compile(r"[ ]{0,3}([-*_])[ ]*(?:\1[ ]*){2,}")
_UNDERLINE = re.compile(r"-+[ ]*")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}(?:[ ]|$)")
_DEFINITION = re.compile(r"[ ]{0,3}:[ ]{1,3}\S")


def regroup(
    lines: Sequence[str],
    first_line: int,
    source: SourceFile,
    definitions: Definitions,
    report: Report,
) -> list[str] | None:
    """Return lines that the parser reads as their author meant them.

    Args:
        lines: a text without blocks of code.
        first_line: the number of its first line in the file.
        source: the file.
        definitions: the addresses that pictures may have.
        report: receives lists and quotations that are nested too deeply.

    Returns:
        The lines, with empty ones between blocks; None if they are nested too deeply.
    """
    numbers = [number for number, line in enumerate(lines) if line.lstrip(" >") != ELSEWHERE]
    left = [lines[number] for number in numbers]
    figures = _lines_of_figures(left, definitions)
    grouping = _Grouping()
    for number, line, following, figure in zip(
        numbers, left, [*left[1:], ""], figures, strict=False
    ):
        if grouping.take(line, following, figure) > MAX_NESTING:
            message = f"more than {MAX_NESTING} lists and quotations are inside one another"
            hint = "write the inner ones as paragraphs"
            report.add(Code.MARKDOWN_TOO_DEEP, message, source.at(first_line + number), hint)
            return None
    return grouping.lines


def _lines_of_figures(lines: Sequence[str], definitions: Definitions) -> list[str]:
    """Return what each line would be as part of a figure: its first line, a further one, none."""
    kinds: list[str] = []
    for number in range(len(lines)):
        if number >= len(kinds):
            count = lines_of_figure(lines, number, definitions)
            kinds += ["figure", *["figure's"] * (count - 1)] if count else [""]
    return kinds


@dataclass(frozen=True, slots=True)
class _Item:
    """An open item of a list."""

    column: int
    """Where its text begins; what is indented as far belongs to it."""
    numbered: bool


class _Grouping:
    """The lines so far, and what is open at their end."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._quotes = 0
        self._items: list[_Item] = []
        self._last = ""
        """What the last line is: a kind, or nothing after an empty line."""
        self._second = False
        """Whether it belongs to a paragraph of an item that is not the item's first."""
        self._depth = 0
        """How many items stand around the first line after the last empty one."""

    def take(self, line: str, following: str, figure: str) -> int:
        """Add a line, and return how many lists and quotations stand around it.

        Args:
            line: the line.
            following: the next one.
            figure: ``figure`` if it is the first of one, ``figure's`` if it is a further one.
        """
        prefix, quotes = self._quote(line)
        text = line[len(prefix) :]
        if quotes != self._quotes:
            self._items = []
            if quotes > self._quotes and self._last:
                self._part(quotes)
            self._quotes = quotes
        kind = self._kind(text, following[len(prefix) :], figure if not prefix else "")
        sibling = self._close_items(text, kind)
        if self._stands_apart(kind, text, sibling):
            self._part(quotes)
        level = len(self._items)
        if not self._last:
            self._depth = level
        self.lines.append(prefix + self._indented(text, kind))
        self._second = kind == "text" and level > 0 and (self._second or not self._last)
        self._last = kind
        chain = _CHAIN.match(text) if kind != "rule" else None
        return quotes + level + (len(_LINK_OF_CHAIN.findall(chain[0])) if chain else 0)

    def _quote(self, line: str) -> tuple[str, int]:
        """Return the marks of quotation before a line, and how many there are."""
        end = quotes = 0
        while match := _QUOTE.match(line, end):
            if quotes >= self._quotes and self._belongs(line[end:]):
                break
            end, quotes = match.end(), quotes + 1
        return line[:end], quotes

    def _belongs(self, text: str) -> bool:
        """Return whether a text is indented as far as the list that is open."""
        return bool(self._items) and _indent(text) >= self._items[0].column

    def _part(self, quotes: int) -> None:
        """Add an empty line, in as many quotations as stand around both lines beside it."""
        self.lines.append(">" * min(self._quotes, quotes))
        self._last = ""

    def _kind(self, text: str, following: str, figure: str) -> str:
        if not text.strip():
            return ""
        if self._belongs(text):
            return "item" if self._is_item(text) else "text"
        if figure:
            return figure
        if self._last in ("table", "caption"):
            return "caption" if text.startswith("Table:") else self._last
        if _RULE.fullmatch(text):
            underlines = self._last == "text" and not self._items and _UNDERLINE.fullmatch(text)
            return "text" if underlines else "rule"
        kinds = {
            "heading": _HEADING.match(text) is not None,
            "table": begins_table(text, following),
            "code": text.lstrip(" ").startswith(CODE_SIGN),
            "definition": _DEFINITION.match(text) is not None,
            "item": self._is_item(text),
            "term": _DEFINITION.match(following) is not None,
        }
        return next((kind for kind, fits in kinds.items() if fits), "text")

    def _is_item(self, text: str) -> bool:
        match = _ITEM.fullmatch(text)
        if match is None:
            return False
        if self._items or self._last != "text":
            furthest = self._items[-1].column + 4 if self._items else 4
            return len(match["indent"]) < furthest
        # Within a paragraph a number may be no more than a number.
        return len(match["indent"]) < 4 and bool(match["text"]) and match["mark"] in _INTERRUPTING

    def _close_items(self, text: str, kind: str) -> _Item | None:
        """Close the items that a line no longer belongs to; return the one it stands beside."""
        sibling = None
        if kind not in ("", "item", "text"):
            self._items = []
        if kind == "item" or (kind == "text" and not self._last):
            while self._items and _indent(text) < self._items[-1].column:
                sibling = self._items.pop()
        return sibling

    def _stands_apart(self, kind: str, text: str, sibling: _Item | None) -> bool:
        """Return whether a line begins a block that the parser would not see as one."""
        if not kind or not self._last:
            return False
        if kind == "figure's":
            return False
        if {kind, self._last} & {"heading", "rule", "code", "figure", "figure's"}:
            return True
        if kind == "item":
            other = sibling is not None and sibling.numbered != _is_numbered(text)
            outer = len(self._items) < self._depth
            return other or outer or self._second or (not self._items and sibling is None)
        if kind in ("table", "caption"):
            return self._last != kind
        return kind in ("term", "definition") and self._last == "definition"

    def _indented(self, text: str, kind: str) -> str:
        """Return a text with four spaces for each list around it."""
        level = len(self._items)
        if kind == "item":
            match = _ITEM.fullmatch(text)
            if match is None:
                return text
            gap = len(match["gap"] or " ")
            column = match.end("mark") + (gap if gap < 5 else 1)
            self._items.append(_Item(column, _is_numbered(text)))
            mark = match["mark"].replace(")", ".")  # the parser knows only one of the two
            return " " * 4 * level + mark + (match["gap"] or " ") + (match["text"] or "")
        if kind == "text" and not self._last and level:
            beyond = _indent(text) - self._items[-1].column
            return " " * (4 * level + (beyond if beyond >= 4 else 0)) + text.lstrip(" ")
        return text


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _is_numbered(text: str) -> bool:
    return text.lstrip(" ")[:1].isdigit()

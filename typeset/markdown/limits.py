"""Limits on articles: beyond them, the parser would take hours or fail.

An article may come from anybody.  The time of the parser grows with the square of open brackets
or of a paragraph's length, and it recurses for each list in a list.  So both are counted before
it runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.source import SourceFile

__all__ = ["MAX_DEPTH", "MAX_NESTING", "check_limits", "check_size", "excess"]

MAX_CHARACTERS = 200_000
"""Characters in an article, about 33,000 words."""
MAX_BLOCKS = 10_000
MAX_PARAGRAPH = 25_000
"""Characters in one paragraph, list or quotation without empty lines."""
MAX_OPEN = 40
"""Brackets or parentheses that are open at one time."""
MAX_NESTING = 12
"""Lists and quotations inside one another."""
MAX_DEPTH = 60
"""Elements inside one another, emphasis and links among them."""
MAX_LINK_COST = 4_000_000
"""Links with quotation marks in their addresses, times the characters that each may cost."""
MAX_COLUMNS = 40
MAX_CELLS = 20_000

_HINTS = {
    Code.TABLE_TOO_LARGE: "make several tables of it",
    Code.MARKDOWN_TOO_LONG: "make several paragraphs of it",
    Code.MARKDOWN_TOO_DEEP: "close them, or write those that are text as \\[ and \\(",
}
_BEGINS = re.compile(r"[ >]*(?:(?:[-*+]|\d+[.)])[ ]|#{1,6}[ ]|\*?\[[^\]]+\]:)")
_MARKS = re.compile(r"\\.|[\[\]()]", re.DOTALL)
_QUOTED_LINK = re.compile(r"\]\([^()]*[\"']")
_RULE = re.compile(r"[ >]*+\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*+")


def check_limits(lines: Sequence[str], first_line: int, source: SourceFile, report: Report) -> bool:
    """Return whether a text can be parsed in reasonable time, and report what forbids it.

    Args:
        lines: the text, without blocks of code.
        first_line: the number of its first line in the file.
        source: the file.
        report: receives each excess at the paragraph where it is.
    """
    blocks = list(_blocks(lines))
    if len(blocks) > MAX_BLOCKS:
        message = f"this article has {len(blocks):,} paragraphs; the limit is {MAX_BLOCKS:,}"
        report.add(Code.ARTICLE_TOO_LARGE, message, source.at(first_line), "make several of it")
        return False
    fine = True
    for start, block in blocks:
        too_much = excess("\n".join(block))
        if too_much is not None:
            fine = False
            code, message = too_much
            report.add(code, message, source.at(first_line + start), _HINTS[code])
    return fine


def check_size(source: SourceFile, report: Report) -> bool:
    """Return whether a file is small enough to be looked at; report one that is not."""
    size = len(source.text)
    if size > MAX_CHARACTERS:
        message = f"this article has {size:,} characters; the limit is {MAX_CHARACTERS:,}"
        report.add(Code.ARTICLE_TOO_LARGE, message, source.at(), "make several of it")
    return size <= MAX_CHARACTERS


def excess(text: str) -> tuple[Code, str] | None:
    """Return a diagnostic's code and message for a paragraph that is too much."""
    lines = text.split("\n")
    rule = next((n for n, line in enumerate(lines) if "|" in line and _RULE.fullmatch(line)), None)
    if rule is not None:
        columns = lines[rule].count("|") + 1
        if columns > MAX_COLUMNS + 1 or columns * (len(lines) - rule) > MAX_CELLS:
            return Code.TABLE_TOO_LARGE, "this table has more cells than a page can show"
    longest = max(map(len, lines)) if rule is not None else len(text)
    if longest > MAX_PARAGRAPH:
        return Code.MARKDOWN_TOO_LONG, f"this paragraph has more than {MAX_PARAGRAPH:,} characters"
    if len(_QUOTED_LINK.findall(text)) * len(text) > MAX_LINK_COST:
        return Code.MARKDOWN_TOO_LONG, "this paragraph has too many links with titles"
    square = round_ = 0
    for mark in _MARKS.findall(text):
        square = max(square + (mark == "[") - (mark == "]"), 0)
        round_ = max(round_ + (mark == "(") - (mark == ")"), 0)
        if max(square, round_) > MAX_OPEN:
            return Code.MARKDOWN_TOO_DEEP, f"more than {MAX_OPEN} brackets are open at once here"
    return None


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield the paragraphs, items and definitions of a text, each with the number of its line."""
    start, block = 0, list[str]()
    for number, line in enumerate([*lines, ""]):
        if block and (not line.strip() or _BEGINS.match(line)):
            yield start, block
            block = []
        if line.strip():
            start = start if block else number
            block.append(line)

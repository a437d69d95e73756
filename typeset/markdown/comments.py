"""Comments, ``<!-- … -->``: notes of authors, which no reader sees."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from typeset.markdown.account import Account, Why
from typeset.markdown.characters import ELSEWHERE
from typeset.markdown.indentation import Indentation

__all__ = ["take_comments"]

_BEGINS = re.compile(r"\\.|(?P<ticks>`+)|(?P<comment><!--)", re.DOTALL)
_ENDS = re.compile(r"(?<=<!--)-?>|-->")
_TICKS = re.compile("`+")
_BLANK_LINE = re.compile(r"\n[ >]*(?=\n|\Z)")
_ONLY_MARKS = re.compile(r"[ >]*")


def take_comments(lines: Sequence[str], account: Account) -> list[str]:
    """Remove the comments from a text.

    Args:
        lines: the lines of the text, without blocks of code.
        account: receives the comments.

    Returns:
        The lines; of one that held nothing else, a sign remains.
    """
    text = "\n".join(lines)
    if "<!--" not in text:
        return list(lines)
    rest = list(lines)
    for number, spans in _by_line(text, lines).items():
        line = lines[number]
        if spans == [(0, len(line))]:  # of code in a comment only a sign stands here
            account.take_lines(number, number + 1, Why.COMMENT)
        else:
            account.take_spans(number, spans, Why.COMMENT)
        line = _without(line, spans)
        rest[number] = line if _ONLY_MARKS.sub("", line) else line.rstrip() + ELSEWHERE
    return rest


def _by_line(text: str, lines: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
    """Return where comments begin and end on each line that they touch."""
    starts = _starts(text)
    found: dict[int, list[tuple[int, int]]] = {}
    for start, end in _comments(text, _code_lines(lines)):
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
        for number in range(first, last + 1):
            left = max(start - starts[number], 0)
            right = min(end - starts[number], len(lines[number]))
            found.setdefault(number, []).append((left, right))
    return found


def _without(line: str, spans: Sequence[tuple[int, int]]) -> str:
    """Return a line without parts of it, nor the spaces by which these would break the line."""
    kept = [line[: spans[0][0]]]
    after_space = kept[0].endswith(" ")
    for (_, start), (end, _) in pairwise([*spans, (len(line), 0)]):
        part = line[start:end]
        kept.append(part.lstrip(" ") if after_space else part)
        after_space = part.endswith(" ") if part else after_space
    left = "".join(kept)
    return left.rstrip(" ") if left.strip(" >") and not kept[-1].strip(" ") else left


def _comments(text: str, code: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield the beginning and end of each comment; none begins in code.

    Args:
        text: the text.
        code: the numbers of the lines that are code as a whole, from 0.
    """
    starts = _starts(text)
    ticks: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text):
        ticks.setdefault(len(run[0]), []).append(run.start())
    blanks = [match.start() for match in _BLANK_LINE.finditer(text)]
    position = 0
    while match := _BEGINS.search(text, position):
        start, position = match.span()
        if match["ticks"]:
            position = _end_of_code(match, ticks[len(match["ticks"])], blanks)
        elif match["comment"] and bisect_right(starts, start) - 1 not in code:
            closing = _ENDS.search(text, position)
            if closing is None:
                return  # the parser meets this one as text, and it is reported
            position = closing.end()
            yield start, position


def _end_of_code(opening: re.Match[str], ticks: Sequence[int], blanks: Sequence[int]) -> int:
    """Return where code ends that backticks begin, if it does within the paragraph."""
    later = bisect_right(ticks, opening.start())
    blank = bisect_right(blanks, opening.start())
    if later == len(ticks) or (blank < len(blanks) and blanks[blank] < ticks[later]):
        return opening.end()
    return ticks[later] + len(opening[0])


def _starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _code_lines(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the lines that their indentation alone makes code."""
    indentation = Indentation()
    return {number for number, line in enumerate(lines) if indentation.take(line)}

"""Finds the line and column of words, which the parser does not report."""

from __future__ import annotations

from collections.abc import Callable

from typeset.source import Location, SourceFile

__all__ = ["Locate", "Places", "always"]

Locate = Callable[[int, str], Location]
"""Gives the place of some words that stand in the block which begins on a line."""

_LONGEST = 400
"""How many lines of a block are searched."""


class Places:
    """Places in one file.

    Args:
        source: the file.
    """

    def __init__(self, source: SourceFile) -> None:
        self._source = source
        self._lines = source.text.split("\n")

    def seeker(self, fallback: Location | None = None) -> Locate:
        """Return a function that finds words one after another.

        Asked for the same words in the same block again, it gives their next place; so it must
        be asked in the order of the text.

        Args:
            fallback: the place of words that are not found; None means their block's line.
        """
        reached: dict[int, tuple[int, int]] = {}

        def seek(line: int, words: str) -> Location:
            start = (line, 0)
            found = self._find(line, reached.get(line, start), words)
            found = found or self._find(line, start, words)
            if found is None:
                return fallback or self._source.at(line)
            number, column = found
            reached[line] = (number, column + len(words))
            return self._source.at(number, column + 1)

        return seek

    def _find(self, line: int, start: tuple[int, int], words: str) -> tuple[int, int] | None:
        """Return the line and column, from 0, of words between a start and the block's end."""
        first, column = start
        words = words.split("\n", 1)[0]
        if not words or line < 1:
            return None
        for number in range(first, min(line + _LONGEST, len(self._lines) + 1)):
            text = self._lines[number - 1]
            if number > line and not text.strip():
                break
            found = text.find(words, column)
            if found >= 0:
                return number, found
            column = 0
        return None


def always(location: Location) -> Locate:
    """Return a function that gives one place for all words, as in a text without lines."""

    def locate(_line: int, _words: str) -> Location:
        return location

    return locate

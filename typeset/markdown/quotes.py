"""Turns straight quotation marks into curly ones."""

from __future__ import annotations

import re

from typeset.languages import Language

__all__ = ["UNSPACED", "turn_quotes"]

UNSPACED = "\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff"
"""The characters of scripts without spaces between words, as a range; Korean has spaces."""

_APOSTROPHE = "\u2019"
_MARKS = re.compile("[\"']+")
_OPENERS = "([{/=<|\u201c\u2018\u00ab\u201e\u201a\u00a1\u00bf\u300c\u300e\uff08"
_CLOSERS = ".,;:!?)]}"
_DASHES = "-\u2010\u2011\u2013\u2014\u2015"
_CLOSES_LATER = re.compile(r"(?<=[^\s(\[{])'(?!\w)")
_DECADE = re.compile(r"'\d\d(?:s|er)?\b")
_FROM_UNSPACED = re.compile(f"[{UNSPACED}]")


def turn_quotes(text: str, characters: list[str], language: Language) -> None:
    """Turn the straight quotes of a text.

    Args:
        text: a whole block.
        characters: its characters, of which the quotes are replaced.
        language: the language of the marks.
    """
    turning = _Turning(text, language)
    for match in _MARKS.finditer(text):
        characters[match.start() : match.end()] = turning.turn(match)


class _Turning:
    """The quotations that are open as a text is read."""

    def __init__(self, text: str, language: Language) -> None:
        self._text = text
        self._outer = language.quotes[:2]
        self._inner = language.quotes[2:]
        # What opens a quotation in one language closes it in another.
        self._openers = {*_OPENERS, *language.quotes[::2]} - set(language.quotes[1::2])
        words = "|".join(map(re.escape, language.elisions))
        self._elision = re.compile(rf"'(?:{words})\b(?!-)" if words else r"(?!)", re.IGNORECASE)
        self._open = {'"': 0, "'": 0}

    def turn(self, match: re.Match[str]) -> list[str]:
        """Return the marks for quotes that stand side by side."""
        start, end = match.span()
        if end - start > 1 and match[0][0] == "'" and self._within_word(start, end):
            # l'"eau": an apostrophe, and what opens after it
            return [
                _APOSTROPHE,
                *(self._mark(n, self._text[n], opens=True) for n in range(start + 1, end)),
            ]
        opens = self._opens(start, end)
        return [
            self._mark(position, mark, opens=opens) for position, mark in enumerate(match[0], start)
        ]

    def _mark(self, position: int, mark: str, *, opens: bool | None) -> str:
        if mark == "'" and self._is_apostrophe(position, opens=opens):
            return _APOSTROPHE
        if opens is None:
            opens = not self._open[mark]
        pair = self._outer if mark == '"' else self._inner
        if opens:
            self._open[mark] += 1
            return pair[0]
        if mark == "'" and not self._open[mark]:
            return _APOSTROPHE  # dogs'
        self._open[mark] = max(self._open[mark] - 1, 0)
        return pair[1]

    def _opens(self, start: int, end: int) -> bool | None:
        """Return whether quotes open, by what is around them; None if that is unclear."""
        before, after = self._text[start - 1 : start] or " ", self._text[end : end + 1] or " "
        if before.isspace() and (after.isspace() or after in _CLOSERS):
            return None
        if before.isspace() or after.isspace():
            return before.isspace()
        if before in self._openers:
            return True
        if _FROM_UNSPACED.match(before) or _FROM_UNSPACED.match(after):
            return None
        return before in _DASHES and (
            after.isalnum() or after in self._openers or after == "\u2026"
        )

    def _within_word(self, start: int, end: int) -> bool:
        before, after = self._text[start - 1 : start], self._text[end : end + 1]
        return _is_of_word(before) and _is_of_word(after)

    def _is_apostrophe(self, position: int, *, opens: bool | None) -> bool:
        text = self._text
        if self._within_word(position, position + 1):
            return True
        if self._elision.match(text, position):
            return True
        if (
            text[position - 2 : position].lower() == "'n"
            and text[position - 3 : position - 2] == " "
        ):
            return True  # rock 'n' roll
        if not opens or not (decade := _DECADE.match(text, position)):
            return False
        # The years of a decade, or a year, unless it is a quotation that begins with a number.
        quoted = self._open['"'] and _CLOSES_LATER.search(text, decade.end())
        return not decade[0][-1].isdigit() or not quoted


def _is_of_word(character: str) -> bool:
    """Return whether a character stands in a word that may hold an apostrophe."""
    return character.isalnum() and not _FROM_UNSPACED.match(character)

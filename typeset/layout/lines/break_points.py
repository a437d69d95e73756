"""The places of a paragraph where lines may begin and end, and the widths between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from typeset.layout.lines.demerits import DemeritSettings

__all__ = ["BreakPoints", "InnerBreak", "Word"]


@dataclass(frozen=True, slots=True)
class InnerBreak:
    """A place within a word where a line may end."""

    position: int
    """Where the line ends and the next begins, in the paragraph's text."""
    hyphen: bool
    """Whether a hyphen is added there."""
    ends_in_hyphen: bool
    """Whether the line then ends in a hyphen, added or typed: such lines make ladders."""
    penalty: float
    before: float
    """The natural width of the word's part before it, with the hyphen if one is added, but without
    what then hangs over the edge."""
    after: float
    """The natural width of the part after it, likewise."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or anything else that stands between two spaces."""

    start: int
    end: int
    """In the paragraph's text."""
    width: float
    """Its natural width, in pixels like all widths here."""
    space: float
    """The natural width of the space that follows; 0 after the last word."""
    breaks: tuple[InnerBreak, ...]
    """In the order of the text."""
    letters: int
    """How many of its characters are letters or figures."""
    hanging_left: float = 0
    """What hangs over the edge of a line that it begins."""
    hanging_right: float = 0
    """What hangs over the edge of a line that it ends."""

    def at(self, start: int, space: float) -> Word:
        """Return the same word at another place in a text, with the space that follows it there."""
        shift = start - self.start
        breaks = tuple(replace(one, position=one.position + shift) for one in self.breaks)
        return replace(self, start=start, end=self.end + shift, space=space, breaks=breaks)


class BreakPoints:
    """Where lines may begin and end, with running sums of widths.

    Place 0 is the paragraph's beginning, the last one its end.  The width of a line is what its end
    has in ``to_letters`` and ``to_spaces``, less what its beginning has in ``from_letters`` and
    ``from_spaces``.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self.from_letters, self.from_spaces, self.starts = [0.0], [0.0], [words[0].start]
        self.to_letters, self.to_spaces, self.ends = [0.0], [0.0], [words[0].start]
        self.penalties, self.added, self.hyphens = [0.0], [False], [False]
        self.word_ends: list[int] = []
        """Of each place, the end of the word that begins or goes on there."""
        letters = spaces = 0.0
        for word in words:
            # The end of the word before is where this one begins, beyond the space.
            self.starts[-1] = word.start
            self.from_letters[-1] += word.hanging_left
            for inner in word.breaks:
                self._end(letters + inner.before, spaces, inner.position, inner.penalty)
                self._begin(letters + word.width - inner.after, spaces, inner.position)
                self.added.append(inner.hyphen)
                self.hyphens.append(inner.ends_in_hyphen)
            letters += word.width
            self._end(letters - word.hanging_right, spaces, word.end, 0)
            self.added.append(False)
            self.hyphens.append(False)
            spaces += word.space
            self._begin(letters, spaces, word.end)
            end = len(self.ends) - 1
            self.word_ends += [end] * (end - len(self.word_ends))
        self.last = len(self.ends) - 1
        self.letters_left = self._letters_left(words)
        self.last_word = self.last - len(words[-1].breaks)

    def _end(self, letters: float, spaces: float, position: int, penalty: float) -> None:
        self.to_letters.append(letters)
        self.to_spaces.append(spaces)
        self.ends.append(position)
        self.penalties.append(penalty)

    def _begin(self, letters: float, spaces: float, position: int) -> None:
        self.from_letters.append(letters)
        self.from_spaces.append(spaces)
        self.starts.append(position)

    def _letters_left(self, words: Sequence[Word]) -> list[int]:
        """Return, of each place, how many letters follow it."""
        left = [0]
        for word in reversed(words):
            whole = left[-1]
            parts = (word.end - inner.position for inner in reversed(word.breaks))
            left += [whole + min(word.letters, part) for part in parts]
            left.append(whole + word.letters)
        return left[::-1]

    def is_runt(self, place: int, width: float, settings: DemeritSettings) -> bool:
        """Return whether a last line that begins at a place is too short."""
        if not place:
            return False
        if self.letters_left[place] < settings.runt_letters:
            return True
        if self.hyphens[place] and place >= self.last_word:
            return True
        letters = self.to_letters[self.last] - self.from_letters[place]
        spaces = self.to_spaces[self.last] - self.from_spaces[place]
        return letters + spaces < settings.runt_share * width

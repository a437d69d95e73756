"""Total fit: the line ends of a paragraph, chosen together.

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and
Experience 11 (1981), with the demerits of TeX: of all ways to break a paragraph, the one whose sum
of demerits is least.  Nothing is known here of fonts or documents, only widths.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf
from typing import Any

__all__ = [
    "Fit",
    "InnerBreak",
    "Line",
    "Settings",
    "Word",
    "break_paragraph",
    "demerits",
    "ratio_of",
]

_TOLERANCES = (1.4, 3.0, inf)
"""Ratios up to which lines are tried in turn.  Where the best paragraph found costs less than any
looser line would alone, no looser one need be tried."""
_ROUNDING = 1e-6
"""In pixels: what sums of widths may be off by."""
_MOST_BADNESS = 1e6
"""However loose a line is, a third hyphen in a row is worse."""
_DECENT = 1
_Node = tuple[float, int, int, int, int, Any]
"""A way to set the text up to a place: its demerits, the last line's fitness class, how many lines
before it end in hyphens (2: two or more), how many lines there are (as far as that matters), the
place, and the node at which the last line begins."""


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
    """The natural width of the word's part before it, with the hyphen if one is added."""
    after: float
    """The natural width of the part after it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or anything else that stands between two spaces."""

    start: int
    end: int
    """In the paragraph's text."""
    width: float
    """Its natural width, in pixels as all widths here."""
    space: float
    """The natural width of the space that follows; 0 after the last word."""
    breaks: tuple[InnerBreak, ...]
    """In the order of the text."""
    letters: int
    """How many of its characters are letters or figures."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is to be set.

    Its letters' natural width times ``1 + expansion / 1000``, and its spaces' natural width times
    ``1 + stretch``, make up the width of the line.  So the stretch is that of a space of the font
    as it is, not of its expanded copy.  The last line, and one without any space, may be shorter.
    """

    start: int
    end: int
    """``text[start:end]`` is the line without the space at its end."""
    hyphen: bool
    """Whether a hyphen is added at its end."""
    stretch: float
    """Change of each space relative to its natural width: 0.5 is half as wide again."""
    expansion: int
    """Change of the letters' width, in thousandths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is unwelcome in a paragraph, and how much.

    Penalties belong to a place and count by their square; demerits are added as they are.
    """

    stretch: float = 0.5
    """Part of a space by which it may grow before a line counts as too loose (ratio 1).  There is
    no hard limit: a text that nothing fits is still set."""
    shrink: float = 0.28
    """Part of a space by which it may shrink (ratio -1), which is a hard limit."""
    ragged: float = 0.05
    """Part of its width that a line without spaces may lack before it counts as too loose."""
    line_penalty: float = 10
    """For every line, so that of two ways the shorter wins."""
    hyphen: float = 50
    """Penalty for dividing a word."""
    short_hyphen: float = 80
    """Penalty for dividing a word so that but two letters stand before or after the hyphen."""
    capital_hyphen: float = 150
    """Penalty for dividing a word that begins with a capital: a name, most often."""
    soft_hyphen: float = 40
    """Penalty for dividing a word where its author allowed it."""
    explicit_hyphen: float = 35
    """Penalty for ending a line after a hyphen that stands in the text."""
    dash: float = 10
    """Penalty for ending a line after a dash."""
    slash: float = 50
    """Penalty for ending a line after a slash."""
    double_hyphen: float = 6000
    """Demerits where two lines in a row end in hyphens."""
    third_hyphen: float = 1e15
    """Demerits of each further one: nothing else weighs as much."""
    final_hyphen: float = 8000
    """Demerits where the last line but one ends in a hyphen."""
    uneven: float = 4000
    """Demerits where a loose line follows a tight one, or the reverse."""
    runt: float = 1e8
    """Demerits of a last line that is too short."""
    runt_letters: int = 4
    """A last line of fewer letters is too short; so is a mere part of a divided word."""
    runt_share: float = 0.12
    """A last line of less than this part of its width is too short."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What counts of a line when a paragraph is judged."""

    ratio: float
    """See :func:`ratio_of`; 0 for a last line that need not shrink."""
    penalty: float = 0
    """Of the place where it ends."""
    hyphen: bool = False
    """Whether it ends in a hyphen."""
    runt: bool = False
    """Whether it is a last line that is too short."""


def ratio_of(
    letters: float, spaces: float, width: float, settings: Settings, steps: Iterable[int] = ()
) -> float | None:
    """Return how far a line must be stretched (up to 1: well) or shrunk (down to -1).

    Spaces and letters share what is lacking in proportion to what each can give.  Once the letters
    can give no more, the spaces take the rest; the ratio is always that of the spaces.

    Args:
        letters: the natural width of the line without its spaces.
        spaces: the natural width of its spaces.
        width: the width that it is to have.
        settings: how far spaces may go.
        steps: by how many thousandths letters may be scaled.

    Returns:
        The ratio, or None if the line is too long even when shrunk.
    """
    return _ratio(letters, spaces, width, settings, _extremes(steps))


def demerits(lines: Sequence[Fit], settings: Settings) -> float:
    """Return the sum of demerits by which paragraphs are compared.

    Args:
        lines: the paragraph's lines.
        settings: what is unwelcome.
    """
    total = sum(_line_demerits(line.ratio, line.penalty, settings) for line in lines)
    fitness, run = _DECENT, 0
    for line in lines:
        total += _between(fitness, _fitness(line.ratio), settings)
        fitness = _fitness(line.ratio)
        run = run + 1 if line.hyphen else 0
        total += _ladder(run, settings)
    if len(lines) > 1:
        total += settings.final_hyphen * lines[-2].hyphen + settings.runt * lines[-1].runt
    return total


def break_paragraph(
    words: Sequence[Word],
    widths: Sequence[float],
    *,
    indent: float = 0,
    settings: Settings = Settings(),
    expansion_steps: tuple[int, ...] = (),
) -> tuple[Line, ...] | None:
    """Break a paragraph into lines.

    Args:
        words: the paragraph, at least one word.
        widths: of the first lines in turn, in pixels; the last one holds for all that follow.
        indent: by how much the first line is shorter.
        settings: what is unwelcome.
        expansion_steps: by how many thousandths letters may be scaled, apart from none.

    Returns:
        The lines, or None if there is a word, or part of one, wider than the line it must stand on.
    """
    if not words:
        return ()
    search = _Search(_Places(words), widths, indent, settings, expansion_steps)
    ends = search.best()
    return None if ends is None else tuple(search.lines(ends))


def _extremes(steps: Iterable[int]) -> tuple[float, float]:
    """Return by what part letters may grow, and shrink."""
    allowed = (0, *steps)
    return max(allowed) / 1000, -min(allowed) / 1000


def _ratio(
    letters: float, spaces: float, width: float, settings: Settings, extremes: tuple[float, float]
) -> float | None:
    wider, narrower = extremes
    lacking = width - letters - spaces
    if lacking < 0:
        give = spaces * settings.shrink + letters * narrower
        if lacking < -give - _ROUNDING:
            return None
        return max(-1.0, lacking / give) if give > 0 else 0.0
    if not lacking:
        return 0.0
    if spaces <= 0:
        return lacking / (settings.ragged * width)
    give = spaces * settings.stretch
    by_letters = letters * wider
    if lacking <= give + by_letters:
        return lacking / (give + by_letters)
    return (lacking - by_letters) / give


def _line_demerits(ratio: float, penalty: float, settings: Settings) -> float:
    badness: float = min(100 * abs(ratio) ** 3, _MOST_BADNESS)
    return (settings.line_penalty + badness) ** 2 + penalty * penalty


def _fitness(ratio: float) -> int:
    """Return TeX's class of a line: tight, decent, loose, very loose."""
    if ratio < -0.5:
        return 0
    if ratio <= 0.5:
        return _DECENT
    return 2 if ratio <= 1 else 3


def _between(fitness: int, following: int, settings: Settings) -> float:
    return settings.uneven if abs(fitness - following) > 1 else 0.0


def _ladder(run: int, settings: Settings) -> float:
    """Return the demerits of a line that is the last of a run of lines ending in hyphens."""
    if run < 2:
        return 0.0
    return settings.double_hyphen if run == 2 else settings.third_hyphen


class _Places:
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
            for inner in word.breaks:
                self._end(letters + inner.before, spaces, inner.position, inner.penalty)
                self._begin(letters + word.width - inner.after, spaces, inner.position)
                self.added.append(inner.hyphen)
                self.hyphens.append(inner.ends_in_hyphen)
            letters += word.width
            self._end(letters, spaces, word.end, 0)
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

    def is_runt(self, place: int, width: float, settings: Settings) -> bool:
        """Tell whether a last line that begins at a place is too short."""
        if not place:
            return False
        if self.letters_left[place] < settings.runt_letters:
            return True
        if self.hyphens[place] and place >= self.last_word:
            return True
        letters = self.to_letters[self.last] - self.from_letters[place]
        spaces = self.to_spaces[self.last] - self.from_spaces[place]
        return letters + spaces < settings.runt_share * width


class _Search:
    """The search for the best way through a paragraph's places."""

    def __init__(
        self,
        places: _Places,
        widths: Sequence[float],
        indent: float,
        settings: Settings,
        steps: tuple[int, ...],
    ) -> None:
        self.places, self.settings = places, settings
        self.steps = sorted({0, *steps}, key=lambda step: (abs(step), step))
        self.extremes = wider, narrower = _extremes(steps)
        self.wider, self.narrower = wider, narrower
        self.widths = [widths[0] - indent, *widths[1:]]
        if len(widths) == 1 and indent:
            self.widths.append(widths[0])
        # Of lines beyond these it does not matter which they are: the fewer, the faster.
        while len(self.widths) > 1 and self.widths[-1] == self.widths[-2]:
            del self.widths[-1]
        letters, spaces = 1 - narrower, 1 - settings.shrink
        self.least_from = self._weighed(places.from_letters, places.from_spaces, letters, spaces)
        self.least_to = self._weighed(places.to_letters, places.to_spaces, letters, spaces)
        self.least_after = list(accumulate(reversed(self.least_to), min))[::-1]
        """The least that any end from a place on needs, to search by halves."""

    @staticmethod
    def _weighed(
        letters: list[float], spaces: list[float], by_letters: float, by_spaces: float
    ) -> list[float]:
        return [
            letter * by_letters + space * by_spaces
            for letter, space in zip(letters, spaces, strict=True)
        ]

    def best(self) -> list[int] | None:
        """Return the places of the best way, from the first to the last, if there is any."""
        node = None
        for tolerance in _TOLERANCES:
            node = self._cheapest(tolerance)
            if node and node[0] <= _line_demerits(tolerance, 0, self.settings):
                break
        if not node:
            return None
        ways = [node[4]]
        while node[5] is not None:
            node = node[5]
            ways.append(node[4])
        return ways[::-1]

    def _cheapest(self, tolerance: float) -> _Node | None:
        """Return the best way of those whose lines are no looser than a ratio."""
        places, limit = self.places, len(self.widths) - 1
        letters, spaces = 1 + self.wider, 1 + min(tolerance, 1e9) * self.settings.stretch
        most_from = self._weighed(places.from_letters, places.from_spaces, letters, spaces)
        most_to = self._weighed(places.to_letters, places.to_spaces, letters, spaces)
        most_to = list(accumulate(most_to, max))
        nodes: list[dict[int, _Node]] = [{} for _ in places.ends]
        nodes[0][0] = (0.0, _DECENT, 0, 0, 0, None)
        for place in range(places.last):
            for line, group in self._kept(nodes[place]):
                width = self.widths[line]
                first = bisect_left(most_to, most_from[place] + width - _ROUNDING, place + 1)
                for end in self._ends(place, first, width, tolerance):
                    ratio = self._ratio(place, end, width)
                    if ratio is not None and ratio <= tolerance:
                        self._extend(group, end, ratio, min(line + 1, limit), nodes[end])
        return min(nodes[-1].values(), key=lambda node: node[0], default=None)

    def _kept(self, nodes: dict[int, _Node]) -> Iterator[tuple[int, list[_Node]]]:
        """Leave out nodes that cannot win, and yield the others by the number of their lines."""
        if len(nodes) == 1:
            for node in nodes.values():
                yield node[3], [node]
            return
        uneven = self.settings.uneven
        for line in dict.fromkeys(node[3] for node in nodes.values()):
            group = [node for node in nodes.values() if node[3] == line]
            yield (
                line,
                [
                    node
                    for node in group
                    if not any(
                        other[0] + uneven < node[0] and other[2] <= node[2] for other in group
                    )
                ],
            )

    def _ends(self, place: int, first: int, width: float, tolerance: float) -> Iterator[int]:
        """Yield the places at which a line may end that begins at one.

        Args:
            place: where it begins.
            first: the first end at which its spaces need not be stretched too far.
            width: its width.
            tolerance: the ratio up to which lines are tried.
        """
        places = self.places
        last, word_end = places.last, places.word_ends[place]
        reach = self.least_from[place] + width + _ROUNDING
        beyond = bisect_right(self.least_after, reach, place + 1)
        # What stands on a line alone, without a space, does not depend on its stretching.
        alone = min(word_end + 1, first, beyond)
        room = width * (1 - tolerance * self.settings.ragged)
        if places.to_letters[word_end] - places.from_letters[place] >= room:
            yield from range(place + 1, min(alone, last))
        yield from range(first, min(beyond, last))
        if beyond > last:
            yield last

    def _ratio(self, place: int, end: int, width: float) -> float | None:
        places = self.places
        ratio = _ratio(
            places.to_letters[end] - places.from_letters[place],
            places.to_spaces[end] - places.from_spaces[place],
            width,
            self.settings,
            self.extremes,
        )
        return min(ratio, 0.0) if ratio is not None and end == places.last else ratio

    def _extend(
        self, group: list[_Node], end: int, ratio: float, line: int, nodes: dict[int, _Node]
    ) -> None:
        """Add a line to each of some nodes, and keep the best of each kind.

        Args:
            group: nodes at the line's beginning.
            end: the place where it ends.
            ratio: how far it is stretched.
            line: how many lines there then are, as far as that matters.
            nodes: those at its end, changed in place.
        """
        settings, places = self.settings, self.places
        cost = _line_demerits(ratio, places.penalties[end], settings)
        last = end == places.last
        width = self.widths[group[0][3]]
        if last and places.is_runt(group[0][4], width, settings):
            cost += settings.runt
        fitness, hyphen = _fitness(ratio), places.hyphens[end]
        ladders = [0.0, settings.double_hyphen, settings.third_hyphen] if hyphen else [0.0] * 3
        if last:
            ladders[1] += settings.final_hyphen
            ladders[2] += settings.final_hyphen
        for node in group:
            before = node[2]
            total = node[0] + cost + ladders[before]
            if abs(fitness - node[1]) > 1:
                total += settings.uneven
            run = min(before + 1, 2) if hyphen else 0
            kind = (line * 3 + run) * 4 + fitness
            known = nodes.get(kind)
            if known is None or total < known[0]:
                nodes[kind] = (total, fitness, run, line, end, node)

    def lines(self, way: list[int]) -> Iterator[Line]:
        """Yield the lines between the places of a way."""
        places = self.places
        for number, (place, end) in enumerate(pairwise(way)):
            width = self.widths[min(number, len(self.widths) - 1)]
            letters = places.to_letters[end] - places.from_letters[place]
            spaces = places.to_spaces[end] - places.from_spaces[place]
            ratio = self._ratio(place, end, width) or 0.0
            stretch, step = self._set(letters, spaces, width, ratio)
            yield Line(places.starts[place], places.ends[end], places.added[end], stretch, step)

    def _set(self, letters: float, spaces: float, width: float, ratio: float) -> tuple[float, int]:
        """Return the stretch of a line's spaces and the step of its letters.

        Letters take the allowed step that is nearest to their share; the spaces do the rest.
        """
        if not ratio or (ratio > 0 and spaces <= 0):
            return 0.0, 0
        share = 1000 * (min(ratio, 1.0) * self.wider if ratio > 0 else ratio * self.narrower)
        for step in sorted(self.steps, key=lambda step: abs(step - share)):
            rest = width - letters * (1 + step / 1000)
            stretch = rest / spaces - 1 if spaces > 0 else 0.0
            if stretch >= -self.settings.shrink - _ROUNDING and rest >= -_ROUNDING:
                return stretch, step
        return 0.0, min(self.steps)

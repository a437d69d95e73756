"""Total fit: the line ends of a paragraph, chosen together.

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and
Experience 11 (1981): of all ways to break a paragraph, the one whose sum of demerits is least.
Nothing is known here of fonts or documents, only widths.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf
from operator import itemgetter
from typing import Any

from typeset.layout.lines.break_points import BreakPoints, Word
from typeset.layout.lines.demerits import (
    DECENT,
    ROUNDING,
    DemeritSettings,
    extremes,
    fitness_of,
    line_demerits,
    ratio_between,
)

__all__ = ["Line", "Variant", "break_paragraph", "vary_paragraph"]

_USUAL = DemeritSettings()
_TOLERANCES = (1.4, 3.0, inf)
"""Ratios up to which lines are tried in turn.  Where the best paragraph found costs less than any
looser line would alone, no looser one need be tried."""
_Node = tuple[float, int, int, int, int, Any]
"""A way to set the text up to a place: its demerits, the last line's fitness class, how many lines
before it end in hyphens (2: two or more), how many lines there are (as far as that matters), the
place, and the node at which the last line begins."""
_demerits_of = itemgetter(0)


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


def break_paragraph(
    words: Sequence[Word],
    widths: Sequence[float],
    *,
    indent: float = 0,
    settings: DemeritSettings = _USUAL,
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
    widths = [widths[0] - indent, *(widths[1:] or widths)]
    # Of lines beyond these it does not matter which they are: the fewer, the faster.
    while len(widths) > 1 and widths[-1] == widths[-2]:
        del widths[-1]
    search = _Search(BreakPoints(words), widths, settings, expansion_steps)
    node = search.best()
    return None if node is None else tuple(search.lines(node))


@dataclass(frozen=True, slots=True)
class Variant:
    """A paragraph in more lines than are best, or in fewer."""

    lines: tuple[Line, ...]
    demerits: float
    """What it has more of them than the best way."""


def vary_paragraph(
    words: Sequence[Word],
    width: float,
    count: int,
    *,
    indent: float = 0,
    settings: DemeritSettings = _USUAL,
    expansion_steps: tuple[int, ...] = (),
) -> dict[int, Variant]:
    """Break a paragraph into one line more than are best, and into one fewer.

    No line is looser than those of nearly all other paragraphs, and there is neither a runt nor a
    run of three hyphens.

    Args:
        words: the paragraph.
        width: of each line, in pixels.
        count: the lines of the best way.
        indent: by how much the first line is shorter.
        settings: what is unwelcome.
        expansion_steps: by how many thousandths letters may be scaled, apart from none.

    Returns:
        The best way with 1 line more and with 1 fewer (-1), if there is one.
    """
    # With a width for each line, ways of different numbers of lines are not merged.
    widths = [width - indent] + [width] * (count + 2)
    search = _Search(BreakPoints(words), widths, settings, expansion_steps)
    ways = search.by_count(_TOLERANCES[0])
    best = ways.get(count)
    if best is None:
        return {}
    return {
        by: Variant(tuple(search.lines(node)), node[0] - best[0])
        for by in (1, -1)
        if (node := ways.get(count + by)) and node[0] < min(settings.runt, settings.third_hyphen)
    }


class _Search:
    """The search for the best way through a paragraph's places."""

    def __init__(
        self,
        places: BreakPoints,
        widths: Sequence[float],
        settings: DemeritSettings,
        steps: tuple[int, ...],
    ) -> None:
        self.places, self.settings = places, settings
        self.steps = sorted({0, *steps}, key=lambda step: (abs(step), step))
        self.extremes = wider, narrower = extremes(steps)
        self.wider, self.narrower = wider, narrower
        self.widths = widths
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

    def best(self) -> _Node | None:
        """Return the best way, if there is any."""
        node = None
        for tolerance in _TOLERANCES:
            node = min(self._ways(tolerance), key=_demerits_of, default=None)
            if node and node[0] <= line_demerits(tolerance, 0, self.settings):
                break
        return node

    def by_count(self, tolerance: float) -> dict[int, _Node]:
        """Return the best way for each number of lines whose lines are no looser than a ratio."""
        ways: dict[int, list[_Node]] = {}
        for node in self._ways(tolerance):
            ways.setdefault(node[3], []).append(node)
        return {count: min(some, key=_demerits_of) for count, some in ways.items()}

    def _ways(self, tolerance: float) -> Collection[_Node]:
        """Return the best ways of each kind whose lines are no looser than a ratio."""
        places, limit = self.places, len(self.widths) - 1
        letters, spaces = 1 + self.wider, 1 + min(tolerance, 1e9) * self.settings.stretch
        most_from = self._weighed(places.from_letters, places.from_spaces, letters, spaces)
        most_to = self._weighed(places.to_letters, places.to_spaces, letters, spaces)
        most_to = list(accumulate(most_to, max))
        nodes: list[dict[int, _Node]] = [{} for _ in places.ends]
        nodes[0][0] = (0.0, DECENT, 0, 0, 0, None)
        for place in range(places.last):
            for line, group in self._kept(nodes[place]):
                width = self.widths[line]
                first = bisect_left(most_to, most_from[place] + width - ROUNDING, place + 1)
                for end in self._ends(place, first, width, tolerance):
                    ratio = self._ratio(place, end, width)
                    if ratio is not None and ratio <= tolerance:
                        self._extend(group, end, ratio, min(line + 1, limit), nodes[end])
        return nodes[-1].values()

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
        reach = self.least_from[place] + width + ROUNDING
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
        ratio = ratio_between(
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
        cost = line_demerits(ratio, places.penalties[end], settings)
        last = end == places.last
        width = self.widths[group[0][3]]
        if last and places.is_runt(group[0][4], width, settings):
            cost += settings.runt
        fitness, hyphen = fitness_of(ratio), places.hyphens[end]
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

    def lines(self, node: _Node) -> Iterator[Line]:
        """Yield the lines of a way."""
        places, way = self.places, [node[4]]
        while node[5] is not None:
            node = node[5]
            way.append(node[4])
        way.reverse()
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
            if stretch >= -self.settings.shrink - ROUNDING and rest >= -ROUNDING:
                return stretch, step
        return 0.0, min(self.steps)

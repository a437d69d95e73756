"""Measures how well lines are set.

The report of a build and the benchmarks share these measures.  Word spaces are ratios to the
font's own space; the last line of a paragraph is not justified, so it is left out.
"""

from __future__ import annotations

import heapq
import math
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from typeset.layout.protocol import SetLine

__all__ = ["LineFigures", "line_figures", "loosest_lines"]

LOOSE = 1.5
"""From this ratio on, readers see gaps in the line."""
VERY_LOOSE = 2.0
LADDER = 3
"""How many hyphens at the ends of successive lines are a ladder."""
LEAST_LETTERS = 4
"""A last line with fewer letters and digits is a runt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFigures:
    """The measures; those of word spaces are 0 if no line is justified."""

    lines: int
    justified: int
    """Lines with word spaces that are not the last of their paragraph."""
    mean: float
    """The mean word space of justified lines, as a ratio to the font's own."""
    deviation: float
    """The standard deviation of their word spaces."""
    percentile_95: float
    """The word space that 95 percent of justified lines do not exceed."""
    maximum: float
    loose: int
    """Justified lines whose word space is over 1.5 times the font's own."""
    very_loose: int
    """Justified lines whose word space is over 2 times the font's own."""
    hyphens: int
    """Lines that end in a hyphen."""
    ladders: int
    """Runs of three or more lines that end in a hyphen."""
    longest_ladder: int
    runts: int
    """Last lines with fewer than four letters, or with a piece of a word only."""
    page_end_hyphens: int
    """Words divided between two pages."""

    @property
    def loose_share(self) -> float:
        """The share of justified lines over 1.5 times the font's own space, in percent."""
        return self._share(self.loose)

    @property
    def very_loose_share(self) -> float:
        """The share over 2 times, in percent."""
        return self._share(self.very_loose)

    def _share(self, count: int) -> float:
        return 100 * count / self.justified if self.justified else 0.0


def line_figures(lines: Iterable[SetLine]) -> LineFigures:
    """Measure how well lines are set.

    Args:
        lines: the lines of running text, in the order of reading.
    """
    every = list(lines)
    ratios = sorted(ratio for ratio, _ in _justified(every))
    paragraphs = list(_paragraphs(every))
    ladders = [run for paragraph in paragraphs for run in _ladders(paragraph)]
    return LineFigures(
        lines=len(every),
        justified=len(ratios),
        mean=statistics.fmean(ratios) if ratios else 0.0,
        deviation=statistics.pstdev(ratios) if ratios else 0.0,
        percentile_95=ratios[math.ceil(0.95 * len(ratios)) - 1] if ratios else 0.0,
        maximum=ratios[-1] if ratios else 0.0,
        loose=sum(ratio > LOOSE for ratio in ratios),
        very_loose=sum(ratio > VERY_LOOSE for ratio in ratios),
        hyphens=sum(line.hyphenated for line in every),
        ladders=sum(run >= LADDER for run in ladders),
        longest_ladder=max(ladders, default=0),
        runts=sum(_ends_in_a_runt(paragraph) for paragraph in paragraphs),
        page_end_hyphens=sum(_page_end_hyphens(paragraph) for paragraph in paragraphs),
    )


def loosest_lines(lines: Iterable[SetLine], most: int = 10) -> list[tuple[float, SetLine]]:
    """Return the lines with the widest word spaces, and the ratios, the widest first.

    Args:
        lines: the lines of running text.
        most: how many to return.
    """
    return heapq.nlargest(most, _justified(lines), key=lambda entry: entry[0])


def _justified(lines: Iterable[SetLine]) -> Iterator[tuple[float, SetLine]]:
    """Yield the lines that are justified by word spaces, with their ratios."""
    for line in lines:
        if line.ratio is not None and not line.last:
            yield line.ratio, line


def _paragraphs(lines: Iterable[SetLine]) -> Iterator[list[SetLine]]:
    """Group lines into paragraphs; several of them may belong to one element."""
    paragraph: list[SetLine] = []
    for line in lines:
        if paragraph and (paragraph[-1].last or paragraph[-1].element_id != line.element_id):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _ladders(paragraph: list[SetLine]) -> Iterator[int]:
    """Yield the length of every run of lines that end in a hyphen."""
    for hyphenated, run in groupby(paragraph, key=lambda line: line.hyphenated):
        if hyphenated:
            yield sum(1 for _ in run)


def _ends_in_a_runt(paragraph: list[SetLine]) -> bool:
    """Return whether the last line is a runt; a paragraph of one line has none."""
    if len(paragraph) < 2 or not paragraph[-1].last:
        return False
    text = paragraph[-1].text
    letters = sum(character.isalnum() for character in text)
    return letters < LEAST_LETTERS or (paragraph[-2].hyphenated and len(text.split()) == 1)


def _page_end_hyphens(paragraph: list[SetLine]) -> int:
    return sum(line.hyphenated and line.page != after.page for line, after in pairwise(paragraph))

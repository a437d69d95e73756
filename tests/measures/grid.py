"""Measures how many lines of the text are on the baseline grid, and the worst offset.

A line is a baseline in one column with glyphs of the text font at a size of running text: body,
block quotes and notes.  The phase of the grid is the most frequent one of the lines in the file.
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.measures.glyphs import Glyph, glyphs_of

__all__ = ["GridFigures", "Line", "lines_of", "measure_grid"]

TOLERANCE = 0.1
"""Points by which a line may be off."""
_SIZES = (8.5, 9.5, 10.0)
_FONTS = ("Source-Serif-Pro", "Source-Serif-Pro-Italic")
"""Regular and italic; a bold line is a heading or a byline, which need not be on the grid."""
_EXPANDED = re.compile(r"-X\d+(?=-|$)")
"""The part of a font's name that marks expanded letters."""
_FEWEST_GLYPHS = 2
"""A last line may be short; a lone glyph is a folio or a mark."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a column."""

    page: int
    column: int
    baseline: float
    text: str


@dataclass(frozen=True, slots=True)
class GridFigures:
    """The results."""

    lines: int
    on_grid: int
    worst: float
    """The largest distance from the grid, in points."""
    off: tuple[tuple[Line, float], ...]
    """The lines that are off, with their distances."""

    @property
    def share(self) -> float:
        """The share of lines on the grid, in percent."""
        return 100 * self.on_grid / self.lines


def lines_of(
    glyphs: Iterable[Glyph],
    *,
    middle: float,
    top: float,
    bottom: float,
    fonts: Collection[str] = _FONTS,
    sizes: Collection[float] = _SIZES,
) -> list[Line]:
    """Group the glyphs of running text into lines.

    Args:
        glyphs: all glyphs of a file.
        middle: where the second column begins, in points from the left.
        top: the upper edge of the text area, in points from the top of the page.
        bottom: its lower edge.
        fonts: the fonts of running text.
        sizes: the sizes of running text, in points.
    """
    rows: dict[tuple[int, int, float], list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        fits = (
            glyph.size in sizes
            and _EXPANDED.sub("", glyph.font) in fonts
            and not glyph.character.isspace()
        )
        if fits and top <= glyph.baseline <= bottom:
            column = int(glyph.x >= middle)
            rows[glyph.page, column, round(glyph.baseline, 2)].append(glyph)
    return [
        Line(page, column, baseline, "".join(g.character for g in sorted(row, key=lambda g: g.x)))
        for (page, column, baseline), row in sorted(rows.items())
        if len(row) >= _FEWEST_GLYPHS
    ]


def measure_grid(lines: Iterable[Line], distance: float) -> GridFigures:
    """Measure how lines stand on a grid.

    Args:
        lines: the lines.
        distance: the distance of two lines of the grid, in points.
    """
    every = list(lines)
    usual = Counter(round(line.baseline % distance, 1) for line in every).most_common(1)[0][0]
    phase = statistics.median(
        line.baseline % distance
        for line in every
        if _offset(line.baseline, usual, distance) <= TOLERANCE
    )
    offsets = [(line, _offset(line.baseline, phase, distance)) for line in every]
    off = tuple(entry for entry in offsets if entry[1] > TOLERANCE)
    worst = max(offset for _, offset in offsets)
    return GridFigures(len(every), len(every) - len(off), worst, off)


def _offset(baseline: float, phase: float, distance: float) -> float:
    """Return how far a baseline is from the nearest line of the grid."""
    return abs((baseline - phase + distance / 2) % distance - distance / 2)


def main() -> None:
    """Print the figures of PDF files."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.measures.grid")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--line", type=float, default=13.0, help="distance of lines in points")
    parser.add_argument("--middle", type=float, default=306.0, help="left edge of column two")
    parser.add_argument("--top", type=float, default=66.0)
    parser.add_argument("--bottom", type=float, default=729.0)
    options = parser.parse_args()
    for file in options.files:
        lines = lines_of(
            glyphs_of(file), middle=options.middle, top=options.top, bottom=options.bottom
        )
        figures = measure_grid(lines, options.line)
        print(
            f"{file.name}: {figures.share:.2f} % of {figures.lines} lines on the grid, "
            f"worst offset {figures.worst:.3f} pt"
        )
        for line, offset in figures.off:
            print(
                f"  page {line.page}, column {line.column + 1}: {offset:.2f} pt: {line.text[:60]}"
            )


if __name__ == "__main__":
    main()

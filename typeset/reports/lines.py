"""Renders how well lines are set: as a table for editors, and as a value for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from typeset.layout.protocol import SetLine
from typeset.reports.line_statistics import LineFigures, line_figures, loosest_lines
from typeset.source import Location

__all__ = ["PlaceOf", "lines_as_value", "render_lines"]

PlaceOf = Callable[[str], Location | None]
"""Finds where the element with an id was written."""

_HEADS = (
    *("lines", "mean", "dev.", "95 %", "max.", "> 1.5", "> 2"),
    *("hyphens", "ladder", "runts", "page ends"),
)
_WIDTH = 9
"""The width of a column of numbers, in characters."""


def render_lines(lines: Sequence[SetLine], place_of: PlaceOf) -> str:
    """Return the measures of every article and of the issue as a table, then the loosest lines.

    Args:
        lines: the lines of running text, in the order of reading.
        place_of: finds where an element was written.
    """
    rows = [*_by_file(lines, place_of).items(), ("the whole issue", lines)]
    first = max(len(name) for name, _ in rows)
    table = [" " * first + _cells(_HEADS)]
    table += [name.ljust(first) + _cells(_row(line_figures(those))) for name, those in rows]
    loosest = [_loose_line(ratio, line, place_of) for ratio, line in loosest_lines(lines)]
    if loosest:
        table += ["", "the loosest lines, by their word space:", *loosest]
    return "\n".join([*table, ""])


def lines_as_value(lines: Sequence[SetLine], place_of: PlaceOf) -> dict[str, Any]:
    """Return the same as a value that JSON can hold.

    Args:
        lines: the lines of running text, in the order of reading.
        place_of: finds where an element was written.
    """
    return {
        "issue": _figures(lines),
        "articles": [
            {"file": name} | _figures(those) for name, those in _by_file(lines, place_of).items()
        ],
        "loosest": [
            _loose_value(ratio, line, place_of(line.element_id))
            for ratio, line in loosest_lines(lines)
        ],
    }


def _by_file(lines: Iterable[SetLine], place_of: PlaceOf) -> dict[str, list[SetLine]]:
    """Group lines by their source file, with files in reading order."""
    files: dict[str, list[SetLine]] = {}
    for line in lines:
        place = place_of(line.element_id)
        if place is not None:
            files.setdefault(place.path, []).append(line)
    return files


def _cells(values: Iterable[str]) -> str:
    return "".join(f" {value:>{_WIDTH}}" for value in values)


def _row(figures: LineFigures) -> list[str]:
    """Return the measures in the order of the table's head."""
    return [
        str(figures.lines),
        f"{figures.mean:.2f}",
        f"{figures.deviation:.2f}",
        f"{figures.percentile_95:.2f}",
        f"{figures.maximum:.2f}",
        f"{figures.loose_share:.1f} %",
        f"{figures.very_loose_share:.1f} %",
        str(figures.hyphens),
        str(figures.longest_ladder),
        str(figures.runts),
        str(figures.page_end_hyphens),
    ]


def _loose_line(ratio: float, line: SetLine, place_of: PlaceOf) -> str:
    place = place_of(line.element_id)
    source = f", {place}" if place is not None else ""
    return f"  {ratio:.2f}  page {line.page}, column {line.column}{source}: {line.text}"


def _loose_value(ratio: float, line: SetLine, place: Location | None) -> dict[str, Any]:
    return {
        "word_space": round(ratio, 3),
        "page": line.page,
        "column": line.column,
        "file": place.path if place else None,
        "line": place.line or None if place else None,
        "text": line.text,
    }


def _figures(lines: Iterable[SetLine]) -> dict[str, Any]:
    figures = line_figures(lines)
    return {
        "lines": figures.lines,
        "justified": figures.justified,
        "word_space": {
            "mean": round(figures.mean, 3),
            "deviation": round(figures.deviation, 3),
            "percentile_95": round(figures.percentile_95, 3),
            "maximum": round(figures.maximum, 3),
            "over_1.5_percent": round(figures.loose_share, 2),
            "over_2_percent": round(figures.very_loose_share, 2),
        },
        "hyphens": figures.hyphens,
        "ladders": figures.ladders,
        "longest_ladder": figures.longest_ladder,
        "runts": figures.runts,
        "page_end_hyphens": figures.page_end_hyphens,
    }

"""The source map: finds the source line of a part of a page, and the reverse."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from typeset.diagnostics import Diagnostic
from typeset.geometry import PageGeometry
from typeset.layout.protocol import Box, LaidOut
from typeset.model import Issue
from typeset.source import Location

__all__ = ["Area", "SourceMap", "short", "sides"]


def sides(box: Box) -> list[float]:
    """Return a rectangle as the page in the browser takes it, in points from its page's corner."""
    return short(box.left, box.top, box.right, box.bottom)


def short(*lengths: float) -> list[float]:
    """Return lengths in points, as exactly as they are seen."""
    return [round(length, 1) for length in lengths]


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page that was written in one place."""

    element_id: str
    box: Box
    location: Location

    @property
    def size(self) -> float:
        """The size in square points."""
        return (self.box.right - self.box.left) * (self.box.bottom - self.box.top)


class SourceMap:
    """The places of an issue's elements, on pages and in files.

    Args:
        issue: the issue.
        laid_out: its pages.
        geometry: the geometry of its page.
    """

    def __init__(self, issue: Issue, laid_out: LaidOut, geometry: PageGeometry) -> None:
        self._on_page: dict[int, list[Area]] = defaultdict(list)
        self._in_file: dict[str, list[Area]] = defaultdict(list)
        for area in _areas(issue, laid_out, geometry):
            self._on_page[area.box.page].append(area)
            self._in_file[area.location.path].append(area)
        for areas in self._in_file.values():
            # On the same line, a paragraph comes after the note calls in it.
            areas.sort(key=lambda area: (area.location.line, -area.box.page, area.size))

    def on_page(self, page: int) -> list[Area]:
        """Return the areas of a page, from 1; the smallest first."""
        return sorted(self._on_page.get(page, []), key=lambda area: area.size)

    def of_line(self, path: str, line: int) -> Area | None:
        """Return the area of a line of a file: of the last element that begins at or before it."""
        areas = self._in_file.get(path, [])
        if not areas:
            return None
        position = bisect_right(areas, line, key=lambda area: area.location.line)
        return areas[max(0, position - 1)]

    def of(self, diagnostic: Diagnostic) -> Box | None:
        """Return the box that a diagnostic is about, if known."""
        location, page = diagnostic.location, diagnostic.page
        area = self.of_line(location.path, location.line) if location else None
        if page is not None and (area is None or area.box.page != page.page):
            return Box(page.page, 0.0, 0.0, 0.0, 0.0)
        return area.box if area else None


def _areas(issue: Issue, laid_out: LaidOut, geometry: PageGeometry) -> Iterator[Area]:
    for name, boxes in laid_out.boxes.items():
        location = issue.place_of(name)
        if location is not None and location.line:
            for box in boxes:
                yield Area(name, box, location)
    for name, box in _continued(laid_out, geometry):
        location = issue.place_of(name)
        if location is not None:
            yield Area(name, box, location)


def _continued(laid_out: LaidOut, geometry: PageGeometry) -> Iterator[tuple[str, Box]]:
    """Yield the parts of paragraphs at the head of a second column.

    The layout reports one box a page: the one in the column where the paragraph begins.
    """
    counts = Counter((line.element_id, line.page, line.column) for line in laid_out.lines)
    for (name, page, column), lines in counts.items():
        if column < 2 or not counts[name, page, column - 1]:
            continue
        left = geometry.left(page) + (column - 1) * (geometry.column_width + geometry.gap)
        bottom = geometry.top + lines * geometry.baseline
        yield name, Box(page, left, geometry.top, left + geometry.column_width, bottom)

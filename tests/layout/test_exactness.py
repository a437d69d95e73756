"""Each line stands where the plan of its page has it, nothing meets, nothing is past the foot.

Slow, because both samples and the issues in other languages are laid out in full.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from weasyprint import Document

from tests.oracle.page_documents import Window, windows_of
from typeset.geometry import PageGeometry
from typeset.layout.compose import compose
from typeset.layout.document import GRID, Class, has_class
from typeset.layout.engine.boxes import (
    BlockBox,
    Box,
    LineBox,
    children_of,
    is_marker,
    root_of,
    walk,
)
from typeset.layout.engine.styles import StyleFor
from typeset.layout.inspect.overlaps import find_overlaps
from typeset.layout.inspect.overset import find_overset
from typeset.layout.makeup.values import Kind
from typeset.layout.manuscript import kind_of
from typeset.layout.renderer import Renderer
from typeset.pipeline.build import layout_job, load_issue

CHECKOUT = Path(__file__).parents[2]
LANGUAGES = CHECKOUT / "tests" / "fixtures" / "languages"
DAY = "2026-12-02"
THEMES = ("brief", "ledger")
_POINTS = 0.75
"""In a pixel."""
_TOLERANCE = 0.05
"""Points by which a line may stand elsewhere."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Exact:
    """An issue, composed, with the plans of its pages."""

    document: Document
    geometry: PageGeometry
    windows: tuple[Window, ...]
    style_for: StyleFor

    def lines(self) -> dict[tuple[int, Element], list[tuple[float, float]]]:
        """Return the left edges and tops in points of the lines of each block on each page.

        What is shifted relative to its place counts where its place is.
        """
        blocks = {window.block for window in self.windows}
        found: defaultdict[tuple[int, Element], list[tuple[float, float]]] = defaultdict(list)
        for number, page in enumerate(self.document.pages, 1):
            for box in walk(root_of(page)):
                is_block = isinstance(box, BlockBox) and not is_marker(box)
                if is_block and box.element in blocks:
                    found[number, box.element] += self._lines_in(box, 0.0)
        return found

    def _lines_in(self, box: Box, shift: float) -> Iterator[tuple[float, float]]:
        if isinstance(box, LineBox):
            yield box.position_x * _POINTS, (box.position_y - shift) * _POINTS
            return
        style = None if box.element is None else self.style_for(box.element)
        if style and style["position"] == "relative" and style["top"] != "auto":
            shift += style["top"].value
        for child in children_of(box):
            if not is_marker(child):
                yield from self._lines_in(child, shift)


def composed(issue: Path) -> Exact:
    """Compose an issue."""
    job = layout_job(load_issue(issue))()
    renderer = Renderer(job)
    root = renderer.parse(job.html)
    made = compose(job, renderer, root)
    windows = tuple(windows_of(root, made.plans, job.geometry))
    style_for = renderer.computed(renderer.document(root))
    return Exact(made.document, job.geometry, windows, style_for)


@pytest.fixture(
    scope="module",
    params=[
        *((day, theme) for day in ("2026-11-25", "2026-12-09") for theme in THEMES),
        *((path.name, theme) for path in sorted(LANGUAGES.iterdir()) for theme in THEMES),
    ],
    ids="-".join,
)
def issue(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Exact:
    name, theme = request.param
    folder = tmp_path_factory.mktemp("exactness") / "publication"
    is_sample = name.startswith("2026")
    source = CHECKOUT / "issues" if is_sample else LANGUAGES / name
    shutil.copytree(source, folder)
    settings = folder / "publication.yaml"
    kept = re.sub(r"(?m)^theme:.*$", "", settings.read_text("utf-8"))
    settings.write_text(f"{kept}\ntheme: {theme}\n", "utf-8")
    return composed(folder / (name if is_sample else DAY))


def test_each_line_stands_where_the_plan_says(issue: Exact) -> None:
    lines, wrong, seen = issue.lines(), [], 0
    for window in issue.windows:
        if not _is_running_text(window.block):
            continue
        right = window.left + window.measure
        own = [y for x, y in lines[window.page, window.block] if window.left - 1 <= x < right]
        places = [(y - window.top) / issue.geometry.baseline for y in own]
        off = [n for n, place in enumerate(places) if abs(place - round(place)) > _share(issue)]
        count = window.slice.last - window.slice.first + window.slice.varied
        steps = [round(place) for place in places]
        whole = {*range(count)}
        expected = whole if window.block.tag == "p" else whole & {*steps}
        seen += len(own)
        if off or steps != sorted(expected):
            wrong.append(f"page {window.page}: {window.block.tag}, {count} lines: {places}")
    assert wrong == []
    assert seen > 100


def _share(issue: Exact) -> float:
    return _TOLERANCE / issue.geometry.baseline


def _is_running_text(block: Element) -> bool:
    """Return whether the lines of a block stand on the grid: those in a frame have its edges."""
    return (
        kind_of(block) is Kind.TEXT
        and GRID not in block.attrib
        and not has_class(block, Class.TAKEAWAY)
    )


def test_nothing_meets_and_nothing_is_past_the_foot(issue: Exact) -> None:
    foot = issue.geometry.height - issue.geometry.bottom
    assert find_overlaps(issue.document) == ()
    assert find_overset(issue.document, issue.geometry) == ()
    assert max(window.bottom for window in issue.windows) <= foot + _TOLERANCE

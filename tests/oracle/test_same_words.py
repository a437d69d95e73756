"""Imposed pages hold the words that plain WeasyPrint sets, each where it sets it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from tests.measures.glyphs import Glyph, glyphs_of
from tests.oracle.page_documents import planned_glyphs, windows_of
from tests.pages import paragraph, prose
from tests.publications import article, png, write_publication
from typeset.geometry import PageGeometry
from typeset.layout.compose import compose
from typeset.layout.document import Class, has_class
from typeset.layout.makeup.values import Measure, Plan
from typeset.layout.renderer import Renderer
from typeset.pipeline.build import layout_job, load_issue

pytestmark = pytest.mark.slow

ISSUES = Path(__file__).parents[2] / "issues"
_TOLERANCE = 0.05
"""Points by which a glyph may stand elsewhere."""

_LIST = "\n".join(
    f"- {paragraph(n, 12 + 9 * n)}\n    1. {paragraph(n + 20, 25)}\n    2. {paragraph(n + 40)}"
    for n in range(7)
)
_NOTES = "\n\n".join(f"[^{n}]: {paragraph(300 + n, 30 + n)}" for n in range(9))
_ROWS = "\n".join(f"| row {n} | {paragraph(400 + n, 1 + n % 9)} |" for n in range(70))
_TABLE = f'| Port | Words |\n|---|---|\n{_ROWS}\nTable: All ports {{source="The Desk"}}'
_CALLED = prose(3, 100) + "".join(f" Word[^{n}]." for n in range(9))
_FIGURE = "![A caption, {}]({}){{alt=x{}}}"
BODY = "\n\n".join(
    [
        *(_CALLED, "## A heading", prose(3, 110), _FIGURE.format("odd", "odd.png", "")),
        *(prose(2, 120), _LIST, "### Another", prose(4, 130)),
        *(_FIGURE.format("wide", "wide.png", " width=wide"), f"> {paragraph(140)}", prose(3, 150)),
        *(_TABLE, prose(9, 160), _NOTES),
    ]
)


@dataclass(frozen=True, slots=True)
class Compared:
    """The pages of an issue, made in both ways."""

    plans: tuple[Plan, ...]
    divided: frozenset[str]
    """The tags of the blocks that are divided; `long` for tables."""
    planned: tuple[Glyph, ...]
    imposed: tuple[Glyph, ...]


def compared(issue: Path, folder: Path) -> Compared:
    """Compose an issue, and make its pages by page documents too."""
    job = layout_job(load_issue(issue))()
    geometry = job.geometry
    renderer = Renderer(job)
    root = renderer.parse(job.html)
    composed = compose(job, renderer, root)
    composed.document.write_pdf(folder / "imposed.pdf")
    pieces = Counter(window.block for window in windows_of(root, composed.plans, geometry))
    divided = (block for block, number in pieces.items() if number > 1)
    return Compared(
        composed.plans,
        frozenset("long" if has_class(one, Class.LONG) else one.tag for one in divided),
        tuple(planned_glyphs(root, composed.plans, geometry, renderer, folder / "planned.pdf")),
        tuple(
            glyph
            for glyph in glyphs_of(folder / "imposed.pdf")
            if _is_text(glyph, composed.plans, geometry)
        ),
    )


def _is_text(glyph: Glyph, plans: tuple[Plan, ...], geometry: PageGeometry) -> bool:
    """Return whether a glyph stands where the plans have text, and not front matter or margins."""
    page = plans[0].pages[0]
    top, right = geometry.top, geometry.width
    if glyph.page < page.number:
        return False
    if glyph.page == page.number and page.columns[0].measure is Measure.FRONT:
        top = geometry.height - geometry.bottom - page.columns[0].height * geometry.baseline
        right = geometry.inner + geometry.first_width
    return top <= glyph.baseline < geometry.height - geometry.bottom and glyph.x < right


def apart(some: Iterable[Glyph], others: Iterable[Glyph]) -> list[str]:
    """Return the first glyphs that have no twin among others: white space has no place."""
    twins: defaultdict[tuple[int, str, int], list[Glyph]] = defaultdict(list)
    for glyph in others:
        twins[glyph.page, glyph.character, round(glyph.baseline)].append(glyph)
    return [*islice((_said(one) for one in some if not _take_twin(one, twins)), 10)]


def _take_twin(glyph: Glyph, twins: Mapping[tuple[int, str, int], list[Glyph]]) -> bool:
    """Remove the twin of a glyph; return whether it has one, or needs none."""
    row = round(glyph.baseline)
    for near in (twins[glyph.page, glyph.character, row + step] for step in (0, -1, 1)):
        for one in near:
            if max(abs(one.x - glyph.x), abs(one.baseline - glyph.baseline)) <= _TOLERANCE:
                near.remove(one)
                return True
    return glyph.character.isspace()


def _said(glyph: Glyph) -> str:
    return f"page {glyph.page}: {glyph.character} at {glyph.x:.2f}, {glyph.baseline:.2f}"


def assert_same(pages: Compared, *, at_least: int) -> None:
    assert len(pages.planned) >= at_least
    assert apart(pages.planned, pages.imposed) == []
    assert apart(pages.imposed, pages.planned) == []


def test_all_kinds_of_blocks_stand_where_the_engine_sets_them(tmp_path: Path) -> None:
    issue = write_publication(
        tmp_path / "issue",
        articles={"01.md": article(BODY, takeaway=paragraph(500, 30)), "02.md": article(prose(4))},
        files={"articles/odd.png": png(613, 377), "articles/wide.png": png(1300, 500)},
    )
    pages = compared(issue, tmp_path)
    assert {"p", "ul", "long"} <= pages.divided
    assert any(page.head or page.foot for plan in pages.plans for page in plan.pages)
    assert any(
        one.repeat for page in pages.plans[0].pages for c in page.columns for one in c.slices
    )
    assert_same(pages, at_least=9000)


@pytest.mark.parametrize("name", ["2026-11-25", "2026-12-09"])
def test_the_samples_do_too(name: str, tmp_path: Path) -> None:
    assert_same(compared(ISSUES / name, tmp_path), at_least=15_000)

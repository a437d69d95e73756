"""Run every benchmark, and compare the results with their budgets.

Ratios and CPU times may exceed theirs by a quarter, as machines differ; what is counted may not.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.cold import BARE, measure_cold_build
from tests.benchmarks.lines import TOTAL_FIT, print_comparison
from tests.benchmarks.makeup import WAYS, measure_make_up
from tests.benchmarks.pages import measure_pages
from tests.benchmarks.photographs import write_issue_with_photographs
from tests.benchmarks.scale import measure_scale
from tests.measures.glyphs import glyphs_of
from tests.measures.grid import lines_of, measure_grid
from typeset import build_issue, load_issue
from typeset.layout.protocol import LINE_BREAKING

ROOM = 1.25
"""The factor by which a ratio may exceed its budget."""
_ROOT = Path(__file__).parents[2]
_ISSUES = tuple(_ROOT / "issues" / day for day in ("2026-11-25", "2026-12-09"))


def _grid(issue: Path, budget: dict[str, float]) -> Iterator[str]:
    loaded = load_issue(issue)
    page = loaded.geometry
    with tempfile.TemporaryDirectory() as folder:
        build = build_issue(issue, output=folder)
        lines = lines_of(
            glyphs_of(build.outputs[0].path),
            middle=page.width / 2,
            top=page.top,
            bottom=page.height - page.bottom,
        )
    figures = measure_grid(lines, page.baseline)
    print(
        f"grid: {figures.share:.2f} % of {figures.lines} lines on the grid (budget 100 %),", end=""
    )
    print(f" worst offset {figures.worst:.3f} pt (budget {budget['worst']} pt)")
    for line, offset in figures.off:
        yield f"page {line.page}, column {line.column + 1}: {offset:.2f} pt off: {line.text[:50]}"


def _cold(budget: dict[str, float]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        photographs = write_issue_with_photographs(_ISSUES[1], Path(folder, "photographs"))
        yield from _compare_with_engine(_ISSUES[0], {way: way for way in LINE_BREAKING}, budget)
        yield from _compare_with_engine(photographs, {TOTAL_FIT: "photographs"}, budget)


def _compare_with_engine(
    issue: Path, names: dict[str, str], budget: dict[str, float]
) -> Iterator[str]:
    """Compare ways of line breaking, each with the name of its budget."""
    figures = measure_cold_build(issue, tuple(names))
    for way, name in names.items():
        for part in ("work", "whole"):
            ours, engine = getattr(figures[way], part), getattr(figures[BARE], part)
            ratio, most = ours / engine, budget[f"{name}-{part}"]
            print(f"{name}, {part}: {ours:.2f} s of CPU, bare engine {engine:.2f} s,", end="")
            print(f" ratio {ratio:.2f} (budget {most})")
            if ratio > most * ROOM:
                yield f"{name}, {part}: the ratio {ratio:.2f} exceeds {most} by more than a quarter"


def _scale(budget: dict[str, float]) -> Iterator[str]:
    # One run each, as the longer one takes minutes.
    figures = [measure_scale(_ISSUES[0], times) for times in (4, 16)]
    for figure in figures:
        print(
            f"{figure.times:2} times the text: {figure.pages} pages, {figure.layouts} layouts,",
            end="",
        )
        print(f" {figure.milliseconds_per_page:.0f} ms a page,", end="")
        print(f" peak {figure.peak_megabytes:.0f} MB")
    short, long = figures
    growth = long.milliseconds_per_page / short.milliseconds_per_page
    print(f"growth a page from 4 to 16 times: {growth:.2f} (budget {budget['growth']})")
    if growth > budget["growth"] * ROOM:
        yield f"the growth {growth:.2f} exceeds {budget['growth']} by more than a quarter"
    if long.peak_megabytes > budget["peak_megabytes"] * ROOM:
        yield (
            f"the peak of {long.peak_megabytes:.0f} MB exceeds {budget['peak_megabytes']} by more"
            " than a quarter"
        )


def _lines(budget: dict[str, float]) -> Iterator[str]:
    for total in print_comparison():
        if total.setter != TOTAL_FIT:
            continue
        figures = total.figures
        if figures.loose_share > budget[total.face]:
            yield (
                f"{total.face}: {figures.loose_share:.1f} % of lines are over 1.5 times the word"
                f" space, not {budget[total.face]} %"
            )
        if figures.ladders > budget["ladders"]:
            yield f"{total.face}: {figures.ladders} runs of three hyphens and more"
        if figures.runts > budget["runts"]:
            yield f"{total.face}: {figures.runts} runts"


def _makeup(budget: dict[str, float]) -> Iterator[str]:
    for pages, figures, seeds in ((20, 1, 12), (20, 5, 12), (20, 20, 12), (330, 185, 1)):
        for name, way in WAYS.items():
            found = measure_make_up(way, pages=pages, figures=figures, seeds=seeds)
            print(f"{figures * seeds} figures, {name}: {found.pages} pages,", end="")
            print(f" {found.empty} empty lines, uneven feet {found.uneven},", end="")
            print(f" {found.late} pages behind, {found.hyphens} hyphens at page ends,", end="")
            print(f" slowest issue {found.seconds:.2f} s of CPU")
            most = budget["seconds" if pages == 20 else "seconds_long"]
            if name == "search" and found.seconds > most * ROOM:
                yield f"{found.seconds:.2f} s of CPU exceed {most} s by more than a quarter"


def _pages(budget: dict[str, float]) -> Iterator[str]:
    for found in measure_pages():
        print(
            f"{found.text}, {found.theme}: {found.pages} pages, {found.empty} empty lines", end=""
        )
        print(f" (budget {budget['empty']}), figures {found.behind} pages behind their calls")
        if found.empty > budget["empty"]:
            yield f"{found.text}, {found.theme}: {found.empty} empty lines, not {budget['empty']}"


_BENCHMARKS = {"grid": _grid}
"""Benchmarks of each sample issue."""
_COMPARISONS = {
    "cold": _cold,
    "scale": _scale,
    "lines": _lines,
    "makeup": _makeup,
    "pages": _pages,
}
"""Benchmarks with their own texts."""


def main() -> int:
    """Run the benchmarks named on the command line, or all of them."""
    budgets = tomllib.loads(Path(__file__).with_name("budgets.toml").read_text("utf-8"))
    wanted = sys.argv[1:] or [*_BENCHMARKS, *_COMPARISONS]
    of_issues = [name for name in wanted if name not in _COMPARISONS]
    failures = []
    for issue in _ISSUES if of_issues else ():
        print(f"-- {issue.name}")
        for name in of_issues:
            failures += [f"{name}: {text}" for text in _BENCHMARKS[name](issue, budgets[name])]
    for name in wanted:
        if name in _COMPARISONS:
            print(f"-- {name}")
            failures += [f"{name}: {text}" for text in _COMPARISONS[name](budgets[name])]
    for failure in failures:
        print(f"over budget: {failure}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

"""Compares a cold build with the engine alone, by the CPU time of all their processes.

The engine sets the same words, pictures and fonts as plain HTML, with a few plain styles, and
writes a tagged PDF.  Our time includes all that a build does: reading, measuring, planning, layout,
comparing, writing, and shrinking pictures.

Start-up is measured too, and both are compared with it and without.  Without it, what a build
loads only when it is needed counts as work of ours, and no import of the engine counts as its.
Runs alternate; the medians are compared.

By hand: ``python -m tests.benchmarks cold``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.plain_html import write_plain_html
from tests.benchmarks.process_tree import run
from typeset.layout.protocol import LINE_BREAKING
from typeset.pipeline.build import layout_job, load_issue

__all__ = ["BARE", "ColdFigures", "measure_cold_build"]

BARE = "bare engine"
_BARE = Path(__file__).with_name("bare.py")


@dataclass(frozen=True, slots=True)
class ColdFigures:
    """CPU seconds of one way to make an issue."""

    whole: float
    """Of the whole command."""
    work: float
    """The same without start-up."""


def measure_cold_build(
    issue: Path, ways: Sequence[str] = LINE_BREAKING, runs: int = 5
) -> dict[str, ColdFigures]:
    """Return the CPU seconds of a build with each way of line breaking, and of the engine.

    Args:
        issue: the issue's folder.
        ways: ways of line breaking.
        runs: how often each is run.
    """
    whole: dict[str, list[float]] = {side: [] for side in (*ways, BARE)}
    starts: list[float] = []
    work: list[float] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "plain").mkdir()
        write_plain_html(layout_job(load_issue(issue))(), folder / "plain")
        cache = {"TYPESET_CACHE": str(folder / "cache")}
        for _ in range(runs):
            start_up = [sys.executable, "-m", "tests.benchmarks.start_up", str(issue)]
            starts.append(run(start_up, env=cache).cpu)
            build = [sys.executable, "-m", "typeset", "build", str(issue), "--output", str(folder)]
            for way in ways:
                taken = run([*build, "--line-breaking", way], env=cache)
                whole[way].append(taken.cpu)
            engine = run([sys.executable, _BARE, folder / "plain"])
            whole[BARE].append(engine.cpu)
            work.append(float(engine.output))
    start = statistics.median(starts)
    medians = {side: statistics.median(taken) for side, taken in whole.items()}
    figures = {way: ColdFigures(medians[way], medians[way] - start) for way in ways}
    return figures | {BARE: ColdFigures(medians[BARE], statistics.median(work))}

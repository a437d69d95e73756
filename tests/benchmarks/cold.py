"""Compares a cold build with the engine alone.

The baseline is the CPU time in which WeasyPrint lays out and writes the same HTML and styles.  Our
time includes all that a build does: reading, parsing, measuring, layout, comparing, writing.
Imports count on neither side.  Each run has its own process.  Runs alternate, and the fastest of
each side are compared: what else a machine does makes a run slower, never faster.

By hand: ``python -m tests.benchmarks.cold greedy|total-fit|bare ISSUE`` prints the seconds.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import typeset.pipeline.build
from tests.in_process import InProcessReading
from typeset.layout.lay_out import lay_out
from typeset.layout.protocol import LINE_BREAKING
from typeset.layout.renderer import JobFetcher

__all__ = ["BARE", "measure_cold_build"]

BARE = "bare"


def measure_cold_build(issue: Path, runs: int = 5) -> dict[str, float]:
    """Return the least CPU seconds of a build with each way of line breaking, and of the engine.

    Args:
        issue: the issue's folder.
        runs: how often each is run.
    """
    seconds: dict[str, list[float]] = {side: [] for side in (*LINE_BREAKING, BARE)}
    for _ in range(runs):
        for side, taken in seconds.items():
            taken.append(_in_a_process(side, issue))
    return {side: min(taken) for side, taken in seconds.items()}


def _in_a_process(side: str, issue: Path) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.cold", side, str(issue)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _ours(issue: Path, line_breaking: str) -> float:
    start = time.process_time()
    # Not in a child, whose time would not be counted.
    reader = InProcessReading()
    reader.open_issue(issue)
    job = typeset.pipeline.build.layout_job(reader.load_issue())()
    laid_out = lay_out(replace(job, line_breaking=line_breaking), lambda progress: None)
    if not laid_out.pdf:
        raise SystemExit(f"{issue}: content was lost")
    return time.process_time() - start


def _bare(issue: Path) -> float:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    job = typeset.pipeline.build.layout_job(typeset.pipeline.build.load_issue(issue))()
    fetcher = JobFetcher(job.resources)
    start = time.process_time()
    fonts = FontConfiguration()
    styles = [
        CSS(string=css, base_url=job.base_url, url_fetcher=fetcher, font_config=fonts)
        for css in job.stylesheets
    ]
    HTML(string=job.html, base_url=job.base_url, url_fetcher=fetcher).write_pdf(
        stylesheets=styles, font_config=fonts, pdf_variant=job.variant, pdf_tags=True
    )
    return time.process_time() - start


if __name__ == "__main__":
    wanted, folder = sys.argv[1], Path(sys.argv[2])
    print(_bare(folder) if wanted == BARE else _ours(folder, wanted))

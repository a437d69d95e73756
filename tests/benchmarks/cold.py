"""A cold build against the bare engine.

The baseline is the CPU time that WeasyPrint alone takes to lay out and write the very same HTML and
styles.  Ours is all that a build does: reading, parsing, measuring, layout, comparing, writing.
Imports count on neither side.  Each run has a process of its own; runs alternate, and medians are
compared, since a machine's speed drifts.

By hand: ``python -m tests.benchmarks.cold ours|bare ISSUE`` prints the seconds of one run.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

import typeset.pipeline
from typeset.editions import EDITIONS
from typeset.layout import engine

__all__ = ["measure_cold_build"]


def measure_cold_build(issue: Path, runs: int = 3) -> tuple[float, float]:
    """Return the median CPU seconds of a build and of the bare engine.

    Args:
        issue: the issue's folder.
        runs: how often each is run.
    """
    ours, bare = [], []
    for _ in range(runs):
        ours.append(_in_a_process("ours", issue))
        bare.append(_in_a_process("bare", issue))
    return statistics.median(ours), statistics.median(bare)


def _in_a_process(side: str, issue: Path) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.cold", side, str(issue)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _ours(issue: Path) -> float:
    start = time.process_time()
    loaded = typeset.pipeline.load_issue(issue)
    laid_out = engine.lay_out(
        typeset.pipeline.layout_job(loaded, EDITIONS["screen"])(), lambda progress: None
    )
    if not laid_out.pdf:
        raise SystemExit(f"{issue}: content was lost")
    return time.process_time() - start


def _bare(issue: Path) -> float:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    job = typeset.pipeline.layout_job(typeset.pipeline.load_issue(issue), EDITIONS["screen"])()
    fetcher = engine.JobFetcher(job)
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
    print({"ours": _ours, "bare": _bare}[sys.argv[1]](Path(sys.argv[2])))

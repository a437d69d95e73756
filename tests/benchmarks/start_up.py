"""Starts all processes of a build, and does nothing with them: what start-up alone takes.

``python -m tests.benchmarks.start_up ISSUE`` only looks for the issue.
"""

from __future__ import annotations

import sys
from functools import partial
from importlib import import_module
from pathlib import Path

from typeset.diagnostics import Report
from typeset.layout.process.parent import LayoutProcess
from typeset.layout.protocol import Finished, silent
from typeset.limits import DEFAULT_MEMORY_MB, DEFAULT_SECONDS, LayoutLimits, Limit
from typeset.pipeline.build import own_reader

__all__ = ["main"]

_LIMITS = LayoutLimits(Limit(DEFAULT_SECONDS, "none"), Limit(DEFAULT_MEMORY_MB, "none"))


def main(issue: Path) -> None:
    """Load what the command loads, and wait until both processes answer."""
    with (
        own_reader() as reader,
        LayoutProcess(limits=_LIMITS, report=Report()) as process,
    ):
        for module in ("cli", "reports.json", "reports.lines", "reports.pages", "pipeline.render"):
            import_module(f"typeset.{module}")
        process.make(partial(Finished, b""), silent)
        reader.find_issue(issue)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

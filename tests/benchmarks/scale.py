"""Measures how time and memory grow with the text: the sample issue 4 and 16 times.

By hand: ``python -m tests.benchmarks.scale ISSUE TIMES`` prints the figures of one run.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

import typeset.pipeline.build
from tests.in_process import InProcessReading
from typeset.layout.lay_out import lay_out
from typeset.layout.protocol import silent
from typeset.layout.renderer import Renderer

__all__ = ["ScaleFigures", "measure_scale"]


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """The time and memory for one length of text."""

    times: int
    pages: int
    layouts: int
    """How often the engine laid something out."""
    milliseconds_per_page: float
    """CPU time of all that a build does but start, by page."""
    peak_megabytes: float


def measure_scale(issue: Path, times: int) -> ScaleFigures:
    """Build an issue with its articles repeated, in its own process.

    Args:
        issue: the issue's folder, one level below its publication's.
        times: how often each article is repeated.
    """
    command = [sys.executable, "-m", "tests.benchmarks.scale", str(issue), str(times)]
    result = subprocess.run(command, check=True, capture_output=True, text=True)
    return ScaleFigures(**json.loads(result.stdout))


def _measure(issue: Path, times: int) -> ScaleFigures:
    with tempfile.TemporaryDirectory() as folder, _CountedLayouts() as layouts:
        copy = _repeat(issue, times, Path(folder))
        start = time.process_time()
        # Not in a child, whose time would not be counted.
        reader = InProcessReading()
        reader.open_issue(copy)
        job = typeset.pipeline.build.layout_job(reader.load_issue())()
        laid_out = lay_out(job, silent)
        seconds = time.process_time() - start
    if not laid_out.pdf:
        raise SystemExit(f"{issue} at {times} times: content was lost")
    # Linux counts kilobytes, macOS bytes.
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return ScaleFigures(times, laid_out.pages, layouts.count, 1000 * seconds / laid_out.pages, peak)


class _CountedLayouts:
    """Counts how often the engine lays something out."""

    def __init__(self) -> None:
        self.count = 0

    def __enter__(self) -> _CountedLayouts:
        plain = Renderer.render

        def counted(renderer: Renderer, *arguments: Any, **named: Any) -> Any:
            self.count += 1
            return plain(renderer, *arguments, **named)

        self._patch = patch.object(Renderer, "render", counted)
        self._patch.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._patch.stop()


def _repeat(issue: Path, times: int, folder: Path) -> Path:
    """Copy a publication and list each article of the issue several times, under other names."""
    copy = folder / issue.name
    shutil.copytree(issue, copy)
    shutil.copy(issue.parent / "publication.yaml", folder)
    manifest = yaml.safe_load((copy / "issue.yaml").read_text("utf-8"))
    articles = []
    for round_ in range(times):
        for article in manifest["articles"]:
            source = copy / article
            target = source.with_stem(f"{source.stem}-{round_}")
            shutil.copy(source, target)
            articles.append(target.relative_to(copy).as_posix())
    manifest["articles"] = articles
    # The contents of so many articles would not fit the front page.
    manifest |= {"contents": False, "date": str(manifest["date"])}
    (copy / "issue.yaml").write_text(yaml.safe_dump(manifest), "utf-8")
    return copy


if __name__ == "__main__":
    print(json.dumps(asdict(_measure(Path(sys.argv[1]), int(sys.argv[2])))))

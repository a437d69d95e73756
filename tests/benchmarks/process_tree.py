"""Runs a command and measures the CPU time of all its processes, to the last grandchild."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Taken", "run"]

_PR_SET_CHILD_SUBREAPER = 36
"""Of Linux's ``prctl``: orphans among the descendants become children of this process."""
_DROPPED = ("PYTHONDONTWRITEBYTECODE",)
"""Variables that would make each run compile our modules again, as no user does."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took."""

    cpu: float
    """Seconds of the processor, user and system, of all its processes."""
    wall: float
    """Seconds by the clock."""
    output: str
    """What it printed."""


def run(
    command: Sequence[str | Path], *, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> Taken:
    """Run a command to its end, and that of all processes that it has left behind.

    Args:
        command: its words.
        cwd: the folder to run it in; None means the current one.
        env: variables to set besides those of this process.

    Raises:
        subprocess.CalledProcessError: if it fails.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    variables = {name: value for name, value in os.environ.items() if name not in _DROPPED}
    before, start = _cpu_of_children(), time.perf_counter()
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**variables, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - start
    with suppress(ChildProcessError):
        while True:
            os.wait()
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        done.check_returncode()
    return Taken(_cpu_of_children() - before, wall, done.stdout)


def _cpu_of_children() -> float:
    """Return the CPU seconds of all children that have ended, and of theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime

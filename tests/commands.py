"""Runs of the command ``typeset-press``: in this process, and on a terminal."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

__all__ = ["NOVEMBER_27", "Command", "Ran", "on_a_terminal"]

NOVEMBER_27 = "1795737600"
"""Noon of Friday, November 27, 2026, in seconds, for ``SOURCE_DATE_EPOCH``."""


class Ran(NamedTuple):
    """The result of a run."""

    code: int
    out: str
    err: str

    @property
    def paths(self) -> list[Path]:
        """The paths that it printed, one a line."""
        return [Path(line) for line in self.out.splitlines()]


Command = Callable[..., Ran]
"""Runs the command with some words; the fixture `command` is one."""


def on_a_terminal(
    folder: Path, *words: str, answers: Sequence[str] = (), **environment: str
) -> tuple[int, str]:
    """Run the command on a terminal, and answer its questions.

    Args:
        folder: the current folder.
        words: the words of the command.
        answers: a line for each question, all of which must be asked.
        environment: more variables.

    Returns:
        The exit code, and what the terminal shows.
    """
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "typeset", *words],
        cwd=folder,
        env={**os.environ, "TERM": "xterm-256color", **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown, waiting = b"", list(answers)
    deadline = time.monotonic() + 60
    try:
        while time.monotonic() < deadline:
            if not select.select([ours], [], [], 0.1)[0]:
                continue
            chunk = os.read(ours, 4096)
            if not chunk:
                break
            shown += chunk
            if shown.endswith(b": ") and waiting:
                os.write(ours, waiting.pop(0).encode() + b"\n")
    except OSError:
        pass  # Linux raises this when the process has closed the terminal
    finally:
        os.close(ours)
        process.kill()
    assert not waiting, shown.decode()
    return process.wait(), shown.decode().replace("\r\n", "\n")

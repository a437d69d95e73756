"""Run the system's PDF tools, and read what they say."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.validators.verdict import JudgeMissingError

__all__ = ["complaints", "exit_code", "lines", "run"]

_SECONDS = 600


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a tool to its end, whatever that is.

    Raises:
        JudgeMissingError: if it is not installed.
    """
    if shutil.which(tool) is None:
        raise JudgeMissingError(tool)
    return subprocess.run(
        [tool, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )


def complaints(tool: str, *arguments: str | Path, silent: bool = True) -> tuple[str, ...]:
    """Return what a tool says on its standard error, where a content one says nothing.

    Without ``silent`` the tool may talk as it likes, and its exit code decides.
    """
    result = run(tool, *arguments)
    if silent and result.stderr.strip():
        return tuple(f"{tool}: {line}" for line in lines(result.stderr))
    if result.returncode:
        return tuple(f"{tool}: {line}" for line in lines(result.stderr) or exit_code(result))
    return ()


def lines(output: bytes) -> tuple[str, ...]:
    """Return the lines of a tool's output."""
    return tuple(output.decode("utf-8", "replace").strip().splitlines())


def exit_code(result: subprocess.CompletedProcess[bytes]) -> tuple[str, ...]:
    """Return an exit code as a fault; that of success is none."""
    return (f"exit code {result.returncode}",) if result.returncode else ()

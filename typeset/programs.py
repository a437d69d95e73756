"""Starts other programs so that no file in the current folder is run.

The current folder may be a publication from an outside author.  Python searches it for modules when
it is started with ``-m`` or ``-c``, and ``PATH`` may include it.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

__all__ = ["find_program", "own_environment", "own_module"]

_ROOT = Path(__file__).parents[1]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); import typeset; del sys.path[0], sys.argv[1];"
    " from {} import main; sys.exit(main())"
)
"""Imports this package, installed or in a checkout, but nothing else from its folder."""


def own_module(module: str, *arguments: str) -> list[str]:
    """Return a command that runs the function `main` of one of our modules in a new process.

    Args:
        module: its full name.
        arguments: ``sys.argv`` from index 1 on.
    """
    return [sys.executable, "-P", "-c", _START.format(module), str(_ROOT), *arguments]


def own_environment(**variables: str) -> dict[str, str]:
    """Return the environment of this process, with safe search paths, for a child process.

    Args:
        variables: more variables to set.
    """
    return {**os.environ, "PATH": _search_path(), "PYTHONSAFEPATH": "1", **variables}


def find_program(name: str) -> str | None:
    """Return the path of an installed program, or None if there is none."""
    return shutil.which(name, path=_search_path())


def _search_path() -> str:
    """Return `PATH` without entries that are relative to the current folder."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if Path(folder).is_absolute())

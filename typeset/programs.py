"""How other processes are started, so that nothing in the current folder is run.

The current folder may be a publication from an outside author.  Python looks there for modules when
it is started with ``-m`` or ``-c``, and a shell's ``PATH`` may name it too.
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
"""Takes this very package, installed or in a checkout, and nothing else that stands beside it."""


def own_module(module: str, *arguments: str) -> list[str]:
    """Return the command that runs the function `main` of one of our modules in a new process.

    Args:
        module: its full name.
        arguments: what it finds in ``sys.argv`` from 1 on.
    """
    return [sys.executable, "-P", "-c", _START.format(module), str(_ROOT), *arguments]


def own_environment(**variables: str) -> dict[str, str]:
    """Return the environment for a process of ours: this one's, but with safe search paths.

    Args:
        variables: what is set in it besides.
    """
    return {**os.environ, "PATH": _search_path(), "PYTHONSAFEPATH": "1", **variables}


def find_program(name: str) -> str | None:
    """Return the path of a program of this system, or None if there is none."""
    return shutil.which(name, path=_search_path())


def _search_path() -> str:
    """Return `PATH` without what it says relative to the current folder."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if Path(folder).is_absolute())

"""Lets the engine find its libraries without a search.

It asks for each by several names.  Those that the loader of Linux does not know would be searched
for with a compiler and a linker, in some fifty processes, before the one that it knows is tried.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["without_search"]


@contextmanager
def without_search() -> Iterator[None]:
    """Load libraries on Linux only by names that the loader knows.

    The engine is to be imported within.  If that raises an ``OSError``, a search may still find
    what it needs.
    """
    if sys.platform != "linux":
        yield
        return
    before = ctypes.util.find_library
    ctypes.util.find_library = _unknown
    try:
        yield
    finally:
        ctypes.util.find_library = before


def _unknown(name: str) -> str | None:  # noqa: ARG001 - as its callers expect
    """Find no library."""
    return None

"""The releases that our changes to how the engine works were read in.

With another one, the engine works in its own way: slower, with the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

__all__ = ["IS_KNOWN", "READ_IN", "replaced"]

READ_IN = {"weasyprint": "70.0", "pydyf": "0.13.0", "cssselect2": "0.10.1"}
"""The releases in which each name was read that the adapter leans on."""

IS_KNOWN = all(version(package) == release for package, release in READ_IN.items())
"""Whether they are those that are installed."""


@contextmanager
def replaced(owner: Any, name: str, make: Callable[[Any], Any]) -> Iterator[None]:
    """Let the engine use another function within a ``with`` statement, if its release is known.

    Args:
        owner: the module, class or object that has the function.
        name: the function's name there.
        make: returns the other function, given the engine's own.
    """
    before = getattr(owner, name)
    if IS_KNOWN:
        setattr(owner, name, make(before))
    try:
        yield
    finally:
        setattr(owner, name, before)

"""The releases that our changes to how the engine works were read in.

With another one, the engine works in its own way: slower, with the same result.
"""

from __future__ import annotations

from importlib.metadata import version

__all__ = ["IS_KNOWN", "READ_IN"]

READ_IN = {"weasyprint": "70.0", "pydyf": "0.13.0", "cssselect2": "0.10.1"}
"""The releases in which each name was read that the adapter leans on."""

IS_KNOWN = all(version(package) == release for package, release in READ_IN.items())
"""Whether they are those that are installed."""

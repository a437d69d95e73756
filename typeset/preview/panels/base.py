"""The type of the preview's panels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from typeset.preview.proof import Proof
from typeset.preview.revision import Revision

__all__ = ["STATIC", "Panel"]

STATIC = files("typeset.preview").joinpath("static")
"""The folder of the files that the page loads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A view of the issue, behind a tab of its own."""

    name: str
    """Its id on the page, in lowercase."""
    title: str
    """The label of its tab."""
    state: Callable[[Revision | None, Proof | None], Mapping[str, Any]]
    """Returns what it shows of the last good pages and of the last build, as values for JSON.  All
    panels share one mapping, so no two may use the same key."""
    script: Traversable | None = None
    """Its JavaScript module.  Its default export is a class; `preview.js` constructs it with the
    panel's element and with ``preview``, and passes each state to its method `update`.  None for
    the pages, which `preview.js` itself shows."""
    markup: Traversable | None = None
    """Its initial HTML; None if its script makes all of it."""

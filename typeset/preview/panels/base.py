"""What a panel of the preview is."""

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
"""The folder of what the page loads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A view of the issue, behind a tab of its own."""

    name: str
    """Its id on the page, in small letters."""
    title: str
    """What its tab says."""
    state: Callable[[Revision | None, Proof | None], Mapping[str, Any]]
    """Gives what it shows of the last good pages, and of what came of the last save, as values for
    JSON.  All panels share one mapping: the keys are the panel's own."""
    script: Traversable | None = None
    """Its JavaScript module.  What that exports by default is constructed with the panel's element
    and with ``preview``, as `preview.js` has it; its method `update` gets each state.  None for the
    pages, which `preview.js` itself shows."""
    markup: Traversable | None = None
    """The HTML that it begins with; None if its script makes all of it."""

"""Does the tasks of a layout process that is to make files without pages: it needs no engine."""

from __future__ import annotations

from typeset.layout.process.service import do_task

__all__ = ["serve"]


def serve() -> object:
    """Return the function that does the tasks; it loads the engine if one needs pages after all."""
    return do_task

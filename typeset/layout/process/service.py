"""Does the tasks of the layout process."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from typeset.layout.engine.libraries import without_search
from typeset.layout.protocol import Finished, LaidOut, LayoutJob, MakeFile, MakeJob, OnProgress

if TYPE_CHECKING:
    from typeset.layout.lay_out import Engine

__all__ = ["do_task", "serve"]

Task = MakeJob | MakeFile
Answer = LaidOut | Finished


def serve() -> Callable[[Task, OnProgress], Answer]:
    """Load the engine, and return the function that does the tasks.

    Raises:
        OSError: if one of its libraries is missing.
    """
    _engine()
    return do_task


def do_task(task: Task, on_progress: OnProgress) -> Answer:
    """Make a file, or a document and lay it out.

    Raises:
        OSError: if a library of the engine is missing.
    """
    made = task()
    return _engine().lay_out(made, on_progress) if isinstance(made, LayoutJob) else made


@cache
def _engine() -> Engine:
    """Return the engine, which is loaded when it is first needed."""
    try:
        with without_search():
            from typeset.layout.lay_out import Engine
    except OSError:
        from typeset.layout.lay_out import Engine
    return Engine()

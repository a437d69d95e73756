"""Does the tasks of the layout process."""

from __future__ import annotations

from collections.abc import Callable

from typeset.layout.lay_out import Engine
from typeset.layout.protocol import Finished, LaidOut, LayoutJob, MakeFile, MakeJob, OnProgress

__all__ = ["serve"]

Task = MakeJob | MakeFile
Answer = LaidOut | Finished


def serve() -> Callable[[Task, OnProgress], Answer]:
    """Return the function that does the tasks."""
    engine = Engine()

    def do(task: Task, on_progress: OnProgress) -> Answer:
        made = task()
        return engine.lay_out(made, on_progress) if isinstance(made, LayoutJob) else made

    return do

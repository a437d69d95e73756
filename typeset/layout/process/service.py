"""What the layout process does with its tasks."""

from __future__ import annotations

import gc
from collections.abc import Callable

from typeset.layout.lay_out import Engine
from typeset.layout.protocol import (
    Baseline,
    Edit,
    Finished,
    LaidOut,
    LayoutJob,
    MakeFile,
    MakeJob,
    OnProgress,
    Relaid,
)

__all__ = ["serve"]

Task = MakeJob | MakeFile | Baseline | Edit
Answer = LaidOut | Finished | Relaid | None


def serve() -> Callable[[Task, OnProgress], Answer]:
    """Return what does the tasks."""
    engine = Engine()

    def do(task: Task, on_progress: OnProgress) -> Answer:
        if isinstance(task, Baseline):
            engine.take_up(task.snapshot, task.make_job())
            return None
        if isinstance(task, Edit):
            # To look for garbage would take as long as all else; it is done after the answer.
            gc.disable()
            return engine.relay(task.make_job(), on_progress)
        made = task()
        return engine.lay_out(made, on_progress) if isinstance(made, LayoutJob) else made

    return do

"""The child's side of the layout process.

Its arguments are the memory in megabytes, and its scratch folder if it has one of its own.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING

from typeset.layout.lifeline import allow_seconds, end_with_parent
from typeset.layout.wire import Allowance, Failure, receive, send
from typeset.pages import (
    DocumentFault,
    Edit,
    Finished,
    KeptDocument,
    LaidOut,
    LayoutJob,
    MakeFile,
    MakeJob,
    Progress,
    Relaid,
)

if TYPE_CHECKING:
    from typeset.layout.engine import Engine


__all__ = ["main"]

Task = MakeJob | MakeFile | KeptDocument | Edit


def main() -> int:
    """Do jobs until the parent closes the pipe."""
    # These are for the parent, which then ends this process.
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    memory, scratch = sys.argv[1], sys.argv[2:]
    end_with_parent(Path(scratch[0]) if scratch else None)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not mix with the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_memory(int(memory))
    try:
        from typeset.layout.engine import Engine
    except OSError as error:
        send(answers, Failure("library", str(error).splitlines()[0]))
        return 1
    engine = Engine()
    while True:
        try:
            task: Allowance | Task = receive(sys.stdin.buffer)
        except EOFError:
            return 0
        if isinstance(task, Allowance):
            allow_seconds(task.seconds)
            continue
        if isinstance(task, KeptDocument):
            # It has no answer; after a fault the next edit is told that all must be laid out.
            with contextlib.suppress(Exception):
                engine.take_up(task.kept, task.make_job())
            continue
        _answer(answers, task, engine)
        if isinstance(task, Edit):
            gc.enable()
            gc.collect()


def _answer(answers: IO[bytes], task: MakeJob | MakeFile | Edit, engine: Engine) -> None:

    def report(progress: Progress) -> None:
        send(answers, progress)

    try:
        send(answers, _do(task, engine, report))
    except DocumentFault as fault:
        send(answers, fault)
    except MemoryError:
        send(answers, Failure("memory", ""))
    except RecursionError:
        send(answers, Failure("nested", ""))
    except Exception as error:  # noqa: BLE001 - the parent tells the user what happened
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        send(answers, Failure("fault", f"{type(error).__name__} in {where}: {error}"))


def _do(
    task: MakeJob | MakeFile | Edit, engine: Engine, report: Callable[[Progress], None]
) -> LaidOut | Finished | Relaid | None:
    if isinstance(task, Edit):
        # To look for garbage would take as long as all else; it is done after the answer.
        gc.disable()
        return engine.relay(task.make_job(), report)
    made = task()
    return engine.lay_out(made, report) if isinstance(made, LayoutJob) else made


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:
        return  # not on Windows
    limit = megabytes * 1024 * 1024
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    except (OSError, ValueError):
        return  # macOS knows the limit, but does not take it

"""The child's side.

Its arguments are the memory in megabytes, its service, and its scratch folder if it has one.

A service is a module whose function ``serve`` returns what does the tasks: it is called with a task
and with a function that reports progress, and returns the answer.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from typeset.errors import TypesetError
from typeset.layout.process.lifeline import allow_seconds, end_with_parent
from typeset.layout.process.messages import Allowance, Failure, Raised, receive, send
from typeset.layout.protocol import ContractFault, DocumentFault, OnProgress, Progress

__all__ = ["main"]

Service = Callable[[Any, OnProgress], Any]

_ANSWERS = 8
"""After so many, what they left behind is removed: documents refer to themselves."""


class _InterruptedTask(BaseException):
    """The parent no longer wants the answer; no service may take this for a fault of its own."""


class _Interruption:
    """Whether the present task is to be given up."""

    def __init__(self) -> None:
        self.is_wanted = False
        signal.signal(signal.SIGUSR1, self._want)

    def _want(self, _number: int, _frame: object) -> None:
        self.is_wanted = True


def main() -> int:
    """Do jobs until the parent closes the pipe."""
    # These are for the parent, which then ends this process.
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    memory, service_name, *scratch = sys.argv[1:]
    watching = end_with_parent(Path(scratch[0]) if scratch else None)
    interruption = _Interruption()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Output of libraries must not mix with the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit_memory(int(memory))
    try:
        service: Service = importlib.import_module(service_name).serve()
    except OSError as error:
        send(answers, Failure("library", str(error).splitlines()[0]))
        return 1
    answers_given = 0
    while True:
        try:
            task = receive(sys.stdin.buffer)
        except EOFError:
            if scratch:
                watching.join()  # the parent has ended, so that thread cleans up
            return 0
        if isinstance(task, Allowance):
            interruption.is_wanted = False
            allow_seconds(task.seconds)
            _limit_memory(task.memory_mb)
        else:
            _answer(answers, task, service, interruption)
            answers_given += 1
            if answers_given % _ANSWERS == 0:
                gc.collect()  # now that nobody waits


def _answer(answers: IO[bytes], task: Any, service: Service, interruption: _Interruption) -> None:

    def on_progress(progress: Progress) -> None:
        # Only between steps, so that what is kept for the next task stays whole.
        if interruption.is_wanted:
            raise _InterruptedTask
        send(answers, progress)

    try:
        send(answers, service(task, on_progress))
    except _InterruptedTask:
        send(answers, Failure("interrupted", ""))
    except (TypesetError, ContractFault, DocumentFault) as error:
        cause = error.__cause__
        send(answers, Raised(error, cause if isinstance(cause, TypesetError) else None))
    except MemoryError:
        send(answers, Failure("memory", ""))
    except RecursionError:
        send(answers, Failure("nested", ""))
    except OSError as error:
        path = f"{error.filename}: " if error.filename else ""
        send(answers, Failure("system", f"{path}{error.strerror or error}"))
    except Exception as error:  # noqa: BLE001 - the parent reports what happened
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        send(answers, Failure("fault", f"{type(error).__name__} in {where}: {error}"))


def _limit_memory(megabytes: int) -> None:
    try:
        import resource
    except ImportError:
        return  # not on Windows
    limit = megabytes * 1024 * 1024
    try:
        # The hard limit stays: the next issue may have a higher one.
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (limit, most))
    except (OSError, ValueError):
        return  # macOS has the limit, but refuses to set it

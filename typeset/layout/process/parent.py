"""The parent's side: child processes with limits on time and memory."""

from __future__ import annotations

import contextlib
import pickle
import signal
import subprocess
import tempfile
import threading
from collections.abc import Callable
from types import TracebackType
from typing import IO, Any, ClassVar, Self, TypeVar

from typeset.diagnostic_codes import Code
from typeset.diagnostics import Report
from typeset.errors import ContentError, EnvironmentFault
from typeset.layout.process.messages import Allowance, Failure, Raised, receive, send
from typeset.layout.protocol import Finished, LaidOut, MakeFile, MakeJob, Progress
from typeset.limits import LayoutLimits, Limit
from typeset.programs import own_environment, own_module
from typeset.source import Location

__all__ = ["FileProcess", "LayoutProcess", "LimitedProcess"]

_MEMORY_SIGNS = (
    "MemoryError",
    "bad_alloc",
    "failed to allocate",
    "Cannot allocate memory",
    "Resource temporarily unavailable",
)
"""The last messages of Python, C++, GLib and the system when memory runs out."""


_Answer = TypeVar("_Answer")

_GRACE = 5.0
"""Seconds for which a child that is interrupted may go on until its next step."""
_CRASHES = (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT)
_TIGHT = 1024
"""In megabytes: under such a low limit, a crash counts as lack of memory."""


class LimitedProcess:
    """A child that does tasks for its parent, limited in time and memory.

    It loads what it works with from when it is made, while the parent goes on.

    Args:
        limits: how long one task may take, and how much memory the child.
        report: receives the diagnostic when one of them is exceeded.
    """

    _service: ClassVar[str]
    """The module that does the tasks in the child."""
    _work: ClassVar[str]
    """What it does, as the subject of a sentence."""
    _name: ClassVar[str]
    """What a user calls the child."""
    _code: ClassVar[Code]
    """Of the diagnostic when a limit is exceeded."""
    _advice: ClassVar[str]
    """What to do then, other than to raise the limit."""

    def __init__(self, *, limits: LayoutLimits, report: Report) -> None:
        self._limits = limits
        self._report = report
        self._timed_out = False
        self._killed = False
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        """Ends the child if its task takes too long; None if it has no task."""
        # The engine unpacks fonts into files of its own; a child that is killed leaves them behind.
        self._scratch = tempfile.TemporaryDirectory(prefix="typeset-")
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            self.command(limits.memory_mb.most, self._scratch.name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            # For each thread more the C library would set 64 MB of the memory aside.
            env=own_environment(TMPDIR=self._scratch.name, MALLOC_ARENA_MAX="1"),
        )
        self._jobs, self._answers, self._errors = _pipes(self._child)
        self._complaints = bytearray()
        self._drain = threading.Thread(target=self._read_complaints, daemon=True)
        self._drain.start()

    @classmethod
    def command(cls, memory_mb: int, *scratch: str) -> list[str]:
        """Return the command that starts the child.

        Args:
            memory_mb: how much memory it may use until it gets a task.
            scratch: its scratch folder, if it has one of its own.
        """
        return own_module("typeset.layout.process.worker", str(memory_mb), cls._service, *scratch)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def is_alive(self) -> bool:
        """Whether the child can do another task, as far as is known."""
        return not self._killed and self._child.poll() is None

    def tell(self, report: Report, limits: LayoutLimits) -> None:
        """Set the report and the limits of the next tasks, which may be for another issue.

        Args:
            report: receives the diagnostic when a limit is exceeded.
            limits: how long one task may take, and how much memory the child.
        """
        self._report = report
        self._limits = limits

    def kill(self) -> None:
        """End the child while another thread waits for its answer, which then raises a fault."""
        self._killed = True
        self._child.kill()

    def interrupt(self) -> None:
        """Have the child give up its task, for which another thread waits, and keep what it knows.

        It does so at its next step.  If that is too far off, it is ended.  In both cases the other
        thread gets a fault.
        """
        with self._lock:
            if self._timer is None:
                return
            self._timer.cancel()
            self._timer = _started(_GRACE, self.kill)
            self._child.send_signal(signal.SIGUSR1)

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._child.kill()
        self._child.wait()
        self._drain.join()
        for pipe in (self._jobs, self._answers, self._errors):
            # The child may have died with part of a job unread; that was reported then.
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        self._scratch.cleanup()

    def _ask(
        self, task: object, answer: type[_Answer], on_progress: Callable[[Progress], None]
    ) -> _Answer:
        limits = self._limits
        with self._lock:
            self._timer = _started(limits.seconds.most, self._stop)
        try:
            send(self._jobs, Allowance(limits.seconds.most, limits.memory_mb.most))
            send(self._jobs, task)
            while True:
                message = receive(self._answers)
                if isinstance(message, Progress):
                    on_progress(message)
                elif isinstance(message, answer):
                    return message
                else:
                    raise self._failure(message)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise self._death() from error
        finally:
            with self._lock:
                timer, self._timer = self._timer, None
            if timer is not None:
                timer.cancel()

    def _stop(self) -> None:
        self._timed_out = True
        self.kill()

    def _read_complaints(self) -> None:
        for line in self._errors:
            self._complaints += line

    def _failure(self, message: Any) -> Exception:
        if isinstance(message, Raised):
            message.error.__cause__ = message.cause
            return message.error
        if isinstance(message, Failure) and message.kind == "memory":
            return self._exceeded(self._limits.memory_mb, "MB of memory")
        if isinstance(message, Failure) and message.kind == "nested":
            hint = "look for brackets within brackets, in styles, and blocks within blocks"
            words = f"something is nested too deeply for {self._work}"
            self._report.add(Code.LAYOUT_NESTED, words, None, hint)
            return ContentError(self._report)
        if isinstance(message, Failure) and message.kind == "interrupted":
            return EnvironmentFault(f"{self._work} was interrupted")
        if isinstance(message, Failure) and message.kind == "library":
            hint = "run `make setup`, or install Pango with your system's packages"
            return EnvironmentFault(f"the layout engine cannot start: {message.text}", hint=hint)
        if isinstance(message, Failure) and message.kind == "system":
            return EnvironmentFault(f"the system refuses {self._work}: {message.text}")
        text = message.text if isinstance(message, Failure) else "unknown answer"
        hint = "this is a defect of typeset; please report it with the input that shows it"
        return EnvironmentFault(f"{self._work} failed: {text}", hint=hint)

    def _death(self) -> Exception:
        """Say why the child ended without an answer."""
        self._child.wait()
        self._drain.join()
        if self._timed_out or self._child.returncode == -signal.SIGXCPU:
            return self._exceeded(self._limits.seconds, "seconds")
        last = self._complaints.decode(errors="replace").strip().splitlines()[-5:]
        signs = any(sign in line for line in last for sign in _MEMORY_SIGNS)
        # A library that does not check its allocations crashes without a message.
        crashed = self._child.returncode in _CRASHES and self._limits.memory_mb.most <= _TIGHT
        if signs or crashed:
            return self._exceeded(self._limits.memory_mb, "MB of memory")
        reason = last[-1] if last else f"exit status {self._child.returncode}"
        return EnvironmentFault(f"the {self._name} ended: {reason}")

    def _exceeded(self, limit: Limit, unit: str) -> ContentError:
        self.kill()  # one that has run short of memory once has little left
        message = f"{self._work} took more than {limit.most} {unit}, the limit {limit}"
        hint = f"raise `{limit.setter}`, or {self._advice}"
        self._report.add(self._code, message, self._culprit(limit), hint)
        return ContentError(self._report)

    def _culprit(self, limit: Limit) -> Location | None:
        """Return what to point at when a limit is exceeded."""
        return limit.location


class LayoutProcess(LimitedProcess):
    """A child that lays out documents."""

    _service = "typeset.layout.process.service"
    _work = "the layout"
    _name = "layout process"
    _code = Code.LAYOUT_LIMIT
    _advice = "look for a table or image of unusual size"

    def run(self, make_job: MakeJob, on_progress: Callable[[Progress], None]) -> LaidOut:
        """Make a document and lay it out.

        Raises:
            DocumentFault: if the document cannot be made.
            ContractFault: if it lacks what the layout needs.
            ContentError: if the document takes more time or memory than is allowed.
            EnvironmentFault: if the child cannot work on this machine, or fails.
        """
        return self._ask(make_job, LaidOut, on_progress)

    def make(self, make_file: MakeFile, on_progress: Callable[[Progress], None]) -> Finished:
        """Make a file that needs no layout, under the same limits.

        Raises:
            As `run` does.
        """
        return self._ask(make_file, Finished, on_progress)


class FileProcess(LayoutProcess):
    """A layout process that starts without the engine, for files that need no layout."""

    _service = "typeset.layout.process.file_service"


def _started(seconds: float, act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.start()
    return timer


def _pipes(child: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes], IO[bytes]]:
    if child.stdin is None or child.stdout is None or child.stderr is None:
        raise EnvironmentFault("the layout process has no pipes")
    return child.stdin, child.stdout, child.stderr

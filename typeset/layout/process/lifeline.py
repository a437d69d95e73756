"""Ends the layout process if its parent no longer can."""

from __future__ import annotations

import contextlib
import ctypes
import os
import select
import shutil
import signal
import sys
import threading
import time
from pathlib import Path

__all__ = ["allow_seconds", "end_with_parent"]

_PR_SET_PDEATHSIG = 1
"""Of Linux's ``prctl``: which signal a process gets when its parent ends."""
_LOOK = 1000
"""Milliseconds between checks for the parent, where the system does not report its end."""
_GRACE = 10
"""Seconds of the processor over those that the parent waits."""


def end_with_parent(scratch: Path | None) -> threading.Thread:
    """End this process when the one that started it has ended, even by ``kill -9``.

    Args:
        scratch: the folder of this process's own temporary files, which nobody else is then there
            to remove.

    Returns:
        The thread that waits for the parent's end.
    """
    if sys.platform == "linux":
        _end_in_any_case()
    thread = threading.Thread(target=_watch, args=(os.getppid(), scratch), daemon=True)
    thread.start()
    return thread


def allow_seconds(seconds: int) -> None:
    """Let this process use so much more time of the processor from now on, and little over that.

    The parent stops a job that takes longer; but it may itself be stopped, or gone.
    """
    try:
        import resource
    except ImportError:
        return  # not on Windows
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = int(time.process_time()) + seconds + _GRACE
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, most))


def _watch(parent: int, scratch: Path | None) -> None:
    """Wait for the parent's end, then clean up and end."""
    hangup = select.poll()
    hangup.register(sys.stdin.fileno(), 0)  # of the pipe on which jobs come: only its end
    while not hangup.poll(_LOOK) and os.getppid() == parent:
        pass
    if scratch is not None:
        _remove(scratch)
    os.kill(os.getpid(), signal.SIGKILL)


def _remove(scratch: Path) -> None:
    """Remove a folder in which this process may be writing."""
    # Under another name it gets no new files.
    with contextlib.suppress(OSError):
        shutil.rmtree(scratch.rename(scratch.with_name(f"{scratch.name}-gone")), ignore_errors=True)


def _end_in_any_case() -> None:
    """Make the system end this process 3 seconds after its parent, whatever it does.

    Code in C may keep Python from running any thread, so this handler is in C: the function
    `alarm`, which is called with the signal's number, and that of SIGQUIT is 3.
    """
    libc = ctypes.CDLL(None)
    libc.signal.argtypes, libc.signal.restype = (ctypes.c_int, ctypes.c_void_p), ctypes.c_void_p
    libc.signal(signal.SIGQUIT, ctypes.cast(libc.alarm, ctypes.c_void_p))
    libc.prctl(_PR_SET_PDEATHSIG, int(signal.SIGQUIT))

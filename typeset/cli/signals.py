"""The signals by which a system asks a program to end: it tidies up first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["Terminated", "heard_signals"]

_ASKING = ("SIGTERM", "SIGHUP")


class Terminated(SystemExit):
    """The system asked for the end; as an interrupt does, it passes through whatever is done.

    Its exit code is 128 and the signal's number, as shells count: 143 and 129.
    """

    def __init__(self, number: int) -> None:
        self.exit_code = 128 + number
        self.signal = signal.Signals(number).name
        super().__init__(self.exit_code)


@contextmanager
def heard_signals() -> Iterator[None]:
    """Raise `Terminated` at a signal, unless whoever started this process has it ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say what signals do
        return
    known = [getattr(signal, name) for name in _ASKING if hasattr(signal, name)]
    asking = [one for one in known if signal.getsignal(one) is signal.SIG_DFL]

    def end(number: int, _frame: FrameType | None) -> None:
        for one in asking:
            signal.signal(one, signal.SIG_IGN)  # nothing disturbs the tidying up
        raise Terminated(number)

    for one in asking:
        signal.signal(one, end)
    try:
        yield
    finally:
        for one in asking:
            signal.signal(one, signal.SIG_DFL)

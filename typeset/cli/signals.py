"""The signals that ask a program to end: they are raised as exceptions, so it cleans up first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

__all__ = ["Terminated", "signals_as_exceptions"]

_SIGNALS = ("SIGTERM", "SIGHUP")


class Terminated(SystemExit):
    """A signal asked the process to end.  ``except Exception`` does not catch it.

    Its exit code is 128 plus the signal's number, as in shells: 143 or 129.
    """

    def __init__(self, number: int) -> None:
        self.exit_code = 128 + number
        self.signal = signal.Signals(number).name
        super().__init__(self.exit_code)


@contextmanager
def signals_as_exceptions() -> Iterator[None]:
    """Raise `Terminated` at a signal, unless the parent process set it to be ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may handle signals
        return
    known = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    handled = [one for one in known if signal.getsignal(one) is signal.SIG_DFL]

    def end(number: int, _frame: FrameType | None) -> None:
        for one in handled:
            signal.signal(one, signal.SIG_IGN)  # a second signal must not interrupt the clean-up
        raise Terminated(number)

    for one in handled:
        signal.signal(one, end)
    try:
        yield
    finally:
        for one in handled:
            signal.signal(one, signal.SIG_DFL)

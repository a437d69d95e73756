"""The signals by which a system asks a program to end: it tidies up first."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from types import FrameType
from typing import ParamSpec

from typeset.cli.console import print_problem

__all__ = ["ended_by_signals"]

_ASKING = ("SIGTERM", "SIGHUP")
_Parameters = ParamSpec("_Parameters")


class _Terminated(SystemExit):
    """The system asked for the end; as an interrupt does, it passes through whatever is done."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def ended_by_signals(command: Callable[_Parameters, int]) -> Callable[_Parameters, int]:
    """Have a command end in good order by SIGTERM and SIGHUP.

    Its exit code is then 128 and the signal's number, as shells count: 143 and 129.
    """

    @wraps(command)
    def ended(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> int:
        try:
            with _heard():
                return command(*args, **kwargs)
        except _Terminated as end:
            with suppress(OSError):  # a terminal that hangs up shows nothing any more
                print_problem(f"ended by {signal.Signals(end.number).name}")
            return 128 + end.number

    return ended


@contextmanager
def _heard() -> Iterator[None]:
    """Raise `_Terminated` at a signal, unless whoever started this process has it ignored."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may say what signals do
        return
    known = [getattr(signal, name) for name in _ASKING if hasattr(signal, name)]
    asking = [one for one in known if signal.getsignal(one) is signal.SIG_DFL]

    def end(number: int, _frame: FrameType | None) -> None:
        for one in asking:
            signal.signal(one, signal.SIG_IGN)  # nothing disturbs the tidying up
        raise _Terminated(number)

    for one in asking:
        signal.signal(one, end)
    try:
        yield
    finally:
        for one in asking:
            signal.signal(one, signal.SIG_DFL)

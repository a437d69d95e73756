"""A command that is asked to end tidies up, says so, and ends with the code that shells know."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from typeset.cli.signals import ended_by_signals

ASKING = [signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def usual_signals() -> Iterator[None]:
    """What signals do in a program that nobody has told otherwise."""
    before = [signal.signal(one, signal.SIG_DFL) for one in ASKING]
    yield
    for one, handler in zip(ASKING, before, strict=True):
        signal.signal(one, handler)


@pytest.mark.parametrize("number", ASKING)
def test_a_signal_lets_a_command_tidy_up(
    number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    tidied = []

    @ended_by_signals
    def command() -> int:
        try:
            signal.raise_signal(number)
        finally:
            # However impatient the system is.
            for one in ASKING:
                signal.raise_signal(one)
            tidied.append(True)
        return 0

    assert command() == 128 + number
    assert tidied == [True]
    assert capsys.readouterr().err == f"typeset: error: ended by {number.name}\n"
    assert [signal.getsignal(one) for one in ASKING] == [signal.SIG_DFL] * 2


def test_what_was_to_be_ignored_is_ignored() -> None:
    """`nohup` has a command live on when its terminal is gone."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    @ended_by_signals
    def command() -> int:
        signal.raise_signal(signal.SIGHUP)
        return 0

    assert command() == 0
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_a_command_may_be_called_in_any_thread() -> None:
    with ThreadPoolExecutor() as pool:
        name = pool.submit(ended_by_signals(lambda: len(threading.current_thread().name))).result()
    assert name > 0

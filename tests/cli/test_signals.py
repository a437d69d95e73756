"""A command that a signal ends cleans up, says so, and ends with the code that shells expect."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from typeset.cli import main
from typeset.cli.signals import Terminated, signals_as_exceptions

ASKING = [signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(autouse=True)
def usual_signals() -> Iterator[None]:
    """Set signals to their defaults."""
    before = [signal.signal(one, signal.SIG_DFL) for one in ASKING]
    yield
    for one, handler in zip(ASKING, before, strict=True):
        signal.signal(one, handler)


@pytest.mark.parametrize("number", ASKING)
def test_a_signal_lets_a_command_tidy_up(number: signal.Signals) -> None:
    tidied = []

    def command() -> None:
        with signals_as_exceptions():
            try:
                signal.raise_signal(number)
            finally:
                # Even if the system repeats the signal.
                for one in ASKING:
                    signal.raise_signal(one)
                tidied.append(True)

    with pytest.raises(Terminated) as ended:
        command()
    assert ended.value.code == 128 + number
    assert tidied == [True]
    assert [signal.getsignal(one) for one in ASKING] == [signal.SIG_DFL] * 2


def test_a_command_that_is_ended_says_so_to_people_and_programs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def end(*_arguments: object, **_options: object) -> None:
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("typeset.pipeline.build.build_issue", end)
    assert main(["build", str(tmp_path), "--format", "json"]) == 143
    printed = capsys.readouterr()
    assert printed.err == "typeset: error: ended by SIGTERM; nothing was written\n"
    assert json.loads(printed.out)["error"]["exit_code"] == 143


def test_what_was_to_be_ignored_is_ignored() -> None:
    """`nohup` lets a command continue after its terminal is closed."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with signals_as_exceptions():
        signal.raise_signal(signal.SIGHUP)
    assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN


def test_a_command_may_be_called_in_any_thread() -> None:
    def command() -> bool:
        with signals_as_exceptions():
            return True

    with ThreadPoolExecutor() as pool:
        assert pool.submit(command).result()

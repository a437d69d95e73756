"""Fixtures for all tests: no network, no settings of the machine, and the command."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.commands import Command, Ran
from tests.in_process import InProcess, InProcessReading
from typeset.layout.process.parent import FileProcess, LayoutProcess
from typeset.pipeline.reading import ReadingProcess

# No deadline: the time of an example depends on the machine.
hypothesis.settings.register_profile(
    "typeset",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("typeset")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove settings of the machine that change results."""
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("TYPESET_MAX_SECONDS", "TYPESET_MAX_MEMORY_MB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TYPESET_CACHE", _CACHE.name)


@pytest.fixture(scope="session", autouse=True)
def builds_in_this_process() -> Iterator[None]:
    """Read and lay out issues in this process, which saves two seconds for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typeset.pipeline.build.ReadingProcess", InProcessReading)
        patch.setattr("typeset.pipeline.build.LayoutProcess", InProcess)
        patch.setattr("typeset.pipeline.build.FileProcess", InProcess)
        yield


@pytest.fixture
def reading_in_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read issues in a child process, as outside of tests."""
    monkeypatch.setattr("typeset.pipeline.build.ReadingProcess", ReadingProcess)


@pytest.fixture
def layout_in_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay out in a child process, as outside of tests."""
    monkeypatch.setattr("typeset.pipeline.build.LayoutProcess", LayoutProcess)
    monkeypatch.setattr("typeset.pipeline.build.FileProcess", FileProcess)


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Command:
    """Run the command in an empty folder."""
    # Imported here, as many tests need no command.
    from typeset.cli import main

    monkeypatch.chdir(tmp_path)

    def run(*words: str | Path) -> Ran:
        capfd.readouterr()
        code = main([str(word) for word in words])
        return Ran(code, *capfd.readouterr())

    return run


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail tests that connect to another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[object, ...] | str | bytes) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _LOCAL:
            pytest.fail(f"the network was asked for {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


_CACHE = tempfile.TemporaryDirectory(prefix="typeset-tests-")
"""The cache of expanded fonts, made once a run, so that the user's own stays as it is."""
_LOCAL = ("127.0.0.1", "::1", "localhost")

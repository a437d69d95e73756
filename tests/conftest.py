"""What holds for every test: no network, no settings of the machine, no clock in hypothesis."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator

import hypothesis
import pytest

from tests.publications import InProcessReading
from typeset.pipeline.reading import ReadingProcess

# How long an example takes says more about the machine than about us.
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
    """Take away what changes results from machine to machine."""
    for name in ("SOURCE_DATE_EPOCH", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("TYPESET_MAX_SECONDS", "TYPESET_MAX_MEMORY_MB"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TYPESET_CACHE", _CACHE.name)


@pytest.fixture(scope="session", autouse=True)
def reading_in_this_process() -> Iterator[None]:
    """Read issues in this process, which is quicker by a second for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("typeset.pipeline.build.ReadingProcess", InProcessReading)
        yield


@pytest.fixture
def reading_in_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read issues as it is done outside of tests."""
    monkeypatch.setattr("typeset.pipeline.build.ReadingProcess", ReadingProcess)


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whatever reaches for another machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[object, ...] | str | bytes) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _LOCAL:
            pytest.fail(f"the network was asked for {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


_CACHE = tempfile.TemporaryDirectory(prefix="typeset-tests-")
"""Expanded fonts, made once a run: the user's own cache is left alone."""
_LOCAL = ("127.0.0.1", "::1", "localhost")

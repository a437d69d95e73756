"""Runs a preview in its own process, and sends requests to the application without a network."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.types import ASGIApp, Message

__all__ = ["PATIENCE", "Answer", "Server", "ask", "is_settled", "serving", "wait_for"]

PATIENCE = 90.0
"""Seconds after which a test fails; the machine may be busy with other tests."""


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until a condition is true."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)


@dataclass
class Server:
    """A running `typeset-press preview`."""

    process: subprocess.Popen[str]
    address: str = ""
    said: list[str] = field(default_factory=list)
    """What it has printed, line by line."""

    @property
    def home(self) -> str:
        """The page's address, without the place that it begins at."""
        return self.address.partition("#")[0]

    def get(self, path: str) -> bytes:
        address = self.home + path.lstrip("/")
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own
            data: bytes = answer.read()
        return data

    def state(self) -> dict[str, Any]:
        state: dict[str, Any] = json.loads(self.get("state"))
        return state

    def wait_for(self, condition: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a state, and return it."""
        states: list[dict[str, Any]] = []

        def holds() -> bool:
            states.append(self.state())
            return condition(states[-1])

        wait_for(holds)
        return states[-1]

    def after(self, version: int) -> dict[str, Any]:
        """Wait for the state after the next build."""
        return self.wait_for(lambda state: bool(state["version"] > version) and is_settled(state))

    def settled(self) -> dict[str, Any]:
        """Wait until no build is under way, and return the state."""
        return self.wait_for(is_settled)

    def stop(self) -> int:
        """Interrupt it, and return its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def is_settled(state: dict[str, Any]) -> bool:
    """Return whether nothing more is to come without a change: the web page comes last."""
    phase = state["activity"]["phase"]
    return phase == "stale" or (phase == "idle" and bool(state["html"]))


@contextmanager
def serving(
    *words: str | Path, folder: Path, editor: str = "", first: str = ""
) -> Iterator[Server]:
    """Run a preview at a free port.

    Args:
        words: what to preview, and options.
        folder: the current folder.
        editor: what VISUAL names.
        first: statements that the process begins with.
    """
    start = f"{first}\nimport sys\nfrom typeset.cli import main\nsys.exit(main())"
    command = [sys.executable, "-c", start, "preview", "--port", "0", *map(str, words)]
    environment = {name: value for name, value in os.environ.items() if name != "EDITOR"}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment | {"VISUAL": editor, "PYTHONPATH": str(Path(__file__).parents[2])},
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    server = Server(process)

    def read() -> None:
        assert process.stderr is not None
        for line in process.stderr:
            found = re.search(r"http://127\.0\.0\.1:\d+/\S*", line)
            if found:
                server.address = found[0]
            server.said.append(line.rstrip())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        wait_for(lambda: bool(server.address) or process.poll() is not None)
        assert server.address, server.said
        yield server
    finally:
        process.kill()
        process.wait()
        reader.join()
        assert process.stderr is not None
        process.stderr.close()


@dataclass(frozen=True)
class Answer:
    """What the application answers."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def value(self) -> Any:
        return json.loads(self.body)


def ask(
    app: ASGIApp,
    path: str,
    *,
    method: str = "GET",
    host: str | None = "127.0.0.1:8740",
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
) -> Answer:
    """Send one request to an application, in this process."""
    sent: list[Message] = []
    given = dict(headers or {}) | ({} if host is None else {"host": host})
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "server": ("127.0.0.1", 8740),
        "client": ("127.0.0.1", 40000),
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    start = next(message for message in sent if message["type"] == "http.response.start")
    return Answer(
        start["status"],
        {name.decode(): value.decode() for name, value in start["headers"]},
        b"".join(message.get("body", b"") for message in sent),
    )

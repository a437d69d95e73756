"""The server of the preview, on a port of this machine."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn

from typeset.errors import EnvironmentFault
from typeset.preview.app import Site
from typeset.preview.builder import Builder
from typeset.preview.proof import Proof
from typeset.preview.security import Guard
from typeset.preview.session import PreviewSession
from typeset.preview.state import PreviewState
from typeset.preview.watcher import MOST_FOLDERS, Watcher

__all__ = ["PORT", "ServerOptions", "serve"]

PORT = 8740
"""The first port that is tried."""
_PORTS = 20
"""How many ports are tried."""
_HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """The options of the server."""

    port: int | None = None
    """None takes the first free one from `PORT` on; 0 takes any."""
    editor: str = ""
    """The command that opens a source file."""
    poll: bool = False
    """Whether to poll the files, for systems that report no changes."""


def _ignore(_note: str) -> None:
    """Ignore a note."""


def serve(
    session: PreviewSession,
    options: ServerOptions,
    *,
    on_ready: Callable[[str], None],
    on_proof: Callable[[Proof], None],
    on_note: Callable[[str], None] = _ignore,
) -> None:
    """Serve the preview of an issue until the process is interrupted.

    Args:
        session: builds the issue.
        options: the options of the server.
        on_ready: called with the address of the page, once it answers.
        on_proof: called with each proof, in another thread.
        on_note: called with what the preview cannot do here.

    Raises:
        EnvironmentFault: if no port is free.
    """
    with _bound(options.port) as listening:
        port: int = listening.getsockname()[1]
        preview = _Preview(
            session, options, port, on_ready=on_ready, on_proof=on_proof, on_note=on_note
        )
        config = uvicorn.Config(
            preview.app,
            lifespan="on",
            ws="none",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        uvicorn.Server(config).run(sockets=[listening])


class _Preview:
    """What begins and ends with the server."""

    def __init__(
        self,
        session: PreviewSession,
        options: ServerOptions,
        port: int,
        *,
        on_ready: Callable[[str], None],
        on_proof: Callable[[Proof], None],
        on_note: Callable[[str], None],
    ) -> None:
        self._session = session
        self._options = options
        self._address = f"http://{_HOST}:{port}/"
        self._on_ready = on_ready
        self._on_proof = on_proof
        self._on_note = on_note
        self._loop: asyncio.AbstractEventLoop | None = None
        self._state = PreviewState(self._wake)
        self._site = Site(self._state, session.workspace, options.editor)
        self._site.app.router.lifespan_context = self._lifespan
        self.app = Guard(self._site.app, port)

    def _wake(self) -> None:
        if self._loop is not None:
            # The loop may have ended during the last build.
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._site.wake)

    @asynccontextmanager
    async def _lifespan(self, _app: object) -> AsyncIterator[None]:
        self._loop = asyncio.get_running_loop()
        builder = Builder(self._session, self._state, self._report)
        root = self._session.workspace.root
        watcher = Watcher(root, builder.change, poll=self._options.poll)
        watcher.start()
        builder.start()
        if watcher.is_partial:
            self._on_note(f"only {MOST_FOLDERS:,} folders are watched, those at the top first")
        self._on_ready(self._address)
        try:
            yield
        finally:
            self._site.end()
            await asyncio.to_thread(watcher.stop)
            await asyncio.to_thread(builder.stop)
            self._state.close()

    def _report(self, proof: Proof) -> None:
        # The terminal may be closed while the page is still open.
        with contextlib.suppress(OSError):
            self._on_proof(proof)


def _bound(port: int | None) -> socket.socket:
    """Return a listening socket that only this machine can reach.

    Raises:
        EnvironmentFault: if the port, or each of those tried, is taken.
    """
    for candidate in range(PORT, PORT + _PORTS) if port is None else (port,):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((_HOST, candidate))
        except OSError as error:
            listening.close()
            if error.errno == errno.EADDRINUSE and port is None:
                continue
            reason = error.strerror or str(error)
            hint = "name another with --port, or leave the option out: a free one is then found"
            raise EnvironmentFault(
                f"port {candidate} cannot be used: {reason}", hint=hint
            ) from error
        listening.listen()
        return listening
    hint = "name one with --port"
    raise EnvironmentFault(f"the ports {PORT} to {PORT + _PORTS - 1} are all in use", hint=hint)

"""The routes of the preview, and their responses."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from typeset.files.workspace import ReadProblem, Workspace
from typeset.preview.editors import EditorFault, editor_command, open_in_editor
from typeset.preview.page_markup import page_markup
from typeset.preview.panels import PANELS, STATIC, Panel
from typeset.preview.security import WEB_POLICY
from typeset.preview.state import Gone, PreviewState

__all__ = ["Site"]

_FILES = {
    "preview.css": "text/css",
    "preview.js": "text/javascript",
    "pages.js": "text/javascript",
    "sheet.js": "text/javascript",
    "sidebar.js": "text/javascript",
    "source.js": "text/javascript",
    "dom.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
"""The files of the page; only they and the scripts of its panels are served from the disk."""
_FOREVER = {"Cache-Control": "private, max-age=31536000, immutable"}
_MOST_WIDTH = 6000
"""In pixels."""
_MOST_BODY = 10_000
"""The largest body of a request, in bytes."""
_MOST_LINE = 10_000_000
_MOST_PAGES = 100_000
_HEARTBEAT = 15.0
"""Seconds without an event after which the stream sends a sign of life."""

_Asked = TypeVar("_Asked")


class Site:
    """Answers requests.

    Args:
        state: the state to show.
        workspace: the publication, whose files an editor may open.
        editor: the editor's command; empty if there is none.
        panels: what the page shows.
    """

    def __init__(
        self,
        state: PreviewState,
        workspace: Workspace,
        editor: str,
        panels: Sequence[Panel] = PANELS,
    ) -> None:
        self._state = state
        self._workspace = workspace
        self._editor = editor
        self._panels = panels
        scripts = [panel.script for panel in panels if panel.script is not None]
        self._files: dict[str, tuple[Traversable, str]] = {
            name: (STATIC.joinpath(name), kind) for name, kind in _FILES.items()
        } | {script.name: (script, "text/javascript") for script in scripts}
        self._token = secrets.token_urlsafe(24)
        self._changed = asyncio.Event()
        self._ended = False
        self.app = Starlette(
            routes=[
                Route("/", self._page),
                Route("/static/{name}", self._file),
                Route("/events", self._events),
                Route("/state", self._whole_state),
                Route("/issue.pdf", self._pdf),
                Route("/issue.html", self._web),
                Route("/pages/{digest}.png", self._image),
                Route("/pages/{digest}.json", self._text),
                Route("/places/{revision}/{page}", self._places),
                Route("/links/{revision}/{page}", self._links),
                Route("/marks/{revision}/{page}", self._marks),
                Route("/locate", self._locate),
                Route("/source", self._source),
                Route("/sight", self._sight, methods=["POST"]),
                Route("/open", self._open, methods=["POST"]),
            ],
            exception_handlers={HTTPException: _http_error, Gone: _gone},
        )

    def wake(self) -> None:
        """Make the streams send the new state; call it in the event loop."""
        waiting, self._changed = self._changed, asyncio.Event()
        waiting.set()

    def end(self) -> None:
        """End the streams; call it in the event loop."""
        self._ended = True
        self.wake()

    # --- The page ------------------------------------------------------------------------------

    async def _page(self, _request: Request) -> Response:
        text = page_markup(self._panels, token=self._token, editor=self._editor)
        return Response(text, media_type="text/html")

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._files:
            raise HTTPException(404)
        file, media_type = self._files[name]
        headers = {"Cache-Control": "no-cache"}
        return Response(file.read_bytes(), headers=headers, media_type=media_type)

    # --- What changes --------------------------------------------------------------------------

    async def _events(self, _request: Request) -> Response:
        return StreamingResponse(
            self._stream(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
        )

    async def _stream(self) -> AsyncIterator[str]:
        seen, sent = -1, {}
        while not self._ended:
            changed = self._changed
            if self._state.version != seen:
                state = await run_in_threadpool(self._state.as_json)
                seen, sent = state["version"], state["activity"]
                yield _event("state", state)
            elif (activity := self._state.activity) != sent:
                sent = activity
                yield _event("activity", activity)
            try:
                await asyncio.wait_for(changed.wait(), _HEARTBEAT)
            except TimeoutError:
                yield ":\n\n"

    def _whole_state(self, _request: Request) -> Response:
        return JSONResponse(self._state.as_json())

    # --- Pages ---------------------------------------------------------------------------------

    def _pdf(self, _request: Request) -> Response:
        revision = self._state.revision
        if revision is None or revision.issue.is_partial:
            raise Gone  # pages with errors are not for release
        name = f"{revision.issue.loaded.issue.slug}.pdf"
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        return Response(revision.issue.pdf, headers=headers, media_type="application/pdf")

    def _web(self, _request: Request) -> Response:
        revision = self._state.revision
        if revision is None or not revision.issue.html:
            raise Gone
        headers = {"Content-Security-Policy": WEB_POLICY}
        return Response(revision.issue.html, headers=headers, media_type="text/html")

    def _image(self, request: Request) -> Response:
        width = _number(request, "width", 1, _MOST_WIDTH)
        data = self._state.image(request.path_params["digest"], width)
        return Response(data, headers=_FOREVER, media_type="image/png")

    def _text(self, request: Request) -> Response:
        return JSONResponse(self._state.text(request.path_params["digest"]), headers=_FOREVER)

    def _places(self, request: Request) -> Response:
        return JSONResponse(self._state.places(*_page(request)))

    def _links(self, request: Request) -> Response:
        return JSONResponse(self._state.links(*_page(request)))

    def _marks(self, request: Request) -> Response:
        return JSONResponse(self._state.marks(*_page(request)))

    def _locate(self, request: Request) -> Response:
        file = request.query_params.get("file", "")
        return JSONResponse(self._state.locate(file, _number(request, "line", 0, _MOST_LINE)))

    def _source(self, request: Request) -> Response:
        return JSONResponse(self._state.source(request.query_params.get("id", "")))

    async def _sight(self, request: Request) -> Response:
        self._state.sight = await self._body(request, _sight)
        return Response(status_code=204)

    # --- Sources -------------------------------------------------------------------------------

    async def _open(self, request: Request) -> Response:
        place = await self._body(request, _place)
        await run_in_threadpool(self._open_at, *place)
        return JSONResponse({"opened": f"{place[0]}:{place[1]}"})

    async def _body(self, request: Request, read: Callable[[Any], _Asked]) -> _Asked:
        """Return what the preview's own page asks in a request's body."""
        if not secrets.compare_digest(
            request.headers.get("x-typeset-token", "").encode(), self._token.encode()
        ):
            raise HTTPException(403, "this request does not come from the preview's own page")
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > _MOST_BODY:
                raise HTTPException(413)
        try:
            return read(json.loads(body))
        except (ValueError, RecursionError) as error:
            raise HTTPException(400, "the request cannot be read") from error

    def _open_at(self, file: str, line: int, column: int) -> None:
        try:
            path = self._workspace.root / self._workspace.find(file, ".")
        except ReadProblem as problem:
            raise HTTPException(404, f"{file} {problem.message}") from problem
        try:
            open_in_editor(editor_command(self._editor, path, max(line, 1), max(column, 1)))
        except EditorFault as fault:
            raise HTTPException(409, str(fault)) from fault


def _place(asked: Any) -> tuple[str, int, int]:
    """Return the file, the line and the column that a request names.

    Raises:
        ValueError: if it is malformed.
    """
    match asked:
        case {"file": str(file), "line": int(line), **more}:
            file.encode()  # raises ValueError for half a surrogate pair
            column = more.get("column", 0)
            if isinstance(column, int) and 0 <= line <= _MOST_LINE and 0 <= column <= _MOST_LINE:
                return file, line, column
    raise ValueError


def _sight(asked: Any) -> int:
    """Return the page that a request says is in sight.

    Raises:
        ValueError: if it is malformed.
    """
    match asked:
        case {"page": int(page)} if 1 <= page <= _MOST_PAGES:
            return page
    raise ValueError


def _event(name: str, value: Any) -> str:
    return f"event: {name}\ndata: {json.dumps(value)}\n\n"


def _number(request: Request, name: str, least: int, most: int) -> int:
    return min(max(_whole(name, request.query_params.get(name, "")), least), most)


def _page(request: Request) -> tuple[int, int]:
    """Return the revision and the page that an address names."""
    revision, page = (_whole(name, request.path_params[name]) for name in ("revision", "page"))
    return revision, page


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise HTTPException(400, f"`{name}` is a number")
    return int(text)


async def _http_error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, error.headers)


async def _gone(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"error": "there are newer pages"}, 410)

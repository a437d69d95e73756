"""Protects the preview: only its own page may send requests, and pages may do little.

A page of another site can send requests to this machine.  With a host name that it points to this
machine, it can even read the responses.  So a request must have this server as its host, and come
from the server's own page.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["PAGE_POLICY", "WEB_POLICY", "Guard"]

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the preview's own page may load."""
WEB_POLICY = (
    "sandbox allow-popups allow-same-origin; default-src 'none'; style-src 'unsafe-inline' data:;"
    " img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""What the issue as HTML may load: only what it contains itself."""

_OWN_SITES = {"same-origin", "none"}
"""``Sec-Fetch-Site`` of requests by the page itself, and of an address that was typed."""


class Guard:
    """Refuses requests of other sites, and sends headers that restrict what pages may do.

    Args:
        app: the application to protect.
        port: the port of the server.
    """

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self._origins = {f"http://{host}" for host in self._hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(Headers(scope=scope), scope["path"])
        if refusal:
            answer = PlainTextResponse(f"refused: {refusal}\n", 403, {"Connection": "close"})
            await answer(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers.setdefault("Content-Security-Policy", PAGE_POLICY)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, send_guarded)

    def _refusal(self, headers: Headers, path: str) -> str:
        """Return why a request is refused, or an empty text."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0] not in self._hosts:
            return "this is not the host that was asked"
        origin = headers.get("origin")
        if origin is not None and origin not in self._origins:
            return "it comes from another site"
        # Another port of this machine sends `same-site`, which is refused too.
        if headers.get("sec-fetch-site", "none") not in _OWN_SITES and not (
            headers.get("sec-fetch-mode") == "navigate"
            and headers.get("sec-fetch-dest") == "document"
            and path == "/"
        ):
            return "it comes from another site"
        return ""

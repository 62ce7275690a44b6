"""ASGI middleware around all routes: the check of the Host header, security headers, the access log."""

import asyncio
import logging
import time
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from testimonia.core.printable import make_printable

access = logging.getLogger("testimonia.access")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every response: no scripts, no framing, no referrer, no guessing of media types."""

LONGEST_PATH = 200
DELAY = 0.2
"""Seconds that a line of the log waits for others to be written with it."""


class Headers:
    """Adds the security headers to every response that does not set them itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, adding to its response the headers that it lacks."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class AccessLog:
    """Writes a line for each request: time, client, method, path, status, bytes, milliseconds; never the query.

    Lines are written in batches: one write for each line would cost more than answering a small request.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._lines: list[str] = []
        self._second, self._time = 0, ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request and log it once its response has been sent."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            self._write()  # the lifespan has ended: the server is shutting down
            return
        began, status, size = time.perf_counter(), 0, 0

        async def send_counted(message: Message) -> None:
            nonlocal status, size
            status = message.get("status", status)
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, receive, send_counted)
        finally:
            client = scope["client"][0] if scope.get("client") else "-"
            request = make_printable(f"{client} {scope['method']} {scope['path'][:LONGEST_PATH]}")
            self._note(f"{request} {status} {size} {(time.perf_counter() - began) * 1000:.0f} ms")

    def _note(self, line: str) -> None:
        """Add a line to the batch; the first one starts the timer."""
        if not self._lines:
            asyncio.get_running_loop().call_later(DELAY, self._write)
        now = int(time.time())
        if now != self._second:
            self._second, self._time = now, time.strftime("%Y-%m-%d %H:%M:%S")
        self._lines.append(f"{self._time} {line}")

    def _write(self) -> None:
        """Write the batch."""
        if self._lines:
            access.info("%s", "\n".join(self._lines))
        self._lines.clear()


def make_middleware(hosts: Iterable[str], *inner: Middleware) -> list[Middleware]:
    """Return the middleware, the outermost first; `hosts` are the accepted values of the Host header.

    `inner` is only behind the access log: it must check hosts and set headers itself.
    """
    return [
        Middleware(AccessLog),
        *inner,
        Middleware(Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
    ]

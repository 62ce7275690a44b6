"""Guards: what stands around every route: which hosts are answered, the headers of every answer, the access log."""

import logging
import time
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from testimonia.errors import make_printable

access = logging.getLogger("testimonia.access")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of every answer: no script runs, nothing is framed, no address is passed on, no type is guessed."""

LONGEST_PATH = 200


class Headers:
    """Gives every answer the headers that keep browsers from harm."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back with the headers it lacks."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_guarded if scope["type"] == "http" else send)


class AccessLog:
    """Writes a line for each request: client, method, path, status, bytes, milliseconds. What was asked stays out."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; log it when its answer has gone out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
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
            line = make_printable(f"{client} {scope['method']} {scope['path'][:LONGEST_PATH]}")
            access.info("%s %d %d %.0f ms", line, status, size, (time.perf_counter() - began) * 1000)


def make_guards(hosts: Iterable[str]) -> list[Middleware]:
    """Give the guards, the outermost first; `hosts` are the names under which the server may be asked."""
    return [
        Middleware(AccessLog),
        Middleware(Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
    ]

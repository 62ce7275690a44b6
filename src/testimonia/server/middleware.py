"""Guards: what stands around every route: which hosts are answered, the headers of every answer, the access log."""

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
"""Headers of every answer: no script runs, nothing is framed, no address is passed on, no type is guessed."""

LONGEST_PATH = 200
DELAY = 0.2
"""Seconds that a line of the log waits for others."""


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
    """Writes a line for each request: time, client, method, path, status, bytes, milliseconds, but not what was asked.

    Lines go out together, a fifth of a second after the first of them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._lines: list[str] = []
        self._second, self._time = 0, ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; log it when its answer has gone out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            self._write()  # the server ends
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
            asked = make_printable(f"{client} {scope['method']} {scope['path'][:LONGEST_PATH]}")
            self._note(f"{asked} {status} {size} {(time.perf_counter() - began) * 1000:.0f} ms")

    def _note(self, line: str) -> None:
        """Take in a line."""
        if not self._lines:
            asyncio.get_running_loop().call_later(DELAY, self._write)
        now = int(time.time())
        if now != self._second:
            self._second, self._time = now, time.strftime("%Y-%m-%d %H:%M:%S")
        self._lines.append(f"{self._time} {line}")

    def _write(self) -> None:
        """Write the lines out."""
        if self._lines:
            access.info("%s", "\n".join(self._lines))
        self._lines.clear()


def make_guards(hosts: Iterable[str], *inner: Middleware) -> list[Middleware]:
    """Return the guards, the outermost first; `hosts` are the names under which the server may be asked.

    What is `inner` stands behind the log alone, and has to guard itself.
    """
    return [
        Middleware(AccessLog),
        *inner,
        Middleware(Headers),
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False),
    ]

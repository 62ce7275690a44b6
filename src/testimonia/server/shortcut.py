"""A fast path for queries at `/sparql`, which skips routing and the middleware; responses are the same."""

import re
from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from testimonia.core.errors import TestimoniaError
from testimonia.server.endpoint import PATH, answer
from testimonia.server.error_responses import respond_to_error
from testimonia.server.middleware import HEADERS
from testimonia.server.workers.engine import ServerEngine

_METHODS = frozenset({"GET", "HEAD", "POST"})
_ADDED = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_PUBLIC = (b"access-control-allow-origin", b"*")


class Shortcut:
    """Answers requests to the endpoint whose Host header is certainly allowed, and passes everything else on."""

    def __init__(self, app: ASGIApp, engine: ServerEngine, hosts: Iterable[str]) -> None:
        self.app = app
        self.engine = engine
        names = "|".join(re.escape(name) for name in hosts if "*" not in name)
        self._known_host = re.compile(rf"(?:{names})(?::[0-9]+)?")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request to the endpoint; pass on any other."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] not in _METHODS:
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        if not self._known_host.fullmatch(request.headers.get("host", "")):
            await self.app(scope, receive, send)
            return
        try:
            response = await answer(request, self.engine)
        except (TestimoniaError, HTTPException) as error:
            response = respond_to_error(request, error)
        response.raw_headers += [*_ADDED, _PUBLIC]
        await response(scope, receive, send)

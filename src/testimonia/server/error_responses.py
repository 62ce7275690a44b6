"""Refusals: an error in, the response that tells a client about it out: a status, and one readable line.

The line is plain text; a browser that asked for a page gets it on one, but for what is there for programs.
"""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from testimonia.core.errors import OversizeError, QueryError, RemoteError, StoppedError, UnacceptableError
from testimonia.core.printable import make_printable
from testimonia.server.negotiation import choose_media_type
from testimonia.server.protocol import ProtocolError
from testimonia.server.templating import Pages

log = logging.getLogger(__name__)


def refuse(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return a refusal in plain text."""
    return PlainTextResponse(f"{make_printable(message)}\n", status, dict(headers or {}))


def refuse_error(request: Request, error: Exception) -> Response:
    """Return the refusal that stands for an error; of one that nobody expected, no more than that it happened."""
    status, message = 500, "the server failed at this request; it goes on"
    headers: Mapping[str, str] | None = None
    match error:
        case ProtocolError():
            status, message = error.status, str(error)
        case QueryError():
            status, message = 400, str(error)
        case UnacceptableError():
            status, message = 406, f"not acceptable: {error}"
        case OversizeError():
            status, message = 413, str(error)
        case StoppedError():
            status, message, headers = 503, str(error), {"Retry-After": str(error.wait)}
        case RemoteError():
            status, message = 502, "the server that holds the graphs does not answer as it should; try again later"
            log.warning("%s", error)
        case HTTPException(status_code=404):
            status, message = 404, "there is nothing at this address; / lists what there is"
        case HTTPException():
            status, headers = error.status_code, error.headers
            message = f"{request.method}: {HTTPStatus(status).phrase.lower()}"
    return refuse(status, message, headers)


_KINDS = (
    ProtocolError,
    QueryError,
    UnacceptableError,
    OversizeError,
    StoppedError,
    RemoteError,
    HTTPException,
    Exception,
)
_FOR_PROGRAMS = ("/sparql", "/api/", "/data/", "/.well-known/")
_TEXT = ("text/plain", "text/html")


def make_refusals(pages: Pages) -> dict[type[Exception], Callable[[Request, Exception], Response]]:
    """Return what answers each kind of error, as Starlette takes it."""

    def respond(request: Request, error: Exception) -> Response:
        """Return the refusal, on a page if that was asked for."""
        refusal = refuse_error(request, error)
        accept = ",".join(request.headers.getlist("accept"))
        wanted = not request.url.path.startswith(_FOR_PROGRAMS) and choose_media_type(accept, _TEXT) == "text/html"
        if not wanted or refusal.status_code < 400:
            return refusal
        line = bytes(refusal.body).decode().strip()
        values = {"status": refusal.status_code, "message": line[:1].upper() + line[1:], "nearest": []}
        kept = {name: refusal.headers[name] for name in ("Retry-After", "Allow") if name in refusal.headers}
        return pages.give("refusal", values, status=refusal.status_code, headers=kept)

    return dict.fromkeys(_KINDS, respond)

"""Responses to errors: a status and one readable line.

The line is plain text. Clients that prefer HTML get a page, except at the paths that are meant for programs.
"""

import logging
from collections.abc import Callable, Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from testimonia.core.errors import OversizeError, QueryError, RemoteError, StoppedError, UnacceptableError
from testimonia.core.printable import make_printable
from testimonia.server.negotiation import choose_media_type, read_accept
from testimonia.server.protocol import ProtocolError
from testimonia.server.templating import Pages

log = logging.getLogger(__name__)


def make_error_response(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return an error response in plain text."""
    return PlainTextResponse(f"{make_printable(message)}\n", status, dict(headers or {}))


def respond_to_error(request: Request, error: Exception) -> Response:
    """Return the response to an error; an unexpected one is reported without details, which might leak data."""
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
    return make_error_response(status, message, headers)


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


def make_error_handlers(pages: Pages) -> dict[type[Exception], Callable[[Request, Exception], Response]]:
    """Return the handlers of all kinds of errors, as Starlette expects them."""

    def respond(request: Request, error: Exception) -> Response:
        """Respond to an error, with a page where the client prefers HTML."""
        response = respond_to_error(request, error)
        wants_page = choose_media_type(read_accept(request), _TEXT) == "text/html"
        if not wants_page or request.url.path.startswith(_FOR_PROGRAMS) or response.status_code < 400:
            return response
        line = bytes(response.body).decode().strip()
        values = {"status": response.status_code, "message": line[:1].upper() + line[1:], "nearest": []}
        kept = {name: response.headers[name] for name in ("Retry-After", "Allow") if name in response.headers}
        return pages.render("error", values, status=response.status_code, headers=kept)

    return dict.fromkeys(_KINDS, respond)

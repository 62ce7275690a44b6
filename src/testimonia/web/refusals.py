"""Refusals: an error in, the response that tells a client about it out: a status, and one readable line of text."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from testimonia.errors import OversizeError, QueryError, StoppedError, UnacceptableError, make_printable
from testimonia.web.protocol import ProtocolError


def refuse(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """Give a refusal in plain text."""
    return PlainTextResponse(f"{make_printable(message)}\n", status, dict(headers or {}))


def refuse_error(request: Request, error: Exception) -> Response:
    """Give the refusal that stands for an error; of one that nobody expected, no more than that it happened."""
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
        case HTTPException(status_code=404):
            status, message = 404, "there is nothing at this address; / lists what there is"
        case HTTPException():
            status, headers = error.status_code, error.headers
            message = f"{request.method}: {HTTPStatus(status).phrase.lower()}"
    return refuse(status, message, headers)


_KINDS = (ProtocolError, QueryError, UnacceptableError, OversizeError, StoppedError, HTTPException, Exception)
REFUSALS = dict.fromkeys(_KINDS, refuse_error)
"""Kind of error → what answers it, as Starlette takes it."""

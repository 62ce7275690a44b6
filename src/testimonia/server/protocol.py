"""Reading of query requests as the SPARQL 1.1 Protocol defines them (section 2.1)."""

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from testimonia.core.errors import OversizeError, TestimoniaError

LARGEST_QUERY = 256 * 1024
"""The most bytes of a request's body, and of its query string."""

SLOWEST_BODY = 10.0
"""Seconds within which a request's body must have arrived."""

_FORM = "application/x-www-form-urlencoded"
_DIRECT = "application/sparql-query"


class ProtocolError(TestimoniaError):
    """A request that violates the protocol, or asks for something that does not exist; `status` is the HTTP status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Operation:
    """A query with the data set that the request specifies: IRIs of default graphs and of named graphs."""

    query: str
    default: tuple[str, ...]
    named: tuple[str, ...]


async def read_operation(request: Request) -> Operation | None:
    """Return the operation of a GET or POST; None for a GET without parameters, which wants the service description.

    ProtocolError when the request violates the protocol, OversizeError when it is too long.
    """
    pairs = _parse_pairs(request.scope["query_string"], "the address")
    if request.method != "POST":
        return _find_operation(pairs) if pairs else None
    media_type, charset = _parse_content_type(request.headers.get("content-type", ""))
    if media_type not in {_FORM, _DIRECT}:
        found = f"the body is {media_type}" if media_type else "the request does not say what its body is"
        raise ProtocolError(415, f"{found}; expected Content-Type: {_FORM} or {_DIRECT}")
    if charset not in {"", "utf-8"}:
        raise ProtocolError(415, f"the body is in {charset}; expected UTF-8")
    body = await read_body(request)
    if media_type == _FORM:
        return _find_operation([*pairs, *_parse_pairs(body, "the body")])
    if any(name == "query" for name, _ in pairs):
        raise ProtocolError(400, "a query stands in the address and another in the body; expected one")
    try:
        return _find_operation([*pairs, ("query", body.decode("utf-8"))])
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"the query is not UTF-8 (byte {error.start})") from error


async def read_body(request: Request) -> bytes:
    """Return the body of a request; OversizeError when it is too long, ProtocolError when it does not arrive."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > LARGEST_QUERY:
        raise _make_oversize("the body")
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_BODY):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST_QUERY:
                    raise _make_oversize("the body")
    except TimeoutError as error:
        raise ProtocolError(408, f"the body was not there within {SLOWEST_BODY:g} seconds") from error
    except ClientDisconnect as error:
        raise ProtocolError(400, "the body broke off") from error
    return bytes(body)


def _find_operation(pairs: list[tuple[str, str]]) -> Operation:
    """Return the operation of a request's parameters; unknown parameters are ignored."""
    if any(name in {"update", "using-graph-uri", "using-named-graph-uri"} for name, _ in pairs):
        raise ProtocolError(400, "this endpoint answers queries; nothing can be changed here")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) != 1:
        raise ProtocolError(400, f"{len(queries) or 'no'} parameters named query; expected one")
    default = tuple(value for name, value in pairs if name == "default-graph-uri")
    named = tuple(value for name, value in pairs if name == "named-graph-uri")
    return Operation(queries[0], default, named)


def _parse_pairs(text: bytes, where: str) -> list[tuple[str, str]]:
    """Return the parameters of a form in order; ProtocolError when they are not UTF-8."""
    if len(text) > LARGEST_QUERY:
        raise _make_oversize(where)
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"{where} has characters that are not percent-encoded UTF-8") from error
    except ValueError as error:
        raise ProtocolError(400, f"{where} has too many parameters") from error


def _parse_content_type(text: str) -> tuple[str, str]:
    """Return media type and charset of a Content-Type in lower case, "" for one that is missing."""
    media_type, *parameters = (part.strip().lower() for part in text.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset":
            return media_type, value.strip('"')
    return media_type, ""


def _make_oversize(where: str) -> OversizeError:
    return OversizeError(f"{where} has more than {LARGEST_QUERY:,} bytes")

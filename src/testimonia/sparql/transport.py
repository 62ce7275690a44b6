"""Transport: a request to a server elsewhere in, its answer out: it goes nowhere else, and has an end."""

from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, build_opener

from testimonia.errors import RemoteError

_PIECE = 1024 * 1024


class _Unmoved(HTTPRedirectHandler):
    """Follows no redirection: a query that was POSTed would go on as GET without itself, or to who knows whom."""

    def http_error_302(self, *_: Any, **__: Any) -> None:
        """Handle none, so that a redirection is an error."""

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


OPENER = build_opener(_Unmoved)
"""What opens requests."""


def read_body(response: HTTPResponse | HTTPError, name: str, largest: int, is_late: Callable[[], bool]) -> bytes:
    """Give the bytes of a response; RemoteError when they are more than `largest`, too few, or too slow."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > largest:
            raise RemoteError(f"{name}: an answer of more than {largest:,} bytes; ask for less (LIMIT)")
        if is_late():
            raise RemoteError(f"{name}: {size:,} bytes and no end in the time given; try a longer --timeout")
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and size < int(announced):
        raise RemoteError(f"{name}: broke off after {size:,} of {int(announced):,} bytes; try again")
    return b"".join(pieces)


def read_words(error: HTTPError) -> str:
    """Give the beginning of what a server says with an HTTP error; "" when that breaks off too."""
    try:
        return error.read(4000).decode("utf-8", "replace")
    except (HTTPException, OSError):
        return ""

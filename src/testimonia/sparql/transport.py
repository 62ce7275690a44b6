"""HTTP requests to a server elsewhere that follow no redirection and whose answers have an end."""

from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from typing import Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, build_opener

from testimonia.core.errors import RemoteError
from testimonia.sparql.hosts import clean_words, describe_move, find_wait

T = TypeVar("T")
_PIECE = 1024 * 1024


class _Unmoved(HTTPRedirectHandler):
    """Follows no redirection: urllib would repeat a POST as a GET without the query, and to any server."""

    def http_error_302(self, *_: Any, **__: Any) -> None:
        """Handle none, so that a redirection is an error."""

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


OPENER = build_opener(_Unmoved)
"""Opens requests."""


def persist(  # noqa: PLR0913  (timing is the caller's)
    once: Callable[[], T],
    refuse: Callable[[HTTPError], RemoteError],
    name: str,
    *,
    timeout: float,
    retries: int,
    wait: Callable[[float], None],
) -> T:
    """Return the result of a request to a server, sent again up to `retries` times while the server is busy (503).

    Every way in which it fails is a RemoteError that calls the server by `name`; `refuse` makes that of a refusal.
    `timeout` (seconds) is how long `once` waits, for messages.
    """
    attempt = 0
    while True:
        try:
            return once()
        except HTTPError as error:
            with error:
                if error.code == 503 and attempt < retries:
                    wait(find_wait(error.headers, attempt))
                    attempt += 1
                    continue
                if 300 <= error.code < 400:
                    move = describe_move(name, error.headers.get("Location") or "")
                    raise RemoteError(move, status=error.code) from error
                raise refuse(error) from error
        except (TimeoutError, URLError, UnicodeError) as error:  # the name of a host can be none that may be looked up
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise RemoteError(f"{name}: no answer within {timeout:g} seconds; try a longer --timeout") from error
            words = clean_words(str(getattr(reason, "strerror", None) or reason))
            raise RemoteError(f"{name}: out of reach: {words}; is the address right and the server up?") from error
        except (HTTPException, OSError) as error:
            raise RemoteError(f"{name}: broke off in mid-answer ({type(error).__name__}); try again") from error


def read_body(response: HTTPResponse | HTTPError, name: str, largest: int, is_late: Callable[[], bool]) -> bytes:
    """Return the bytes of a response; RemoteError when they are more than `largest`, too few, or too slow."""
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
    """Return the beginning of the body of an HTTP error; "" when that breaks off too."""
    try:
        return error.read(4000).decode("utf-8", "replace")
    except (HTTPException, OSError):
        return ""

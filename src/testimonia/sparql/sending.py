"""Sending: a request to a SPARQL server in, what it answers out; every way in which that fails is a RemoteError.

Redirections are not followed: the body would get lost, and the password would go elsewhere.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.request import Request

from testimonia.errors import RemoteError
from testimonia.sparql.credentials import Credentials, find_credentials
from testimonia.sparql.hosts import clean_words, describe_move, describe_status, find_wait, name_endpoint
from testimonia.sparql.transport import OPENER, read_body, read_words

LARGEST_ANSWER = 2 * 1024 * 1024 * 1024
"""Bytes of an answer that are read at most."""


@dataclass(frozen=True, slots=True)
class Received:
    """What a server answered: HTTP status, media type, body."""

    status: int
    media_type: str
    body: bytes

    @property
    def words(self) -> str:
        """How the body begins."""
        return clean_words(self.body[:2000].decode("utf-8", "replace"), 160)


@dataclass(frozen=True, slots=True)
class Line:
    """A line to servers: `timeout` in seconds for each wait on the network and for the whole answer.

    `retries` when one is busy (503), each after as long as it asks for, half a minute at most. `find` gives the
    credentials for an address.
    """

    find: Callable[[str], Credentials | None] = find_credentials
    timeout: float = 60.0
    retries: int = 2
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Received:
        """Give what a server answers to a request, 404 included; RemoteError with its own words for anything else."""
        name, credentials = name_endpoint(url), self.find(url)
        request = Request(url, data=body, headers={"User-Agent": "testimonia", **headers}, method=method)
        if credentials:
            request.add_unredirected_header("Authorization", credentials.header)
        for attempt in range(self.retries + 1):
            try:
                return self._send(request, name)
            except HTTPError as error:
                with error:
                    if error.code == 503 and attempt < self.retries:
                        self.wait(find_wait(error.headers, attempt))
                        continue
                    raise _make_refusal(name, error, credentials) from error
            except TimeoutError as error:
                raise self._make_late(name) from error
            except (URLError, UnicodeError) as error:  # the name of a host can be none that may be looked up
                reason = getattr(error, "reason", error)
                if isinstance(reason, TimeoutError):
                    raise self._make_late(name) from error
                words = clean_words(str(getattr(reason, "strerror", None) or reason))
                raise RemoteError(f"{name}: out of reach: {words}; is the address right and the server up?") from error
            except (HTTPException, OSError) as error:
                raise RemoteError(f"{name}: broke off ({type(error).__name__}); try again") from error
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _send(self, request: Request, name: str) -> Received:
        """Send a request once."""
        ends = self.clock() + self.timeout
        try:
            response = OPENER.open(request, timeout=self.timeout)
        except HTTPError as error:
            if error.code != 404:
                raise
            response = error
        with response:
            body = read_body(response, name, LARGEST_ANSWER, lambda: self.clock() > ends)
            return Received(response.status or 0, response.headers.get_content_type(), body)

    def _make_late(self, name: str) -> RemoteError:
        return RemoteError(f"{name}: no answer within {self.timeout:g} seconds; try a longer --timeout")


def _make_refusal(name: str, error: HTTPError, credentials: Credentials | None) -> RemoteError:
    """Give the error that an HTTP status is."""
    if 300 <= error.code < 400:
        return RemoteError(describe_move(name, error.headers.get("Location") or ""), status=error.code)
    secrets = credentials.secrets if credentials else ()
    return RemoteError(describe_status(name, error.code, read_words(error), secrets), status=error.code)

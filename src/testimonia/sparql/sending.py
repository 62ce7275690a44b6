"""Send a request to a SPARQL server; every failure is a RemoteError.

Redirections are not followed: the body would get lost, and the password would go elsewhere.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import Request

from testimonia.core.errors import RemoteError
from testimonia.sparql.credentials import Credentials, find_credentials
from testimonia.sparql.hosts import clean_words, describe_status, name_endpoint
from testimonia.sparql.transport import OPENER, persist, read_body, read_words

LARGEST_ANSWER = 2 * 1024 * 1024 * 1024
"""The most bytes of an answer that are read."""


@dataclass(frozen=True, slots=True)
class Received:
    """The answer of a server: HTTP status, media type, body."""

    status: int
    media_type: str
    body: bytes

    @property
    def words(self) -> str:
        """The beginning of the body, safe to print."""
        return clean_words(self.body[:2000].decode("utf-8", "replace"), 160)


@dataclass(frozen=True, slots=True)
class Connection:
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
        """Return the answer of a server to a request, 404 included; RemoteError with its words for other failures."""
        name, credentials = name_endpoint(url), self.find(url)
        request = Request(url, data=body, headers={"User-Agent": "testimonia", **headers}, method=method)
        if credentials:
            request.add_unredirected_header("Authorization", credentials.header)

        def refuse(error: HTTPError) -> RemoteError:
            return _make_refusal(name, error, credentials)

        return persist(
            lambda: self._send(request, name), refuse, name, timeout=self.timeout, retries=self.retries, wait=self.wait
        )

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


def _make_refusal(name: str, error: HTTPError, credentials: Credentials | None) -> RemoteError:
    """Return the error that an HTTP status is."""
    secrets = credentials.secrets if credentials else ()
    return RemoteError(describe_status(name, error.code, read_words(error), secrets), status=error.code)

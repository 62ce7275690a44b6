"""Remote: a query and the address of a SPARQL endpoint in, the same kind of answer out as from memory.

Protocol: SPARQL 1.1 Protocol, section 2.1.2 (query via POST, URL-encoded), through SPARQLWrapper. Nothing that an
endpoint sends is trusted: its words are printed escaped and cut, its answer has to be complete and of a known type.
"""

import time
from collections.abc import Callable
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pyoxigraph as ox
from SPARQLWrapper import BASIC, JSON, POST, TURTLE, SPARQLWrapper

from testimonia.errors import QueryError, RemoteError
from testimonia.model.answer import Answer, Statements, collect_answer
from testimonia.sparql.forms import check_read_only, find_form_token
from testimonia.sparql.lexer import find_significant_tokens

LONGEST_WAIT = 30.0
"""Seconds that an endpoint may ask us to wait before the next try."""

LARGEST_ANSWER = 512 * 1024 * 1024
"""Bytes of an answer that are read at most."""

_PIECE = 1024 * 1024

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}


class _Unmoved(HTTPRedirectHandler):
    """Follows no redirection: a query that was POSTed would go on as GET without itself, or to who knows whom."""

    def http_error_302(self, *_: Any, **__: Any) -> None:
        """Handle none, so that a redirection is an error."""

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


_OPENER = build_opener(_Unmoved)


class _Wrapper(SPARQLWrapper):
    """The wrapper, except that it follows nothing, and leaves errors unread: their bodies may have no end."""

    def _query(self) -> tuple[HTTPResponse, str]:
        return _OPENER.open(self._createRequest(), timeout=self.timeout), self.returnFormat


def run_remote_query(  # noqa: PLR0913  (timing is the caller's)
    endpoint: str,
    query: str,
    *,
    timeout: float = 60.0,
    retries: int = 2,
    wait: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Answer:
    """Give the answer of an endpoint to a query.

    `timeout` is in seconds, for each wait on the network and for the whole answer; on 503 the query is sent again up
    to `retries` times, after as many seconds as the endpoint asks for, else after 1, 2, 4, 8 (at most `LONGEST_WAIT`).
    QueryError when the query may not be sent; RemoteError when the endpoint is out of reach, refuses, or answers with
    what is no answer. Neither ever shows the user name and password of the address.
    """
    check_read_only(query, remote=True)
    address = parse_endpoint(endpoint)
    name = name_endpoint(endpoint)
    wrapper = _make_wrapper(address, query, timeout)
    for attempt in range(retries + 1):
        ends = clock() + timeout
        try:
            response = wrapper.query().response
            with response:
                body = _read_body(response, name, lambda: clock() > ends)  # noqa: B023  (called at once)
                return _read_answer(response, body, wrapper.queryType in {"SELECT", "ASK"}, name)
        except HTTPError as error:
            if error.code == 503 and attempt < retries:
                wait(find_wait(error.headers, attempt))
                continue
            if 300 <= error.code < 400:
                raise RemoteError(_describe_move(name, error.headers.get("Location") or "")) from error
            raise RemoteError(_describe_status(name, error.code, _read_words(error), address)) from error
        except TimeoutError as error:
            raise RemoteError(f"{name}: no answer within {timeout:g} seconds; try a longer --timeout") from error
        except (URLError, UnicodeError) as error:  # the name of a host can be none that may be looked up
            reason = getattr(error, "reason", error)
            if isinstance(reason, TimeoutError):
                raise RemoteError(f"{name}: no answer within {timeout:g} seconds; try a longer --timeout") from error
            words = clean_words(str(getattr(reason, "strerror", None) or reason))
            raise RemoteError(f"{name}: out of reach: {words}; is the address right and the server up?") from error
        except (HTTPException, ConnectionError) as error:
            raise RemoteError(f"{name}: broke off in mid-answer ({type(error).__name__}); try again") from error
    raise AssertionError("unreachable: the last attempt returns or raises")


def parse_endpoint(endpoint: str) -> SplitResult:
    """Give the parts of an address; QueryError unless it is http or https with a host (no file is ever read)."""
    try:
        address = urlsplit(endpoint)
        usable = address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
        usable = usable and endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    except ValueError:
        usable = False
    if not usable:
        raise QueryError("the endpoint is no address; expected http://… or https://…")
    return address


def name_endpoint(endpoint: str) -> str:
    """Give an endpoint's address as it may be printed: without user name, password, query and fragment.

    >>> name_endpoint("https://me:secret@example.org:8080/sparql?key=1")
    'https://example.org:8080/sparql'
    """
    parts = urlsplit(endpoint)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def find_wait(headers: Message, attempt: int = 0) -> float:
    """Give how many seconds to wait after an attempt (from 0): as many as the endpoint asks for, else 1, 2, 4, 8.

    It is never more than `LONGEST_WAIT`. A date in Retry-After is read against the Date of the same answer, not against
    our clock.

    >>> headers = Message()
    >>> headers["Retry-After"] = "7"
    >>> find_wait(headers)
    7.0
    """
    asked = (headers.get("Retry-After") or "").strip()
    if asked.isdecimal():
        return min(float(asked), LONGEST_WAIT)
    try:
        seconds = (parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date") or "")).total_seconds()
    except (TypeError, ValueError):
        return min(2.0**attempt, LONGEST_WAIT)
    return min(max(seconds, 0.0), LONGEST_WAIT)


def clean_words(text: str, length: int = 300) -> str:
    r"""Give foreign words fit to print: one line, no control characters, cut to a length.

    >>> clean_words("no\n \x1b[31msuch graph")
    'no [31msuch graph'
    """
    printable = "".join(c if c.isprintable() else " " for c in text)
    line = " ".join(printable.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def _make_wrapper(address: SplitResult, query: str, timeout: float) -> SPARQLWrapper:
    """Give a wrapper that will POST the query.

    The form of the query comes from our own tokens: the wrapper's `setQuery` guesses it by regular expressions.
    """
    plain = address._replace(netloc=address.netloc.rpartition("@")[2], fragment="")
    wrapper = _Wrapper(urlunsplit(plain), agent="testimonia")
    wrapper.queryString = query
    wrapper.queryType = find_form_token(find_significant_tokens(query)).word
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.setReturnFormat(JSON if wrapper.queryType in {"SELECT", "ASK"} else TURTLE)
    wrapper.timeout = timeout  # type: ignore[assignment]  # `setTimeout` cuts it to whole seconds
    if address.username is not None:
        wrapper.setHTTPAuth(BASIC)
        wrapper.setCredentials(unquote(address.username), unquote(address.password or ""))
    return wrapper


def _read_body(response: HTTPResponse, name: str, is_late: Callable[[], bool]) -> bytes:
    """Give the bytes of a response; RemoteError when they are too many, too few, or come too slowly."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise RemoteError(f"{name}: an answer of more than {LARGEST_ANSWER:,} bytes; ask for less (LIMIT)")
        if is_late():
            raise RemoteError(f"{name}: {size:,} bytes and no end in the time given; try a longer --timeout")
    announced = response.headers.get("Content-Length", "")
    if announced.isdecimal() and size < int(announced):
        raise RemoteError(f"{name}: broke off after {size:,} of {int(announced):,} bytes; try again")
    return b"".join(pieces)


def _read_answer(response: HTTPResponse, body: bytes, tabular: bool, name: str) -> Answer:
    """Give the answer that the body of a response is; RemoteError when it is of another type or damaged."""
    kind = response.headers.get_content_type()
    try:
        if tabular and kind in _RESULTS:
            results = ox.parse_query_results(body, format=_RESULTS[kind])
            return collect_answer(results)
        if not tabular and kind in _GRAPHS:
            triples = {quad.triple for quad in ox.parse(body, format=_GRAPHS[kind])}
            return Statements(tuple(sorted(triples, key=str)))
    except (SyntaxError, ValueError) as error:
        detail = clean_words(str(error), 120)
        raise RemoteError(f"{name}: the answer says it is {kind} but cannot be read ({detail})") from error
    words = clean_words(body[:2000].decode("utf-8", "replace"), 160)
    expected = "SPARQL JSON results" if tabular else "Turtle"
    raise RemoteError(f"{name}: answered with {kind}, not with {expected}; is this a SPARQL endpoint? It says: {words}")


def _describe_move(name: str, address: str) -> str:
    """Say where an endpoint has gone; nothing is sent there."""
    try:
        where = clean_words(name_endpoint(urljoin(name, address)))
    except ValueError:
        where = "an address that is none"
    return f"{name}: has moved to {where}; ask there"


def _describe_status(name: str, code: int, words: str, address: SplitResult) -> str:
    """Say what a refusal means; a password that the server repeats is blotted out."""
    for secret in filter(None, (address.password, unquote(address.password or ""))):
        words = words.replace(secret, "•••")
    meaning = {
        400: "the query was refused",
        401: "a user name and password are needed (https://USER:PASSWORD@…)",
        403: "access is not allowed",
        404: "there is no endpoint at this address",
        503: "the server is too busy",
    }.get(code, "the server failed" if code >= 500 else "the request was refused")
    says = f"; it says: {clean_words(words)}" if words.strip() else ""
    return f"{name}: HTTP {code}, {meaning}{says}"


def _read_words(error: HTTPError) -> str:
    """Give the beginning of what a server says with an HTTP error; "" when that breaks off too."""
    try:
        return error.read(4000).decode("utf-8", "replace")
    except (HTTPException, OSError):
        return ""

"""Send a query to a SPARQL endpoint and return the same kind of answer as from memory.

Protocol: SPARQL 1.1 Protocol, section 2.1.2 (query via POST, URL-encoded), through SPARQLWrapper. Nothing that an
endpoint sends is trusted: its words are printed escaped and cut, its answer has to be complete and of a known type.
"""

import time
from collections.abc import Callable
from http.client import HTTPResponse
from urllib.error import HTTPError
from urllib.parse import SplitResult, unquote, urlunsplit

import pyoxigraph as ox
from SPARQLWrapper import BASIC, JSON, POST, TURTLE, SPARQLWrapper

from testimonia.core.answer import Answer, Statements, collect_answer
from testimonia.core.errors import RemoteError
from testimonia.sparql.forms import check_read_only, find_form_token
from testimonia.sparql.hosts import clean_words, describe_status, name_endpoint, parse_endpoint
from testimonia.sparql.lexer import find_significant_tokens
from testimonia.sparql.transport import OPENER, persist, read_body, read_words

LARGEST_ANSWER = 512 * 1024 * 1024
"""The most bytes of an answer that are read."""

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


class _Wrapper(SPARQLWrapper):
    """The wrapper, except that it follows no redirection and leaves errors unread: their bodies may have no end."""

    def _query(self) -> tuple[HTTPResponse, str]:
        return OPENER.open(self._createRequest(), timeout=self.timeout), self.returnFormat


def run_remote_query(  # noqa: PLR0913  (timing is the caller's)
    endpoint: str,
    query: str,
    *,
    timeout: float = 60.0,
    retries: int = 2,
    wait: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Answer:
    """Return the answer of an endpoint to a query.

    `timeout` is in seconds, for each wait on the network and for the whole answer; on 503 the query is sent again up
    to `retries` times, after as many seconds as the endpoint asks for, else after 1, 2, 4, 8 (at most `LONGEST_WAIT`).
    QueryError when the query may not be sent; RemoteError when the endpoint is out of reach, refuses, or answers with
    what is no answer. Neither ever shows the user name and password of the address.
    """
    check_read_only(query, remote=True)
    address = parse_endpoint(endpoint)
    name = name_endpoint(endpoint)
    wrapper = _make_wrapper(address, query, timeout)

    def ask() -> Answer:
        ends = clock() + timeout
        with wrapper.query().response as response:
            body = read_body(response, name, LARGEST_ANSWER, lambda: clock() > ends)
            return _read_answer(response, body, wrapper.queryType in {"SELECT", "ASK"}, name)

    def refuse(error: HTTPError) -> RemoteError:
        return _make_refusal(name, error.code, read_words(error), address)

    return persist(ask, refuse, name, timeout=timeout, retries=retries, wait=wait)


def _make_wrapper(address: SplitResult, query: str, timeout: float) -> SPARQLWrapper:
    """Return a wrapper that will POST the query.

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


def _read_answer(response: HTTPResponse, body: bytes, tabular: bool, name: str) -> Answer:
    """Return the answer that the body of a response is; RemoteError when it is of another type or damaged."""
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


def _make_refusal(name: str, code: int, words: str, address: SplitResult) -> RemoteError:
    """Return the error that an HTTP status is."""
    secrets = (address.password or "", unquote(address.password or ""))
    needed = "a user name and password are needed (https://USER:PASSWORD@…)"
    return RemoteError(describe_status(name, code, words, secrets, {401: needed}), status=code)

"""A client of a SPARQL 1.1 server for publishing: it lists, fetches and puts graphs, and runs updates.

Source: SPARQL 1.1 Graph Store HTTP Protocol, sections 4.2 (indirect names), 5.2 and 5.3; SPARQL 1.1 Protocol, 2.2.
"""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit, urlunsplit

import pyoxigraph as ox

from testimonia.core.answer import Solutions, collect_answer
from testimonia.core.errors import RemoteError
from testimonia.sparql.hosts import clean_words, name_endpoint
from testimonia.sparql.sending import Connection, Received

_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_SIZES = "SELECT ?graph (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


@dataclass(frozen=True, slots=True)
class ServerAddresses:
    """The URLs of a server for queries, updates and graphs."""

    query: str
    update: str
    store: str


def find_addresses(endpoint: str, update: str | None = None, store: str | None = None) -> ServerAddresses:
    """Return the URLs of a server; those of updates and graphs default to siblings of the query URL.

    >>> find_addresses("http://localhost:7878/query").store
    'http://localhost:7878/store'
    """
    parts = urlsplit(endpoint)
    stem = parts.path.rpartition("/")[0]
    siblings = {name: urlunsplit(parts._replace(path=f"{stem}/{name}", query="")) for name in ("update", "store")}
    return ServerAddresses(endpoint, update or siblings["update"], store or siblings["store"])


@dataclass(frozen=True, slots=True)
class Server:
    """A server at these URLs, reached over a connection."""

    addresses: ServerAddresses
    connection: Connection

    @property
    def name(self) -> str:
        """The URL for queries, without credentials."""
        return name_endpoint(self.addresses.query)

    def list_graphs(self) -> dict[str, int]:
        """Return named graph → number of triples; RemoteError when this is no SPARQL server."""
        url = self.addresses.query
        form = urlencode({"query": _SIZES}).encode()
        headers = {"Accept": _RESULTS, "Content-Type": "application/x-www-form-urlencoded"}
        received = self.connection.send("POST", url, headers, form)
        _check(received, url, _RESULTS, "is this the address of queries?")
        try:
            answer = collect_answer(ox.parse_query_results(received.body, format=ox.QueryResultsFormat.JSON))
            assert isinstance(answer, Solutions)
            sizes: dict[str, int] = {}
            for graph, triples in answer.rows:
                if isinstance(graph, ox.NamedNode) and isinstance(triples, ox.Literal):
                    sizes[graph.value] = int(triples.value)
        except (SyntaxError, ValueError, AssertionError) as error:
            raise RemoteError(
                f"{self.name}: its list of graphs cannot be read ({clean_words(str(error), 120)})"
            ) from error
        return sizes

    def get_graph(self, iri: str) -> bytes:
        """Return the N-Triples of a graph; b"" when the server has no such graph."""
        url = self._locate(iri)
        received = self.connection.send("GET", url, {"Accept": _TRIPLES})
        if received.status == 404:
            return b""
        _check(received, url, _TRIPLES, "is this the address of graphs (--store)?")
        return received.body

    def put_graph(self, iri: str, content: bytes) -> None:
        """Create or replace a graph with N-Triples."""
        url = self._locate(iri)
        received = self.connection.send("PUT", url, {"Content-Type": _TRIPLES}, content)
        if received.status == 404:
            raise RemoteError(
                f"{name_endpoint(url)}: HTTP 404, no graphs are kept at this address (--store)", status=404
            )

    def update(self, text: str) -> None:
        """Run an update."""
        url = self.addresses.update
        received = self.connection.send("POST", url, {"Content-Type": "application/sparql-update"}, text.encode())
        if received.status == 404:
            raise RemoteError(
                f"{name_endpoint(url)}: HTTP 404, no updates are taken at this address (--update)", status=404
            )

    def _locate(self, iri: str) -> str:
        store = self.addresses.store
        return f"{store}{'&' if '?' in store else '?'}{urlencode({'graph': iri})}"


def _check(received: Received, url: str, expected: str, doubt: str) -> None:
    """Raise RemoteError unless a response has the expected media type."""
    if received.status == 404:
        raise RemoteError(f"{name_endpoint(url)}: HTTP 404, there is nothing at this address; {doubt}", status=404)
    if received.media_type != expected:
        found = f"answered with {received.media_type}, not with {expected}"
        raise RemoteError(f"{name_endpoint(url)}: {found}; {doubt} It says: {received.words}")

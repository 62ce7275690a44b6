"""A query engine over a SPARQL 1.1 server elsewhere, with the same rules for queries as the local pool.

A query is checked before it is sent (no updates, no SERVICE), is sent with the names of the graphs it may see, and is
cancelled at its deadline, when its answer grows too large, or when the client has disconnected.
Source: SPARQL 1.1 Protocol, section 2.1; docs/decisions/0026-one-site-over-two-engines.md.
"""

import asyncio
import math
import re
from collections.abc import Mapping
from pathlib import Path

import httpx2
import pyoxigraph as ox

from testimonia.core.errors import OversizeError, QueryError, RemoteError, StoppedError
from testimonia.core.iris import belongs, find_base
from testimonia.core.namespaces import PREFIXES
from testimonia.server.workers.answering import Checked, check_task
from testimonia.server.workers.engine import Places, WaitForDisconnect, stop_on_disconnect
from testimonia.server.workers.formats import GRAPH, TABULAR
from testimonia.server.workers.limits import Limits
from testimonia.server.workers.messages import Outcome, Reply, Task
from testimonia.sparql.credentials import Credentials
from testimonia.sparql.forms import describe_syntax_error
from testimonia.sparql.hosts import clean_words, describe_status, find_seconds, name_endpoint
from testimonia.sparql.lexer import TokenKind, find_significant_tokens

NOWHERE = "urn:uuid:00000000-0000-0000-0000-000000000000"
"""The name of no graph. The protocol cannot ask for an empty data set: without graph names the server's own counts."""

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_TRIPLES = "application/n-triples"
_ALSO_TRIPLES = {ox.RdfFormat.TRIG, ox.RdfFormat.N_QUADS, ox.RdfFormat.N3}
_BUSY = {408, 429, 503, 504}


class Remote:
    """The graphs of one data set on a server; `endpoint` is the URL for queries."""

    folder: Path | None = None
    foreign: frozenset[str] = frozenset()

    def __init__(
        self, endpoint: str, graphs: Mapping[str, int], limits: Limits, credentials: Credentials | None = None
    ) -> None:
        self.graphs = graphs
        self._endpoint = endpoint
        self._name = name_endpoint(endpoint)
        self._limits = limits
        self._places = Places(limits.workers + limits.long, limits)
        headers = {"User-Agent": "testimonia"} | ({"Authorization": credentials.header} if credentials else {})
        self._secrets = credentials.secrets if credentials else ()
        self._client = httpx2.AsyncClient(headers=headers, timeout=limits.seconds)

    async def start(self) -> None:
        """Do nothing: connections are opened on demand."""

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def ask(self, task: Task, wait_for_disconnect: WaitForDisconnect | None = None) -> Reply:
        """Return the answer to a task; see `ServerEngine`. RemoteError when the server fails or is no SPARQL server."""
        return await stop_on_disconnect(self._ask(task, check_task(self.graphs.keys(), task)), wait_for_disconnect)

    async def _ask(self, task: Task, checked: Checked) -> Reply:
        form = TABULAR[checked.media_type] if checked.tabular else GRAPH[checked.media_type]
        wanted = form.media_type.partition(";")[0]
        if form in _ALSO_TRIPLES or form == ox.RdfFormat.JSON_LD:
            wanted = _TRIPLES
        try:
            async with self._places.take(), asyncio.timeout(self._limits.seconds):
                body = await self._fetch(write_form(task, checked, self.graphs), wanted)
        except (TimeoutError, httpx2.TimeoutException) as error:
            message = f"the query was stopped: it took more than {self._limits.seconds:g} seconds"
            raise StoppedError(message, wait=60) from error
        except httpx2.TransportError as error:
            raise RemoteError(f"{self._name}: out of reach ({type(error).__name__})") from error
        if form == ox.RdfFormat.JSON_LD:
            body = await asyncio.to_thread(_convert, body)
        return Reply(Outcome.DONE, checked.media_type, body=body)

    async def _fetch(self, form: Mapping[str, str | list[str]], wanted: str) -> bytes:
        """Return the body of an answer; RemoteError when it is not of the wanted media type."""
        body = bytearray()
        async with self._client.stream("POST", self._endpoint, data=form, headers={"Accept": wanted}) as response:
            async for part in response.aiter_bytes():
                body += part
                if len(body) > self._limits.answer:
                    raise OversizeError(f"the answer has more than {self._limits.answer:,} bytes; ask for less (LIMIT)")
        if response.status_code != 200:
            raise self._make_error(response, body[:4000].decode("utf-8", "replace"))
        found = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if found != wanted:
            raise RemoteError(f"{self._name}: answered with {clean_words(found, 80)}, not with {wanted}")
        return bytes(body)

    def _make_error(self, response: httpx2.Response, words: str) -> Exception:
        """Return the error for an HTTP status: a faulty query, a busy server, or a failing one."""
        code = response.status_code
        if code == 400:
            return QueryError(clean_words(describe_syntax_error(SyntaxError(words))))
        if code in _BUSY:
            wait = find_seconds(response.headers.get("retry-after", ""), response.headers.get("date", ""))
            return StoppedError("the query was stopped, or not begun; ask again later", wait=math.ceil(wait))
        return RemoteError(describe_status(self._name, code, words, self._secrets), status=code)


def write_form(task: Task, checked: Checked, graphs: Mapping[str, int]) -> dict[str, str | list[str]]:
    """Return the protocol parameters of a task: its query, and the graphs that it may see.

    >>> task = Task("ASK { ?s ?p <a> }", default=("x:a", "x:b"), base="https://example.org/")
    >>> write_form(task, check_task({"x:a"}, task), {"x:a": 1})
    {'query': 'BASE <https://example.org/> ASK { ?s ?p <a> }', 'default-graph-uri': ['x:a'], 'named-graph-uri': []}
    """
    iris = (token.text for token in find_significant_tokens(task.query) if token.kind is TokenKind.IRI)
    has_relative = not all(map(_ABSOLUTE.match, iris))
    query = f"BASE <{task.base}> {task.query}" if has_relative and task.base else task.query
    if checked.union:
        return {"query": query, "default-graph-uri": list(graphs), "named-graph-uri": list(graphs)}
    if not task.default and not task.named:
        return {"query": query}
    default = [iri for iri in task.default if iri in graphs]
    named = [iri for iri in task.named if iri in graphs]
    if not default and not named:
        default = [NOWHERE]
    return {"query": query, "default-graph-uri": default, "named-graph-uri": named}


def choose_graphs(graphs: Mapping[str, int], base: str = "") -> dict[str, int]:
    """Return the graphs of a data set among those of a server; without its base IRI, of the first data set found.

    All graphs are returned where none has a name that `build` makes.

    >>> choose_graphs({"https://example.org/graph/dates": 3, "https://example.org/other": 4})
    {'https://example.org/graph/dates': 3}
    """
    known = base if any(belongs(name, base) for name in graphs) else find_base(graphs)
    chosen = {name: graphs[name] for name in sorted(graphs) if belongs(name, known)}
    return chosen or dict(sorted(graphs.items()))


def _convert(body: bytes) -> bytes:
    """Convert N-Triples to JSON-LD."""
    triples = (quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
    return ox.serialize(triples, format=ox.RdfFormat.JSON_LD, prefixes=PREFIXES) or b""

"""The site before an oxigraph server: what is published there gives the same pages as the store in memory."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx2
import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from testimonia.core.layout import Layout
from testimonia.questions.reading import read_questions
from testimonia.server.app import make_app
from testimonia.server.publishing.portions import read_portions
from testimonia.server.publishing.publication import publish
from testimonia.server.publishing.server import Server, find_addresses
from testimonia.server.remote import Remote, choose_graphs
from testimonia.server.shapes import read_shapes
from testimonia.server.workers.limits import MIB, Limits
from testimonia.sparql.sending import Connection

LIMITS = Limits(seconds=20.0, answer=MIB, patience=20.0)
GRAPHS = {"https://example.org/graph/dates": 2, "https://example.org/graph/entities": 1}
FEWEST = 500
PROGRAM = [sys.executable, "-c", "from testimonia.cli import main; main()", "serve", "--port", "0"]


class Links(HTMLParser):
    """Collects the paths that a page links to."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.paths |= {value for name, value in attrs if name in {"href", "src"} and value and value.startswith("/")}


@pytest.fixture
def published(
    start_oxigraph: Callable[..., str], tmp_path: Path, lantern: Path, project_layout: Layout
) -> Iterator[tuple[TestClient, str]]:
    """The application before the oxigraph server, read-only, with what was published; and where that takes queries."""
    location = str(tmp_path / "store")
    writable = start_oxigraph("serve", "--location", location)
    server = Server(find_addresses(writable), Connection(find=lambda _: None))
    publish(*read_portions(lantern), server)
    server.put_graph("https://example.com/theirs", b"<x:other> <x:p> <x:o> .")
    endpoint = start_oxigraph("serve-read-only", "--location", location)
    graphs = choose_graphs(Server(find_addresses(endpoint), Connection(find=lambda _: None)).list_graphs())
    app = make_app(
        Remote(endpoint, graphs, LIMITS),
        questions=read_questions(project_layout),
        shape_triples=read_shapes(project_layout.shapes),
    )
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as found:
        yield found, endpoint


def normalise(answer: Any) -> object:
    """What two answers that say the same have in common."""
    kind = answer.headers["content-type"].split(";")[0]
    forms = {form.media_type: form for form in (ox.RdfFormat.TURTLE, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.JSON_LD)}
    forms[ox.RdfFormat.N_QUADS.media_type] = ox.RdfFormat.N_QUADS
    if kind in forms:
        store = ox.Store()
        store.bulk_load(answer.content, forms[kind])
        return frozenset(map(str, store))
    return answer.status_code, kind, answer.text


@pytest.mark.slow
def test_pages_and_documents_are_those_of_the_store(published: tuple[TestClient, str], site: TestClient) -> None:
    remote, _ = published
    waiting, met = ["/"], {"/"}
    differing: list[str] = []
    pages = 0
    while waiting:
        path = waiting.pop()
        answer = site.get(path, follow_redirects=False)
        if path.startswith(("/data/all.", "/query?", "/shapes.")):  # in another order (below), or not asked for
            continue
        pages += 1
        other = remote.get(path, follow_redirects=False)
        if (answer.status_code, answer.content) != (other.status_code, other.content):
            differing += [path] if normalise(answer) != normalise(other) else []
        if answer.headers["content-type"].startswith("text/html"):
            page = Links()
            page.feed(answer.text)
            new = {found.partition("#")[0] for found in page.paths} - met
            met |= new
            waiting += sorted(new)
    assert not differing
    assert pages > FEWEST
    for path in ("/", "/id/no-such", "/interview/no-such"):
        for accept in ("text/turtle", "application/ld+json", "application/n-triples"):
            asked = {"Accept": accept}
            assert normalise(site.get(path, headers=asked)) == normalise(remote.get(path, headers=asked)), path


@pytest.mark.slow
def test_downloads_are_written_from_the_server(published: tuple[TestClient, str], site: TestClient) -> None:
    remote, _ = published
    for form, name in ((ox.RdfFormat.TRIG, "all.trig"), (ox.RdfFormat.JSON_LD, "all.jsonld")):
        stores = [ox.Store(), ox.Store()]
        for store, client in zip(stores, (remote, site), strict=True):
            store.bulk_load(client.get(f"/data/{name}").content, form)
        assert set(stores[0]) == set(stores[1])
    whole = remote.get("/data/all.nq.gz")
    tag = whole.headers["etag"]
    assert remote.get("/data/all.nq.gz", headers={"If-None-Match": tag}).status_code == 304
    assert remote.get("/data/dates.nq", headers={"Range": "bytes=0-9"}).status_code == 206
    assert remote.get("/data/none.nq").status_code == 404


@pytest.mark.slow
def test_the_endpoint_passes_queries_on(published: tuple[TestClient, str], site: TestClient) -> None:
    remote, endpoint = published
    everything = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    queries: list[tuple[str, dict[str, str]]] = [
        (everything, {}),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", {}),
        ("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g", {}),
        (everything, {"default-graph-uri": "https://example.org/none"}),
        ("ASK { GRAPH <https://example.com/theirs> { ?s ?p ?o } }", {}),
        ("ASK { <x:other> ?p ?o }", {"default-graph-uri": "https://example.com/theirs"}),
        ("SELECT (STR(<a>) AS ?iri) { }", {}),
    ]
    for query, parameters in queries:
        asked = {"query": query, **parameters}
        for accept in ("application/sparql-results+json", "text/csv", "application/sparql-results+xml"):
            answers = [client.get("/sparql", params=asked, headers={"Accept": accept}) for client in (remote, site)]
            assert answers[0].status_code == answers[1].status_code == 200, answers[0].text
            assert answers[0].headers["content-type"] == answers[1].headers["content-type"]
            if accept == "text/csv":
                assert answers[0].text == answers[1].text, query
    for query in ("ASK {", "DROP ALL", "ASK { SERVICE <x:y> { } }", "ASK FROM <https://example.com/theirs> {}"):
        answers = [client.get("/sparql", params={"query": query}) for client in (remote, site)]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert answers[0].text.startswith("line 1, column "), answers[0].text
        assert re.split("[;:]", answers[0].text)[0] == re.split("[;:]", answers[1].text)[0]
    large = remote.get("/sparql", params={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"})
    assert large.status_code == 413
    assert remote.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "image/png"}).status_code == 406
    done = subprocess.run([*PROGRAM, str(Path()), "--endpoint", endpoint], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "a folder and --endpoint cannot be served at once; leave out one\n")


class Playing(httpx2.AsyncBaseTransport):
    """A server that answers all alike, and keeps what it was asked."""

    def __init__(self, answer: httpx2.Response | Exception) -> None:
        self.answer = answer
        self.forms: list[bytes] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.forms.append(await request.aread())
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def play(answer: httpx2.Response | Exception) -> tuple[Any, Playing]:
    """What the site says to a query when the server gives an answer."""
    engine, server = Remote("http://127.0.0.1:1/query", GRAPHS, LIMITS), Playing(answer)
    engine._client = httpx2.AsyncClient(transport=server)
    with TestClient(make_app(engine), base_url="http://localhost", raise_server_exceptions=False) as client:
        return client.get("/sparql", params={"query": "ASK { ?s ?p <a> }"}), server


def test_a_query_names_the_graphs_it_may_see() -> None:
    body = b'{"head":{},"boolean":true}'
    said, server = play(httpx2.Response(200, headers={"Content-Type": "application/sparql-results+json"}, content=body))
    assert (said.status_code, said.content) == (200, body)
    form = httpx2.QueryParams(server.forms[0].decode())
    assert form.get_list("default-graph-uri") == form.get_list("named-graph-uri") == list(GRAPHS)
    assert form["query"] == "BASE <http://localhost/sparql> ASK { ?s ?p <a> }"


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        (httpx2.Response(400, text="error at 1:7: expected one of A, B"), 400, "line 1, column 7: the query does not"),
        (httpx2.Response(503, headers={"Retry-After": "7"}), 503, "ask again later"),
        (httpx2.Response(504), 503, "ask again later"),
        (httpx2.Response(500, text="secret of the house"), 502, "does not answer as it should"),
        (httpx2.Response(302, headers={"Location": "https://example.org/"}), 502, "does not answer as it should"),
        (httpx2.Response(200, html="<h1>Welcome</h1>"), 502, "does not answer as it should"),
        (httpx2.ConnectError("no"), 502, "does not answer as it should"),
        (httpx2.ReadTimeout("late"), 503, "more than 20 seconds"),
        (httpx2.RemoteProtocolError("cut off"), 502, "does not answer as it should"),
    ],
)
def test_a_server_that_fails(answer: httpx2.Response | Exception, status: int, says: str) -> None:
    said, _ = play(answer)
    assert (said.status_code, says in said.text, said.text.count("\n")) == (status, True, 1), said.text
    assert "secret" not in said.text
    assert "127.0.0.1" not in said.text


def test_servers_that_cannot_be_served(server_saying: Callable[[int, str, bytes], str]) -> None:
    for status, kind, body, says in (
        (
            200,
            "text/html",
            b"<h1>Hi</h1>",
            "answered with text/html, not with application/sparql-results+json; is this",
        ),
        (500, "text/plain", b"oh", "HTTP 500, the server failed; it says: oh"),
        (
            200,
            "application/sparql-results+json",
            b'{"head":{"vars":["graph","triples"]},"results":{"bindings":[]}}',
            "no graphs are there; run: testimonia publish --endpoint http://127.0.0.1:",
        ),
    ):
        address = server_saying(status, kind, body)
        done = subprocess.run([*PROGRAM, "--endpoint", address], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr.startswith(address)
        assert says in done.stderr
        assert done.stderr.count("\n") == 1

"""The endpoint in process: operations, formats, data sets, and what is refused with which status and words."""

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

from testimonia.server.protocol import LARGEST_QUERY
from testimonia.server.workers.formats import GRAPH, TABULAR

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def count(client: TestClient, query: str = COUNT, **parameters: Any) -> int:
    answer = client.get("/sparql", params={"query": query, **parameters})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


@pytest.fixture(scope="module")
def graphs(client: TestClient) -> dict[str, int]:
    """The triples of each graph, counted by hand."""
    rows = client.get("/sparql", params={"query": "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"}).json()["results"]["bindings"]
    names = [row["g"]["value"] for row in rows]
    return {name: names.count(name) for name in set(names)}


@pytest.mark.parametrize("media_type", TABULAR)
def test_tables_in_every_format(client: TestClient, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": "SELECT ?x { VALUES ?x { 1 } }"}, headers={"Accept": media_type})
    assert answer.headers["content-type"].split(";")[0] == media_type
    assert "Accept" in answer.headers["vary"]
    assert "1" in answer.text
    if TABULAR[media_type] not in {ox.QueryResultsFormat.CSV}:
        rows = ox.parse_query_results(answer.content, format=TABULAR[media_type])
        assert isinstance(rows, ox.QuerySolutions)
        assert [row["x"].value for row in rows] == ["1"]


@pytest.mark.parametrize("media_type", GRAPH)
def test_triples_in_every_format(client: TestClient, media_type: str) -> None:
    query = "CONSTRUCT { <https://example.org/s> <https://example.org/p> 'Ä\"<' } {}"
    answer = client.get("/sparql", params={"query": query}, headers={"Accept": media_type})
    assert answer.headers["content-type"].split(";")[0] == media_type
    (quad,) = ox.parse(answer.content, format=GRAPH[media_type])
    assert quad.object.value == 'Ä"<'


def test_operations_give_the_same(client: TestClient) -> None:
    there = client.get("/sparql", params={"query": COUNT})
    assert there.content == client.post("/sparql", data={"query": COUNT}).content
    assert there.content == client.post("/sparql", content=COUNT.encode(), headers=DIRECT).content
    assert there.headers["content-type"] == "application/sparql-results+json"
    assert client.head("/sparql", params={"query": COUNT}).content == b""


def test_several_accept_headers_count_as_one(client: TestClient) -> None:
    headers = [("Accept", "text/html"), ("Accept", "text/csv;q=0.5"), ("Accept", "application/json;q=0.4")]
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers=headers)
    assert answer.headers["content-type"].startswith("text/csv")


def test_data_sets(client: TestClient, graphs: dict[str, int]) -> None:
    everything = sum(graphs.values())
    assert len(graphs) > 1
    assert count(client) == everything
    inside = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    for name, triples in graphs.items():
        others = next(other for other in graphs if other != name)
        assert count(client, COUNT.replace("{", f"FROM <{name}> {{", 1)) == triples
        assert count(client, **{"default-graph-uri": name}) == triples
        assert count(client, inside, **{"default-graph-uri": name}) == 0
        assert count(client, **{"named-graph-uri": name}) == 0
        assert count(client, inside, **{"named-graph-uri": name}) == triples
        assert count(client, COUNT.replace("{", f"FROM <{others}> {{", 1), **{"default-graph-uri": name}) == triples
    both: Any = {"default-graph-uri": list(graphs)}
    assert count(client, **both) == everything
    assert count(client, **{"default-graph-uri": "https://example.org/none"}) == 0


def test_other_sites_may_read(client: TestClient) -> None:
    origin = {"Origin": "https://example.org"}
    assert (
        client.get("/sparql", params={"query": "ASK {}"}, headers=origin).headers["access-control-allow-origin"] == "*"
    )
    refused = client.get("/sparql", params={"query": "ASK {"}, headers=origin)
    assert refused.headers["access-control-allow-origin"] == "*"
    asked = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    assert client.options("/sparql", headers=asked).status_code == 200
    assert client.options("/sparql").status_code == 204
    assert "access-control-allow-origin" not in client.get("/questions", headers=origin).headers


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT ?x {\n  ?x ?y }", "line 2, column 10: the query does not parse"),
        ("", "the query is empty"),
        ("LOAD <https://example.org/>", "line 1, column 1: LOAD is refused"),
        ("INSERT DATA { <x:a> <x:b> <x:c> }", "line 1, column 1: INSERT is refused"),
        ("ASK {\n SERVICE <https://example.org/> {} }", "line 2, column 2: SERVICE is refused"),
        ("ASK FROM <https://example.org/none> {}", "line 1, column 5: FROM names a graph that is not here"),
        (
            "PREFIX e: <https://example.org/> ASK FROM NAMED e:none {}",
            "line 1, column 38: FROM names a graph that is not here",
        ),
        ("ASK FROM <none> {}", "line 1, column 5: FROM names a graph that is not here"),
        ("ASK { \\u0053ERVICE <https://example.org/> {} }", "line 1, column 7"),
    ],
)
def test_malformed_queries(client: TestClient, query: str, says: str) -> None:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 400
    assert answer.text.startswith(says)
    assert answer.text.count("\n") == 1
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status", "says"),
    [
        ("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", b"", {}, 400, "2 parameters named query"),
        ("GET", "/sparql?other=1", b"", {}, 400, "no parameters named query"),
        ("GET", "/sparql?update=CLEAR%20ALL", b"", {}, 400, "nothing can be changed"),
        ("GET", "/sparql?query=%FF", b"", {}, 400, "UTF-8"),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", b"", {}, 400, "the query cannot be run"),
        ("GET", "/sparql?query=ASK%7B%7D", b"", {"Accept": "image/png"}, 406, "ASK gives one of"),
        ("GET", "/sparql?query=SELECT*%7B%7D", b"", {"Accept": "text/turtle"}, 406, "SELECT gives one of"),
        ("GET", "/sparql?query=DESCRIBE%3Cx:y%3E", b"", {"Accept": "text/csv"}, 406, "DESCRIBE gives one of"),
        ("GET", "/sparql", b"", {"Accept": "text/html"}, 406, "service description is one of"),
        ("PUT", "/sparql?query=ASK%7B%7D", b"", {}, 405, "PUT: method not allowed"),
        ("DELETE", "/", b"", {}, 405, "DELETE: method not allowed"),
        ("POST", "/sparql", b"ASK {}", {}, 415, "does not say what its body is"),
        ("POST", "/sparql", b"ASK {}", {"Content-Type": "text/plain"}, 415, "the body is text/plain"),
        ("POST", "/sparql", b"CLEAR ALL", {"Content-Type": "application/sparql-update"}, 415, "expected Content-Type"),
        ("POST", "/sparql", b"", {"Content-Type": "application/sparql-query; charset=UTF-16"}, 415, "expected UTF-8"),
        ("POST", "/sparql", b"ASK { '\xff' }", DIRECT, 400, "not UTF-8 (byte 7)"),
        ("POST", "/sparql?query=ASK%7B%7D", b"ASK {}", DIRECT, 400, "another in the body"),
        ("POST", "/sparql", b"#" * (LARGEST_QUERY + 1), DIRECT, 413, "the body has more than 262,144 bytes"),
        ("POST", "/sparql", b"a=&" * 2000, FORM, 400, "too many parameters"),
        ("GET", "/nothing/here", b"", {}, 404, "nothing at this address"),
        ("GET", "/../../etc/passwd", b"", {}, 404, "nothing at this address"),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", b"", {}, 404, "nothing at this address"),
    ],
)
def test_bad_requests(  # noqa: PLR0917
    client: TestClient, method: str, path: str, body: bytes, headers: dict[str, str], status: int, says: str
) -> None:
    answer = client.request(method, path, content=body, headers=headers)
    assert (answer.status_code, says in answer.text) == (status, True), answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_is_asked_in_pieces_is_cut_off(client: TestClient) -> None:
    pieces: Iterator[bytes] = (b"#" * 1024 for _ in range(1024))
    assert client.post("/sparql", content=pieces, headers=DIRECT).status_code == 413


def test_an_answer_goes_out_whole_or_not_at_all(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"})
    assert answer.status_code == 413
    assert answer.text == "the answer has more than 1,048,576 bytes; ask for less (LIMIT)\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("query", "says"),
    [
        (HEAVY.replace("}", ". ?j ?k ?l . ?m ?n2 ?o }"), "more than 2 seconds"),
        (HEAVY.replace("(COUNT(*) AS ?n)", "*") + " ORDER BY ?a ?b", "more than "),
        ("ASK { FILTER(" + "(" * 50_000 + "1" + ")" * 50_000 + ") }", "more than "),
    ],
)
def test_a_query_that_takes_too_much_is_stopped(client: TestClient, query: str, says: str) -> None:
    answer = client.post("/sparql", content=query.encode(), headers=DIRECT)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert answer.text.startswith("the query was stopped: ")
    assert says in answer.text
    again = client.get("/sparql", params={"query": "SELECT (RAND() < 2 AS ?yes) {}"}, headers={"Accept": "text/csv"})
    assert again.text == "yes\r\ntrue\r\n"  # never answered from memory


def test_nothing_is_fetched(client: TestClient) -> None:
    """A server on this machine that no query ever reaches."""
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.5)
        calls: list[bytes] = []

        def listen() -> None:
            try:
                connection, _ = trap.accept()
            except TimeoutError:
                return
            with connection:
                calls.append(connection.recv(1000))

        thread = threading.Thread(target=listen)
        thread.start()
        address = f"http://127.0.0.1:{trap.getsockname()[1]}/"
        for query in (
            f"ASK {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"ASK {{ sErViCe sIlEnT <{address}> {{ ?s ?p ?o }} }}",
            f"ASK {{ VALUES ?x {{ <{address}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
            f"ASK FROM <{address}> {{ ?s ?p ?o }}",
            f"ASK FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
            f"LOAD <{address}>",
        ):
            assert client.post("/sparql", data={"query": query}).status_code == 400
        asked = {"query": "ASK { ?s ?p ?o }", "default-graph-uri": address}
        assert client.get("/sparql", params=asked).json()["boolean"] is False
        assert client.post("/sparql", data={"update": f"LOAD <{address}>"}).status_code == 400
        thread.join()
        assert calls == []

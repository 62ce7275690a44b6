"""A SPARQL server in this process: the protocols over a store in memory, which fails where a test wants it to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

VALDORIA = Path(__file__).resolve().parents[2] / "cases" / "questions" / "valdoria.trig"
JSON, TRIPLES = "application/sparql-results+json", "application/n-triples"


@dataclass
class Fault:
    """What goes wrong with the request of a number: an HTTP status, or a connection that breaks; `done` even so."""

    number: int
    status: int = 500
    done: bool = False
    body: bytes = b"the disk is full"
    kind: str = "text/plain"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Played:
    """The server: its store, what goes wrong, and what it was asked: method, path, Authorization."""

    address: str = ""
    store: ox.Store = field(default_factory=ox.Store)
    faults: list[Fault] = field(default_factory=list)
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)

    def count(self) -> dict[str, int]:
        """The triples of each graph."""
        names = [quad.graph_name.value for quad in self.store if isinstance(quad.graph_name, ox.NamedNode)]
        return {name: names.count(name) for name in sorted(set(names))}

    def act(self, method: str, path: str, body: bytes) -> tuple[int, str, bytes]:
        """Do what is asked; give status, media type and body."""
        parts = urlsplit(path)
        if (method, parts.path) == ("POST", "/query"):
            results = self.store.query(parse_qs(body.decode())["query"][0])
            assert isinstance(results, ox.QuerySolutions)
            return 200, JSON, results.serialize(format=ox.QueryResultsFormat.JSON) or b""
        if (method, parts.path) == ("POST", "/update"):
            self.store.update(body.decode())
            return 204, "text/plain", b""
        graph = ox.NamedNode(parse_qs(parts.query)["graph"][0])
        quads = list(self.store.quads_for_pattern(None, None, None, graph))
        if method == "GET":
            found = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
            return (200, TRIPLES, found) if quads else (404, "text/plain", b"no such graph")
        assert method == "PUT"
        self.store.remove_graph(graph)
        self.store.bulk_load(body, ox.RdfFormat.N_TRIPLES, to_graph=graph)
        return 201, "text/plain", b""


@pytest.fixture
def server() -> Iterator[Played]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            number = len(played.asked)
            played.asked.append((self.command, self.path, self.headers.get("Authorization")))
            fault = next((f for f in played.faults if f.number == number), None)
            status, kind, content, headers = 0, "", b"", {}
            if fault is None or fault.done:
                status, kind, content = played.act(self.command, self.path, body)
            if fault is not None:
                if not fault.status:
                    self.close_connection = True
                    return
                status, kind, content, headers = fault.status, fault.kind, fault.body, fault.headers
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_PUT = do_POST  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    played = Played()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    played.address = f"http://127.0.0.1:{listening.server_port}/query"
    thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield played
    listening.shutdown()
    thread.join()
    listening.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the graph of Valdoria, a file for each named graph."""
    for quad in ox.parse(path=VALDORIA, format=ox.RdfFormat.TRIG):
        path = tmp_path / "graph" / f"{quad.graph_name.value.partition('/graph/')[2]}.nq"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{quad} .\n")
    return tmp_path / "graph"

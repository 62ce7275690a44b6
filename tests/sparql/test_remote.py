"""Endpoints that are dead, busy, rude, broken or redirecting, and what is said of them; one server plays all."""

import base64
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from testimonia.core.answer import Solutions, Statements
from testimonia.core.errors import QueryError, RemoteError
from testimonia.sparql import remote
from testimonia.sparql.hosts import LONGEST_WAIT, clean_words, find_wait, name_endpoint
from testimonia.sparql.remote import run_remote_query

SELECT = "SELECT ?x { ?x ?y ?z }"
RESULTS = "application/sparql-results+json"
BODY = json.dumps(
    {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "a", "xml:lang": "en"}}, {}]}}
)


@dataclass
class Reply:
    """What the server says next; `length` lies about the body's length, `chunked` breaks off after one chunk."""

    status: int = 200
    kind: str = RESULTS
    body: str = BODY
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    chunked: bool = False


@dataclass
class Played:
    """The server: what it will say, and what it was sent."""

    address: str
    replies: list[Reply] = field(default_factory=list)
    requests: list[tuple[str, Message, dict[str, list[str]]]] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Played]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            played.requests.append((self.command, self.headers, parse_qs(body)))
            reply = played.replies.pop(0)
            content = reply.body.encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.kind)
            if reply.chunked:
                self.send_header("Transfer-Encoding", "chunked")
                content = f"{len(content) + 9:x}\r\n".encode() + content
            else:
                self.send_header("Content-Length", str(reply.length or len(content)))
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    played = Played(f"http://127.0.0.1:{listening.server_port}/sparql")
    thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield played
    listening.shutdown()
    thread.join()
    listening.server_close()


def never(_: float) -> None:
    raise AssertionError("nobody asked to wait")


def with_password(address: str) -> str:
    return address.replace("http://", "http://mira:se%2Fcret@")


def test_select(server: Played) -> None:
    server.replies = [Reply()]
    answer = run_remote_query(server.address, SELECT, wait=never)
    assert answer == Solutions(("x",), ((ox.Literal("a", language="en"),), (None,)))
    method, headers, form = server.requests[0]
    assert (method, form["query"]) == ("POST", [SELECT])
    assert RESULTS in headers["Accept"]


def test_ask(server: Played) -> None:
    server.replies = [Reply(body='{"head": {}, "boolean": true}')]
    assert run_remote_query(server.address, "ASK { }", wait=never) is True


def test_construct(server: Played) -> None:
    server.replies = [Reply(kind="text/turtle; charset=utf-8", body='<a:s> <a:p> "b", "a" .')]
    answer = run_remote_query(server.address, "CONSTRUCT WHERE { ?s ?p ?o }", wait=never)
    assert isinstance(answer, Statements)
    assert [t.object.value for t in answer.triples if isinstance(t.object, ox.Literal)] == ["a", "b"]


def test_password_is_sent_and_never_printed(server: Played) -> None:
    server.replies = [Reply(), Reply(401, "text/plain", "mira may not come in with se/cret, nor se%2Fcret")]
    run_remote_query(with_password(server.address), SELECT, wait=never)
    assert server.requests[0][1]["Authorization"] == "Basic " + base64.b64encode(b"mira:se/cret").decode()
    with pytest.raises(RemoteError) as caught:
        run_remote_query(with_password(server.address), SELECT, wait=never)
    assert "HTTP 401" in str(caught.value)
    assert "cret" not in str(caught.value)


def test_busy_server_is_asked_again_as_it_wishes(server: Played) -> None:
    server.replies = [Reply(503, headers={"Retry-After": "7"}), Reply(503), Reply()]
    waited: list[float] = []
    assert isinstance(run_remote_query(server.address, SELECT, wait=waited.append), Solutions)
    assert waited == [7.0, 2.0]


def test_busy_server_is_given_up(server: Played) -> None:
    server.replies = [Reply(503, "text/plain", "later") for _ in range(3)]
    waited: list[float] = []
    with pytest.raises(RemoteError, match="HTTP 503, the server is too busy; it says: later"):
        run_remote_query(server.address, SELECT, wait=waited.append)
    assert waited == [1.0, 2.0]
    assert len(server.requests) == 3


def test_long_queries_travel_in_the_body(server: Played) -> None:
    query = f'SELECT ?x {{ ?x ?y "{"é%20+&=" * 20_000}" }}'
    server.replies = [Reply()]
    run_remote_query(server.address, query, wait=never)
    assert server.requests[0][2]["query"] == [query]


def test_a_giant_answer_is_not_read_to_its_end(server: Played, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "LARGEST_ANSWER", 1000)
    server.replies = [Reply(body=BODY + " " * 1000)]
    with pytest.raises(RemoteError, match=r"an answer of more than 1,000 bytes; ask for less \(LIMIT\)"):
        run_remote_query(server.address, SELECT, wait=never)


def test_an_answer_that_trickles_is_given_up(server: Played) -> None:
    server.replies = [Reply(), Reply()]
    ticks = iter((0.0, 60.0, 0.0, 60.1))  # the beginning and the first piece of two answers
    run_remote_query(server.address, SELECT, wait=never, clock=lambda: next(ticks))
    with pytest.raises(RemoteError, match=r"bytes and no end in the time given; try a longer --timeout"):
        run_remote_query(server.address, SELECT, wait=never, clock=lambda: next(ticks))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "where"),
    [
        ("https://me:pass@sparql.example/q?key=1", "https://sparql.example/q"),
        ("http://[", "an address that is none"),
        ("/new\x1b[2J", "/new"),
    ],
)
def test_moved_endpoints_are_not_followed(server: Played, status: int, location: str, where: str) -> None:
    """A redirection of POST would go on as GET, without the query, or send the query to who knows whom."""
    server.replies = [Reply(status, "text/plain", "", {"Location": location})]
    with pytest.raises(RemoteError) as caught:
        run_remote_query(server.address, SELECT, wait=never)
    assert where in str(caught.value)
    assert "has moved to" in str(caught.value)
    assert str(caught.value).isprintable()
    assert "pass" not in str(caught.value)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (
            Reply(400, "text/plain", "parse error\x1b[31m at <b>\n 1:1"),
            "HTTP 400, the query was refused; it says: parse",
        ),
        (Reply(403, "text/plain", ""), "HTTP 403, access is not allowed"),
        (
            Reply(404, "text/plain", "no such page"),
            "HTTP 404, there is no endpoint at this address; it says: no such page",
        ),
        (Reply(418, "text/plain", "tea"), "HTTP 418, the request was refused; it says: tea"),
        (Reply(500, "text/plain", "oh"), "HTTP 500, the server failed; it says: oh"),
        (Reply(502, "text/plain", "oh"), "HTTP 502, the server failed; it says: oh"),
        (Reply(kind="text/html", body="<h1>Welcome</h1>"), "answered with text/html, not with SPARQL JSON results"),
        (Reply(body='{"head": {"vars"'), "cannot be read"),
        (Reply(body='{"results": 1}'), "cannot be read"),
        (Reply(body="[]"), "cannot be read"),
        (Reply(body="\ufffd\x00"), "cannot be read"),
        (Reply(body=BODY, length=5000), "broke off after"),
        (Reply(body=BODY, chunked=True), "broke off in mid-answer (IncompleteRead); try again"),
        (Reply(kind="", body="?"), "answered with text/plain, not with SPARQL JSON results"),
    ],
)
def test_bad_answers(server: Played, reply: Reply, message: str) -> None:
    server.replies = [reply]
    with pytest.raises(RemoteError) as caught:
        run_remote_query(server.address, SELECT, timeout=5, wait=never)
    said = str(caught.value)
    assert said.startswith(server.address)
    assert message in said
    assert said.isprintable()
    assert len(said) < 600


def test_dead_host() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://mira:secret@127.0.0.1:{taken.getsockname()[1]}/sparql"
        with pytest.raises(RemoteError, match="out of reach") as caught:
            run_remote_query(address, SELECT, wait=never)
    assert "secret" not in str(caught.value)


def test_names_that_no_host_can_have() -> None:
    with pytest.raises(RemoteError, match=r"out of reach: .*label"):
        run_remote_query(f"http://{'a' * 70}.example/", SELECT, wait=never)


def test_silent_host() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(RemoteError, match="no answer within"),
    ):
        run_remote_query(f"http://127.0.0.1:{silent.getsockname()[1]}/", SELECT, timeout=0.1, wait=never)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sparql",
        "file:///etc/passwd",
        "ftp://example.org/",
        "http://",
        "http://a:b:c/",
        "http://[/",
        "http://a b/",
        "http://example.org/\r\nX: y",
        "http://é.example/",
    ],
)
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(QueryError, match="the endpoint is no address"):
        run_remote_query(address, SELECT, wait=never)


@pytest.mark.parametrize("query", ["DROP ALL", "SELECT * FROM <a:a> { }", "ASK { SERVICE <a:a> { } }"])
def test_nothing_forbidden_is_sent(server: Played, query: str) -> None:
    with pytest.raises(QueryError, match="refused"):
        run_remote_query(server.address, query, wait=never)
    assert not server.requests


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 1.0),
        ({"Retry-After": "soon"}, 1.0),
        ({"Retry-After": "99999"}, LONGEST_WAIT),
        ({"Retry-After": "Wed, 04 May 2031 10:00:09 GMT", "Date": "Wed, 04 May 2031 10:00:00 GMT"}, 9.0),
        ({"Retry-After": "Wed, 04 May 2031 10:00:00 GMT", "Date": "Wed, 04 May 2031 10:00:09 GMT"}, 0.0),
        ({"Retry-After": "Wed, 04 May 2031 10:00:00 GMT"}, 1.0),
    ],
)
def test_waits(headers: dict[str, str], expected: float) -> None:
    message = Message()
    for name, value in headers.items():
        message[name] = value
    assert find_wait(message) == expected


def test_names_and_words() -> None:
    assert name_endpoint("http://a:b@h/p?api_key=k#f") == "http://h/p"
    assert len(clean_words("x" * 1000)) == 300

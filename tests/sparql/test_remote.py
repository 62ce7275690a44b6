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

from testimonia.errors import QueryError, RemoteError
from testimonia.model.answer import Solutions, Statements
from testimonia.sparql.remote import LONGEST_WAIT, clean_words, find_wait, name_endpoint, run_remote_query

SELECT = "SELECT ?x { ?x ?y ?z }"
RESULTS = "application/sparql-results+json"
BODY = json.dumps(
    {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "a", "xml:lang": "en"}}, {}]}}
)


@dataclass
class Reply:
    """What the server says next; `length` lies about the body's length."""

    status: int = 200
    kind: str = RESULTS
    body: str = BODY
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None


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


def test_password_does_not_follow_a_redirection(server: Played) -> None:
    moved = server.address.replace("127.0.0.1", "localhost") + "/elsewhere"
    server.replies = [Reply(302, "text/plain", "", {"Location": moved}), Reply()]
    with pytest.raises(RemoteError, match=r"has moved to http://localhost:\d+/sparql/elsewhere; ask there"):
        run_remote_query(with_password(server.address), SELECT, wait=never)
    assert [headers.get("Authorization") is not None for _, headers, _ in server.requests] == [True, False]


def test_busy_server_is_asked_again_as_it_wishes(server: Played) -> None:
    server.replies = [Reply(503, headers={"Retry-After": "7"}), Reply(503), Reply()]
    waited: list[float] = []
    assert isinstance(run_remote_query(server.address, SELECT, wait=waited.append), Solutions)
    assert waited == [7.0, 1.0]


def test_busy_server_is_given_up(server: Played) -> None:
    server.replies = [Reply(503, "text/plain", "later") for _ in range(3)]
    waited: list[float] = []
    with pytest.raises(RemoteError, match="HTTP 503, the server is too busy; it says: later"):
        run_remote_query(server.address, SELECT, wait=waited.append)
    assert len(waited) == 2


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


def test_silent_host() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(RemoteError, match="no answer within"),
    ):
        run_remote_query(f"http://127.0.0.1:{silent.getsockname()[1]}/", SELECT, timeout=0.1, wait=never)


@pytest.mark.parametrize(
    "address", ["", "sparql", "file:///etc/passwd", "ftp://example.org/", "http://", "http://a:b:c/", "http://[/"]
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

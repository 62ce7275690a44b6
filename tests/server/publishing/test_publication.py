"""Publishing: what is new, changed, gone or of others; and that a server which fails anywhere keeps a whole state."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.errors import RemoteError, TestimoniaError
from testimonia.server.publishing.portions import read_portions
from testimonia.server.publishing.publication import UNKNOWN, UNSURE, UNTOUCHED, Published, publish
from testimonia.server.publishing.server import Server, find_addresses
from testimonia.sparql.sending import Connection

from .conftest import Fault, Played

BASE = "https://example.org/valdoria/"
OTHERS = ["https://example.com/graph/dates", f"{BASE}notes", f"{BASE}graph/notes"]
GRAPHS = 8
STEPS = 2 * GRAPHS + 7
"""Requests for all graphs, of which one is new and one differs."""


def run(played: Played, folder: Path) -> Published:
    line = Connection(find=lambda _: None, timeout=5, wait=lambda _: None)
    return publish(*read_portions(folder), Server(find_addresses(played.address), line))


def add(played: Played, graph: str, *names: str) -> None:
    for name in names:
        node = ox.NamedNode(f"https://example.org/{name}")
        played.store.add(ox.Quad(node, node, node, ox.NamedNode(graph)))


@pytest.fixture
def earlier(server: Played, folder: Path) -> Played:
    """The server with an earlier edition: one graph not yet there, one with other triples, one too many."""
    base, portions = read_portions(folder)
    assert base == BASE
    for name, portion in portions.items():
        if not name.endswith("/dates"):
            server.store.bulk_load(portion.content, ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(name))
    add(server, f"{BASE}graph/interview/val-quist", "withdrawn")
    add(server, f"{BASE}graph/interview/val-gone", "a", "b")
    add(server, f"{BASE}staging/graph/dates", "left")
    for other in OTHERS:
        add(server, other, "foreign")
    return server


def test_an_empty_server_gets_all(server: Played, folder: Path) -> None:
    done = run(server, folder)
    assert len(done.new) == GRAPHS
    assert (done.replaced, done.same, done.removed, done.others) == ((), (), (), ())
    assert server.count() == {name: p.measure.triples for name, p in read_portions(folder)[1].items()}
    asked = len(server.asked)
    assert len(run(server, folder).same) == GRAPHS
    assert {method for method, _, _ in server.asked[asked:]} == {"GET", "POST"}
    assert not [path for _, path, _ in server.asked[asked:] if path == "/update"]


def test_what_is_published_anew(earlier: Played, folder: Path) -> None:
    done = run(earlier, folder)
    assert done.new == (f"{BASE}graph/dates",)
    assert done.replaced == (f"{BASE}graph/interview/val-quist",)
    assert len(done.same) == GRAPHS - 2
    assert done.removed == (f"{BASE}graph/interview/val-gone",)
    assert done.others == tuple(sorted(OTHERS))
    wanted = {name: p.measure.triples for name, p in read_portions(folder)[1].items()}
    assert earlier.count() == dict(sorted({**wanted, **dict.fromkeys(OTHERS, 1)}.items()))
    assert len(earlier.asked) == STEPS


@pytest.mark.parametrize("number", range(STEPS))
@pytest.mark.parametrize(("status", "done"), [(500, False), (0, False), (0, True), (502, True)])
def test_a_server_that_fails_keeps_a_whole_state(
    earlier: Played, folder: Path, number: int, status: int, done: bool
) -> None:
    """Whichever request fails, and whether it was done all the same, our graphs are those before or those after."""

    def find_ours() -> dict[str, int]:
        return {name: n for name, n in earlier.count().items() if name not in OTHERS and "/staging/" not in name}

    old = find_ours()
    new = {name: p.measure.triples for name, p in read_portions(folder)[1].items()}
    earlier.faults = [Fault(number, status, done)]
    with pytest.raises(RemoteError) as caught:
        run(earlier, folder)
    said = str(caught.value)
    ours = find_ours()
    assert ours in (old, new)
    assert {name: earlier.count()[name] for name in OTHERS} == dict.fromkeys(OTHERS, 1)
    assert said.endswith((UNTOUCHED, UNKNOWN, UNSURE))
    if said.endswith(UNTOUCHED):
        assert ours == old
    if said.endswith(UNSURE):
        assert ours == new
    earlier.faults = []
    run(earlier, folder)
    assert find_ours() == new
    assert not [name for name in earlier.count() if "/staging/" in name]


def test_what_was_put_is_taken_away_again(earlier: Played, folder: Path) -> None:
    put = next(n for n in range(STEPS) if _find_method(earlier, folder, n) == "PUT")
    earlier.faults = [Fault(len(earlier.asked) + put + 1)]
    with pytest.raises(RemoteError, match="HTTP 500"):
        run(earlier, folder)
    assert not [name for name in earlier.count() if "/staging/" in name]


def _find_method(played: Played, folder: Path, number: int) -> str:
    """What kind of request has a number, when nothing fails; the store is then as it was."""
    kept, asked = list(played.store), len(played.asked)
    run(played, folder)
    methods = [method for method, _, _ in played.asked[asked:]]
    played.asked = played.asked[:asked]
    played.store.clear()
    played.store.extend(kept)
    return methods[number]


def test_a_server_that_loses_triples_is_found_out(earlier: Played, folder: Path) -> None:
    act = earlier.act

    def lose(method: str, path: str, body: bytes) -> tuple[int, str, bytes]:
        return act(method, path, b"".join(body.splitlines(keepends=True)[1:]) if method == "PUT" else body)

    before = earlier.count()
    earlier.act = lose  # type: ignore[method-assign]
    with pytest.raises(RemoteError, match=rf"has \d+ triples there; expected \d+; {UNTOUCHED}|there; expected"):
        run(earlier, folder)
    after = earlier.count()
    assert {n: c for n, c in before.items() if "/staging/" not in n} == after


def test_a_busy_server_is_asked_again(server: Played, folder: Path) -> None:
    server.faults = [Fault(n, 503, headers={"Retry-After": "1"}) for n in (0, 1, 5)]
    assert len(run(server, folder).new) == GRAPHS
    server.faults = [Fault(len(server.asked) + n, 503) for n in range(3)]
    with pytest.raises(RemoteError, match="HTTP 503, the server is too busy; it says: the disk is full; nothing"):
        run(server, folder)


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault(0, 200, body=b"<h1>Welcome</h1>", kind="text/html"), "answered with text/html, not with application/sp"),
        (Fault(0, 200, body=b"{", kind="application/sparql-results+json"), "its list of graphs cannot be read"),
        (Fault(0, 404), "HTTP 404, there is nothing at this address; is this the address of queries?"),
        (Fault(0, 405), "HTTP 405, this address does not take such requests; it says: the disk is full"),
        (Fault(0, 302, headers={"Location": "http://localhost/a?b=c"}), "has moved to http://localhost/a; ask there"),
        (Fault(1, 404), "HTTP 404, no graphs are kept at this address (--store)"),
        (Fault(GRAPHS + 1, 200, body=b"<x:a> <x:b>", kind="application/n-triples"), "does not parse"),
        (Fault(GRAPHS + 1, 200, body=b"", kind="text/html"), "is this the address of graphs (--store)?"),
        (Fault(2 * GRAPHS + 1, 404), "HTTP 404, no updates are taken at this address (--update)"),
        (Fault(2 * GRAPHS + 1, 401), "HTTP 401, a user name and password are needed"),
    ],
    ids=lambda value: "" if isinstance(value, Fault) else value[:30],
)
def test_servers_that_are_none(server: Played, folder: Path, fault: Fault, says: str) -> None:
    server.faults = [fault]
    with pytest.raises(RemoteError) as caught:
        run(server, folder)
    said = str(caught.value)
    assert says in said
    assert said.endswith(UNTOUCHED)
    assert said.isprintable()
    assert not server.count()


def test_graphs_that_are_not_named_as_ours(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text("<x:a> <x:b> <x:c> <https://example.org/graph/dates> .\n<x:a> <x:b> <x:c> <x:g> .\n")
    with pytest.raises(TestimoniaError, match=r"a graph is called <x:g>; expected https://example.org/graph/"):
        read_portions(tmp_path)
    (tmp_path / "a.nq").write_text("<x:a> <x:b> <x:c> <https://example.org/graph/dates> .\n<x:a> <x:b> <x:c> .\n")
    with pytest.raises(TestimoniaError, match="a triple is in no named graph"):
        read_portions(tmp_path)

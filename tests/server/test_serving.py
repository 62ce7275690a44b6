"""The program over real HTTP: how it starts, ends, refuses to start, and what it does with requests that are none."""

import http.client
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest

from testimonia.core.layout import Layout

pytestmark = pytest.mark.slow

PROGRAM = [sys.executable, "-c", "from testimonia.cli import main; main()", "serve"]
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }"
StartServer = Callable[..., "AbstractContextManager[tuple[str, subprocess.Popen[str]]]"]


def run(*arguments: str) -> tuple[int, str]:
    done = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, timeout=30, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


def talk(address: str, request: bytes) -> bytes:
    """What a server answers to bytes."""
    place = urlsplit(address)
    assert place.hostname is not None
    with socket.create_connection((place.hostname, place.port or 80), timeout=10) as connection:
        connection.sendall(request)
        return connection.makefile("rb").read()


@pytest.fixture(scope="module")
def address(serve: Callable[..., str], valdoria: Path) -> str:
    return serve(valdoria, "--seconds", "3", "--allowed-host", "data.example")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_told_to_and_leaves_nothing(
    valdoria: Path, start_server: StartServer, number: signal.Signals
) -> None:
    with start_server(valdoria) as (address, server):
        place = urlsplit(address)
        assert place.hostname is not None
        with socket.create_connection((place.hostname, place.port or 80)) as connection:
            connection.sendall(f"GET /sparql?query={quote(HEAVY)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert urlopen(f"{address}sparql?query=ASK%7B%7D").status == 200
            children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text("ascii").split()
            server.send_signal(number)
            assert server.wait(15) == 0
        assert children
        assert not any(Path(f"/proc/{child}").exists() for child in children)


def test_a_taken_port(valdoria: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = run(str(valdoria), "--port", str(port))
    assert said == (2, f"port {port} on 127.0.0.1 is taken; choose another: --port NUMBER\n")


@pytest.mark.parametrize("option", [("--host", "0.0.0.0"), ("--allowed-host", "data.example")])
def test_texts_do_not_leave_this_machine(valdoria: Path, tmp_path: Path, option: tuple[str, str]) -> None:
    code, message = run(str(valdoria), "--texts", str(tmp_path), *option)
    assert code == 2
    assert "do not leave this machine" in message


def test_a_host_that_is_not_here(valdoria: Path) -> None:
    code, said = run(str(valdoria), "--port", "0", "--host", "192.0.2.1")
    assert (code, said.partition(":")[0]) == (2, "cannot listen on 192.0.2.1, port 0")


def test_graphs_that_cannot_be_served(tmp_path: Path) -> None:
    assert run(str(tmp_path)) == (2, f"{tmp_path.name}/: no graph here (*.nq). Build it: make. [graph-missing]\n")
    (tmp_path / "a.nq").write_text("<x:a> <x:b> <x:c> .\n<x:a> <x:b", "utf-8")
    code, said = run(str(tmp_path))
    assert code == 2
    assert "a.nq:2:" in said
    assert "not N-Quads" in said


def test_a_graph_that_was_cut_off(tmp_path: Path, project_layout: Layout) -> None:
    folder = tmp_path / "graph"
    shutil.copytree(project_layout.graph, folder)
    path = folder / "dates.nq"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    (folder / "entities.nq").unlink()
    code, said = run(str(folder))
    assert code == 2
    assert said.splitlines() == [
        "graph/dates.nq: was changed or cut off: it is not what MANIFEST.json says. Build it anew: make."
        " [damaged-graph]",
        "graph/entities.nq: is missing. Build it anew: make. [damaged-graph]",
        "2 problems.",
    ]
    (folder / "MANIFEST.json").write_text("[]", "utf-8")
    assert run(str(folder)) == (
        2,
        "graph/MANIFEST.json: not a manifest of a graph. Build it anew: make. [damaged-graph]\n",
    )


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("127.0.0.1:80", 200), ("data.example", 200), ("evil.example", 400), ("", 400)],
)
def test_only_known_hosts_are_answered(address: str, host: str, status: int) -> None:
    answer = talk(address, f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    assert answer.split()[1] == str(status).encode()


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n",
        b"GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET /sparql?query=" + b"%20" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ],
    ids=["nonsense", "nul", "nul-in-header", "line-breaks", "length", "long"],
)
def test_requests_that_are_none(address: str, request_: bytes) -> None:
    answer = talk(address, request_)
    assert answer.split()[1] in {b"400", b"404", b"413", b"414"}
    assert b"Set-Cookie" not in answer
    assert b"Traceback" not in answer
    assert urlopen(f"{address}sparql?query=ASK%7B%7D").status == 200


def test_who_hangs_up_is_not_worked_for(address: str) -> None:
    """More heavy queries than there is place for, each given up at once: the next is answered all the same."""
    place = urlsplit(address)
    assert place.hostname is not None
    for _ in range(30):
        with socket.create_connection((place.hostname, place.port or 80)) as connection:
            connection.sendall(f"GET /sparql?query={quote(HEAVY)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    began = time.monotonic()
    assert urlopen(f"{address}sparql?query={quote('SELECT (RAND() AS ?n) { }')}").status == 200
    assert time.monotonic() - began < 3


def test_light_queries_are_answered_while_heavy_ones_run(serve: Callable[..., str], project_layout: Layout) -> None:

    address = serve(project_layout.graph, "--seconds", "30")
    statuses: list[int] = []

    def ask_heavy() -> None:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        connection.request("POST", "/sparql", HEAVY, {"Content-Type": "application/sparql-query"})
        statuses.append(connection.getresponse().status)

    heavy = [threading.Thread(target=ask_heavy) for _ in range(4)]
    for thread in heavy:
        thread.start()
    times: list[float] = []
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    light = "SELECT * {{ ?s ?p ?o }} LIMIT 20 # {}"  # each different, so that none is answered from memory
    while any(thread.is_alive() for thread in heavy):
        began = time.monotonic()
        connection.request("GET", f"/sparql?query={quote(light.format(len(times)))}")
        assert len(connection.getresponse().read()) > 1000
        times.append(time.monotonic() - began)
        heavy[0].join(0.05)
    assert statuses == [503] * 4
    assert len(times) > 100
    assert sorted(times)[int(len(times) * 0.95)] < 0.25

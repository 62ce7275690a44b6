"""Serving: SPARQL over HTTP, ours beside bare `oxigraph serve-read-only` and rdflib-endpoint, where that is named.

Run: .venv/bin/python benchmarks/serve.py [TRIPLES [RDFLIB-ENDPOINT]]. Serves graph/, copied until it has so many
triples (by default as it is). Prints seconds from start to first answer; small queries a second over four connections,
one query again and again (ours answers from memory) and each query different from all before (no cache can answer),
with the server's processor time for each answer; seconds for larger queries (the median of fifteen).
"""

import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

from rich.console import Console
from rich.table import Table

from testimonia.core.layout import find_layout

T = "PREFIX t: <https://w3id.org/testimonia/ontology#> "
LIGHT = {
    "one thing": "SELECT ?p ?o { <https://w3id.org/testimonia/term/modality/%s> ?p ?o }",
    "twenty claims": T + "SELECT ?claim ?who { ?claim t:statedBy ?who ; t:modality ?m "
    "FILTER(?m != <https://w3id.org/testimonia/term/modality/%s>) } LIMIT 20",
}
MODALITIES = ("occurred", "habitual", "holds", "feared", "judged", "planned")
HEAVY = {
    "count predicates": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)",
    "claims by voice and kind": T
    + "SELECT ?who ?kind (COUNT(?claim) AS ?n) { ?claim t:statedBy ?who ; t:about ?thing . ?thing a ?kind } "
    "GROUP BY ?who ?kind ORDER BY DESC(?n)",
}
CONNECTIONS = 4
SECONDS = 3.0
FIRST = LIGHT["one thing"] % MODALITIES[0]
Value = tuple[float, str]
"""A measured value, and how it is shown."""


def write_copies(folder: Path, wanted: int) -> int:
    """Write the real graph into a folder, its interviews copied under other names until there are so many triples."""
    source = find_layout(Path(__file__).parent).graph
    files = {path.relative_to(source): path.read_text("utf-8") for path in sorted(source.rglob("*.nq"))}
    total = sum(text.count("\n") for text in files.values())
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    interviews = [text for path, text in files.items() if path.parent.name == "interview"]
    copy = 0
    while total < wanted:
        copy += 1
        text = "".join(interviews).replace("testimonia/interview/", f"testimonia/interview/copy-{copy}-")
        text = text.replace("graph/interview/", f"graph/interview/copy-{copy}-")
        (folder / f"copy-{copy}.nq").write_text(text, "utf-8")
        total += text.count("\n")
    return total


def receive(connection: socket.socket) -> bytes:
    part = connection.recv(65536)
    if not part:
        raise ConnectionError("the server has hung up")
    return part


def ask(connection: socket.socket, request: bytes) -> bytes:
    """Send a request over a connection that stays open; give the body."""
    connection.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        received += receive(connection)
    head, _, body = received.partition(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise RuntimeError(head.decode() + body.decode())
    length = re.search(rb"(?i)content-length: *([0-9]+)", head)
    if length:
        while len(body) < int(length[1]):
            body += receive(connection)
    else:
        while not body.endswith(b"0\r\n\r\n"):
            body += receive(connection)
    return body


def make_request(path: str, query: str) -> bytes:
    accept = "application/sparql-results+json"
    return f"GET {path}?query={quote(query)} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n\r\n".encode()


@contextmanager
def start(command: list[str], port: int, path: str) -> Iterator[tuple[int, float]]:
    """Run a server; give its process, and the seconds from its start to its first answer."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            while True:
                try:
                    with socket.create_connection(("127.0.0.1", port)) as connection:
                        ask(connection, make_request(path, FIRST))
                    break
                except ConnectionError:
                    time.sleep(0.01)
            yield server.pid, time.perf_counter() - began
        finally:
            server.terminate()


def measure_processors(pid: int) -> float:
    """Give the seconds of processor time that a process and those below it have used."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    own = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(measure_processors(int(child)) for child in children)


def measure_rate(port: int, path: str, query: str, pid: int, *, varied: bool) -> tuple[float, float]:
    """Give the answers a second over several connections at once, and the server's seconds for each."""
    counts, numbers = [0] * CONNECTIONS, count()

    def make(number: int) -> bytes:
        text = f"{query % MODALITIES[number % len(MODALITIES)]} # {number}" if varied else query % MODALITIES[0]
        return make_request(path, text)

    def work(place: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            while time.perf_counter() < ends:
                ask(connection, make(next(numbers)))
                counts[place] += 1

    before, ends = measure_processors(pid), time.perf_counter() + SECONDS
    threads = [threading.Thread(target=work, args=(n,)) for n in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / SECONDS, (measure_processors(pid) - before) / max(1, sum(counts))


def measure_time(port: int, path: str, query: str) -> float:
    """Give the median of fifteen answers in seconds, of as many as come in a quarter of a minute, of three at least."""
    times: list[float] = []
    while len(times) < 3 or (len(times) < 15 and sum(times) < 15):
        began = time.perf_counter()
        with socket.create_connection(("127.0.0.1", port)) as connection:
            ask(connection, make_request(path, f"{query} # {len(times)}"))  # no cache can answer
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def find_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def main(wanted: int, rdflib_endpoint: str) -> None:
    """Print the table."""
    programs = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as name:
        folder, store, port = Path(name) / "graph", Path(name) / "store", find_port()
        total = write_copies(folder, wanted)
        oxigraph = str(programs / "oxigraph")
        files = [str(path) for path in sorted(folder.rglob("*.nq"))]
        subprocess.run([oxigraph, "load", "--location", store, "--file", *files], check=True, capture_output=True)
        bind = ["--bind", f"127.0.0.1:{port}"]
        servers = {
            "Testimonia": ([str(programs / "testimonia"), "serve", str(folder), "--port", str(port)], "/sparql"),
            "oxigraph": (
                [oxigraph, "serve-read-only", "--location", str(store), "--union-default-graph", *bind],
                "/query",
            ),
        }
        if rdflib_endpoint:
            whole = Path(name) / "whole.nt"  # it has no union of named graphs
            lines = (line for file in files for line in Path(file).read_text("utf-8").splitlines())
            whole.write_text("".join(f"{line.rpartition(' <')[0]} .\n" for line in lines), "utf-8")
            command = [str(shutil.which(rdflib_endpoint)), "serve", str(whole), "--port", str(port)]
            servers["rdflib-endpoint"] = (command, "/")
        found = {name: measure(command, port, path) for name, (command, path) in servers.items()}
    table = Table("", *found, title=f"{total:,} triples over HTTP (× ours)")
    for what, (own, _) in found["Testimonia"].items():
        values = [found[server][what] for server in found]
        table.add_row(what, *(f"{shown} ({value / own:.2g})" for value, shown in values))
    Console(width=160).print(table)


def measure(command: list[str], port: int, path: str) -> dict[str, Value]:
    """Give what is measured of a server."""
    with start(command, port, path) as (pid, started):
        found: dict[str, Value] = {"start to first answer": (started, f"{started:.2f} s")}
        for varied, kind in ((False, "repeated"), (True, "each different")):
            for name, query in LIGHT.items():
                rate, spent = measure_rate(port, path, query, pid, varied=varied)
                found[f"{name}, {kind}"] = (rate, f"{rate:,.0f}/s")
                found[f"{name}, {kind}: processor"] = (spent, f"{spent * 1e6:,.0f} µs")
        for name, query in HEAVY.items():
            seconds = measure_time(port, path, query)
            found[name] = (seconds, f"{seconds * 1000:,.1f} ms")
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0, sys.argv[2] if len(sys.argv) > 2 else "")

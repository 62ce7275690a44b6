"""The command on the oxigraph server, and what it says of servers that are none."""

import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from testimonia.core.answer import Solutions
from testimonia.core.errors import RemoteError
from testimonia.server.publishing.server import Server, find_addresses
from testimonia.sparql.remote import run_remote_query
from testimonia.sparql.sending import Connection

PROGRAM = [sys.executable, "-c", "from testimonia.cli import main; main()", "publish"]
COUNTS = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"


def run(*arguments: str) -> tuple[int, str]:
    done = subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def oxigraph(start_oxigraph: Callable[..., str], tmp_path: Path) -> str:
    return start_oxigraph("serve", "--location", str(tmp_path / "store"))


def count(endpoint: str) -> dict[str, int]:
    answer = run_remote_query(endpoint, COUNTS)
    assert isinstance(answer, Solutions)
    return {str(graph.value): int(n.value) for graph, n in answer.rows}  # type: ignore[union-attr]


@pytest.mark.slow
def test_the_oxigraph_server(folder: Path, oxigraph: str) -> None:
    code, said = run(str(folder), "--endpoint", oxigraph)
    assert code == 0, said
    assert re.fullmatch(
        rf"{oxigraph} has (\d+) graphs, [\d,]+ triples: \1 new\. Verified by count and digest\.\n", said
    )
    before = count(oxigraph)
    assert len(before) == len(list(folder.rglob("*.nq")))
    (folder / "interview" / "val-dale.nq").unlink()
    path = folder / "interview" / "val-solen.nq"
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[1:]), "utf-8")
    code, said = run(str(folder), "--endpoint", oxigraph)
    assert (code, f": 1 replaced, {len(before) - 2} as before, 1 removed. Verified" in said) == (0, True), said
    after = {name: n for name, n in before.items() if not name.endswith("val-dale")}
    solen = next(name for name in after if name.endswith("val-solen"))
    assert count(oxigraph) == {**after, solen: after[solen] - 1}


@pytest.mark.slow
def test_an_update_of_the_oxigraph_server_is_done_whole_or_not_at_all(folder: Path, oxigraph: str) -> None:
    server = Server(find_addresses(oxigraph), Connection(find=lambda _: None))
    server.put_graph("https://example.org/staged", b"<x:a> <x:b> <x:c> .")
    server.put_graph("https://example.org/other", b"<x:a> <x:b> <x:c> .")
    before = count(oxigraph)
    move = "MOVE <https://example.org/staged> TO <https://example.org/moved> ; DROP GRAPH <https://example.org/other>"
    with socket.create_server(("127.0.0.1", 0)) as dead:
        nothing = f"http://127.0.0.1:{dead.getsockname()[1]}/"
    with pytest.raises(RemoteError):
        server.update(f"{move} ; LOAD <{nothing}>")
    assert count(oxigraph) == before
    server.update(move)
    assert count(oxigraph) == {"https://example.org/moved": 1}
    assert run(str(folder), "--endpoint", oxigraph)[0] == 0


@pytest.mark.slow
def test_an_oxigraph_server_that_takes_nothing(
    folder: Path, start_oxigraph: Callable[..., str], tmp_path: Path
) -> None:
    location = str(tmp_path / "store")
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program, "oxigraph is not installed: make test"
    subprocess.run(
        [program, "load", "--location", location, "--file", str(folder / "dates.nq")],
        check=True,
        capture_output=True,
    )
    endpoint = start_oxigraph("serve-read-only", "--location", location)
    code, said = run(str(folder), "--endpoint", endpoint)
    assert code == 2
    assert said.count("\n") == 1
    assert said.endswith("nothing was changed there\n")
    assert len(count(endpoint)) == 1


def test_addresses_that_are_none(folder: Path) -> None:
    code, said = run(str(folder), "--endpoint", "sparql")
    assert (code, said) == (
        2,
        "the endpoint is no address; expected http://… or https://…\n",
    )
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        code, said = run(str(folder), "--endpoint", f"http://127.0.0.1:{taken.getsockname()[1]}/query")
    assert code == 2
    assert said.endswith(
        "/query: out of reach: Connection refused; is the address right and the server up?; nothing was changed there\n"
    )


def test_graphs_that_cannot_be_published(tmp_path: Path) -> None:
    code, said = run(str(tmp_path), "--endpoint", "http://127.0.0.1:1/query")
    assert (code, said) == (2, f"{tmp_path.name}/: no graph here (*.nq). Build it: make. [graph-missing]\n")

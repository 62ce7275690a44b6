"""Every question gives the same answer at a real endpoint as in memory."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.errors import RemoteError
from testimonia.model.answer import Answer
from testimonia.questions.asking import ask_question, use_store
from testimonia.questions.naming import Naming
from testimonia.questions.question import Question
from testimonia.sparql.remote import run_remote_query
from testimonia.store import run_query

pytestmark = pytest.mark.slow
NAMING = Naming("https://example.org/valdoria/")


@pytest.fixture(scope="module")
def endpoint(valdoria: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An Oxigraph server over the graph of Valdoria, all graphs together as the default graph."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program is not None, "the oxigraph program is not installed beside this Python"
    folder = tmp_path_factory.mktemp("endpoint")
    data = folder / "all.nq"
    data.write_text("".join(f"{quad} .\n" for quad in valdoria), "utf-8")
    location = ["--location", str(folder / "store")]
    subprocess.run([program, "load", *location, "--file", str(data)], check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    arguments = ["serve-read-only", *location, "--union-default-graph", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen([program, *arguments], stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        assert any("Listening" in line for line in server.stderr)
        yield f"http://127.0.0.1:{port}/query"
        server.terminate()


def test_same_answers(
    endpoint: str, questions: dict[str, Question], valdoria: ox.Store, values: dict[str, dict[str, str]]
) -> None:
    def run(query: str) -> Answer:
        return run_remote_query(endpoint, query)

    for slug, question in questions.items():
        here = ask_question(question, values[slug], NAMING, use_store(valdoria))
        there = ask_question(question, values[slug], NAMING, run)
        assert here == there, slug


@pytest.mark.parametrize(
    "query", ["ASK { ?s ?p 1 }", "CONSTRUCT WHERE { ?s a ?c }", "SELECT ?s ?none { ?s a ?c } ORDER BY ?s ?c"]
)
def test_same_forms(endpoint: str, valdoria: ox.Store, query: str) -> None:
    assert run_remote_query(endpoint, query) == run_query(valdoria, query)


def test_the_server_says_what_is_wrong(endpoint: str) -> None:
    with pytest.raises(RemoteError, match=r"HTTP 400, the query was refused; it says: error at 1:\d+"):
        run_remote_query(endpoint, "SELECT ?x { ")

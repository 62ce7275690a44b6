"""Every question gives the same answer at two real endpoints, of two makers, as in memory."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.answer import Answer
from testimonia.core.errors import RemoteError
from testimonia.core.layout import Layout, find_model_root
from testimonia.questions.asking import ask_question, use_store
from testimonia.questions.question import Question, QuestionParameter
from testimonia.questions.values import find_values
from testimonia.rdf.short_names import Naming, read_naming
from testimonia.rdf.store import read_store, run_query
from testimonia.sparql.parameters import ParameterType
from testimonia.sparql.remote import run_remote_query

pytestmark = pytest.mark.slow
NAMING = Naming("https://example.org/valdoria/")
SLUGS = sorted(p.stem for p in (find_model_root() / "queries" / "questions").glob("*.rq"))
ENGINES = ("oxigraph", "rdflib")
OTHERS = {
    ParameterType.LITERAL: "a\"b' \\\\u0022 } #\n%20+",
    ParameterType.TAGGED: "raid",
    ParameterType.INTEGER: "3",
    ParameterType.NUMBER: "2.5",
    ParameterType.DATE: "2031-05-04",
    ParameterType.IRI: "https://example.org/nothing",
}
RDFLIB = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(default_union=True)
graph.parse(sys.argv[1], format="nquads")
uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=0, access_log=False)
"""


@contextmanager
def serve(command: list[str], said: str) -> Iterator[str]:
    """Run a server until the test is over; gives the rest of the line in which it says where it listens."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            yield next(line.partition(said)[2] for line in server.stderr if said in line)
        finally:
            server.kill()


@contextmanager
def serve_oxigraph(data: Path) -> Iterator[str]:
    """An Oxigraph server, all graphs together as the default graph."""
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
    assert program is not None, "the oxigraph program is not installed beside this Python"
    location = ["--location", str(data.parent / "store")]
    subprocess.run([program, "load", *location, "--file", str(data)], check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        bind = ["--bind", f"127.0.0.1:{free.getsockname()[1]}"]
    with serve([program, "serve-read-only", *location, "--union-default-graph", *bind], "Listening"):
        yield f"http://{bind[1]}/query"


@contextmanager
def serve_rdflib(data: Path) -> Iterator[str]:
    """rdflib-endpoint, all graphs together as the default graph."""
    with serve([sys.executable, "-c", RDFLIB, str(data)], "Uvicorn running on ") as where:
        yield where.split()[0]


@pytest.fixture(scope="module", params=ENGINES)
def endpoint(
    request: pytest.FixtureRequest, valdoria: ox.Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server over the graph of Valdoria."""
    data = tmp_path_factory.mktemp("endpoint") / "all.nq"
    data.write_text("".join(f"{quad} .\n" for quad in valdoria), "utf-8")
    with {"oxigraph": serve_oxigraph, "rdflib": serve_rdflib}[request.param](data) as address:
        yield address


@pytest.fixture(scope="module")
def project_endpoint(project_layout: Layout, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the project's own graph."""
    data = tmp_path_factory.mktemp("project") / "all.nq"
    data.write_bytes(b"".join(path.read_bytes() for path in sorted(project_layout.graph.rglob("*.nq"))))
    with serve_oxigraph(data) as address:
        yield address


def choose_other(parameter: QuestionParameter, given: str, naming: Naming, store: ox.Store) -> str:
    """Another value: one that the data knows, if the header says where they live, else a nasty one of the type."""
    known = [value for value in find_values(parameter, naming, use_store(store)) if value != given]
    return known[len(known) // 2] if known else OTHERS[parameter.parameter.type]


def ask_both(question: Question, given: dict[str, str], naming: Naming, store: ox.Store, endpoint: str) -> int:
    """Ask with the values given, and with each parameter changed in turn; gives how many rows there were."""

    def run(query: str) -> Answer:
        return run_remote_query(endpoint, query)

    changed = ({**given, n: choose_other(p, given[n], naming, store)} for n, p in question.parameters.items())
    rows = 0
    for values in chain([given], changed):
        here = ask_question(question, values, naming, use_store(store))
        assert ask_question(question, values, naming, run) == here, values
        rows += len(here.rows)
    return rows


@pytest.mark.parametrize("slug", SLUGS)
def test_same_answers(
    slug: str, endpoint: str, questions: dict[str, Question], valdoria: ox.Store, values: dict[str, dict[str, str]]
) -> None:
    assert ask_both(questions[slug], values[slug], NAMING, valdoria, endpoint)


@pytest.mark.parametrize("slug", SLUGS)
def test_same_answers_over_the_project(
    slug: str, project_endpoint: str, questions: dict[str, Question], project_layout: Layout
) -> None:
    naming, store = read_naming(project_layout), read_store(project_layout.graph)
    assert ask_both(questions[slug], questions[slug].usual_values, naming, store, project_endpoint)


@pytest.mark.parametrize(
    "query", ["ASK { ?s ?p 1 }", "CONSTRUCT WHERE { ?s a ?c }", "SELECT ?s ?none { ?s a ?c } ORDER BY ?s ?c"]
)
def test_same_forms(endpoint: str, valdoria: ox.Store, query: str) -> None:
    assert run_remote_query(endpoint, query) == run_query(valdoria, query)


def test_the_server_says_what_is_wrong(endpoint: str) -> None:
    with pytest.raises(RemoteError, match=r"HTTP 400, the query was refused; it says: .*(error at 1:\d+|Error)"):
        run_remote_query(endpoint, "SELECT ?x { ")

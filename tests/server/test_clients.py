"""Independent clients of SPARQL endpoints get what a query of the store in memory gives."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, TURTLE, XML, SPARQLWrapper

from testimonia.rdf.store import read_store

pytestmark = pytest.mark.slow

COMUNICA = Path(__file__).resolve().parents[1] / "comunica"
KINDS = "SELECT ?kind (COUNT(*) AS ?n) { ?thing a ?kind } GROUP BY ?kind ORDER BY ?kind"


@pytest.fixture(scope="module")
def address(serve: Callable[..., str], valdoria: Path) -> str:
    return serve(valdoria) + "sparql"


@pytest.fixture(scope="module")
def kinds(valdoria: Path) -> list[tuple[str, int]]:
    rows = read_store(valdoria).query(KINDS, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    found = [(row["kind"].value, int(row["n"].value)) for row in rows]
    assert len(found) > 3
    return found


def convert(wrapper: SPARQLWrapper) -> Any:
    """What the wrapper makes of the answer."""
    return wrapper.query().convert()


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_sparqlwrapper(address: str, kinds: list[tuple[str, int]], method: str) -> None:
    wrapper = SPARQLWrapper(address)
    wrapper.setMethod(method)
    wrapper.setQuery(KINDS)
    wrapper.setReturnFormat(JSON)
    rows = convert(wrapper)["results"]["bindings"]
    assert [(row["kind"]["value"], int(row["n"]["value"])) for row in rows] == kinds
    wrapper.setReturnFormat(XML)
    assert convert(wrapper).toxml().count("<result>") == len(kinds)
    wrapper.setReturnFormat(CSV)
    assert convert(wrapper).decode().split() == ["kind,n", *(f"{kind},{n}" for kind, n in kinds)]
    wrapper.setQuery("CONSTRUCT WHERE { ?thing a ?kind }")
    wrapper.setReturnFormat(TURTLE)
    assert len(Graph().parse(data=convert(wrapper), format="turtle")) == sum(n for _, n in kinds)


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_store(address: str, kinds: list[tuple[str, int]], method: str) -> None:
    graph = Graph(SPARQLStore(address, method=method))
    rows: Any = graph.query(KINDS)
    assert [(str(kind), int(n)) for kind, n in rows] == kinds
    kind, count = kinds[0]
    assert len(set(graph.subjects(None, URIRef(kind)))) == count
    assert (None, None, URIRef(kind)) in graph
    assert graph.query("ASK { ?s ?p 'nothing like this' }").askAnswer is False


def ask_comunica(source: str, query: str) -> list[dict[str, str]]:
    """The rows that Comunica gives for a query over a source."""
    program = COMUNICA / "node_modules" / ".bin" / "comunica-sparql"
    assert program.exists(), "Comunica is not installed: npm ci --prefix tests/comunica"
    command = [str(program), source, query, "-t", "application/sparql-results+json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    rows = json.loads(done.stdout)["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in rows]


@pytest.mark.parametrize("prefix", ["sparql@", ""], ids=["told", "found-out"])
def test_comunica(address: str, kinds: list[tuple[str, int]], prefix: str) -> None:
    """Whether told that it is an endpoint, or finding out by the service description."""
    found = ask_comunica(prefix + address, KINDS)
    assert [(row["kind"], int(row["n"])) for row in found] == kinds


def test_comunica_reads_linked_data(address: str, valdoria: Path) -> None:
    said = "SELECT ?p ?o { <https://example.org/valdoria/id/mira-solen> ?p ?o } ORDER BY ?p ?o"
    rows = read_store(valdoria).query(said, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    expected = [{"p": row["p"].value, "o": row["o"].value} for row in rows]
    assert expected
    assert ask_comunica(address.removesuffix("sparql") + "id/mira-solen", said) == expected

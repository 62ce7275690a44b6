"""What the tests of exports share: invented graphs in folders, and what rdflib reads out of a file, to compare with."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from testimonia.core.layout import Layout, find_model_root
from testimonia.dataset.project import build_project, lock_project, read_project, write_graph

ROOT = Path(__file__).resolve().parents[2]
VALDORIA = ROOT / "tests" / "cases" / "questions" / "valdoria.trig"
PLAIN = "http://www.w3.org/2001/XMLSchema#string"
Statements = set[tuple[str, ...]]
"""Statements as tuples: subject, predicate, object, its datatype and language if it is a literal, graph at the end."""
Reader = Callable[..., Statements]


def write_example(name: str, folder: Path) -> Path:
    layout = Layout(ROOT / "examples" / name, find_model_root())
    project = read_project(layout)
    write_graph(folder, build_project(project, lock_project(project, layout.root / "texts")))
    return folder


def write_parts(folder: Path, quads: Iterator[ox.Quad]) -> Path:
    for quad in quads:
        assert isinstance(quad.graph_name, ox.NamedNode)
        path = folder / f"{quad.graph_name.value.partition('/graph/')[2]}.nq"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{quad} .\n")
    return folder


@pytest.fixture(scope="session")
def lantern(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of the invented collection of interviews."""
    return write_example("lantern", tmp_path_factory.mktemp("lantern") / "graph")


@pytest.fixture(scope="session", params=["lantern", "heron", "valdoria"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each invented graph: interviews, an article, and the one that questions are tested on."""
    if request.param == "lantern":
        return Path(request.getfixturevalue("lantern"))
    made = tmp_path_factory.mktemp(request.param) / "graph"
    if request.param == "heron":
        return write_example("heron", made)
    return write_parts(made, ox.parse(path=VALDORIA, format=ox.RdfFormat.TRIG))


@pytest.fixture(scope="session")
def read_folder() -> Reader:
    """Give the statements of a folder of N-Quads."""

    def read(folder: Path) -> Statements:
        return {
            (*_list_terms(q.subject, q.predicate, q.object), _write(q.graph_name))
            for path in folder.rglob("*.nq")
            for q in ox.parse(path=path, format=ox.RdfFormat.N_QUADS)
        }

    def _list_terms(*terms: object) -> Iterator[str]:
        for term in terms:
            yield _write(term)
            if isinstance(term, ox.Literal):
                yield from (term.datatype.value, term.language or "")

    def _write(term: object) -> str:
        return str(getattr(term, "value", ""))

    return read


@pytest.fixture
def read_rdf(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Give the statements that rdflib reads in a document, literals as they are written."""
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)

    def read(content: bytes | str, form: str) -> Statements:
        dataset = rdflib.Dataset()
        dataset.parse(data=content, format=form)
        return {tuple(_list_terms(quad)) for quad in dataset.quads()}

    def _list_terms(quad: tuple[object, ...]) -> Iterator[str]:
        for term in quad[:3]:
            yield str(term)
            if isinstance(term, rdflib.Literal):
                tagged = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
                yield str(term.datatype or (tagged if term.language else PLAIN))
                yield term.language or ""
        graph = str(quad[3] or "")
        yield "" if graph == "urn:x-rdflib:default" else graph

    return read

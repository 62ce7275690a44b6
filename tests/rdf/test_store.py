"""The store reads a folder of graphs, once, and says what it cannot read."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.answer import Solutions, Statements
from testimonia.core.errors import InputError, QueryError
from testimonia.rdf.store import load_store, read_store, run_query, run_select

LINE = "<x:a> <x:p> <x:{}> <x:g{}> .\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "interview").mkdir()
    (tmp_path / "entities.nq").write_text(LINE.format("b", 1))
    (tmp_path / "interview" / "one.nq").write_text(LINE.format("c", 2))
    (tmp_path / "MANIFEST.json").write_text("{}")
    return tmp_path


def test_all_graphs_are_asked_together(folder: Path) -> None:
    answer = run_query(read_store(folder), "SELECT ?o { <x:a> <x:p> ?o } ORDER BY ?o")
    assert answer == Solutions(("o",), ((ox.NamedNode("x:b"),), (ox.NamedNode("x:c"),)))


def test_a_folder_is_read_once_unless_it_changes(folder: Path) -> None:
    first = read_store(folder)
    assert read_store(folder) is first
    (folder / "dates.nq").write_text(LINE.format("d", 3))
    assert len(read_store(folder)) == len(first) + 1


def test_no_graph_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"graph/: no graph here \(\*\.nq\)\. Build it: make\. \[graph-missing\]"):
        read_store(tmp_path / "graph")


def test_every_broken_file_is_named(folder: Path) -> None:
    (folder / "dates.nq").write_text("<x:a> <x:p> .\n")
    (folder / "interview" / "two.nq").write_bytes(b"\xff\n")
    with pytest.raises(InputError) as caught:
        read_store(folder)
    assert [Path(p.file).name for p in caught.value.findings] == ["dates.nq", "two.nq"]


def test_forms() -> None:
    store = load_store({"a.nq": (LINE.format("b", 1) + LINE.format("c", 1)).encode()})
    triples = run_query(store, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, Statements)
    assert [str(t.object) for t in triples.triples] == ["<x:b>", "<x:c>"]
    assert run_query(store, "ASK { }") is True
    with pytest.raises(QueryError, match="no table"):
        run_select(store, "ASK { }")
    with pytest.raises(QueryError, match="does not parse"):
        run_query(store, "SELECT")


COUNT = "SELECT (COUNT(*) AS ?n) {} {{ {} }}"


@pytest.mark.parametrize(
    ("clauses", "pattern", "count"),
    [
        ("", "?s ?p ?o", 2),
        ("FROM <x:g1>", "?s ?p ?o", 1),
        ("FROM <x:g1> FROM <x:g2>", "?s ?p ?o", 2),
        ("FROM <x:g1>", "GRAPH ?g { ?s ?p ?o }", 0),
        ("FROM NAMED <x:g2>", "GRAPH ?g { ?s ?p ?o }", 1),
        ("FROM NAMED <x:g2>", "?s ?p ?o", 0),
        ("FROM <x:g1> FROM NAMED <x:g2>", "?s ?p ?o . GRAPH ?g { ?s ?p ?b }", 1),
        ("", "?s ?p ?o # FROM <x:none>\n", 2),
        ("", "?s ?p ?o FILTER(STR(?o) != 'FROM <x:none>')", 2),
    ],
)
def test_from_chooses_among_the_graphs(folder: Path, clauses: str, pattern: str, count: int) -> None:
    answer = run_select(read_store(folder), COUNT.format(clauses, pattern))
    assert [term.value for term in answer.rows[0] if isinstance(term, ox.Literal)] == [str(count)]


@pytest.mark.parametrize("named", ["", "NAMED "])
def test_from_of_a_graph_that_is_not_there(folder: Path, named: str) -> None:
    message = "line 1, column 5: FROM names a graph that is not here; there are: <x:g2>, <x:g1>"
    with pytest.raises(QueryError, match=message):
        run_query(read_store(folder), f"ASK FROM {named}<x:g3> {{ ?s ?p ?o }}")


def test_many_graphs_are_not_all_named() -> None:
    store = load_store({"a.nq": "".join(LINE.format("b", n) for n in range(9)).encode()})
    with pytest.raises(QueryError, match=r"there are: (<x:g\d>, ){4}<x:g\d> and 4 more$"):
        run_query(store, "ASK FROM <x:none> { }")

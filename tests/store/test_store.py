"""The store reads a folder of graphs, once, and says what it cannot read."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.errors import InputError, QueryError
from testimonia.model.answer import Solutions, Statements
from testimonia.store import load_store, read_store, run_query, run_select

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
    assert [Path(p.path).name for p in caught.value.problems] == ["dates.nq", "two.nq"]


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

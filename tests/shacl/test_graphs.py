from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef

from testimonia.core.errors import InputError
from testimonia.shacl.graphs import parse_files, read_graph, read_shapes_graph

QUADS = """\
<https://example.org/a> <https://example.org/p> "1.10"^^<http://www.w3.org/2001/XMLSchema#decimal> .
<https://example.org/a> <https://example.org/p> "Fluss"@de <https://example.org/g> .
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_graph_merges_folders_and_vocabulary(tmp_path: Path) -> None:
    write(tmp_path / "graph" / "entities.nq", QUADS)
    write(tmp_path / "graph" / "interview" / "x.nq", QUADS.replace("/a>", "/b>"))
    vocabulary = write(tmp_path / "v.ttl", "<https://example.org/c> <https://example.org/p> 'plain' .")
    graph = read_graph(tmp_path / "graph", vocabulary)
    assert len(graph) == 5
    assert {str(s) for s in graph.subjects()} == {f"https://example.org/{n}" for n in "abc"}


def test_literals_keep_their_written_form(tmp_path: Path) -> None:
    graph = parse_files([write(tmp_path / "a.nq", QUADS)])
    assert {o.n3() for o in graph.objects()} == {
        '"1.10"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        '"Fluss"@de',
    }


def test_same_graph_as_rdflib_reads() -> None:
    path = Path(__file__).resolve().parents[1] / "cases" / "shapes" / "base.ttl"
    assert set(parse_files([path])) == set(Graph().parse(path))


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    text = "_:x <https://example.org/p> _:x ."
    graph = parse_files([write(tmp_path / f"{n}.ttl", text) for n in "ab"])
    assert len({s for s in graph.subjects() if isinstance(s, BNode)}) == 2


def test_ill_formed_literals_are_read_without_a_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "<https://example.org/a> <https://example.org/p> '2031-13-01'^^<http://www.w3.org/2001/XMLSchema#date> ."
    graph = parse_files([write(tmp_path / "a.ttl", text)])
    value = graph.value(URIRef("https://example.org/a"), URIRef("https://example.org/p"))
    assert isinstance(value, Literal)
    assert value.ill_typed
    assert caplog.records == []
    assert capsys.readouterr().err == ""


def test_all_files_that_do_not_parse_are_named(tmp_path: Path) -> None:
    write(tmp_path / "a.nq", "<https://example.org/a> nonsense .\n")
    write(tmp_path / "b.nq", QUADS + "<https://example.org/a .\n")
    with pytest.raises(InputError) as caught:
        read_graph(tmp_path)
    assert [(Path(p.file).name, p.line) for p in caught.value.findings] == [("a.nq", 1), ("b.nq", 3)]


def test_empty_folders_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"testimonia build.*\[graph-missing\]"):
        read_graph(tmp_path)
    with pytest.raises(InputError, match=r"no shapes.*\[shapes-missing\]"):
        read_shapes_graph(tmp_path)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read.*\[unreadable-file\]"):
        parse_files([tmp_path / "none.ttl"])

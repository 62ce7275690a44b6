"""Parts of a graph give the findings of the whole: on all planted faults, however the triples are dealt out."""

import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.errors import InputError, TestimoniaError
from testimonia.core.findings import Finding
from testimonia.rdf.triples import TripleIndex, parse_triples
from testimonia.shacl.graphs import parse_files, read_shapes_graph
from testimonia.shacl.partitioned import partitioning as partitions
from testimonia.shacl.partitioned.partitioning import EngineName, PartWorker, check_partitions
from testimonia.shacl.partitioned.parts import cut_files, parse_lines, read_part
from testimonia.shacl.partitioned.shape_scope import find_scope
from testimonia.shacl.shacl import check_graph

from ..whole import check_files

PROJECT = Path(__file__).resolve().parents[3]
SHAPES = PROJECT / "shapes"
CASES = PROJECT / "tests" / "cases" / "shapes"
PLANTED = [PROJECT / "ontology" / "testimonia.ttl", CASES / "base.ttl", *sorted(CASES.glob("*/fail.ttl"))]
HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> . "


def deal_out(triples: list[ox.Triple], deal: Callable[[ox.Triple], int], folder: Path) -> Path:
    """Write triples into graphs, each the file of a named graph."""
    graphs: dict[int, set[str]] = {}
    for triple in triples:
        graphs.setdefault(deal(triple), set()).add(f"{triple} <https://example.org/graph> .\n")
    folder.mkdir()
    for number, lines in graphs.items():
        (folder / f"{number}.nq").write_text("".join(sorted(lines)), "utf-8")
    return folder


@pytest.fixture(scope="module")
def planted() -> list[ox.Triple]:
    """All triples of all faults, without blank nodes: a part may name them otherwise."""
    return [t for t in parse_triples(PLANTED) if "_:" not in str(t)]


@pytest.fixture(scope="module")
def whole(planted: list[ox.Triple], tmp_path_factory: pytest.TempPathFactory) -> dict[EngineName, Counter[Finding]]:
    folder = deal_out(planted, lambda _: 0, tmp_path_factory.mktemp("whole") / "graph")
    data = [folder / "0.nq"]
    return {
        "rudof": Counter(check_files(data, sorted(SHAPES.glob("*.ttl")))),
        "pyshacl": Counter(check_graph(parse_files(data), read_shapes_graph(SHAPES))),
    }


def test_planted_faults_are_many(whole: dict[EngineName, Counter[Finding]]) -> None:
    assert len({finding.rule for finding in whole["pyshacl"]}) > 140


@pytest.mark.parametrize("seed", range(6))
def test_a_node_in_whichever_graph(
    seed: int, planted: list[ox.Triple], whole: dict[EngineName, Counter[Finding]], tmp_path: Path
) -> None:
    folder = deal_out(planted, lambda t: random.Random(f"{seed} {t.subject}").randrange(5), tmp_path / "graph")
    assert Counter(check_partitions(folder, SHAPES, processes=1, size=12_000)) == whole["rudof"]


@pytest.mark.parametrize("seed", range(3))
def test_a_triple_in_whichever_graph(
    seed: int, planted: list[ox.Triple], whole: dict[EngineName, Counter[Finding]], tmp_path: Path
) -> None:
    folder = deal_out(planted, lambda t: random.Random(f"{seed} {t}").randrange(4), tmp_path / "graph")
    assert Counter(check_partitions(folder, SHAPES, processes=1, size=12_000)) == whole["rudof"]


def test_one_large_graph_is_cut(
    planted: list[ox.Triple], whole: dict[EngineName, Counter[Finding]], tmp_path: Path
) -> None:
    folder = deal_out(planted, lambda _: 0, tmp_path / "graph")
    assert len(cut_files([folder / "0.nq"], 20_000)) > 3
    assert Counter(check_partitions(folder, SHAPES, processes=1, size=20_000)) == whole["rudof"]


def test_one_part_only(planted: list[ox.Triple], whole: dict[EngineName, Counter[Finding]], tmp_path: Path) -> None:
    folder = deal_out(planted, lambda _: 0, tmp_path / "graph")
    assert Counter(check_partitions(folder, SHAPES)) == whole["rudof"]


def test_pyshacl_in_parts(planted: list[ox.Triple], whole: dict[EngineName, Counter[Finding]], tmp_path: Path) -> None:
    folder = deal_out(planted, lambda t: random.Random(str(t.subject)).randrange(3), tmp_path / "graph")
    found = check_partitions(folder, SHAPES, engine="pyshacl", processes=1, size=12_000)
    assert Counter(found) == whole["pyshacl"]


def test_several_processes(planted: list[ox.Triple], whole: dict[EngineName, Counter[Finding]], tmp_path: Path) -> None:
    folder = deal_out(planted, lambda t: random.Random(str(t.subject)).randrange(5), tmp_path / "graph")
    assert Counter(check_partitions(folder, SHAPES, processes=2, size=12_000)) == whole["rudof"]


@pytest.mark.parametrize("engine", ["rudof", "pyshacl"])
def test_shapes_that_need_the_whole_graph(engine: EngineName, tmp_path: Path) -> None:
    """Paths of any length, targets that are named nodes, and backwards steps further on."""
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    (shapes / "s.ttl").write_text(
        HEAD + "e:A a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path [ sh:oneOrMorePath e:p ] ; "
        "sh:maxCount 1 ] . e:B a sh:NodeShape ; sh:targetObjectsOf e:p ; sh:class e:C . "
        "e:D a sh:NodeShape ; sh:targetNode e:x ; sh:class e:D . "
        "e:E a sh:NodeShape ; sh:targetSubjectsOf e:p ; sh:property "
        "[ sh:path ( e:p [ sh:inversePath e:p ] ) ; sh:maxCount 0 ] . "
        "e:F a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:name ; sh:minCount 1 ] ."
    )
    index = TripleIndex(parse_triples([shapes / "s.ttl"]))
    assert sorted(str(shape)[-2] for shape in find_scope(index).far) == ["A", "D", "E"]
    (tmp_path / "d.ttl").write_text(HEAD + "e:x a e:C ; e:p e:y . e:y e:p e:z . e:z e:p 'end' .")
    triples = list(parse_triples([tmp_path / "d.ttl"]))
    folder = deal_out(triples, lambda t: "xyz".index(str(t.subject)[-2]), tmp_path / "graph")
    found = check_partitions(folder, shapes, engine=engine, processes=1, size=100)
    assert {finding.rule[-1] for finding in found if finding.rule.startswith("https")} == {"B", "D"}
    data = sorted(folder.glob("*.nq"))
    expected = (
        check_files(data, [shapes / "s.ttl"])
        if engine == "rudof"
        else check_graph(parse_files(data), parse_files([shapes / "s.ttl"]))
    )
    assert Counter((f.focus, f.path, f.component, f.value) for f in found) == Counter(
        (f.focus, f.path, f.component, f.value) for f in expected
    )


def test_a_process_that_dies_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Dying(PartWorker):
        def __reduce__(self) -> tuple[Callable[[int], None], tuple[int]]:  # type: ignore[override]
            return os._exit, (1,)

    for name in "ab":
        folder = tmp_path / "graph"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.nq").write_text("<https://example.org/x> <https://example.org/p> 'x' .\n".replace("'", '"'))
    monkeypatch.setattr(partitions, "PartWorker", Dying)
    with pytest.raises(TestimoniaError, match="died before it was done"):
        check_partitions(folder, SHAPES, processes=2, size=1)


def test_files_that_do_not_parse_are_named_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.nq").write_text("<https://example.org/x> nonsense .\n")
    (tmp_path / "b.nq").write_bytes(b'<https://example.org/x> <https://example.org/p> "\xff" .\n')
    with pytest.raises(InputError) as caught:
        check_partitions(tmp_path, SHAPES, processes=1)
    assert [(Path(p.file).name, p.line) for p in caught.value.findings] == [("a.nq", 1), ("b.nq", 1)]


def test_empty_folders_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"testimonia build(.|\n)*no shapes"):
        check_partitions(tmp_path, tmp_path)


def test_files_are_cut_between_subjects(tmp_path: Path) -> None:
    lines = [f'<https://example.org/{s}> <https://example.org/p> "{n}" .\n' for s in "abcdef" for n in range(50)]
    path = tmp_path / "g.nq"
    path.write_text("".join(lines))
    parts = cut_files([path], 1000)
    held = [{line[0] for line in read_part(part)} for part in parts]
    assert len(parts) == 6
    assert sum(map(len, held)) == 6
    assert sum(len(read_part(part)) for part in parts) == 300


def test_lines_written_in_another_way() -> None:
    text = b'# a comment\n<a:s>\t<a:p>   "\\u00e9"   <a:g>.\n\n_:x <a:p> _:x .\n'
    assert list(parse_lines(text)) == [("<a:s>", "<a:p>", '"é"'), ("_:x", "<a:p>", "_:x")]
    (_, named) = parse_lines(text, "file")
    assert named[0] == named[2] != "_:x"


@pytest.mark.parametrize("engine", ["rudof", "pyshacl"])
@pytest.mark.parametrize("seed", range(8))
def test_targets_that_are_objects(seed: int, engine: EngineName, tmp_path: Path) -> None:
    """Held by one part, by several, by none, and literals: each is checked once, whoever names it."""
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    (shapes / "s.ttl").write_text(
        HEAD + "e:A a sh:NodeShape ; sh:targetObjectsOf e:p ; sh:class e:C ; sh:property "
        "[ sh:path [ sh:inversePath e:p ] ; sh:maxCount 1 ] , [ sh:path e:name ; sh:minCount 1 ] , "
        "[ sh:path ( [ sh:inversePath e:q ] e:name ) ; sh:pattern '^a' ] , [ sh:path e:name ; sh:maxLength 1 ] ."
    )
    assert not find_scope(TripleIndex(parse_triples([shapes / "s.ttl"]))).far
    (tmp_path / "d.ttl").write_text(
        HEAD + "e:a e:p e:held , e:none , 'text' ; e:q e:none ; e:name 'a' . e:b e:p e:held , e:none , 'text' . "
        "e:c e:p e:b ; e:q e:held , e:none ; e:name 'b' . e:held a e:C ; e:name 'aa' , 'ab' . e:d a e:C ; e:name 'd' . "
        "e:e e:p e:d , e:other ; e:q 'text' ; e:name 'ee' ."
    )
    chance = random.Random(seed)
    folder = deal_out(list(parse_triples([tmp_path / "d.ttl"])), lambda _: chance.randrange(4), tmp_path / "graph")
    found = check_partitions(folder, shapes, engine=engine, processes=1, size=1)
    assert len({finding.focus for finding in found}) >= 5

    data, written = sorted(folder.glob("*.nq")), [shapes / "s.ttl"]
    whole = check_files(data, written) if engine == "rudof" else check_graph(parse_files(data), parse_files(written))

    def count(findings: list[Finding]) -> Counter[tuple[str, str, str, str]]:
        return Counter((f.focus, f.path, f.component, f.value) for f in findings)

    assert count(found) == count(whole)

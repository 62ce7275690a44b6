"""Nodes that are the same to a shape are checked once: the findings are those of checking each."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.rdf.triples import TripleIndex, parse_triples
from testimonia.shacl.graphs import parse_files
from testimonia.shacl.partitioned.focus_marks import FocusMarker
from testimonia.shacl.partitioned.partitioning import EngineName, check_partitions
from testimonia.shacl.partitioned.shape_dependencies import find_dependencies
from testimonia.shacl.partitioned.target_rewriting import rewrite_targets
from testimonia.shacl.shacl import check_graph

from ..whole import check_files

CASE = Path(__file__).resolve().parents[2] / "cases" / "validation" / "twins"
E = "https://example.org/"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("twins")
    lines = sorted(f"{triple} <{E}graph> .\n" for triple in parse_triples([CASE / "data.ttl"]))
    (folder / "data.nq").write_text("".join(lines), "utf-8")
    return folder


@pytest.mark.parametrize("size", [10**6, 600])
@pytest.mark.parametrize("engine", ["rudof", "pyshacl"])
def test_twins_have_the_findings_of_each(engine: EngineName, size: int, folder: Path) -> None:
    data, shapes = [folder / "data.nq"], [CASE / "shapes.ttl"]
    whole = check_files(data, shapes) if engine == "rudof" else check_graph(parse_files(data), parse_files(shapes))
    assert len({(finding.rule, finding.component) for finding in whole}) >= 14
    found = check_partitions(folder, CASE, engine=engine, processes=1, size=size)
    assert Counter(found) == Counter(whole)


def test_few_nodes_are_marked() -> None:
    shapes = TripleIndex(parse_triples([CASE / "shapes.ttl"]))
    marker = FocusMarker(rewrite_targets(shapes), {})
    name, of_type, cls = f"<{E}name>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", f"<{E}Alike>"
    nodes = [(n, [(n, of_type, cls), (n, name, '"a"')]) for n in (f"<{E}{number}>" for number in range(50))]
    assert len(list(marker.mark(nodes, {}))) == 1


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("Alike-name", {"name"}),
        ("Alike-way", {"other", "name"}),
        ("Choice", {"name", "other"}),
        ("Closed", None),
        ("Silent-name", None),
        ("Backwards-name", None),
        ("Itself", None),
    ],
)
def test_what_a_shape_sees(shape: str, expected: set[str] | None) -> None:
    shapes = TripleIndex(parse_triples([CASE / "shapes.ttl"]))
    seen = find_dependencies(shapes, ox.NamedNode(E + shape))
    assert (None if seen is None else {name.removeprefix(E) for name in seen}) == expected

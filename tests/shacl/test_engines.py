"""Both engines: what rudof reports beside pySHACL, on all cases of tests/cases/shapes and on the project's graph.

What pySHACL finds in a case is what its `# expect:` lines say (tests/shacl/test_shacl.py holds that). Differences
are listed in tests/cases/validation/engines.yaml, each with its reason.
"""

import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from testimonia.core.errors import InputError, TestimoniaError
from testimonia.core.findings import Finding, shorten, shorten_path
from testimonia.core.layout import Layout
from testimonia.core.namespaces import expand
from testimonia.rdf.triples import TripleIndex, parse_triples, write_triples
from testimonia.shacl.graphs import parse_files, read_graph, read_shapes_graph
from testimonia.shacl.rudof import RudofSession
from testimonia.shacl.shacl import check_graph

from .whole import check_files

PROJECT = Path(__file__).resolve().parents[2]
CASES = PROJECT / "tests" / "cases" / "shapes"
BASE = "https://example.org/"
TABLE = yaml.safe_load((PROJECT / "tests" / "cases" / "validation" / "engines.yaml").read_text("utf-8"))
KNOWN = {entry["case"]: entry for entry in TABLE}
FILES = sorted(CASES.glob("*/*.ttl"))
SHAPES = sorted((PROJECT / "shapes").glob("*.ttl"))
MODEL = [PROJECT / "ontology" / "testimonia.ttl", CASES / "base.ttl"]
EXPECT = re.compile(r"# expect: focus=(\S+) path=(\S+) component=(\S+) severity=Violation shape=(\S+)")
REMOVE = re.compile(r"# remove: <([^>]+)> (\S+) \*")


def name_case(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def format_fields(finding: Finding) -> str:
    path = shorten_path(finding.path, BASE) or "-"
    return f"{shorten(finding.focus, BASE)} {path} {finding.component} {shorten(finding.rule)}"


@cache
def read_base() -> list[ox.Triple]:
    """Read what all cases are laid over."""
    return list(parse_triples(MODEL))


def write_case(case: Path, path: Path) -> Path:
    """Write base and case together, without what the case removes."""
    gone = {(f"<{s if ':' in s else BASE + s}>", f"<{expand(p)}>") for s, p in REMOVE.findall(case.read_text("utf-8"))}
    kept = [t for t in read_base() if (str(t.subject), str(t.predicate)) not in gone]
    write_triples([*kept, *parse_triples([case])], path)
    return path


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> RudofSession:
    return RudofSession(TripleIndex(parse_triples(SHAPES)), tmp_path_factory.mktemp("rudof"))


def test_all_cases_are_compared() -> None:
    assert len(FILES) >= 420
    assert set(KNOWN) <= set(map(name_case, FILES))
    assert len(KNOWN) == len(TABLE)


@pytest.mark.parametrize("case", FILES, ids=name_case)
def test_a_case(case: Path, session: RudofSession, tmp_path: Path) -> None:
    expected = Counter(" ".join(fields) for fields in EXPECT.findall(case.read_text("utf-8")))
    found = Counter(map(format_fields, session.check(write_case(case, tmp_path / "case.nt"))))
    known = KNOWN.get(name_case(case), {})
    assert Counter(known.get("lacks", [])) == expected - found
    assert Counter(known.get("adds", [])) == found - expected


def test_whole_findings_are_the_same(tmp_path: Path) -> None:
    """All faults together, of both engines, message, value and all; but for values that are not their datatype."""
    cases = [case for case in FILES if case.stem == "fail" and name_case(case) not in KNOWN]
    data = tmp_path / "data.nt"
    write_triples(parse_triples([*MODEL, *cases]), data)
    ours = Counter(check_files([data], SHAPES))
    theirs = Counter(check_graph(parse_files([data]), read_shapes_graph(PROJECT / "shapes")))
    assert sum(theirs.values()) >= 200
    differing = (ours - theirs) + (theirs - ours)
    assert {format_fields(finding) for finding in differing} == {
        "claim/raid/figure/new t:value DatatypeConstraintComponent FigureShape-value"
    }
    assert {finding.value for finding in differing} == {'"two"', f'"two"^^<{expand("xsd:decimal")}>'}


@pytest.mark.slow
def test_the_real_graph_is_the_same_to_both(project_layout: Layout) -> None:
    """As it is, and with every claim's modality turned into a fear: with findings as well as without."""
    files = sorted(project_layout.graph.rglob("*.nq"))
    shapes = sorted(project_layout.shapes.glob("*.ttl"))
    assert check_files(files, shapes) == check_graph(
        read_graph(project_layout.graph), read_shapes_graph(project_layout.shapes)
    )


@pytest.mark.slow
def test_a_broken_real_graph_is_the_same_to_both(project_layout: Layout, tmp_path: Path) -> None:
    text = "".join(path.read_text("utf-8") for path in sorted(project_layout.graph.rglob("*.nq")))
    data = tmp_path / "data.nq"
    data.write_text(text.replace("/term/modality/holds>", "/term/modality/feared>"), "utf-8")
    ours = check_files([data], sorted(project_layout.shapes.glob("*.ttl")))
    assert len(ours) > 100
    assert Counter(ours) == Counter(check_graph(parse_files([data]), read_shapes_graph(project_layout.shapes)))


def test_blank_nodes_of_two_files_stay_apart(tmp_path: Path) -> None:
    shapes = tmp_path / "s.ttl"
    head = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> . "
    shapes.write_text(head + "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [ sh:path e:p ; sh:maxCount 1 ] .")
    for name in "ab":
        (tmp_path / f"{name}.ttl").write_text(head + "e:x a e:C ; e:p _:x .")
    found = check_files([tmp_path / "a.ttl", tmp_path / "b.ttl"], [shapes])
    assert [(f.focus, f.path, f.component) for f in found] == [(BASE + "x", BASE + "p", "MaxCountConstraintComponent")]


def test_paths_are_told_as_sparql_writes_them(tmp_path: Path) -> None:
    shapes, data = tmp_path / "s.ttl", tmp_path / "d.ttl"
    head = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> . "
    path = "( [ sh:inversePath e:a ] [ sh:alternativePath ( e:b [ sh:zeroOrMorePath e:c ] ) ] )"
    shapes.write_text(
        f"{head} e:S a sh:NodeShape ; sh:targetNode e:x ; sh:property [ sh:path {path} ; sh:minCount 9 ] ."
    )
    data.write_text(head + "e:x e:y e:z .")
    (found,) = check_files([data], [shapes])
    (same,) = check_graph(parse_files([data]), parse_files([shapes]))
    assert found.path == same.path


def test_files_that_do_not_parse_are_named_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<https://example.org/a> nonsense .")
    (tmp_path / "b.nq").write_text("<https://example.org/a> <https://example.org/b> <https://example.org/c> .\n<x\n")
    with pytest.raises(InputError) as caught:
        check_files([tmp_path / "a.ttl", tmp_path / "b.nq", tmp_path / "c.ttl"], SHAPES)
    assert [(Path(p.file).name, p.line) for p in caught.value.findings] == [("a.ttl", 1), ("b.nq", 2), ("c.ttl", 0)]


def test_shapes_that_cannot_be_used_are_an_error(tmp_path: Path) -> None:
    shapes = tmp_path / "s.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> . "
        "e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property e:P . e:P a sh:PropertyShape ; sh:minCount 'many' ."
    )
    with pytest.raises(TestimoniaError, match="cannot use the shapes"):
        check_files([MODEL[1]], [shapes])


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyrudof", None)
    with pytest.raises(TestimoniaError, match=r"pip install 'testimonia\[rudof\]'"):
        check_files([MODEL[1]], SHAPES)

"""Each shape against its cases: tests/cases/shapes/<shape>/{pass,fail}*.ttl, each laid over base.ttl.

A case is Turtle, to be added to the base, under comment lines:

    # remove: <claim/raid> t:about *          triples of the base that go (`*` = whatever object)
    # expect: focus=… path=… component=… severity=… shape=…      one line for each finding (fail only)

`focus`, `path` and `shape` are written as findings are printed, without the base https://example.org/; a finding
without a path has `-`. `sh:equals` reports each value that one side lacks: its line may stand twice.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef

from testimonia.core.errors import TestimoniaError
from testimonia.core.findings import SHAPES, Finding, shorten, shorten_path
from testimonia.core.namespaces import T, expand
from testimonia.shacl.graphs import parse_files, read_shapes_graph
from testimonia.shacl.shacl import check_graph
from testimonia.shacl.shapes import find_shapes

PROJECT = Path(__file__).resolve().parents[2]
CASES = PROJECT / "tests" / "cases" / "shapes"
BASE = "https://example.org/"
FIELDS = ("focus", "path", "component", "severity", "shape")
REMOVE = re.compile(r"# remove: <(?P<subject>[^>]+)> (?P<predicate>\S+) \*")
EXPECT = re.compile("# expect: " + " ".join(rf"{field}=(\S+)" for field in FIELDS))


@dataclass(frozen=True)
class Case:
    """One file: what it adds and removes, and the findings that it must have (none for a pass)."""

    path: Path

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def comments(self) -> list[str]:
        return [line for line in self.path.read_text("utf-8").splitlines() if line.startswith("#")]

    def read_expected(self) -> list[tuple[str, ...]]:
        lines = [line for line in self.comments if line.startswith("# expect:")]
        matches = [EXPECT.fullmatch(line) for line in lines]
        assert all(matches), f"{self.name}: an # expect: line lacks one of {FIELDS}"
        return sorted(match.groups() for match in matches if match)

    def read_graph(self, base: Graph) -> Graph:
        graph = Graph(bind_namespaces="none")
        graph += base
        for line in self.comments:
            if not line.startswith("# remove:"):
                continue
            match = REMOVE.fullmatch(line)
            assert match, f"{self.name}: {line!r} is not: # remove: <subject> predicate *"
            subject = match["subject"] if ":" in match["subject"] else BASE + match["subject"]
            gone = (URIRef(subject), URIRef(expand(match["predicate"])), None)
            assert gone in graph, f"{self.name}: the base has nothing to remove for {line!r}"
            graph.remove(gone)
        graph += parse_files([self.path])
        return graph


def find_cases(stem: str) -> list[Case]:
    return [Case(path) for path in sorted(CASES.glob(f"*/{stem}*.ttl"))]


def give_fields(finding: Finding) -> tuple[str, ...]:
    path = shorten_path(finding.path, BASE) or "-"
    return (shorten(finding.focus, BASE), path, finding.component, finding.severity, shorten(finding.rule))


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return read_shapes_graph(PROJECT / "shapes")


@pytest.fixture(scope="module")
def base() -> Graph:
    return parse_files([PROJECT / "ontology" / "testimonia.ttl", CASES / "base.ttl"])


def test_base_conforms(base: Graph, shapes: Graph) -> None:
    assert check_graph(base, shapes) == []


@pytest.mark.parametrize("case", find_cases("pass"), ids=lambda case: case.name)
def test_pass_has_no_finding(case: Case, base: Graph, shapes: Graph) -> None:
    graph = case.read_graph(base)
    assert set(graph) - set(base), "a passing case adds what the shape looks at"
    assert check_graph(graph, shapes) == []


@pytest.mark.parametrize("case", find_cases("fail"), ids=lambda case: case.name)
def test_fail_has_exactly_the_findings_it_names(case: Case, base: Graph, shapes: Graph) -> None:
    expected = case.read_expected()
    assert case.path.parent.name in {fields[-1] for fields in expected}, "the fault is one of the case's own shape"
    assert sorted(map(give_fields, check_graph(case.read_graph(base), shapes))) == expected


def test_each_reporting_shape_has_its_cases_and_no_case_is_orphan(shapes: Graph) -> None:
    reporting = {shape.iri.removeprefix(SHAPES) for shape in find_shapes(shapes) if shape.reports}
    assert len(reporting) >= 150
    for stem in ("pass", "fail"):
        assert {path.parent.name for path in CASES.glob(f"*/{stem}.ttl")} == reporting, stem
    known = re.compile(r"(pass|fail)(-[a-z0-9-]+)?\.ttl")
    assert [p.name for p in CASES.glob("*/*") if not known.fullmatch(p.name)] == []


def test_each_constraint_is_seen_to_fail(shapes: Graph) -> None:
    """Counts, datatypes, classes, patterns and bounds of each shape are each the fault of one case."""
    written = {
        "minCount": "MinCount", "maxCount": "MaxCount", "class": "Class", "datatype": "Datatype", "in": "In",
        "pattern": "Pattern", "uniqueLang": "UniqueLang", "lessThan": "LessThan", "equals": "Equals",
        "lessThanOrEquals": "LessThanOrEquals", "or": "Or", "xone": "Xone", "not": "Not", "closed": "Closed",
        "qualifiedMinCount": "QualifiedMinCount", "qualifiedMaxCount": "QualifiedMaxCount",
    }  # fmt: skip
    seen = {(fields[4], fields[2]) for case in find_cases("fail") for fields in case.read_expected()}
    reporting = [shape.iri for shape in find_shapes(shapes) if shape.reports]
    needed = {
        (shorten(iri), f"{component}ConstraintComponent")
        for iri in reporting
        for name, component in written.items()
        if (URIRef(iri), URIRef(expand(f"sh:{name}")), None) in shapes
    }
    assert needed - seen == set()


def test_data_and_shapes_are_not_changed(base: Graph, shapes: Graph) -> None:
    before = len(base), len(shapes)
    case = Case(CASES / "ClaimShape" / "fail.ttl")
    check_graph(case.read_graph(base), shapes)
    assert (len(base), len(shapes)) == before


def test_unusable_shapes_are_an_error(base: Graph) -> None:
    broken = Graph()
    broken.add((URIRef(SHAPES + "X"), URIRef(expand("rdf:type")), URIRef(expand("sh:NodeShape"))))
    broken.add((URIRef(SHAPES + "X"), URIRef(expand("sh:targetClass")), URIRef(T + "Claim")))
    broken.add((URIRef(SHAPES + "X"), URIRef(expand("sh:property")), Literal("no shape")))
    with pytest.raises(TestimoniaError, match="the shapes cannot be used"):
        check_graph(base, broken)

"""The report as Turtle, read back, and beside what the engine itself reports."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SH, Graph, Literal, URIRef

from testimonia.core.findings import SHAPES, Finding
from testimonia.shacl.graphs import parse_files, read_shapes_graph
from testimonia.shacl.paths import format_path
from testimonia.shacl.shacl import check_graph
from testimonia.validation.formats.turtle import format_turtle
from testimonia.validation.report import Report

BASE = "https://example.org/"
CASES = Path(__file__).resolve().parents[2] / "cases" / "shapes"
PROJECT = Path(__file__).resolve().parents[3]
READ = Callable[[str], list[Finding]]
ONCE = (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape, SH.resultMessage)


def list_results(graph: Graph) -> Counter[tuple[str, ...]]:
    """Count the results by what they say; literals are no values, since reports of ours do not show text."""
    found: Counter[tuple[str, ...]] = Counter()
    for result in graph.subjects(RDF.type, SH.ValidationResult):
        path, value = graph.value(result, SH.resultPath), graph.value(result, SH.value)
        facts = [str(graph.value(result, predicate)) for predicate in ONCE]
        facts.append("" if path is None else format_path(graph, path))
        found[(*facts, str(value) if isinstance(value, URIRef) else "")] += 1
    return found


def read(findings: list[Finding], empty_report: Report) -> Graph:
    return Graph().parse(data=format_turtle(replace(empty_report, findings=findings)), format="turtle")


@pytest.mark.parametrize("case", ["ordinary", "layers", "hostile", "none"])
def test_reports_are_what_shacl_says(case: str, read_case: READ, empty_report: Report) -> None:
    graph = read(read_case(case), empty_report)
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = list(graph.objects(report, SH.result))
    assert len(results) == len(read_case(case))
    assert graph.value(report, SH.conforms) == Literal(case == "none")
    for result in results:
        assert all(len(list(graph.objects(result, predicate))) == 1 for predicate in ONCE)
        assert graph.value(result, SH.resultSeverity) in {SH.Violation, SH.Warning, SH.Info}


def test_values_place_and_passage(read_case: READ, empty_report: Report) -> None:
    graph = read(read_case("ordinary"), empty_report)
    (result,) = graph.subjects(SH.focusNode, URIRef("https://example.org/interview/val-solen/claim/5"))
    assert graph.value(result, SH.value) == URIRef("https://example.org/id/ostmark")
    assert set(map(str, graph.objects(result, RDFS.seeAlso))) == {
        "file:mappings/interviews/val-solen.yaml#line=98,99",
        "file:lantern.txt#char=519,570",
    }
    (named,) = graph.subjects(SH.focusNode, URIRef("https://example.org/id/mira-solen"))
    assert (named, SH.value, None) not in graph
    (acted,) = graph.subjects(SH.focusNode, URIRef("https://example.org/interview/val-solen/claim/4"))
    path = graph.value(acted, SH.resultPath)
    assert path is not None
    assert format_path(graph, path) == read_case("ordinary")[1].path


def test_other_layers_have_components_and_shapes_of_ours(read_case: READ, empty_report: Report) -> None:
    graph = read(read_case("layers"), empty_report)
    components = {str(o).removeprefix(SHAPES) for o in graph.objects(None, SH.sourceConstraintComponent)}
    assert components == {f"{layer}ConstraintComponent" for layer in ("Records", "Evidence", "Queries", "Graph")}
    (result,) = graph.subjects(SH.sourceShape, URIRef(SHAPES + "unknown-key"))
    assert str(graph.value(result, SH.focusNode)) == "file:mappings/interviews/%C3%A5l%20dal.yaml"


def test_the_same_results_as_the_engine(empty_report: Report) -> None:
    paths = sorted(CASES.glob("*/fail*.ttl"))[::6]
    cases = [path for path in paths if not any(getattr(o, "ill_typed", False) for o in parse_files([path]).objects())]
    assert len(cases) >= 20
    shapes = read_shapes_graph(PROJECT / "shapes")
    data = parse_files([CASES / "base.ttl", *cases])  # the engine itself stops at literals that are ill-formed
    _, theirs, _ = validate(data, shacl_graph=shapes, inference="none")
    ours = read(check_graph(data, shapes), empty_report)
    assert isinstance(theirs, Graph)
    assert list_results(ours) == list_results(theirs)
    assert sum(list_results(ours).values()) > 20

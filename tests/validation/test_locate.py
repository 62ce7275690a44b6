"""Each node leads back to its line: tests/cases/validation/places.yaml over the invented data set."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import URIRef

from testimonia.core.evidence import Lock
from testimonia.core.findings import SHAPES, Finding, SourceSpan
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout, find_model_root
from testimonia.core.namespaces import T, expand
from testimonia.core.record import Position, Records
from testimonia.dataset.project import Project, build_project, read_locked_project, write_graph
from testimonia.shacl.graphs import read_graph, read_shapes_graph
from testimonia.shacl.shacl import check_graph
from testimonia.validation.formats.text import format_text
from testimonia.validation.index import GraphIndex
from testimonia.validation.locate import find_place, locate_findings, locate_in_files
from testimonia.validation.passages import find_span
from testimonia.validation.report import Report

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "lantern"
CASES = yaml.safe_load((ROOT / "tests" / "cases" / "validation" / "places.yaml").read_text("utf-8"))
BASE = "https://example.org/lantern/"
PREFIXED = re.compile(r"\b[a-z]+:\w+")


@pytest.fixture(scope="module")
def read() -> tuple[Project, Lock]:
    return read_locked_project(Layout(EXAMPLE, find_model_root()), None)


@pytest.fixture(scope="module")
def index(read: tuple[Project, Lock]) -> GraphIndex:
    project, lock = read
    return GraphIndex(
        project.records, lock, project.vocabulary, {T + "Claim": Position("ontology/testimonia.ttl", 7, 1)}
    )


def make(focus: str, path: str = "", value: str = "", **changes: Any) -> Finding:
    rule = SHAPES + "ClaimShape-charge"
    finding = Finding(
        focus=focus, path=path, rule=rule, component="ClassConstraintComponent", value=value, found="Wrong."
    )
    return replace(finding, **changes)


def test_there_are_as_many_cases_as_we_think() -> None:
    assert len(CASES) == 55


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['focus']} {case['path']} {case['value']}")
def test_node_and_path_lead_to_the_line(case: dict[str, str], index: GraphIndex) -> None:
    path = PREFIXED.sub(lambda match: expand(match[0]), case["path"])
    value = f"<{BASE}{case['value']}>" if case["value"] else ""
    place = find_place(index, BASE + case["focus"], path, value)
    if not case["file"]:
        assert place is None
        return
    assert place is not None
    assert place.path == f"mappings/{case['file']}.yaml"
    lines = (EXAMPLE / place.path).read_text("utf-8").splitlines(keepends=True)
    rest = "".join(lines[place.line - 1 :])[place.column - 1 :]
    assert rest.startswith(case["text"])


def test_every_node_that_a_record_makes_has_a_line(index: GraphIndex, read: tuple[Project, Lock]) -> None:
    built = build_project(*read)
    subjects = {
        line.partition(">")[0][1:]
        for name, content in built.files.items()
        if name.endswith(".nq") and name != "vocabulary.nq"
        for line in content.decode().splitlines()
    }
    assert len(subjects) > 400
    assert [iri for iri in sorted(subjects) if find_place(index, iri) is None] == []


def test_every_passage_of_the_graph_has_its_own_offsets(index: GraphIndex, read: tuple[Project, Lock]) -> None:
    built = build_project(*read)
    pattern = re.compile(r'<(\S+)> <http://www.w3.org/ns/oa#(start|end)> "(\d+)"')
    found: dict[str, dict[str, int]] = {}
    for name, content in built.files.items():
        if name.startswith("interview/"):
            for iri, which, offset in pattern.findall(content.decode()):
                found.setdefault(iri, {})[which] = int(offset)
    assert len(found) > 100
    for iri, offsets in found.items():
        assert find_span(index, iri) == SourceSpan("lantern.txt", offsets["start"], offsets["end"]), iri


@pytest.mark.parametrize(
    ("focus", "value", "same"),
    [
        ("interview/val-solen/claim/8", "", "interview/val-solen/claim/8/evidence/1"),
        ("interview/val-solen/claim/8/figure/detained/minors", "", "interview/val-solen/claim/8/evidence/1"),
        ("id/pressure-on-musicians", "", "interview/val-solen/claim/3/evidence/1"),
        ("date/2009", "", "interview/val-solen/claim/4/evidence/1"),
        (
            "interview/val-dale/claim/12",
            "interview/val-dale/claim/12/context/1",
            "interview/val-dale/claim/12/context/1",
        ),
    ],
)
def test_what_belongs_to_a_claim_has_its_passage(focus: str, value: str, same: str, index: GraphIndex) -> None:
    span = find_span(index, BASE + focus, f"<{BASE}{value}>" if value else "")
    assert span is not None
    assert span == find_span(index, BASE + same)


@pytest.mark.parametrize(
    "focus",
    [
        *("id/mira-solen", "interview/val-solen", "interview/none/claim/1", "interview/val-solen/claim/none"),
        *("interview/val-solen/claim/8/evidence/0", "interview/val-solen/turn/999", "date/1999", ""),
    ],
)
def test_no_passage_is_made_up(focus: str, index: GraphIndex) -> None:
    assert find_span(index, BASE + focus) is None


def test_no_line_is_made_up_for_what_the_lock_or_the_records_lack(read: tuple[Project, Lock]) -> None:
    project, _ = read
    empty = GraphIndex(replace(project.records, records=(), entities={}), Lock(), project.vocabulary, {})
    for focus in ("interview/val-solen/claim/8", "id/mira-solen", "date/2009", "graph/interview/val-dale"):
        assert find_place(empty, BASE + focus) is None
        assert find_span(empty, BASE + focus) is None
    unlocked = GraphIndex(project.records, Lock(), project.vocabulary, {})
    assert find_span(unlocked, BASE + "interview/val-solen/claim/8") is None


def test_terms_stand_where_the_turtle_files_say(index: GraphIndex) -> None:
    assert find_place(index, T + "Claim", expand("rdfs:label")) == Position("ontology/testimonia.ttl", 7, 1)
    assert find_place(index, T + "Nothing") is None


def test_findings_are_filled_in_their_order(read: tuple[Project, Lock]) -> None:
    project, lock = read
    findings = [make(BASE + "interview/val-solen/claim/7", T + "charge"), make("https://elsewhere.example/x")]
    first, second = locate_findings(findings, project.records, lock, project.vocabulary)
    assert first.place is not None
    assert first.span is not None
    assert first.fix == "Correct what stands behind charge:."
    assert (second.place, second.span) == (None, None)
    assert second.fix.endswith("testimonia explain ClaimShape-charge.")


def test_what_is_known_already_stays(read: tuple[Project, Lock]) -> None:
    project, lock = read
    place, span = Position("x.yaml", 3, 1), SourceSpan("y.txt", 1, 2)
    finding = make(BASE + "interview/val-solen/claim/7", place=place, span=span, fix="Do this.")
    (filled,) = locate_findings([finding], project.records, lock, project.vocabulary)
    assert (filled.place, filled.span, filled.fix) == (place, span, "Do this.")


def test_records_without_a_base_lead_nowhere(read: tuple[Project, Lock]) -> None:
    project, lock = read
    empty = Records("", {}, {}, ())
    (filled,) = locate_findings([make("", rule="unknown-key", layer=Layer.RECORDS)], empty, lock, project.vocabulary)
    assert (filled.place, filled.span) == (None, None)


def test_findings_about_plain_files() -> None:
    place = Position("data.nq", 12, 1)
    findings = [make("https://example.org/a"), make("https://example.org/b")]
    located = locate_in_files(findings, {"https://example.org/a": place})
    assert [finding.place for finding in located] == [place, None]


def test_from_the_graph_to_the_report_of_the_docs(read: tuple[Project, Lock], tmp_path: Path) -> None:
    project, lock = read
    write_graph(tmp_path / "graph", build_project(project, lock))
    graph = read_graph(tmp_path / "graph", project.layout.ontology)
    claim = URIRef(BASE + "interview/val-solen/claim/7")
    graph.set((claim, URIRef(T + "charge"), URIRef(BASE + "id/ostmark")))
    findings = check_graph(graph, read_shapes_graph(project.layout.shapes))
    located = locate_findings(findings, project.records, lock, project.vocabulary)
    report = format_text(replace(Report(base=BASE, ran=[Layer.RECORDS, Layer.SHACL]), findings=located))
    page = (ROOT / "docs" / "validation-formats.md").read_text("utf-8")
    assert f"```\n{report}\n```" in page

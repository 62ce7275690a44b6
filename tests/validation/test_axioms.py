"""Axioms: what the reasoner says becomes findings, kept under a digest and read again only while nothing changed."""

import json
import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.errors import TestimoniaError
from testimonia.core.findings import Finding
from testimonia.core.layers import Layer
from testimonia.core.layout import Layout
from testimonia.core.namespaces import T, expand
from testimonia.validation import axioms
from testimonia.validation.axioms import CACHE, check_axioms, find_clashes, format_cache, read_cache
from testimonia.validation.reasoning.hermit import Hermit
from testimonia.validation.reasoning.verdicts import Contradiction, ReasonerVerdict

CASES = Path(__file__).resolve().parents[1] / "cases" / "axioms"
CLAIM = "https://example.org/interview/val-solen/claim/1"
RAID = "https://example.org/id/archive-raid"
STATEMENTS = (
    ox.Triple(ox.NamedNode(RAID), ox.NamedNode(expand("rdf:type")), ox.NamedNode(T + "Act")),
    ox.Triple(ox.NamedNode(RAID), ox.NamedNode(T + "iso"), ox.Literal("said in confidence")),
)
CLASH = ReasonerVerdict(False, (), (), (Contradiction(STATEMENTS, (CLAIM,)),), True, 7, 9)
CLEAN = ReasonerVerdict(True, (), (), (), True, 7, 1)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    folder = tmp_path / "graph"
    folder.mkdir()
    shutil.copy(CASES / "contradiction.nq", folder)
    return folder


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[ReasonerVerdict]:
    """A reasoner that gives a verdict at once, and the verdicts that it gave."""
    given: list[ReasonerVerdict] = []

    def give(*_: object) -> ReasonerVerdict:
        given.append(CLASH)
        return CLASH

    monkeypatch.setattr(axioms, "find_hermit", lambda: Hermit("java", ""))
    monkeypatch.setattr(axioms, "check_consistency", give)
    return given


def test_a_contradiction_is_a_finding_for_its_claim() -> None:
    (finding,) = find_clashes(CLASH)
    assert (finding.focus, finding.rule, finding.severity) == (CLAIM, "contradiction", "Violation")
    assert finding.layer is Layer.OWL
    assert "<https://example.org/id/archive-raid> rdf:type t:Act" in finding.message


def test_a_finding_does_not_repeat_what_a_literal_says() -> None:
    (finding,) = find_clashes(CLASH)
    assert "confidence" not in finding.message
    assert "a value (xsd:string)" in finding.message


def test_each_claim_of_a_contradiction_has_its_finding_and_one_without_claims_too() -> None:
    both = ReasonerVerdict(False, (), (), (Contradiction(STATEMENTS, (CLAIM, CLAIM + "0")),), True, 7, 9)
    assert [f.focus for f in find_clashes(both)] == [CLAIM, CLAIM + "0"]
    none = ReasonerVerdict(False, (), (), (Contradiction(STATEMENTS, ()),), True, 7, 9)
    assert [f.focus for f in find_clashes(none)] == [RAID]


def test_all_that_a_verdict_says_is_a_finding() -> None:
    verdict = ReasonerVerdict(False, (T + "Both",), ((T + "agianst", 3),), (), False, 7, 9)
    assert {f.rule for f in find_clashes(verdict)} == {
        *("more-contradictions", "unknown-to-the-reasoner", "unsatisfiable-class")
    }
    assert find_clashes(CLEAN) == []


def test_findings_are_kept_and_read_again(
    project_layout: Layout, graph: Path, runs: list[ReasonerVerdict], tmp_path: Path
) -> None:
    first = check_axioms(project_layout, graph, cache=tmp_path / "cache")
    again = check_axioms(project_layout, graph, cache=tmp_path / "cache")
    assert first == again
    assert len(runs) == 1
    assert [path.name for path in (tmp_path / "cache").iterdir()] == [CACHE]


def test_without_a_cache_every_run_reasons(project_layout: Layout, graph: Path, runs: list[ReasonerVerdict]) -> None:
    for _ in range(2):
        check_axioms(project_layout, graph, cache=None)
    assert len(runs) == 2


def change_graph(graph: Path, _: Path, __: pytest.MonkeyPatch) -> None:
    shutil.copy(CASES / "consistent.nq", graph / "contradiction.nq")


def add_to_graph(graph: Path, _: Path, __: pytest.MonkeyPatch) -> None:
    shutil.copy(CASES / "consistent.nq", graph)


def change_version(_: Path, __: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(axioms, "__version__", "99")


def damage(content: bytes) -> Callable[[Path, Path, pytest.MonkeyPatch], None]:
    def write(_: Path, cache: Path, __: pytest.MonkeyPatch) -> None:
        (cache / CACHE).write_bytes(content)

    return write


def cut(_: Path, cache: Path, __: pytest.MonkeyPatch) -> None:
    path = cache / CACHE
    path.write_bytes(path.read_bytes()[:-20])


def spoil(_: Path, cache: Path, __: pytest.MonkeyPatch) -> None:
    kept = json.loads((cache / CACHE).read_text("utf-8"))
    kept["findings"][0]["severity"] = 7
    (cache / CACHE).write_text(json.dumps(kept))


@pytest.mark.parametrize(
    "change",
    [change_graph, add_to_graph, change_version, cut, spoil, *map(damage, (b"", b"[]", b"\xff", b"[" * 100_000))],
)
def test_what_changed_or_is_damaged_is_made_anew(
    change: Callable[[Path, Path, pytest.MonkeyPatch], None],
    project_layout: Layout,
    graph: Path,
    runs: list[ReasonerVerdict],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = graph.parent / "cache"
    expected = check_axioms(project_layout, graph, cache=cache)
    change(graph, cache, monkeypatch)
    assert check_axioms(project_layout, graph, cache=cache) == expected
    assert len(runs) == 2


def test_a_changed_model_is_reasoned_anew(
    project_layout: Layout, graph: Path, runs: list[ReasonerVerdict], tmp_path: Path
) -> None:
    shutil.copytree(project_layout.model / "ontology", tmp_path / "model" / "ontology")
    layout = Layout(tmp_path, tmp_path / "model")
    check_axioms(layout, graph, cache=tmp_path / "cache")
    with (layout.terms / "hedge.ttl").open("a", encoding="utf-8") as stream:
        stream.write("# one line more\n")
    check_axioms(layout, graph, cache=tmp_path / "cache")
    assert len(runs) == 2


def test_a_cache_that_cannot_be_written_costs_only_time(
    project_layout: Layout, graph: Path, runs: list[ReasonerVerdict], tmp_path: Path
) -> None:
    (tmp_path / "cache").write_text("a file, no folder")
    for _ in range(2):
        assert len(check_axioms(project_layout, graph, cache=tmp_path / "cache")) == 1
    assert len(runs) == 2


def test_what_is_kept_is_all_of_a_finding() -> None:
    finding = Finding(focus="a", path="b", rule="c", value="e", severity="Info", found="g", layer=Layer.OWL, fix="h")
    kept = json.loads(format_cache([finding], "x"))["findings"][0]
    assert kept.keys() == {field.name for field in fields(Finding)}


def test_findings_of_another_digest_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / CACHE
    path.write_bytes(format_cache([], "x"))
    assert read_cache(path, "x") == []
    assert read_cache(path, "y") is None


def test_without_the_extra_there_is_one_line(
    project_layout: Layout, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("testimonia.validation.reasoning.hermit.find_spec", lambda _: None)
    with pytest.raises(TestimoniaError, match=r"extra \[reason\]") as raised:
        check_axioms(project_layout, graph, cache=tmp_path / "cache")
    assert len(str(raised.value).splitlines()) == 1
    assert not (tmp_path / "cache").exists()


@pytest.mark.reason
def test_hermit_finds_the_contradiction_of_the_case(project_layout: Layout, graph: Path, tmp_path: Path) -> None:
    findings = check_axioms(project_layout, graph, cache=tmp_path / "cache")
    assert CLAIM in {f.focus for f in findings}
    assert {f.rule for f in findings} == {"contradiction"}
    change_graph(graph, tmp_path, pytest.MonkeyPatch())
    assert check_axioms(project_layout, graph, cache=tmp_path / "cache") == []


@pytest.mark.reason
def test_the_graph_contradicts_nothing(project_layout: Layout, tmp_path: Path) -> None:
    assert check_axioms(project_layout, project_layout.graph, cache=tmp_path / "cache") == []

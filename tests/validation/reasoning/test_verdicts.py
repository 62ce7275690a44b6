"""The reasoner on planted contradictions, on the examples and on the real graph.

A case (`tests/cases/reasoning/<case>.ttl`) is laid over the small valid graph of the shape cases
(`tests/cases/shapes/base.ttl`), under comment lines:

    # remove: <claim/raid> t:modality *     triples of the base that go
    # claim: claim/raid                     a claim that the contradiction hangs on, one a line
    # expect: claim/raid t:about id/…       a statement of the contradiction, without the base https://example.org/
"""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.findings import shorten, shorten_path
from testimonia.core.layout import Layout
from testimonia.core.namespaces import T, expand
from testimonia.dataset.project import build_project, read_lock, read_project
from testimonia.rdf.reading import read_turtle
from testimonia.rdf.store import load_store, read_store
from testimonia.validation.reasoning.hermit import Hermit, find_hermit
from testimonia.validation.reasoning.verdicts import ReasonerVerdict, check_consistency, read_model

TESTS = Path(__file__).resolve().parents[2]
CASES = sorted((TESTS / "cases" / "reasoning").glob("*.ttl"))
BASE = "https://example.org/"
REMOVE = re.compile(r"# remove: <(?P<subject>[^>]+)> (?P<predicate>\S+) \*")
pytestmark = pytest.mark.reason


@pytest.fixture(scope="module")
def model(project_layout: Layout) -> list[ox.Triple]:
    return read_model(project_layout)


@pytest.fixture
def hermit() -> Hermit:
    """Fails where the extra is not installed; it is never skipped."""
    return find_hermit()


def read_base() -> set[ox.Triple]:
    return set(read_turtle([TESTS / "cases" / "shapes" / "base.ttl"], str))


def check(model: list[ox.Triple], triples: set[ox.Triple], hermit: Hermit, **limits: int) -> ReasonerVerdict:
    return check_consistency(model, [ox.Quad(t.subject, t.predicate, t.object) for t in triples], hermit, **limits)


def read_lines(path: Path, word: str) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return sorted(line.removeprefix(f"# {word}: ") for line in lines if line.startswith(f"# {word}: "))


def read_case(path: Path) -> set[ox.Triple]:
    triples = read_base()
    for line in path.read_text("utf-8").splitlines():
        match = REMOVE.fullmatch(line)
        if match:
            subject, predicate = ox.NamedNode(BASE + match["subject"]), ox.NamedNode(expand(match["predicate"]))
            gone = {t for t in triples if t.subject == subject and t.predicate == predicate}
            assert gone, f"{path.name}: the base has nothing to remove for {line!r}"
            triples -= gone
    return triples | set(read_turtle([path], str))


def test_there_are_cases() -> None:
    assert len(CASES) >= 15


def test_the_base_is_consistent(model: list[ox.Triple], hermit: Hermit) -> None:
    verdict = check(model, read_base(), hermit)
    assert verdict.clean
    assert verdict.complete
    assert verdict.runs == 1


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.stem)
def test_a_planted_contradiction_is_found(path: Path, model: list[ox.Triple], hermit: Hermit) -> None:
    verdict = check(model, read_case(path), hermit)
    assert not verdict.consistent
    (found,) = verdict.contradictions
    assert [shorten_path(str(triple), BASE) for triple in found.triples] == read_lines(path, "expect")
    assert sorted(shorten(claim, BASE) for claim in found.claims) == read_lines(path, "claim")
    assert verdict.complete


def test_several_contradictions_are_told_apart(model: list[ox.Triple], hermit: Hermit) -> None:
    paths = [TESTS / "cases" / "reasoning" / f"{name}.ttl" for name in ("person-and-body", "part-of-itself")]
    triples = {triple for path in paths for triple in read_case(path)}
    assert len(check(model, triples, hermit).contradictions) == 2
    few = check(model, triples, hermit, most=1)
    assert (len(few.contradictions), few.complete) == (1, False)
    none = check(model, triples, hermit, budget=2)
    assert (none.consistent, none.contradictions, none.complete) == (False, (), False)


def test_a_class_that_nothing_can_belong_to(model: list[ox.Triple], hermit: Hermit) -> None:
    both, kind = ox.NamedNode(BASE + "Both"), ox.NamedNode(expand("rdf:type"))
    parents = [ox.Triple(both, ox.NamedNode(expand("rdfs:subClassOf")), ox.NamedNode(T + n)) for n in ("Act", "Threat")]
    spoilt = [*model, ox.Triple(both, kind, ox.NamedNode(expand("owl:Class"))), *parents]
    verdict = check(spoilt, read_base(), hermit)
    assert verdict.consistent
    assert verdict.unsatisfiable == (BASE + "Both",)
    assert not verdict.clean


def test_a_model_that_contradicts_itself(model: list[ox.Triple], hermit: Hermit) -> None:
    concept, kind = ox.NamedNode("https://w3id.org/testimonia/term/modality/feared"), ox.NamedNode(expand("rdf:type"))
    verdict = check([*model, ox.Triple(concept, kind, ox.NamedNode(T + "RealModality"))], read_base(), hermit)
    assert not verdict.consistent
    statements = {shorten_path(str(triple), BASE) for triple in verdict.contradictions[0].triples}
    assert "term/modality/feared rdf:type t:RealModality" in statements
    assert "t:RealModality owl:disjointWith t:UnrealModality" in statements


def test_undeclared_terms_are_named(model: list[ox.Triple], hermit: Hermit) -> None:
    claim = ox.NamedNode(BASE + "claim/raid")
    strangers = {
        ox.Triple(claim, ox.NamedNode(T + "agianst"), ox.NamedNode(BASE + "id/song-archive")),
        ox.Triple(ox.NamedNode(BASE + "id/x"), ox.NamedNode(expand("rdf:type")), ox.NamedNode(T + "Raid")),
    }
    verdict = check(model, read_base() | strangers, hermit)
    assert verdict.consistent
    assert verdict.undeclared == ((T + "Raid", 1), (T + "agianst", 1))
    assert not verdict.clean


def test_the_example_is_consistent(model: list[ox.Triple], hermit: Hermit, example: Layout) -> None:
    built = build_project(read_project(example), read_lock(example))
    verdict = check_consistency(model, load_store(built.files), hermit)
    assert verdict.clean
    assert verdict.triples > 2000


def test_the_graph_is_consistent(model: list[ox.Triple], hermit: Hermit, project_layout: Layout) -> None:
    verdict = check_consistency(model, read_store(project_layout.graph), hermit)
    assert verdict.clean
    assert verdict.triples > 3000

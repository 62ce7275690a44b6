"""Statements: nothing that a claim says is lost when it is read out, and nothing is added."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.iris import mint_graph_iri
from testimonia.core.layout import Layout
from testimonia.core.namespaces import T
from testimonia.dataset.project import build_project, read_locked_project
from testimonia.questions.verbalisation.reading import read_statements
from testimonia.questions.verbalisation.statement import Statement
from testimonia.questions.verbalisation.wording import write_statement
from testimonia.rdf.reading import get_value
from testimonia.rdf.store import load_store, read_store
from testimonia.vocabulary.reading import read_vocabulary

BASE = "https://w3id.org/testimonia/"
SINGLE = ("statedBy", "voice", "modality")
Sentences = Callable[[str], dict[str, str]]


@pytest.fixture
def sentences(example: Layout) -> Sentences:
    project, lock = read_locked_project(example, None)
    store = load_store(build_project(project, lock).files)
    keys = {key.property: key.name for key in project.vocabulary.keys.values()}

    def read(interview: str) -> dict[str, str]:
        statements = read_statements(store, project.records.base, interview)
        return {statement.id: write_statement(statement, keys) for statement in statements}

    return read


def count_details(statement: Statement) -> Counter[str]:
    """How many values a statement has of each property that it does not treat in a way of its own."""
    return Counter({iri: len(values) for iri, values in statement.details})


def find_claims(store: ox.Store, interview: str) -> dict[str, list[ox.Quad]]:
    graph = ox.NamedNode(mint_graph_iri(BASE, f"interview/{interview}"))
    claims = {q.subject for q in store.quads_for_pattern(None, None, ox.NamedNode(T + "Claim"), graph)}
    return {get_value(c): list(store.quads_for_pattern(c, None, None, None)) for c in claims}


def interviews(layout: Layout) -> list[str]:
    return sorted(path.stem for path in (layout.graph / "interview").glob("*.nq"))


def test_no_triple_of_any_claim_is_lost(project_layout: Layout) -> None:
    store = read_store(project_layout.graph)
    seen = 0
    for interview in interviews(project_layout):
        statements = {s.iri: s for s in read_statements(store, BASE, interview)}
        claims = find_claims(store, interview)
        assert statements.keys() == claims.keys()
        for iri, quads in claims.items():
            statement = statements[iri]
            given = Counter(q.predicate.value for q in quads)
            own = {
                "about": len(statement.about),
                "figure": len(statement.amounts),
                "evidence": len(statement.spans),
                "country": len(statement.countries),
                "dateInferred": len(statement.inferred),
            }
            for name, number in own.items():
                assert given.pop(T + name, 0) == number, (iri, name)
            assert given.pop(T + "inferredFrom", 0) == bool(statement.basis)
            speakers = given.pop(T + "accordingTo")
            assert speakers - len(statement.cited) in {0, 1}
            assert all(given.pop(T + name) == 1 for name in SINGLE)
            given.pop(T + "context", 0)
            assert given.pop(T + "inInterview") == 1
            rest = {p: n for p, n in given.items() if not p.endswith(("#type", "#label"))}
            assert count_details(statement) == rest, iri
            seen += 1
    assert seen == len({s for i in interviews(project_layout) for s in find_claims(store, i)})


def test_sentences_have_every_name_and_number(project_layout: Layout) -> None:
    store = read_store(project_layout.graph)
    keys = {key.property: key.name for key in read_vocabulary(project_layout).keys.values()}
    for interview in interviews(project_layout):
        for statement in read_statements(store, BASE, interview):
            sentence = write_statement(statement, keys)
            names = [n.name for _, values in statement.details for n in values]
            names += [n.name for n in (*statement.cited, *statement.countries, statement.speaker)]
            names += [a.value for a in statement.amounts]
            assert all(name in sentence for name in names), statement.iri


def test_in_the_order_of_the_text(sentences: Sentences, example: Layout) -> None:
    project, lock = read_locked_project(example, None)
    store = load_store(build_project(project, lock).files)
    statements = read_statements(store, project.records.base, "val-solen")
    starts = [statement.spans[0].start for statement in statements]
    assert starts == sorted(starts)
    assert sentences("val-nobody") == {}


EXPECTED = Path(__file__).resolve().parents[2] / "cases" / "verbalisation" / "val-solen.txt"


def test_the_invented_interview_reads_as_expected(sentences: Sentences) -> None:
    told = "".join(f"{number}  {sentence}\n" for number, sentence in sentences("val-solen").items())
    assert told == EXPECTED.read_text("utf-8")

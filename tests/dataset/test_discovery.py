"""Discovery: the graph answers the three queries that the SPARQL editor of the SIB sends, as it sends them."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.answer import Solutions
from testimonia.core.layout import Layout
from testimonia.core.namespaces import PREFIXES, T, expand
from testimonia.questions.reading import read_questions
from testimonia.rdf.reading import get_value
from testimonia.rdf.store import read_store, run_select

CASES = Path(__file__).resolve().parents[1] / "cases" / "discovery"


@pytest.fixture(scope="module")
def store(project_layout: Layout) -> ox.Store:
    return read_store(project_layout.graph)


def ask(store: ox.Store, name: str) -> Solutions:
    return run_select(store, (CASES / f"{name}.rq").read_text("utf-8"))


def test_there_are_three() -> None:
    assert sorted(path.stem for path in CASES.glob("*.rq")) == ["classes", "examples", "prefixes"]


def test_examples_are_the_questions_and_run(store: ox.Store, project_layout: Layout) -> None:
    questions = read_questions(project_layout)
    rows = ask(store, "examples").rows
    stem = "https://w3id.org/testimonia/questions/"
    assert sorted(get_value(iri) for iri, _, _ in rows) == sorted(stem + slug for slug in questions)
    for iri, comment, query in rows:
        assert get_value(comment) == questions[get_value(iri).removeprefix(stem)].summary
        assert get_value(query).startswith("PREFIX ")
        assert run_select(store, get_value(query)).rows


def test_prefixes_are_those_in_use(store: ox.Store) -> None:
    found = {get_value(prefix): get_value(namespace) for prefix, namespace in ask(store, "prefixes").rows}
    assert found.items() >= PREFIXES.items()
    assert found["happening"] == "https://w3id.org/testimonia/term/happening/"


def test_classes_have_their_properties_with_what_these_lead_to(store: ox.Store) -> None:
    rows = [{name: get_value(term) for name, term in row.items()} for row in ask(store, "classes")]
    claims = [row for row in rows if row["subjectClass"] == T + "Claim"]
    about = {row["objectClass"] for row in claims if row["prop"] == T + "about"}
    assert {T + "Act", T + "Scenario", T + "Law"} <= about
    assert {(r["prop"], r["objectClass"]) for r in claims} >= {(T + "modality", expand("skos:Concept"))}
    starts = {r["objectDatatype"] for r in rows if r["prop"] == expand("oa:start")}
    assert starts == {expand("xsd:nonNegativeInteger")}
    (count,) = run_select(store, f"SELECT (COUNT(*) AS ?n) {{ ?c a <{T}Claim> ; <{T}modality> ?m }}").rows
    assert {r["triples"] for r in claims if r["prop"] == T + "modality"} == {get_value(count[0])}

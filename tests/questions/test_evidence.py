"""Evidence: behind every row of every question stand claims, each with who says it, whom they cite, and where."""

import pyoxigraph as ox
import pytest

from testimonia.core.answer import Answer
from testimonia.core.layout import find_model_root
from testimonia.questions.asking import ask_question, use_store
from testimonia.questions.evidence import EvidencePassage, ask_with_claims, ask_with_evidence, find_backing
from testimonia.questions.question import Question
from testimonia.rdf.short_names import Naming
from testimonia.rdf.store import run_query

NAMING = Naming("https://example.org/valdoria/")
CLAIM = "https://example.org/valdoria/interview/val-solen/claim/"
GRAPH = ox.Store()
GRAPH.load(
    """
    @base <https://example.org/valdoria/> . @prefix e: <https://example.org/valdoria/id/> .
    @prefix oa: <http://www.w3.org/ns/oa#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    @prefix t: <https://w3id.org/testimonia/ontology#> .
    e:solen rdfs:label "Mira Solen" . e:harbour rdfs:label "The Daily Harbour" . e:police rdfs:label "harbour police" .
    <interview/val-solen> t:source "lantern.txt" .
    <interview/val-solen/claim/5> t:inInterview <interview/val-solen> ; t:statedBy e:solen ; t:accordingTo e:solen .
    <interview/val-solen/claim/9> t:inInterview <interview/val-solen> ; t:statedBy e:solen ;
      t:accordingTo e:harbour, e:police ; t:evidence <p1>, <p2> .
    <p1> t:inTurn <interview/val-solen/turn/4> ; oa:start 393 ; oa:end 518 .
    <p2> t:inTurn <interview/val-solen/turn/5> ; oa:start 600 ; oa:end 610 .
    """,
    format=ox.RdfFormat.TURTLE,
)
SLUGS = sorted(p.stem for p in (find_model_root() / "queries" / "questions").glob("*.rq"))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_row_has_evidence(
    slug: str, questions: dict[str, Question], valdoria: ox.Store, values: dict[str, dict[str, str]]
) -> None:
    run = use_store(valdoria)
    found = ask_with_evidence(questions[slug], values[slug], NAMING, run)
    assert found.answer == ask_question(questions[slug], values[slug], NAMING, run)
    _, claims = ask_with_claims(questions[slug], values[slug], NAMING, run)
    assert [tuple(backing.claim for backing in behind) for behind in found.backing] == list(claims)
    for behind in found.backing:
        assert behind
        assert all(backing.stated_by for backing in behind)


def test_a_row_that_shows_a_claim_has_that_claim(questions: dict[str, Question], valdoria: ox.Store) -> None:
    found = ask_with_evidence(questions["opinions"], {}, NAMING, use_store(valdoria))
    shown = [str(row["claim"])[1:-1] for row in found.answer]
    assert shown == [backing.claim for behind in found.backing for backing in behind]


def test_a_counted_row_has_all_that_were_counted(questions: dict[str, Question], valdoria: ox.Store) -> None:
    found = ask_with_evidence(questions["rights"], {}, NAMING, use_store(valdoria))
    counts = [row["claims"] for row in found.answer]
    assert [ox.Literal(len(behind)) for behind in found.backing] == counts


def test_who_whom_and_where() -> None:
    found = find_backing([CLAIM + "9", CLAIM + "5", CLAIM + "no-such"], use_store(GRAPH))
    assert found.keys() == {CLAIM + "9", CLAIM + "5"}
    assert found[CLAIM + "9"].who == "Mira Solen, citing The Daily Harbour and harbour police"
    assert found[CLAIM + "9"].passages == {
        EvidencePassage("lantern.txt", 4, 393, 518),
        EvidencePassage("lantern.txt", 5, 600, 610),
    }
    assert (found[CLAIM + "5"].who, found[CLAIM + "5"].passages) == ("Mira Solen", set())


def test_claims_are_asked_for_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def run(query: str) -> Answer:
        asked.append(query)
        return run_query(GRAPH, query)

    monkeypatch.setattr("testimonia.questions.evidence._AT_ONCE", 1)
    found = find_backing([CLAIM + "5", CLAIM + "9", CLAIM + "5"], run)
    assert (len(asked), len(found)) == (2, 2)

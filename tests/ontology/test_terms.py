"""The terms: few parents, notations that are right, rights that stand for articles, ratings in their order."""

import re
from collections import Counter
from pathlib import Path

import pytest
from rdflib import SKOS, Graph, Literal, URIRef

from testimonia.core.namespaces import TERM, T
from testimonia.shacl.graphs import parse_files

TERMS = Path(__file__).resolve().parents[2] / "ontology" / "terms"
INSTRUMENTS = {"udhr": "UDHR", "iccpr": "ICCPR", "cedaw": "CEDAW", "refugee-convention": "Refugee Convention"}
HURIDOCS = [f"huridocs-{name}" for name in ("acts", "perpetrators", "rights", "sources", "victims")]
PRINCIPLES = {
    "human-rights",
    "basic-freedoms",
    "freedom",
    "democracy",
    "democratic-freedoms",
    "rule-of-law",
    "autonomy",
}


@pytest.fixture(scope="module")
def terms() -> Graph:
    return parse_files(sorted(TERMS.glob("*.ttl")))


def find_concepts(terms: Graph, scheme: str) -> dict[str, URIRef]:
    """Slug → concept."""
    found = terms.subjects(SKOS.inScheme, URIRef(TERM + scheme))
    return {str(s).rpartition("/")[2]: s for s in found if isinstance(s, URIRef)}


def find_codes(terms: Graph, datatype: str) -> list[tuple[str, str]]:
    """Code and slug of each concept that has a notation of that datatype."""
    pairs = [(s, o) for s, o in terms.subject_objects(SKOS.notation) if isinstance(o, Literal)]
    return sorted((str(o), str(s).rpartition("/")[2]) for s, o in pairs if str(o.datatype) == T + datatype)


def test_happenings_stand_under_few_parents(terms: Graph) -> None:
    happenings = find_concepts(terms, "happening")
    tops = [slug for slug, iri in happenings.items() if (iri, SKOS.topConceptOf, None) in terms]
    assert 140 <= len(happenings) <= 180
    assert len(tops) <= 15


def test_each_concept_is_a_top_concept_or_has_one_parent(terms: Graph) -> None:
    concepts = set(terms.subjects(SKOS.inScheme))
    assert len(concepts) > 500
    for concept in concepts:
        parents = [*terms.objects(concept, SKOS.topConceptOf), *terms.objects(concept, SKOS.broader)]
        assert len(parents) == 1, concept


def test_labels_and_definitions_are_each_of_one_concept_of_a_scheme(terms: Graph) -> None:
    for said in (SKOS.prefLabel, SKOS.definition):
        counts = Counter((terms.value(s, SKOS.inScheme), str(o)) for s, o in terms.subject_objects(said))
        assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("datatype", HURIDOCS)
def test_a_huridocs_code_is_of_one_concept(terms: Graph, datatype: str) -> None:
    codes = [code for code, _ in find_codes(terms, datatype)]
    assert codes
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"\d{12}", code) for code in codes)


def test_each_right_stands_for_an_article_unless_it_is_a_principle(terms: Graph) -> None:
    bare = {slug for slug, iri in find_concepts(terms, "right").items() if (iri, SKOS.relatedMatch, None) not in terms}
    assert bare == PRINCIPLES


def test_each_article_is_one_that_a_right_stands_for(terms: Graph) -> None:
    used = {str(o).rpartition("/")[2] for o in terms.objects(None, SKOS.relatedMatch)}
    assert used | set(INSTRUMENTS) == set(find_concepts(terms, "article"))


def test_an_article_is_called_by_its_number(terms: Graph) -> None:
    codes = find_codes(terms, "article-number")
    assert len(codes) == len(find_concepts(terms, "article"))
    for code, slug in codes:
        instrument = next(name for name in INSTRUMENTS if slug == name or slug.startswith(f"{name}-"))
        assert f"{INSTRUMENTS[instrument]} {slug.removeprefix(instrument).removeprefix('-')}".strip() == code


def test_ratings_are_in_order(terms: Graph) -> None:
    order = ["open", "narrowed", "obstructed", "repressed", "closed"]
    assert find_codes(terms, "grade") == [(str(n), slug) for n, slug in enumerate(order, start=1)]

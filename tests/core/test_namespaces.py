"""Names for people: the longest namespace counts, and what has none stays whole."""

import pytest

from testimonia.core.findings import SHAPES, shorten
from testimonia.core.namespaces import TERM, VOCABULARY_BASE, T, abbreviate, get_last_word

BASE = "https://example.org/"


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (T + "Claim", "t:Claim"),
        (T, "https://w3id.org/testimonia/ontology#"),
        ("http://rdfs.org/ns/void#subset", "void:subset"),
        ("http://ldf.fi/void-ext#datatype", "void-ext:datatype"),
        ("", ""),
    ],
)
def test_a_namespace_gives_way_to_its_prefix(iri: str, short: str) -> None:
    assert abbreviate(iri) == short


@pytest.mark.parametrize(
    ("iri", "short"),
    [
        (f"{BASE}interview/val-solen/claim/5", "interview/val-solen/claim/5"),
        (T + "charge", "t:charge"),
        (TERM + "happening/raid", "term/happening/raid"),
        (SHAPES + "ClaimShape", "ClaimShape"),
        (VOCABULARY_BASE + "ontology", "ontology"),
        ("https://example.net/a", "<https://example.net/a>"),
        (BASE, f"<{BASE}>"),
    ],
)
def test_a_finding_names_nodes_below_the_base_and_the_vocabulary(iri: str, short: str) -> None:
    assert shorten(iri, BASE) == short


@pytest.mark.parametrize(
    ("iri", "word"),
    [("https://a.example/b/", "b"), ("https://a.example/b#c", "c"), ("urn:x", "urn:x"), ("persons", "persons")],
)
def test_the_last_word_stands_behind_slash_or_hash(iri: str, word: str) -> None:
    assert get_last_word(iri) == word

"""Documents become quads whole: nothing lost in silence, nothing blank, each subject in one graph."""

import pyoxigraph as ox
import pytest

from testimonia.mapping.quads import ConservationError, choose_graph, map_document

BASE = "https://example.org/"
CONTEXT = [
    {"t": "https://w3id.org/testimonia/ontology#"},
    {"by": {"@id": "t:actor", "@type": "@id", "@context": {"@base": "id/"}}},
]


def write(**claim: object) -> dict[str, object]:
    return {"@context": CONTEXT, "@graph": [{"@id": f"{BASE}interview/x/claim/1", "@type": "t:Claim", **claim}]}


def test_a_document_becomes_quads_in_the_graph_of_its_subjects() -> None:
    quads = map_document(write(by=["a", "b"]), BASE)
    assert {str(q.object) for q in quads} == {
        "<https://w3id.org/testimonia/ontology#Claim>",
        "<https://example.org/id/a>",
        "<https://example.org/id/b>",
    }
    assert {str(q.graph_name) for q in quads} == {"<https://example.org/graph/interview/x>"}


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({"bye": "a"}, "keys that the context does not know: bye"),
        ({"by": ["a", "a"]}, "3 triples came out, 2 of them distinct"),
        ({"by": ["a b"]}, "2 values went into the mapping, 1 triples came out"),
        ({"t:about": {"@type": "t:Act"}}, "no @id"),
        ({"t:note": {"@value": "x", "@language": "en_GB"}}, "went into the mapping"),
    ],
)
def test_what_json_ld_would_drop_or_double_is_an_error(claim: dict[str, object], message: str) -> None:
    with pytest.raises(ConservationError, match=message):
        map_document(write(**claim), BASE)


@pytest.mark.parametrize(
    "iri", ["https://elsewhere.org/x", "https://example.org/other/x", "https://example.org/graphs"]
)
def test_a_subject_of_no_graph_is_an_error(iri: str) -> None:
    with pytest.raises(ConservationError, match="no named graph"):
        choose_graph(ox.NamedNode(iri), ox.NamedNode("https://example.org/p"), BASE)

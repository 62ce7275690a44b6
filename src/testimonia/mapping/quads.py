"""Expand JSON-LD documents to quads, each in the one named graph that its subject belongs to.

JSON-LD silently drops keys that it does not know, so leaves are counted (`count_leaves`), and each must be one triple.
A blank node or an ill-formed IRI is an error of the program, never of the data.
"""

import json
from typing import Any

import pyoxigraph as ox

from testimonia.core.errors import TestimoniaError
from testimonia.core.iris import mint_graph_iri
from testimonia.core.link import LINK_PROPERTIES
from testimonia.core.namespaces import VOCABULARY_BASE
from testimonia.mapping.envelope import JsonNode

_KEYWORDS = {"@id", "@context"}


class ConservationError(TestimoniaError):
    """A document of which something did not become a triple, or became one twice."""


def map_document(document: JsonNode, base: str) -> list[ox.Quad]:
    """Return the quads of a document, each in its graph; ConservationError when a leaf was lost or doubled.

    Subjects are IRIs under `base`; objects IRIs or literals.
    """
    text = json.dumps(document, ensure_ascii=False)
    triples = [q.triple for q in ox.parse(text, format=ox.RdfFormat.JSON_LD, base_iri=base)]
    check_conservation(document, triples)
    return [ox.Quad(t.subject, t.predicate, t.object, choose_graph(t.subject, t.predicate, base)) for t in triples]


def check_conservation(document: JsonNode, triples: list[ox.Triple]) -> None:
    """Raise ConservationError unless each leaf of the document is one triple of its own and no node is blank."""
    expected = sum(map(count_leaves, document["@graph"]))
    distinct = len(set(triples))
    if not expected == len(triples) == distinct:
        known = {key for entry in document["@context"] for key in entry}
        unknown = sorted(k for node in document["@graph"] for k in node if k[0] != "@" and k.split(":")[0] not in known)
        raise ConservationError(
            f"{expected} values went into the mapping, {len(triples)} triples came out, {distinct} of them distinct"
            + (f"; keys that the context does not know: {', '.join(unknown)}" if unknown else "")
        )
    blank = next((t for t in triples if ox.BlankNode in (type(t.subject), type(t.object))), None)
    if blank is not None:
        raise ConservationError(f"a blank node under {blank.predicate.value}: a node of the document has no @id")


def count_leaves(node: JsonNode) -> int:
    """Return the number of triples that a node object must become, nested nodes included.

    >>> count_leaves({"@id": "c", "@type": "t:Claim", "t:figure": [{"@id": "f", "by": "x"}], "by": ["a", "b"]})
    5
    """
    return sum(_count_value(value) for key, value in node.items() if key not in _KEYWORDS)


def _count_value(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(_count_value, value))
    if isinstance(value, dict) and "@value" not in value:
        return 1 + count_leaves(value)
    return 1


def choose_graph(subject: object, predicate: ox.NamedNode, base: str) -> ox.NamedNode:
    """Return the one named graph that all triples of a subject are in; ConservationError for a subject of none.

    What an entity is elsewhere stands apart, in the graph of links: its source is a judgement, not a registry.

    >>> claim, label = "https://example.org/interview/x/claim/1", "http://www.w3.org/2000/01/rdf-schema#label"
    >>> choose_graph(ox.NamedNode(claim), ox.NamedNode(label), "https://example.org/").value
    'https://example.org/graph/interview/x'
    """
    iri = subject.value if isinstance(subject, ox.NamedNode) else ""
    path = iri.removeprefix(base) if iri.startswith(base) else ""
    if iri.startswith((VOCABULARY_BASE + "ontology", VOCABULARY_BASE + "term/")):
        name = "vocabulary"
    elif path.startswith("interview/"):
        name = "interview/" + path.split("/")[1]
    elif path.startswith("id/"):
        name = "links" if predicate.value in LINK_PROPERTIES else "entities"
    elif path.startswith("date/"):
        name = "dates"
    elif iri == base or path.startswith(("graph/", "questions/")):
        name = "dataset"
    else:
        raise ConservationError(f"no named graph for the subject {subject}")
    return ox.NamedNode(mint_graph_iri(base, name))

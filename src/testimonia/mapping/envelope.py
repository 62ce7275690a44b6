"""The classes and properties that Python itself writes, and their values in JSON-LD.

Interview, turn, passage, claim, figure and date are written by Python; every other property comes from the context.
"""

from typing import Any

from testimonia.core.namespaces import PREFIXES

ENVELOPE_CLASSES = frozenset({"Interview", "Turn", "Passage", "Claim", "Figure", "Date", "Withdrawn"})
"""Classes (local names) that Python names."""

_PROPERTIES = (
    "dct:language oa:end oa:start rdfs:label t:about t:accordingTo t:context t:country t:counts t:date t:dateInferred "
    "t:earliest t:edtf t:evidence t:figure t:headline t:inInterview t:inTurn t:inferredFrom t:latest t:modality "
    "t:partOf t:per t:qualifier t:sameAmount t:sha256 t:source t:sourceNumber t:sourceSha256 t:statedBy t:unit t:value "
    "t:voice t:wording"
)
ENVELOPE_PROPERTIES = frozenset(_PROPERTIES.split())
"""Properties (prefixed names) that Python names."""

PREFIX_CONTEXT = {p: PREFIXES[p] for p in ("dct", "oa", "rdfs", "t", "xsd")}
"""The prefixes of the envelope; the first context of each document."""

JsonNode = dict[str, Any]


def refer(iri: str) -> JsonNode:
    """Return a reference to a node.

    >>> refer("https://example.org/id/x")
    {'@id': 'https://example.org/id/x'}
    """
    return {"@id": iri}


def write_literal(value: object, datatype: str) -> JsonNode:
    """Return a typed literal; numbers go as text, so that their lexical form is ours.

    >>> write_literal(12, "xsd:nonNegativeInteger")
    {'@value': '12', '@type': 'xsd:nonNegativeInteger'}
    """
    return {"@value": str(value), "@type": datatype}


def write_text(text: str, language: str) -> JsonNode:
    """Return a literal with a language tag.

    >>> write_text("a raid", "en")
    {'@value': 'a raid', '@language': 'en'}
    """
    return {"@value": text, "@language": language}


def drop_empty(node: JsonNode) -> JsonNode:
    """Return a node without its empty lists and Nones: what is unknown is left out.

    >>> drop_empty({"@id": "x", "t:figure": [], "t:per": None})
    {'@id': 'x'}
    """
    return {key: value for key, value in node.items() if value is not None and value != []}

"""The vocabularies that the graph is written in, and names with their prefixes for IRIs."""

from collections.abc import Mapping

VOCABULARY_BASE = "https://w3id.org/testimonia/"
"""Where the ontology and the terms live, whoever uses them; a data set has a base IRI of its own (`dataset.yaml`)."""

T = VOCABULARY_BASE + "ontology#"
TERM = VOCABULARY_BASE + "term/"

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "t": T,
    "void": "http://rdfs.org/ns/void#",
    "void-ext": "http://ldf.fi/void-ext#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Prefix → namespace IRI, in alphabetical order."""


def expand(name: str) -> str:
    """Return the full IRI of a prefixed name; an unknown prefix is a KeyError.

    >>> expand("t:Claim")
    'https://w3id.org/testimonia/ontology#Claim'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


PREFIXED = {namespace: f"{prefix}:" for prefix, namespace in PREFIXES.items()}
"""Namespace IRI → what stands for it in a prefixed name."""


def abbreviate(iri: str, names: Mapping[str, str] = PREFIXED) -> str:
    """Return an IRI with the longest namespace of `names` that it begins with replaced, else the IRI itself.

    >>> abbreviate("http://www.w3.org/2004/02/skos/core#broader"), abbreviate("https://example.org/a")
    ('skos:broader', 'https://example.org/a')
    >>> abbreviate("https://example.org/id/mira", {"https://example.org/": "", "https://example.org/id/": "id:"})
    'id:mira'
    """
    fitting = [namespace for namespace in names if iri.startswith(namespace) and iri != namespace]
    longest = max(fitting, key=len, default="")
    return names[longest] + iri.removeprefix(longest) if longest else iri


def get_last_word(iri: str) -> str:
    """Return what stands behind the last slash or hash of an IRI.

    >>> get_last_word("https://example.org/id/mira"), get_last_word("https://example.org/a#b"), get_last_word("")
    ('mira', 'b', '')
    """
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]

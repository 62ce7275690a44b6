"""Mint every IRI of a data set; all patterns stand here.

An IRI is minted from ids that a person has written, never from a position in a file, so that an edit of one line
changes one line of the graph. `base` is the base IRI of the data set and ends in a slash.
"""

import hashlib
import re
from collections.abc import Iterable
from urllib.parse import quote

from testimonia.core.namespaces import TERM, T

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""The ids of entities, terms, interviews and questions: lower-case ASCII letters, digits, single hyphens."""

CLAIM_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
"""The id of a claim within its interview."""

WEB_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
"""An IRI of the web as a person writes it into settings and headers."""

_GRAPH = re.compile(r"(.+/)graph/(?:entities|dates|links|vocabulary|dataset|interview/[^/]+)")


def mint_ontology_iri(name: str) -> str:
    """Return the IRI of a class or property of the ontology.

    >>> mint_ontology_iri("Claim")
    'https://w3id.org/testimonia/ontology#Claim'
    """
    return T + name


def mint_term_iri(scheme: str, slug: str) -> str:
    """Return the IRI of a concept.

    >>> mint_term_iri("happening", "raid")
    'https://w3id.org/testimonia/term/happening/raid'
    """
    return f"{TERM}{scheme}/{slug}"


def mint_entity_iri(base: str, slug: str) -> str:
    """Return the IRI of an entity or a named happening; its kind is no part of it, so that it may be corrected.

    >>> mint_entity_iri("https://example.org/", "song-archive")
    'https://example.org/id/song-archive'
    """
    return f"{base}id/{slug}"


def mint_date_iri(base: str, written: str) -> str:
    """Return the IRI of a date as written in a record: an EDTF string, perhaps with `early`, `mid` or `late` before it.

    >>> mint_date_iri("https://example.org/", "early 2031")
    'https://example.org/date/early-2031'
    >>> mint_date_iri("https://example.org/", "2031-05?")
    'https://example.org/date/2031-05%3F'
    """
    return f"{base}date/{quote(written.replace(' ', '-'), safe='~')}"


def mint_interview_iri(base: str, interview: str) -> str:
    """Return the IRI of an interview.

    >>> mint_interview_iri("https://example.org/", "val-solen")
    'https://example.org/interview/val-solen'
    """
    return f"{base}interview/{interview}"


def mint_turn_iri(base: str, interview: str, number: int) -> str:
    """Return the IRI of a turn, 1-based, in the order of the source.

    >>> mint_turn_iri("https://example.org/", "val-solen", 2)
    'https://example.org/interview/val-solen/turn/2'
    """
    return f"{mint_interview_iri(base, interview)}/turn/{number}"


def mint_claim_iri(base: str, interview: str, claim: str) -> str:
    """Return the IRI of a claim from its written id.

    >>> mint_claim_iri("https://example.org/", "val-solen", "5")
    'https://example.org/interview/val-solen/claim/5'
    """
    return f"{mint_interview_iri(base, interview)}/claim/{claim}"


def mint_part_iri(claim_iri: str, part: str, name: str) -> str:
    """Return the IRI of a part of a claim: `evidence`, `figure` or `thing`, then its name.

    >>> mint_part_iri("https://example.org/interview/val-solen/claim/5", "figure", "detained/minors")
    'https://example.org/interview/val-solen/claim/5/figure/detained/minors'
    """
    return f"{claim_iri}/{part}/{name}"


def mint_graph_iri(base: str, name: str) -> str:
    """Return the IRI of a named graph: `entities`, `dates`, `links`, `vocabulary`, `dataset` or `interview/<id>`.

    >>> mint_graph_iri("https://example.org/", "interview/val-solen")
    'https://example.org/graph/interview/val-solen'
    """
    return f"{base}graph/{name}"


def mint_source_iri(base: str, name: str) -> str:
    """Return the IRI of a merged source, which is also the named graph of its default graph.

    >>> mint_source_iri("https://example.org/", "harbour-archive")
    'https://example.org/merged/harbour-archive'
    """
    return f"{base}merged/{name}"


def mint_copied_graph_iri(source_iri: str, graph: str) -> str:
    """Return the IRI of our copy of a named graph of a source; `graph` is its name there.

    >>> mint_copied_graph_iri("https://example.org/merged/harbour-archive", "https://example.com/g")
    'https://example.org/merged/harbour-archive/graph/8fd42819ec0f12e6'
    """
    return f"{source_iri}/graph/{hashlib.sha256(graph.encode()).hexdigest()[:16]}"


def mint_copied_node_iri(source_iri: str, digest: str) -> str:
    """Return the IRI of a blank node of a source in our copy, from the digest of its triples.

    >>> mint_copied_node_iri("https://example.org/merged/harbour-archive", "0a1b")
    'https://example.org/merged/harbour-archive/node/0a1b'
    """
    return f"{source_iri}/node/{digest}"


def find_base(graphs: Iterable[str]) -> str:
    """Return the base IRI of a data set from the names of its graphs; "" when none is named as ours are.

    >>> find_base(["https://example.org/graph/dates"])
    'https://example.org/'
    """
    return next((match[1] for name in graphs if (match := _GRAPH.fullmatch(name))), "")


def belongs(graph: str, base: str) -> bool:
    """Tell whether a named graph is one of the data set with this base IRI.

    >>> belongs("https://example.org/graph/interview/val-solen", "https://example.org/")
    True
    >>> belongs("https://example.org/other/graph/dates", "https://example.org/")
    False
    """
    match = _GRAPH.fullmatch(graph)
    return match is not None and match[1] == base


def mint_equivalents_iri(base: str) -> str:
    """Return the IRI of the graph that says which things are the same; it is made in memory, and stands in no file.

    >>> mint_equivalents_iri("https://example.org/")
    'https://example.org/equivalents'
    """
    return f"{base}equivalents"

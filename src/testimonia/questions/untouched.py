"""The classes, properties and terms in the data that no question touches.

A class, property or term of the model is touched when a query names it or a broader term, or when it occurs in an
answer as IRI or label. What the data do not use is not reported.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.answer import SEPARATOR
from testimonia.core.namespaces import TERM, T
from testimonia.questions.question import Question
from testimonia.rdf.short_names import declare_prefixes
from testimonia.rdf.store import select_values
from testimonia.sparql.names import find_iris

_PREFIXES = declare_prefixes("rdfs", "skos")
_CLASSES = "SELECT DISTINCT ?name { ?node a ?name }"
_PROPERTIES = "SELECT DISTINCT ?name { ?node ?name ?value }"
_TERMS = """
    SELECT DISTINCT ?name { ?name a skos:Concept . ?node ?property ?name .
      FILTER NOT EXISTS { ?node a skos:Concept } FILTER NOT EXISTS { ?node a skos:ConceptScheme } }"""
_NARROWER = "SELECT ?above ?name { ?name skos:broader+ ?above }"
_LABELS = "SELECT ?name ?label { ?name skos:prefLabel|rdfs:label ?label }"


@dataclass(frozen=True, slots=True, order=True)
class Untouched:
    """Something that the data use and no question touches: its kind (`class`, `property`, `term`) and its name."""

    kind: str
    name: str


def find_untouched(questions: Iterable[Question], answers: Iterable[bytes], store: ox.Store) -> tuple[Untouched, ...]:
    """Return what no question touches, sorted; `answers` are the expected answers over the store (SPARQL CSV)."""
    touched = set[str]().union(*(find_iris(question.query) for question in questions))
    touched |= {name for above, name in select_values(store, _PREFIXES + _NARROWER) if above in touched}
    for answer in answers:
        for row in csv.reader(io.StringIO(answer.decode(), newline="")):
            touched.update(SEPARATOR.join(row).split(SEPARATOR))
    touched |= {name for name, label in select_values(store, _PREFIXES + _LABELS) if label in touched}
    found = []
    for kind, query in (("class", _CLASSES), ("property", _PROPERTIES), ("term", _TERMS)):
        for (iri,) in select_values(store, _PREFIXES + query):
            if iri.startswith((T, TERM)) and iri not in touched:
                found.append(Untouched(kind, iri.removeprefix(T).removeprefix(TERM)))
    return tuple(sorted(found))


def write_untouched(found: Iterable[Untouched]) -> str:
    r"""Return what no question touches as CSV.

    >>> write_untouched([Untouched("term", "means/radio")])
    'kind,name\nterm,means/radio\n'
    """
    return "kind,name\n" + "".join(f"{one.kind},{one.name}\n" for one in found)

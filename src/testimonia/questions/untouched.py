"""What the data say in terms that no question asks about or answers with.

A class, property or term of ours is touched when a query names it, when a query names a broader term, or when it stands
in an answer, as IRI or by its label. What the data do not use cannot be touched and is not looked for.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.answer import SEPARATOR
from testimonia.core.namespaces import PREFIXES, TERM, T
from testimonia.questions.question import Question
from testimonia.rdf.reading import get_value
from testimonia.rdf.store import run_select
from testimonia.sparql.names import find_iris

_PREFIXES = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("rdfs", "skos"))
_CLASSES = "SELECT DISTINCT ?name { ?node a ?name }"
_PROPERTIES = "SELECT DISTINCT ?name { ?node ?name ?value }"
_TERMS = """
    SELECT DISTINCT ?name { ?name a skos:Concept . ?node ?property ?name .
      FILTER NOT EXISTS { ?node a skos:Concept } FILTER NOT EXISTS { ?node a skos:ConceptScheme } }"""
_NARROWER = "SELECT ?above ?name { ?name skos:broader+ ?above }"
_LABELS = "SELECT ?name ?label { ?name skos:prefLabel|rdfs:label ?label }"


@dataclass(frozen=True, slots=True, order=True)
class Untouched:
    """Something that the data use and no question touches: `class`, `property` or `term`, and its name."""

    kind: str
    name: str


def find_untouched(questions: Iterable[Question], answers: Iterable[bytes], store: ox.Store) -> tuple[Untouched, ...]:
    """Return what no question touches, sorted; `answers` are the expected answers over the store (SPARQL CSV)."""
    named = {iri for question in questions for iri in find_iris(question.query)}
    for above, name in _ask(store, _NARROWER):
        if above in named:
            named.add(name)
    tables = (csv.reader(io.StringIO(answer.decode(), newline="")) for answer in answers)
    met = {part for table in tables for row in table for cell in row for part in cell.split(SEPARATOR)}
    labels: dict[str, set[str]] = {}
    for name, label in _ask(store, _LABELS):
        labels.setdefault(name, set()).add(label)
    found = []
    for kind, query in (("class", _CLASSES), ("property", _PROPERTIES), ("term", _TERMS)):
        for (iri,) in _ask(store, query):
            if iri.startswith((T, TERM)) and not {iri, *labels.get(iri, ())} & (named | met):
                found.append(Untouched(kind, iri.removeprefix(T).removeprefix(TERM)))
    return tuple(sorted(found))


def write_untouched(found: Iterable[Untouched]) -> str:
    r"""Return what no question touches as CSV.

    >>> write_untouched([Untouched("term", "means/radio")])
    'kind,name\nterm,means/radio\n'
    """
    return "kind,name\n" + "".join(f"{one.kind},{one.name}\n" for one in found)


def _ask(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    return [tuple(map(get_value, row)) for row in run_select(store, _PREFIXES + query).rows]

"""What a graph holds at a glance, for the summary of the main job."""

from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.answer import Solutions
from testimonia.core.namespaces import PREFIXES
from testimonia.rdf.reading import get_value
from testimonia.rdf.store import run_query

_PREFIXES = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}> " for prefix in ("rdfs", "skos", "t"))
_INTERVIEWS = """
    SELECT ?title (GROUP_CONCAT(DISTINCT STR(?name); SEPARATOR=", ") AS ?countries) ?claims {
      ?interview a t:Interview ; rdfs:label ?title ; t:country/rdfs:label ?name .
      { SELECT ?interview (COUNT(?claim) AS ?claims)
        { ?claim a t:Claim ; t:inInterview ?interview } GROUP BY ?interview }
    } GROUP BY ?interview ?title ?claims ORDER BY ?title"""
_MODALITIES = """
    SELECT ?name (COUNT(?claim) AS ?n) { ?claim t:modality/skos:prefLabel ?name }
    GROUP BY ?name ORDER BY DESC(?n) ?name"""
_CLASSES = """
    SELECT ?name (COUNT(?thing) AS ?n) { ?class rdfs:subClassOf+ t:Thing ; rdfs:label ?name . ?thing a ?class }
    GROUP BY ?name ORDER BY DESC(?n) ?name"""

OverviewRows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Interviews (title, countries, claims), claims by modality (name, count), things by class (name, count)."""

    interviews: OverviewRows
    modalities: OverviewRows
    classes: OverviewRows


def read_overview(store: ox.Store) -> Overview:
    """Return what a graph holds; each part is sorted, the counts with the largest first."""
    return Overview(*(_read_rows(store, query) for query in (_INTERVIEWS, _MODALITIES, _CLASSES)))


def _read_rows(store: ox.Store, query: str) -> OverviewRows:
    answer = run_query(store, _PREFIXES + query)
    rows = answer.rows if isinstance(answer, Solutions) else ()
    return tuple(tuple(get_value(term) for term in row) for row in rows)

"""An overview of the content of a graph, for the summary of a CI job."""

from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.rdf.short_names import declare_prefixes
from testimonia.rdf.store import select_values

_PREFIXES = declare_prefixes("rdfs", "skos", "t")
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
    """Return the overview of a graph; interviews are sorted by title, counts in descending order."""
    return Overview(*(tuple(select_values(store, _PREFIXES + q)) for q in (_INTERVIEWS, _MODALITIES, _CLASSES)))

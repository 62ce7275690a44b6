"""The CONSTRUCT query for the description of a node: its triples, those of its parts, those that refer to it."""

import re

from testimonia.core.iris import mint_graph_iri, mint_source_iri
from testimonia.core.namespaces import TERM, VOCABULARY_BASE

ONTOLOGY = f"{VOCABULARY_BASE}ontology"


def write_description_query(iri: str, base: str) -> str:
    """Return the CONSTRUCT for a node: its triples, those of its parts, and those that refer to it.

    Parts are the nodes below its IRI (a claim's evidence, figures, things; an interview's claims and turns), the
    concepts of a scheme, the terms of the ontology. A named graph is described by its triples and those about it, a
    node of a merged source by all statements of sources about it, a source by its description.

    >>> "isDefinedBy" in write_description_query(ONTOLOGY, "https://example.org/")
    True
    """
    if iri.startswith(mint_source_iri(base, "")):
        return (
            f"CONSTRUCT {{ ?s ?p ?o }} {{ {{ GRAPH ?g {{ <{iri}> ?p ?o }} BIND(<{iri}> AS ?s) }} UNION "
            f"{{ GRAPH ?g {{ ?s ?p <{iri}> }} BIND(<{iri}> AS ?o) }} UNION {{ GRAPH <{iri}/source> {{ ?s ?p ?o }} }} }}"
        )
    patterns = [f"<{iri}> ?p ?o BIND(<{iri}> AS ?s)"]
    interview = re.match(r"interview/([^/]+)", iri.removeprefix(base)) if iri.startswith(base) else None
    if iri.startswith(f"{base}graph/"):
        patterns.append(f"GRAPH <{iri}> {{ ?s ?p ?o }}")
    elif iri == ONTOLOGY:
        patterns.append(f"?s rdfs:isDefinedBy <{iri}> ; ?p ?o")
    elif interview:
        graph = mint_graph_iri(base, interview[0])
        patterns.append(f'GRAPH <{graph}> {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), "{iri}/")) }}')
    elif iri.startswith(TERM) and "/" not in iri.removeprefix(TERM):
        patterns.append(f"?s skos:inScheme <{iri}> ; ?p ?o")
    if not iri.startswith(f"{base}graph/") and iri != ONTOLOGY:
        patterns.append(f"?s ?p <{iri}> BIND(<{iri}> AS ?o)")
    return f"CONSTRUCT {{ ?s ?p ?o }} {{ {' UNION '.join(f'{{ {p} }}' for p in patterns)} }}"

"""What merged sources state about a node, kept apart by source and from the data set's own statements.

Statements are found for the node itself, and for nodes that links of the data set (`skos:exactMatch`, `owl:sameAs`)
declare to be the same.
Source: docs/decisions/0034-what-others-say-is-found-by-graph.md.
"""

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.iris import mint_source_iri
from testimonia.rdf.reading import get_value
from testimonia.server.graph_client import GraphClient, NodeNames
from testimonia.server.nodes import Fact, Node

MOST = 500
"""The most statements, of all sources together, that a page shows."""
_Values = dict[str, list[ox.NamedNode | ox.Literal]]
_SAME = "skos:exactMatch|^skos:exactMatch|owl:sameAs|^owl:sameAs"


@dataclass(frozen=True, slots=True)
class ExternalStatements:
    """What one source states about a node: `facts` property → values, `naming` property → subjects that refer to it.

    `source` is the IRI of the source, `same_as` the node's IRI there ("" where it is the same); `cut` tells whether
    statements beyond the limit may be missing.
    """

    source: str
    name: str
    same_as: str
    facts: tuple[Fact, ...]
    naming: tuple[Fact, ...]
    cut: bool


def make_external_node(iri: str) -> Node:
    """Return the node of an IRI about which only merged sources state something."""
    names = NodeNames(ox.Store())
    return Node(iri, names(iri), (), frozenset(), (), (), (), names)


def find_sources(client: GraphClient) -> list[tuple[str, str]]:
    """Return IRI and name of the merged sources, sorted by name."""
    stem = mint_source_iri(client.base, "")
    names = {graph.removeprefix(stem).partition("/")[0] for graph in client.engine.foreign if graph.startswith(stem)}
    return [(mint_source_iri(client.base, name), name) for name in sorted(names)]


async def find_external_statements(client: GraphClient, iri: str) -> list[ExternalStatements]:
    """Return what merged sources state about a node, sorted by source and the node's IRI there."""
    if not client.engine.foreign:
        return []
    stem = mint_source_iri(client.base, "")
    answer = await client.ask(
        f"PREFIX owl: <http://www.w3.org/2002/07/owl#> SELECT DISTINCT ?g ?s ?p ?o ?back {{ "
        f"{{ SELECT DISTINCT ?s {{ {{ BIND(<{iri}> AS ?s) }} UNION {{ <{iri}> {_SAME} ?s }} }} }} "
        "{ GRAPH ?g { ?s ?p ?o } } UNION { GRAPH ?g { ?o ?p ?s } BIND(true AS ?back) } "
        f'FILTER(STRSTARTS(STR(?g), "{stem}")) }} ORDER BY ?g ?s ?p ?o LIMIT {MOST}'
    )
    facts: dict[tuple[str, str], _Values] = defaultdict(lambda: defaultdict(list))
    naming: dict[tuple[str, str], _Values] = defaultdict(lambda: defaultdict(list))
    for graph, subject, predicate, value, back in answer.rows:
        key = get_value(graph).removeprefix(stem).partition("/")[0], get_value(subject)
        statements = facts if back is None else naming
        values = statements[key][get_value(predicate)]
        if isinstance(value, ox.NamedNode | ox.Literal):
            values.append(value)
    cut = len(answer.rows) == MOST
    return [
        ExternalStatements(
            stem + name, name, "" if subject == iri else subject, _order(facts[key]), _order(naming[key]), cut
        )
        for key in sorted({*facts, *naming})
        for name, subject in [key]
    ]


def _order(facts: _Values) -> tuple[Fact, ...]:
    """Return facts sorted by property, the values of each in the order found."""
    return tuple((name, tuple(values)) for name, values in sorted(facts.items()))

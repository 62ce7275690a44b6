"""Strangers: a node in; out, what merged sources say of it, source by source, and never as if it were ours.

Looked for is the node itself, and whatever a link of ours says is the same.
Source: docs/decisions/0034-what-others-say-is-found-by-graph.md.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.iris import mint_source_iri
from testimonia.server.graph_client import GraphClient, NodeNames
from testimonia.server.nodes import Fact, Node

MOST = 500
"""Statements of all sources together that a page shows."""
_SAME = "skos:exactMatch|^skos:exactMatch|owl:sameAs|^owl:sameAs"


@dataclass(frozen=True, slots=True)
class Stranger:
    """What one source says of a node: `facts` property → values, `naming` property → what it is the value of there.

    `source` is the source's IRI, `same_as` what the node is called there ("" where it has our IRI); `cut` tells whether
    there may be more.
    """

    source: str
    name: str
    same_as: str
    facts: tuple[Fact, ...]
    naming: tuple[Fact, ...]
    cut: bool


def make_stranger(iri: str) -> Node:
    """Return the node of an IRI of which only other sources say something."""
    names = NodeNames(ox.Store())
    return Node(iri, names(iri), (), frozenset(), (), (), (), names)


def find_sources(holdings: GraphClient) -> list[tuple[str, str]]:
    """Return IRI and name of the sources that are merged, by name."""
    stem = mint_source_iri(holdings.base, "")
    names = {graph.removeprefix(stem).partition("/")[0] for graph in holdings.engine.foreign if graph.startswith(stem)}
    return [(mint_source_iri(holdings.base, name), name) for name in sorted(names)]


async def find_strangers(holdings: GraphClient, iri: str) -> list[Stranger]:
    """Return what sources say of a node, by source and name there; [] when none is merged."""
    if not holdings.engine.foreign:
        return []
    stem = mint_source_iri(holdings.base, "")
    answer = await holdings.ask(
        f"PREFIX owl: <http://www.w3.org/2002/07/owl#> SELECT DISTINCT ?g ?s ?p ?o ?back {{ "
        f"{{ SELECT DISTINCT ?s {{ {{ BIND(<{iri}> AS ?s) }} UNION {{ <{iri}> {_SAME} ?s }} }} }} "
        "{ GRAPH ?g { ?s ?p ?o } } UNION { GRAPH ?g { ?o ?p ?s } BIND(true AS ?back) } "
        f'FILTER(STRSTARTS(STR(?g), "{stem}")) }} ORDER BY ?g ?s ?p ?o LIMIT {MOST}'
    )
    told: dict[tuple[str, str], tuple[defaultdict[str, list[object]], defaultdict[str, list[object]]]] = {}
    for graph, subject, predicate, value, back in answer.rows:
        name = getattr(graph, "value", "").removeprefix(stem).partition("/")[0]
        place = told.setdefault((name, getattr(subject, "value", "")), (defaultdict(list), defaultdict(list)))
        place[back is not None][getattr(predicate, "value", "")].append(value)
    cut = len(answer.rows) == MOST
    return [
        Stranger(stem + name, name, subject if subject != iri else "", _order(facts), _order(naming), cut)
        for (name, subject), (facts, naming) in sorted(told.items())
    ]


def _order(facts: dict[str, list[object]]) -> tuple[Fact, ...]:
    """Return facts by property, values in the order found."""
    return tuple((name, tuple(_keep(values))) for name, values in sorted(facts.items()))


def _keep(values: Iterable[object]) -> Iterable[ox.NamedNode | ox.Literal]:
    return (value for value in values if isinstance(value, ox.NamedNode | ox.Literal))

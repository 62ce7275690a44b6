"""A node as its page shows it: classes, facts, nodes that refer to it, members."""

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.namespaces import TERM, T, expand
from testimonia.rdf.reading import climb, get_value
from testimonia.server.graph_client import GraphClient, NodeNames
from testimonia.server.triples import ONTOLOGY

_SAID_ELSEWHERE = {expand(name) for name in ("rdf:type", "rdfs:label", "skos:prefLabel")}
_MOST_NAMING = 200
_UNREAL = "Scenario"

Fact = tuple[str, tuple[ox.NamedNode | ox.Literal, ...]]


@dataclass(frozen=True, slots=True)
class Node:
    """A node as its page shows it.

    `classes` are IRIs, `above` these and their superclasses; `facts` maps property → values, `naming` property → nodes
    that refer to it (claims and their parts have a list of their own); `members` are those of a scheme or the ontology.
    """

    iri: str
    label: str
    classes: tuple[str, ...]
    above: frozenset[str]
    facts: tuple[Fact, ...]
    naming: tuple[Fact, ...]
    members: tuple[str, ...]
    names: NodeNames

    @property
    def happened(self) -> bool:
        """Whether it is a happening, real or a scenario."""
        return bool(self.above & {f"{T}Happening", T + _UNREAL})

    @property
    def interviews(self) -> list[str]:
        """The interviews that refer to it, for example as their country."""
        nodes = {node.value for _, values in self.naming for node in values}
        return sorted(iri for iri in nodes if f"{T}Interview" in self.names.values(iri, expand("rdf:type")))

    def is_a(self, name: str) -> bool:
        """Tell whether it is an instance of a class of the ontology, or of a subclass."""
        return T + name in self.above


async def find_node(client: GraphClient, iri: str) -> Node | None:
    """Return a node; None when no triple has it."""
    naming = f'?s ?p <{iri}> FILTER(!CONTAINS(STR(?s), "/claim/"))'
    parts = [f"{{ <{iri}> ?p ?o BIND(<{iri}> AS ?s) }}"]
    if iri == ONTOLOGY:
        parts.append(f"{{ ?s rdfs:isDefinedBy <{iri}> ; ?p ?o }}")
    else:
        parts.append(f"{{ {{ SELECT ?s ?p {{ {naming} }} LIMIT {_MOST_NAMING} }} BIND(<{iri}> AS ?o) }}")
    if iri.startswith(TERM) and "/" not in iri.removeprefix(TERM):
        parts.append(f"{{ ?s skos:inScheme <{iri}> BIND(skos:inScheme AS ?p) BIND(<{iri}> AS ?o) }}")
    store = await client.collect(f"CONSTRUCT {{ ?s ?p ?o }} {{ {' UNION '.join(parts)} }}")
    return read_node(store, iri)


def read_node(store: ox.Store, iri: str) -> Node | None:
    """Return a node from a store that has its triples, those that refer to it, and the labels of all nodes in them."""
    names = NodeNames(store)
    facts: dict[str, set[ox.NamedNode | ox.Literal]] = defaultdict(set)
    naming: dict[str, set[ox.NamedNode | ox.Literal]] = defaultdict(set)
    for quad in store.quads_for_pattern(ox.NamedNode(iri), None, None, None):
        if isinstance(quad.object, ox.NamedNode | ox.Literal):
            facts[quad.predicate.value].add(quad.object)
    for quad in store.quads_for_pattern(None, None, ox.NamedNode(iri), None):
        if isinstance(quad.subject, ox.NamedNode):
            naming[quad.predicate.value].add(quad.subject)
    if not facts and not naming:
        return None
    found = naming.pop(expand("skos:inScheme"), set()) | naming.pop(expand("rdfs:isDefinedBy"), set())
    members = {get_value(node) for node in found}
    classes = names.values(iri, expand("rdf:type"))
    return Node(
        iri,
        names(iri),
        tuple(classes),
        frozenset(climb(classes, lambda cls: names.values(cls, expand("rdfs:subClassOf")))),
        _order(names, {p: values for p, values in facts.items() if p not in _SAID_ELSEWHERE}),
        _order(names, naming),
        tuple(sorted(members, key=lambda member: (names(member).lower(), member))),
        names,
    )


def _order(names: NodeNames, facts: dict[str, set[ox.NamedNode | ox.Literal]]) -> tuple[Fact, ...]:
    """Return facts sorted by the labels of properties and values."""

    def place(value: ox.NamedNode | ox.Literal) -> tuple[str, str]:
        return (names(value.value) if isinstance(value, ox.NamedNode) else value.value, value.value)

    return tuple((p, tuple(sorted(facts[p], key=place))) for p in sorted(facts, key=lambda p: (names(p), p)))

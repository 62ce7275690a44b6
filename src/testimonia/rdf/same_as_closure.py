"""The equivalence classes of IRIs by the links of a data set, as a derived graph.

IRIs are equivalent when links of the data set (skos:exactMatch, owl:sameAs) say so, directly or over others. What a
source itself states to be the same stays its own statement. An IRI without a statement in any graph joins nothing, so
that the equivalents of a source disappear when it is left out.
Source: docs/decisions/0037-how-figures-are-held-against-counts.md.
"""

from collections.abc import Iterable
from itertools import chain, permutations

import pyoxigraph as ox

from testimonia.core.iris import mint_equivalents_iri, mint_graph_iri
from testimonia.core.link import SAME
from testimonia.core.namespaces import expand

_EXACT_MATCH = ox.NamedNode(expand("skos:exactMatch"))

Groups = list[tuple[str, ...]]


def find_equivalents(store: ox.Store, base: str) -> Groups:
    """Return the groups of equivalent IRIs by the links of a data set; a linked IRI needs a statement in some graph."""
    links = ox.NamedNode(mint_graph_iri(base, "links"))
    pairs: list[tuple[str, str]] = []
    for name in SAME:
        for quad in store.quads_for_pattern(None, ox.NamedNode(name), None, links):
            one, other = quad.subject, quad.object
            if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode) and _is_mentioned(store, other, links):
                pairs.append((one.value, other.value))
    return find_groups(pairs)


def find_groups(pairs: Iterable[tuple[str, str]]) -> Groups:
    """Return the sorted groups of equivalent IRIs by pairs of them, whatever the order of the pairs.

    >>> find_groups([("b", "c"), ("x", "y"), ("a", "b")])
    [('a', 'b', 'c'), ('x', 'y')]
    """
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(joined, joined))
    return sorted({tuple(sorted(group)) for group in groups.values() if len(group) > 1})


def map_equivalents(groups: Iterable[tuple[str, ...]], base: str) -> list[ox.Quad]:
    """Return the derived graph: each IRI of a group skos:exactMatch each other, so that one step reaches all.

    >>> print(map_equivalents([("urn:a", "urn:b")], "https://example.org/")[0])
    <urn:a> <http://www.w3.org/2004/02/skos/core#exactMatch> <urn:b> <https://example.org/equivalents>
    """
    graph = ox.NamedNode(mint_equivalents_iri(base))
    pairs = chain.from_iterable(permutations(group, 2) for group in groups)
    return [ox.Quad(ox.NamedNode(one), _EXACT_MATCH, ox.NamedNode(other), graph) for one, other in pairs]


def _is_mentioned(store: ox.Store, node: ox.NamedNode, links: ox.NamedNode) -> bool:
    """Tell whether any named graph except that of the links has a statement with a node."""
    statements = chain(store.quads_for_pattern(node, None, None), store.quads_for_pattern(None, None, node))
    return any(quad.graph_name not in (links, ox.DefaultGraph()) for quad in statements)

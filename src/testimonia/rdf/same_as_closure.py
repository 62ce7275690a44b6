"""Which things are one by the links of a data set, as a derived graph.

Things are one when judged links say so (skos:exactMatch, owl:sameAs), directly or by way of a third. What a source says
by itself of sameness stays its own statement. An IRI that nobody speaks of joins nothing, so the equivalents of
a source go where it is left out. Source: docs/decisions/0037-how-figures-are-held-against-counts.md.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from testimonia.core.iris import mint_equivalents_iri, mint_graph_iri
from testimonia.core.link import SAME
from testimonia.core.namespaces import expand

_EXACT_MATCH = ox.NamedNode(expand("skos:exactMatch"))

Groups = list[tuple[str, ...]]


def find_equivalents(store: ox.Store, base: str) -> Groups:
    """Return the things that are one by the links of a data set, and that some graph of the store speaks of."""
    links = ox.NamedNode(mint_graph_iri(base, "links"))
    judged = (quad for name in SAME for quad in store.quads_for_pattern(None, ox.NamedNode(name), None, links))
    pairs = ((quad.subject, quad.object) for quad in judged)
    return find_groups(
        (one.value, other.value)
        for one, other in pairs
        if isinstance(one, ox.NamedNode) and isinstance(other, ox.NamedNode) and _is_told_of(store, other, links)
    )


def find_groups(pairs: Iterable[tuple[str, str]]) -> Groups:
    """Return the things that are one, from pairs that are: groups of IRIs, sorted, in whatever order the pairs come.

    >>> find_groups([("b", "c"), ("x", "y"), ("a", "b")])
    [('a', 'b', 'c'), ('x', 'y')]
    """
    groups: dict[str, set[str]] = {}
    for one, other in pairs:
        joined = groups.get(one, {one}) | groups.get(other, {other})
        groups.update(dict.fromkeys(joined, joined))
    return sorted({tuple(sorted(group)) for group in groups.values() if len(group) > 1})


def map_equivalents(groups: Iterable[tuple[str, ...]], base: str) -> list[ox.Quad]:
    """Return the derived graph: each IRI of a group skos:exactMatch each other, so that one step finds them all.

    >>> print(map_equivalents([("urn:a", "urn:b")], "https://example.org/")[0])
    <urn:a> <http://www.w3.org/2004/02/skos/core#exactMatch> <urn:b> <https://example.org/equivalents>
    """
    graph = ox.NamedNode(mint_equivalents_iri(base))
    return [
        ox.Quad(ox.NamedNode(one), _EXACT_MATCH, ox.NamedNode(other), graph)
        for group in groups
        for one in group
        for other in group
        if one != other
    ]


def _is_told_of(store: ox.Store, node: ox.NamedNode, links: ox.NamedNode) -> bool:
    """Tell whether any named graph but that of the links has a statement with a node."""
    passed_over = (links, ox.DefaultGraph())
    as_subject = (quad.graph_name not in passed_over for quad in store.quads_for_pattern(node, None, None))
    as_object = (quad.graph_name not in passed_over for quad in store.quads_for_pattern(None, None, node))
    return any(as_subject) or any(as_object)

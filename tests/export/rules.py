"""Rules of plain nanopublications, as the public suite has them: quads that rdflib has read in, what is wrong out.

Source: https://nanopub.net/guidelines/working_draft/, and what the suite's invalid cases are made to show. They say
nothing of trusty URIs and signatures, which plain nanopublications do not have.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import rdflib
from rdflib.namespace import RDF
from rdflib.term import Node

NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
PARTS = {"assertion": NP.hasAssertion, "provenance": NP.hasProvenance, "pubinfo": NP.hasPublicationInfo}
Quad = tuple[Node, Node, Node, Node | None]


def check_nanopubs(quads: Iterable[Quad]) -> list[str]:
    """What is wrong with the nanopublications of a file; a file without any is wrong too."""
    graphs: dict[Node | None, list[Quad]] = defaultdict(list)
    for quad in quads:
        graphs[quad[3]].append(quad)
    heads = [
        (quad[0], graph) for graph in graphs for quad in graphs[graph] if quad[1:3] == (RDF.type, NP.Nanopublication)
    ]
    if not heads:
        return ["no nanopublication"]
    wrong, left = [], set(graphs)
    for nanopub, head in heads:
        links = {name: [q[2] for q in graphs[head] if q[:2] == (nanopub, link)] for name, link in PARTS.items()}
        parts = [head, *(node for nodes in links.values() for node in nodes)]
        left -= set(parts)
        wrong += [f"{len(nodes)} links to {name}" for name, nodes in links.items() if len(nodes) != 1]
        wrong += [f"{name} empty" for name, nodes in links.items() if not any(graphs.get(node) for node in nodes)]
        if len({*parts, nanopub}) < len(parts) + 1:
            wrong.append("IRIs of the parts are not all different")
        if not all(str(part).startswith(str(nanopub)) for part in parts):
            wrong.append("the IRI of a part does not begin with that of the nanopublication")
        wrong += _check_references(nanopub, graphs, links)
    wrong += [f"a graph of no nanopublication: {graph}" for graph in left]
    literals = (term for found in graphs.values() for quad in found for term in quad[:3] if _is_ill_typed(term))
    return [*wrong, *(f"ill-typed: {literal}" for literal in literals)]


def _check_references(
    nanopub: Node, graphs: dict[Node | None, list[Quad]], links: dict[str, list[Node]]
) -> Iterator[str]:
    for name, about in (("provenance", links["assertion"]), ("pubinfo", [nanopub])):
        quads = [quad for node in links[name] for quad in graphs.get(node, [])]
        if not any(node in (quad[0], quad[2]) for quad in quads for node in about):
            yield f"{name} tells nothing of what it is about"


def _is_ill_typed(term: Node) -> bool:
    return isinstance(term, rdflib.Literal) and bool(term.ill_typed)

"""The SPARQL 1.1 Service Description of the endpoint."""

from collections.abc import Collection, Iterator, Mapping

import pyoxigraph as ox

from testimonia.core.namespaces import PREFIXES

SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "JSON-LD", "RDF_XML", "TriG", "N-Quads")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")


def write_description(
    endpoint: str, graphs: Mapping[str, int], form: ox.RdfFormat, foreign: Collection[str] = ()
) -> bytes:
    """Return the description of an endpoint in a format; `foreign` graphs are not part of the default graph.

    >>> b"Service" in write_description("https://example.org/sparql", {"x:g": 3}, ox.RdfFormat.TURTLE)
    True
    """
    prefixes = {"sd": SD, "void": PREFIXES["void"], "formats": _FORMATS}
    return ox.serialize(_find_triples(endpoint, graphs, foreign), format=form, prefixes=prefixes) or b""


def _find_triples(endpoint: str, graphs: Mapping[str, int], foreign: Collection[str]) -> Iterator[ox.Triple]:
    """Yield the triples of the description; its nodes have IRIs, not blank, so that graphs can be merged."""
    service = ox.NamedNode(f"{endpoint}#service")
    dataset = ox.NamedNode(f"{endpoint}#dataset")
    default = ox.NamedNode(f"{endpoint}#default-graph")
    yield ox.Triple(service, _TYPE, _sd("Service"))
    yield ox.Triple(service, _sd("endpoint"), ox.NamedNode(endpoint))
    yield ox.Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    if not foreign:
        yield ox.Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in (*_RESULTS, *_GRAPHS):
        yield ox.Triple(service, _sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    yield ox.Triple(service, _sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _TYPE, _sd("Dataset"))
    yield ox.Triple(dataset, _sd("defaultGraph"), default)
    yield from _describe_graph(default, sum(size for name, size in graphs.items() if name not in foreign))
    for number, (name, count) in enumerate(sorted(graphs.items()), 1):
        named = ox.NamedNode(f"{endpoint}#named-graph-{number}")
        graph = ox.NamedNode(f"{endpoint}#graph-{number}")
        yield ox.Triple(dataset, _sd("namedGraph"), named)
        yield ox.Triple(named, _TYPE, _sd("NamedGraph"))
        yield ox.Triple(named, _sd("name"), ox.NamedNode(name))
        yield ox.Triple(named, _sd("graph"), graph)
        yield from _describe_graph(graph, count)


def _describe_graph(graph: ox.NamedNode, triples: int) -> Iterator[ox.Triple]:
    """Yield the type and size of a graph."""
    yield ox.Triple(graph, _TYPE, _sd("Graph"))
    yield ox.Triple(graph, ox.NamedNode(PREFIXES["void"] + "triples"), ox.Literal(triples))


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(SD + name)

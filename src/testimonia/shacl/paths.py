"""SHACL property paths in the syntax of SPARQL, and back.

Source: SHACL section 2.3.1, SPARQL 1.1 section 9.1.
"""

import re

from rdflib import RDF, SH, Graph, URIRef
from rdflib.collection import Collection
from rdflib.extras.shacl import build_shacl_path
from rdflib.paths import Path
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import IdentifiedNode, Node

_FIRST = re.compile(r"<([^<>\s]*)>")
_SIGNS = {SH.zeroOrMorePath: "*", SH.oneOrMorePath: "+", SH.zeroOrOnePath: "?"}


def format_path(graph: Graph, path: Node) -> str:
    """Return a path as text: the bare IRI of a single property, else a SPARQL property path with IRIs in brackets.

    ValueError when the node is no path.

    >>> turtle = '''@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
    ... e:S sh:path ( [ sh:inversePath e:about ] e:modality ) .'''
    >>> graph = Graph().parse(data=turtle, format="turtle")
    >>> format_path(graph, graph.value(URIRef("https://example.org/S"), SH.path))
    '^<https://example.org/about>/<https://example.org/modality>'
    """
    return str(path) if isinstance(path, URIRef) else _format(graph, path)


def build_path(graph: Graph, path: str) -> IdentifiedNode:
    """Add a path as `format_path` writes it to a graph, in the syntax of SHACL, and return its node.

    >>> graph = Graph()
    >>> node = build_path(graph, "^<https://example.org/about>/<https://example.org/modality>")
    >>> format_path(graph, node)
    '^<https://example.org/about>/<https://example.org/modality>'
    """
    if not _FIRST.search(path):
        return URIRef(path)
    query = translateQuery(parseQuery(f"SELECT * {{ ?s {path} ?o }}"))
    found: URIRef | Path = query.algebra.p.p.triples[0][1]
    return build_shacl_path(found, graph)[0]


def _format(graph: Graph, path: Node) -> str:
    if isinstance(path, URIRef):
        return path.n3()
    if (path, RDF.first, None) in graph:
        return "/".join(_format(graph, step) for step in Collection(graph, path))
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return "^" + _format(graph, inverse)
    if (choice := graph.value(path, SH.alternativePath)) is not None:
        return "(" + "|".join(_format(graph, way) for way in Collection(graph, choice)) + ")"
    for predicate, sign in _SIGNS.items():
        if (step := graph.value(path, predicate)) is not None:
            return f"({_format(graph, step)}){sign}"
    raise ValueError("the node is no SHACL path")

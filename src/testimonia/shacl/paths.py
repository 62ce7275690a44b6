"""SHACL property paths in the syntax of SPARQL, and back.

Source: SHACL section 2.3.1, SPARQL 1.1 section 9.1.
"""

import re

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.extras.shacl import build_shacl_path
from rdflib.paths import Path
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.term import IdentifiedNode, Node

from testimonia.rdf.triples import TripleIndex

_FIRST = re.compile(r"<([^<>\s]*)>")


def format_path(graph: Graph, path: Node) -> str:
    """Return a path as text: the bare IRI of a single property, else a SPARQL property path with IRIs in brackets.

    ValueError when the node is no path.

    >>> turtle = '''@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
    ... e:S sh:path ( [ sh:inversePath e:about ] e:modality ) .'''
    >>> graph = Graph().parse(data=turtle, format="turtle")
    >>> format_path(graph, next(graph.objects(predicate=URIRef("http://www.w3.org/ns/shacl#path"))))
    '^<https://example.org/about>/<https://example.org/modality>'
    """
    if isinstance(path, URIRef):
        return str(path)
    described = graph.cbd(path).serialize(format="nt", encoding="utf-8")
    triples = (quad.triple for quad in ox.parse(described, format=ox.RdfFormat.N_TRIPLES))
    return TripleIndex(triples).format_path(ox.BlankNode(str(path)))


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

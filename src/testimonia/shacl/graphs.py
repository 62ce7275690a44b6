"""RDF files as one rdflib graph, which pySHACL needs.

pyoxigraph parses them: parsing with rdflib takes two to three times as long.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from testimonia.core.errors import InputError
from testimonia.rdf.triples import parse_triples, report_no_graph, report_no_shapes

_PLAIN = "http://www.w3.org/2001/XMLSchema#string"
_TAGGED = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def read_graph(folder: Path, *vocabulary: Path) -> Graph:
    """Return all triples of a folder's N-Quads files, subfolders included, and of the vocabulary files beside them.

    Named graphs are merged: a shape looks at a claim together with its entities and terms. `vocabulary` is the
    ontology, since `sh:class` follows the `rdfs:subClassOf` of the data. Literals keep their written form. InputError
    when there is no file, or lists each file that does not parse.
    """
    paths = sorted(folder.rglob("*.nq"))
    if not paths:
        raise InputError([report_no_graph(folder)])
    return parse_files([*paths, *vocabulary])


def read_shapes_graph(folder: Path) -> Graph:
    """Return all triples of a folder's Turtle files of shapes.

    InputError when there is no file, or lists each file that does not parse.
    """
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise InputError([report_no_shapes(folder)])
    return parse_files(paths)


def parse_files(paths: Iterable[Path]) -> Graph:
    """Return the triples of N-Quads, N-Triples and Turtle files as one graph; InputError lists those that do not parse.

    Blank nodes of different files stay apart.
    """
    graph = Graph(bind_namespaces="none")
    with _keep_quiet():
        _add_all(graph, parse_triples(paths))
    return graph


@contextmanager
def _keep_quiet() -> Iterator[None]:
    """Let rdflib print no traceback for each ill-formed literal, which is a finding later."""
    logger = logging.getLogger("rdflib.term")
    logger.disabled, before = True, logger.disabled
    try:
        yield
    finally:
        logger.disabled = before


def _add_all(graph: Graph, statements: Iterable[ox.Quad | ox.Triple]) -> None:
    """Add statements; each term is converted once, since most come back many times."""
    terms: dict[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, Node] = {}
    store = graph.store
    for statement in statements:
        triple = []
        for term in (statement.subject, statement.predicate, statement.object):
            node = terms.get(term)
            if node is None:
                node = terms[term] = _convert(term)
            triple.append(node)
        store.add((triple[0], triple[1], triple[2]), graph)


def _convert(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """Return the rdflib term that equals a pyoxigraph term, with the literal's written form."""
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value
        if datatype == _TAGGED:
            return Literal(term.value, lang=term.language)
        return Literal(term.value, datatype=None if datatype == _PLAIN else URIRef(datatype), normalize=False)
    raise TypeError("a triple as a term (RDF-star) has no place in the graph")

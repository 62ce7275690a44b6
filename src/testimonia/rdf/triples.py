"""An index of triples by subject and predicate: enough to read shapes and reports without rdflib.

rdflib takes a third of a second to import, which the quick look through rudof does not have.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.files import report_unreadable
from testimonia.core.findings import Finding
from testimonia.core.namespaces import expand
from testimonia.rdf.formats import FORMATS
from testimonia.rdf.reading import report_syntax

type_iri, first_iri, rest_iri = expand("rdf:type"), expand("rdf:first"), expand("rdf:rest")
_SIGNS = {expand("sh:zeroOrMorePath"): "*", expand("sh:oneOrMorePath"): "+", expand("sh:zeroOrOnePath"): "?"}
_INVERSE, _CHOICE = expand("sh:inversePath"), expand("sh:alternativePath")

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
RdfTerm = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class TripleIndex:
    """Triples by subject and predicate IRI.

    >>> turtle = b"@prefix e: <https://example.org/> . e:S e:path ( e:a e:b ) ."
    >>> index = TripleIndex(quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    >>> listed = index.find(ox.NamedNode("https://example.org/S"), "https://example.org/path")
    >>> [member.value for member in index.read_list(listed)]
    ['https://example.org/a', 'https://example.org/b']
    """

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._nodes: dict[Subject, dict[str, list[RdfTerm]]] = defaultdict(dict)
        for triple in triples:
            self._nodes[triple.subject].setdefault(triple.predicate.value, []).append(triple.object)

    def __iter__(self) -> Iterator[Subject]:
        """Iterate over the subjects."""
        return iter(self._nodes)

    def triples(self) -> Iterator[ox.Triple]:
        """Yield all triples."""
        for subject, facts in self._nodes.items():
            for predicate, objects in facts.items():
                for value in objects:
                    yield ox.Triple(subject, ox.NamedNode(predicate), value)

    def get(self, node: RdfTerm) -> dict[str, list[RdfTerm]]:
        """Return predicate IRI → objects of a node; {} for a node that is no subject."""
        return {} if isinstance(node, ox.Literal) else self._nodes.get(node, {})

    def find(self, node: RdfTerm, predicate: str) -> RdfTerm | None:
        """Return the first object of a property of a node, or None."""
        return next(iter(self.get(node).get(predicate, ())), None)

    def read_list(self, node: RdfTerm | None) -> list[RdfTerm]:
        """Return the members of an RDF list; [] for any other node. A cyclic list ends where it closes."""
        members: list[RdfTerm] = []
        seen: set[RdfTerm] = set()
        while node is not None and node not in seen and (member := self.find(node, first_iri)) is not None:
            seen.add(node)
            members.append(member)
            node = self.find(node, rest_iri)
        return members

    def format_path(self, path: RdfTerm) -> str:
        """Return a SHACL path: a bare IRI, else a SPARQL path. ValueError when it is none."""
        return path.value if isinstance(path, ox.NamedNode) else self._format(path)

    def _format(self, path: RdfTerm) -> str:
        if isinstance(path, ox.NamedNode):
            return str(path)
        if steps := self.read_list(path):
            return "/".join(map(self._format, steps))
        for predicate, (value, *_) in self.get(path).items():
            if predicate == _INVERSE:
                return "^" + self._format(value)
            if predicate == _CHOICE:
                return "(" + "|".join(map(self._format, self.read_list(value))) + ")"
            if predicate in _SIGNS:
                return f"({self._format(value)}){_SIGNS[predicate]}"
        raise ValueError("the node is no SHACL path")


def parse_triples(paths: Iterable[Path]) -> Iterator[ox.Triple]:
    """Yield the triples of N-Quads, N-Triples and Turtle files; blank nodes of different files stay distinct.

    InputError after the last file, naming each that cannot be read or does not parse, with line and column.
    """
    findings: list[Finding] = []
    for path in paths:
        try:
            for quad in ox.parse(path=str(path), format=FORMATS[path.suffix], rename_blank_nodes=True):
                yield quad.triple
        except SyntaxError as error:
            findings.append(report_syntax(path.as_posix(), error, FORMATS[path.suffix].name))
        except OSError as error:
            findings.append(report_unreadable(path.as_posix(), error))
    if findings:
        raise InputError(findings)


def write_triples(triples: Iterable[ox.Triple], path: Path) -> None:
    """Write triples as N-Triples in a stream."""
    with path.open("wb") as file:
        ox.serialize(triples, file, format=ox.RdfFormat.N_TRIPLES)


def report_no_graph(folder: Path) -> Finding:
    """Return the finding that a folder has no N-Quads files."""
    fix = "Build the graph first: testimonia build"
    return Finding.at(folder.as_posix(), "graph-missing", found="no graph file (*.nq) in this folder", fix=fix)


def report_no_shapes(folder: Path) -> Finding:
    """Return the finding that a folder has no Turtle files of shapes."""
    return Finding.at(folder.as_posix(), "shapes-missing", found="no shapes (*.ttl) in this folder")

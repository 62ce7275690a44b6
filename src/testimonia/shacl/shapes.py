"""The named shapes of a graph, with their targets and counts; shapes without a name are left out.

A *reporting* shape can have findings of its own; the others are conditions that reporting shapes are made of (behind
`sh:or`, `sh:not` and the like).
"""

from dataclasses import dataclass

from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from testimonia.shacl.paths import format_path

_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_TELLING = {RDF.type, SH.path, SH.property, SH.name, SH.description, SH.message, SH.severity, SH.ignoredProperties}


@dataclass(frozen=True, slots=True)
class Shape:
    """A named shape.

    `path` is None for a node shape, an IRI for a single property, else a SPARQL property path. `owners` are the node
    shapes that list a property shape, `targets` the IRIs of its own targets; `least` and `most` are its counts, `cls`
    and `datatype` IRIs. `reports` says whether findings can name it.
    """

    iri: str
    path: str | None
    simple: bool
    owners: tuple[str, ...]
    targets: tuple[str, ...]
    name: str
    description: str
    message: str
    severity: str
    least: int
    most: int | None
    cls: str | None
    datatype: str | None
    reports: bool


def find_shapes(graph: Graph) -> list[Shape]:
    """Return all named node and property shapes of a graph, by IRI.

    >>> turtle = '''@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
    ... e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property e:S-name .
    ... e:S-name a sh:PropertyShape ; sh:path e:name ; sh:maxCount 1 .'''
    >>> [(s.path, s.most, s.reports) for s in find_shapes(Graph().parse(data=turtle, format="turtle"))]
    [(None, None, False), ('https://example.org/name', 1, True)]
    """
    found = {s for kind in (SH.NodeShape, SH.PropertyShape) for s in graph.subjects(RDF.type, kind)}
    return [_describe(graph, shape) for shape in sorted(found, key=str) if isinstance(shape, URIRef)]


def _describe(graph: Graph, shape: URIRef) -> Shape:
    path, most = graph.value(shape, SH.path), _text(graph, shape, SH.maxCount)
    owners = sorted(graph.subjects(SH.property, shape), key=str)
    return Shape(
        iri=str(shape),
        path=None if path is None else format_path(graph, path),
        simple=isinstance(path, URIRef),
        owners=tuple(map(str, owners)),
        targets=tuple(sorted(map(str, _list_targets(graph, shape)))),
        name=_text(graph, shape, SH.name),
        description=_text(graph, shape, SH.description),
        message=_text(graph, shape, SH.message),
        severity=_text(graph, shape, SH.severity).removeprefix(str(SH)) or "Violation",
        least=int(_text(graph, shape, SH.minCount) or 0),
        most=int(most) if most else None,
        cls=_text(graph, shape, SH["class"]) or None,
        datatype=_text(graph, shape, SH.datatype) or None,
        reports=_constrains(graph, shape) and any(_list_targets(graph, node) for node in (shape, *owners)),
    )


def _list_targets(graph: Graph, shape: Node) -> list[Node]:
    return [target for predicate in _TARGETS for target in graph.objects(shape, predicate)]


def _constrains(graph: Graph, shape: Node) -> bool:
    """Tell whether a shape has a constraint of its own."""
    return not _TELLING.union(_TARGETS).issuperset(graph.predicates(shape))


def _text(graph: Graph, subject: Node, predicate: URIRef) -> str:
    value = graph.value(subject, predicate)
    return "" if value is None else str(value)

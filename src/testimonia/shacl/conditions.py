"""Which shapes report findings, and which are only conditions of others.

A shape reports when it has a target, or when a reporting shape lists it under `sh:property`. What stands behind
`sh:or`, `sh:not`, `sh:node` and the like is a condition of the shape that names it.
"""

from collections.abc import Iterator

from testimonia.core.namespaces import expand
from testimonia.rdf.reading import climb
from testimonia.rdf.triples import RdfTerm, Subject, TripleIndex, type_iri

PROPERTY, PATH = expand("sh:property"), expand("sh:path")
ONE_CONDITION = (expand("sh:node"), expand("sh:not"), expand("sh:qualifiedValueShape"))
LISTED_CONDITIONS = (expand("sh:and"), expand("sh:or"), expand("sh:xone"))
TARGET_CLASS, TARGET_SUBJECTS = expand("sh:targetClass"), expand("sh:targetSubjectsOf")
TARGET_OBJECTS = expand("sh:targetObjectsOf")
OTHER_TARGETS = (expand("sh:targetNode"), expand("sh:target"))
CLASSES = frozenset((expand("rdfs:Class"), expand("owl:Class")))
_SHAPES = frozenset((expand("sh:NodeShape"), expand("sh:PropertyShape")))


def find_targeted(shapes: TripleIndex) -> list[Subject]:
    """Return the shapes that have a target of their own; a shape that is a class targets its instances."""
    return [
        node
        for node in shapes
        if shapes.get(node).keys() & {TARGET_CLASS, TARGET_SUBJECTS, TARGET_OBJECTS, *OTHER_TARGETS}
        or is_class(shapes, node)
    ]


def is_class(shapes: TripleIndex, node: RdfTerm) -> bool:
    """Tell whether a node is shape and class at once (SHACL section 2.1.3.3)."""
    types = {str(cls).strip("<>") for cls in shapes.get(node).get(type_iri, ())}
    return bool(types & CLASSES) and bool(types & _SHAPES)


def find_reporting(shapes: TripleIndex) -> set[RdfTerm]:
    """Return the shapes that can have results of their own."""
    return climb([*find_targeted(shapes)], lambda node: shapes.get(node).get(PROPERTY, ()))


def find_conditions(shapes: TripleIndex, node: RdfTerm) -> Iterator[RdfTerm]:
    """Yield the shapes that a shape names as its conditions."""
    facts = shapes.get(node)
    for predicate in ONE_CONDITION:
        yield from facts.get(predicate, ())
    for predicate in LISTED_CONDITIONS:
        for listed in facts.get(predicate, ()):
            yield from shapes.read_list(listed)


def find_nested(shapes: TripleIndex) -> list[RdfTerm]:
    """Return the shapes without a name: those with a target, then those that others name, in their order."""
    nested: dict[RdfTerm, None] = {shape: None for shape in find_targeted(shapes) if str(shape).startswith("_:")}
    for node in shapes:
        for shape in (*shapes.get(node).get(PROPERTY, ()), *find_conditions(shapes, node)):
            if str(shape).startswith("_:"):
                nested[shape] = None
    return list(nested)

"""The properties of a focus node on which the verdict of a shape depends.

A shape gives the same findings for two nodes with the same values for these, so one of them is checked for both.
"""

import pyoxigraph as ox

from testimonia.core.namespaces import expand
from testimonia.rdf.triples import RdfTerm, TripleIndex
from testimonia.shacl.conditions import PATH, PROPERTY, find_conditions
from testimonia.shacl.partitioned.shape_scope import FOCUS, ShapeScope, add_shape

_MESSAGE = expand("sh:message")
_DISJOINT = expand("sh:qualifiedValueShapesDisjoint")
_ITSELF = """datatype minExclusive minInclusive maxExclusive maxInclusive minLength maxLength pattern languageIn
    equals disjoint hasValue in closed"""
_OF_THE_NODE = frozenset(expand(f"sh:{name}") for name in _ITSELF.split())
"""Constraints that, in a node shape, look at the IRI of the node itself."""


def find_dependencies(shapes: TripleIndex, shape: RdfTerm) -> frozenset[str] | None:
    """Return the IRIs of these properties; None where more counts, or a finding could not be repeated.

    The shape must have a name and a message of its own, must report on its focus node only, and must not be far.

    >>> turtle = b'''@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
    ... e:S sh:path e:voice ; sh:minCount 1 ; sh:lessThan e:end ; sh:message "m" . e:T sh:nodeKind sh:IRI .'''
    >>> index = TripleIndex(quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    >>> sorted(find_dependencies(index, ox.NamedNode("https://example.org/S")))
    ['https://example.org/end', 'https://example.org/voice']
    >>> find_dependencies(index, ox.NamedNode("https://example.org/T"))
    """
    facts = shapes.get(shape)
    if not isinstance(shape, ox.NamedNode) or _MESSAGE not in facts or PROPERTY in facts:
        return None
    if not _ignores_node(shapes, shape):
        return None
    scope = ShapeScope()
    add_shape(shapes, scope, shape, FOCUS, ())
    return None if scope.backwards else frozenset(scope.steps[FOCUS])


def find_first_step(shapes: TripleIndex, shape: RdfTerm) -> str:
    """Return the IRI of the property that a shape's path begins with; "" where it begins otherwise."""
    path = shapes.find(shape, PATH)
    if path is not None and (steps := shapes.read_list(path)):
        path = steps[0]
    return path.value if isinstance(path, ox.NamedNode) else ""


def _ignores_node(shapes: TripleIndex, shape: RdfTerm) -> bool:
    """Tell whether a shape looks at the values of a node's properties and never at the node itself."""
    facts = shapes.get(shape)
    if _DISJOINT in facts:
        return False
    if PATH in facts:
        return bool(find_first_step(shapes, shape))
    parts = (*facts.get(PROPERTY, ()), *find_conditions(shapes, shape))
    return not facts.keys() & _OF_THE_NODE and all(_ignores_node(shapes, part) for part in parts)

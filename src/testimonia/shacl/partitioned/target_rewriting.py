"""Shapes rewritten so that their targets are marked nodes.

Beside a part of a graph lie triples of nodes that other parts hold. Their nodes must be seen and not be checked, so the
targets of a shape are replaced by a marker: `<urn:testimonia:part> <urn:testimonia:focus:7> <node>` makes the node a
focus node of the seventh shape. That also saves most of the work: a property shape that has nothing to say where its
property is missing becomes a shape of its own, and only nodes with the property are its focus nodes. What it reports
stays the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from testimonia.core.namespaces import expand
from testimonia.rdf.reading import get_value
from testimonia.rdf.triples import RdfTerm, Subject, TripleIndex, first_iri, rest_iri, type_iri
from testimonia.shacl.conditions import (
    OTHER_TARGETS,
    PATH,
    PROPERTY,
    TARGET_CLASS,
    TARGET_OBJECTS,
    TARGET_SUBJECTS,
    find_conditions,
    find_targeted,
    is_class,
)
from testimonia.shacl.partitioned.shape_dependencies import find_first_step, find_sight
from testimonia.shacl.partitioned.shape_scope import KNOWN

_MARK = "urn:testimonia:focus:"
PART = "<urn:testimonia:part>"
_IGNORED, _CLOSED, _DEACTIVATED = (expand(f"sh:{name}") for name in ("ignoredProperties", "closed", "deactivated"))
_TARGETS = frozenset((TARGET_CLASS, TARGET_SUBJECTS, TARGET_OBJECTS, *OTHER_TARGETS))
_NEEDS_VALUES = frozenset(
    expand(f"sh:{name}") for name in ("minCount", "hasValue", "equals", "qualifiedMinCount", "qualifiedValueShape")
)
_SILENT = """property ignoredProperties name description message severity deactivated order group defaultValue
    targetClass targetSubjectsOf targetObjectsOf"""
_DEMANDS = KNOWN - frozenset(expand(f"sh:{name}") for name in _SILENT.split())
_NIL = ox.NamedNode(expand("rdf:nil"))


@dataclass(frozen=True, slots=True)
class Focus:
    """Which nodes a shape is about: of these classes, with one of these properties, or the object of one of `aiming`.

    And with the property `only`, if given; and with a property that is not `allowed`, if it only asks for that.
    Nodes with the same values for all of `sight` are the same to it; `rule` is its name.
    """

    classes: frozenset[str]
    properties: frozenset[str]
    aiming: frozenset[str]
    only: str = ""
    allowed: frozenset[str] | None = None
    sight: frozenset[str] | None = None
    rule: str = ""


@dataclass(slots=True)
class FocusedShapes:
    """Shapes whose targets are marks, and who is to be marked: mark → focus."""

    triples: list[ox.Triple] = field(default_factory=list)
    marks: dict[str, Focus] = field(default_factory=dict)


def focus_shapes(shapes: TripleIndex, far: Iterable[RdfTerm] = ()) -> FocusedShapes:
    """Return the shapes with marks for targets; those in `far` lose their targets and report nothing."""
    focused = FocusedShapes()
    owners = _find_owners(shapes)
    dropped: set[tuple[Subject, RdfTerm]] = set()
    for shape in find_targeted(shapes):
        if shape in far:
            continue
        facts = shapes.get(shape)
        classes = {get_value(cls) for cls in facts.get(TARGET_CLASS, ())}
        if is_class(shapes, shape):
            classes.add(get_value(shape))
        properties = frozenset(get_value(value) for value in facts.get(TARGET_SUBJECTS, ()))
        aiming = frozenset(get_value(value) for value in facts.get(TARGET_OBJECTS, ()))
        focus = Focus(frozenset(classes), properties, aiming)
        if PATH in facts or shape in owners or _is_true(shapes, shape, _DEACTIVATED):
            _mark(focused, shape, replace(focus, sight=find_sight(shapes, shape), rule=get_value(shape)))
            continue
        for part in facts.get(PROPERTY, ()):
            sight = find_sight(shapes, part)
            if _can_stand_alone(shapes, part, owners, seen=sight is not None):
                only = "" if shapes.get(part).keys() & _NEEDS_VALUES else find_first_step(shapes, part)
                assert not isinstance(part, ox.Literal)
                _mark(focused, part, replace(focus, only=only, sight=sight, rule=get_value(part)))
                dropped.add((shape, part))
        left = [part for part in facts.get(PROPERTY, ()) if (shape, part) not in dropped]
        if left:
            _mark(focused, shape, focus)
        elif facts.keys() & _DEMANDS == {_CLOSED}:
            _mark(focused, shape, replace(focus, allowed=_find_allowed(shapes, shape)))
        elif facts.keys() & _DEMANDS:
            _mark(focused, shape, replace(focus, sight=find_sight(shapes, shape), rule=get_value(shape)))
    focused.triples += _rewrite(shapes, dropped)
    return focused


def keep_shapes(shapes: TripleIndex, kept: Collection[RdfTerm]) -> Iterator[ox.Triple]:
    """Yield the shapes with the targets of only these."""
    for triple in shapes.triples():
        aimed = triple.predicate.value in _TARGETS or _makes_class(triple)
        if not aimed or triple.subject in kept:
            yield triple


def _mark(focused: FocusedShapes, shape: Subject, focus: Focus) -> None:
    mark = f"{_MARK}{len(focused.marks)}"
    focused.marks[mark] = focus
    target = ox.NamedNode(expand("sh:targetObjectsOf"))
    focused.triples.append(ox.Triple(shape, target, ox.NamedNode(mark)))


def _find_owners(shapes: TripleIndex) -> dict[RdfTerm, int]:
    """Return how many shapes list a property shape, as a part or as a condition."""
    owners: dict[RdfTerm, int] = {}
    for node in shapes:
        for part in (*shapes.get(node).get(PROPERTY, ()), *find_conditions(shapes, node)):
            owners[part] = owners.get(part, 0) + 1
    return owners


def _can_stand_alone(shapes: TripleIndex, part: RdfTerm, owners: Mapping[RdfTerm, int], *, seen: bool) -> bool:
    """Tell whether nobody else lists a property shape, and it says nothing of a node without its property.

    Or else that what it sees of a node is known (`seen`), so that few nodes need to be marked for it.
    """
    facts = shapes.get(part)
    if owners[part] != 1 or facts.keys() & _TARGETS:
        return False
    return seen or (isinstance(shapes.find(part, PATH), ox.NamedNode) and not facts.keys() & _NEEDS_VALUES)


def _find_allowed(shapes: TripleIndex, shape: RdfTerm) -> frozenset[str]:
    """Return the IRIs of the properties that a closed shape lets pass."""
    paths = [shapes.find(part, PATH) for part in shapes.get(shape).get(PROPERTY, ())]
    listed = shapes.read_list(shapes.find(shape, _IGNORED))
    return frozenset(term.value for term in (*paths, *listed) if isinstance(term, ox.NamedNode))


def _is_true(shapes: TripleIndex, shape: RdfTerm, predicate: str) -> bool:
    return get_value(shapes.find(shape, predicate)) in {"true", "1"}


def _rewrite(shapes: TripleIndex, dropped: set[tuple[Subject, RdfTerm]]) -> Iterator[ox.Triple]:
    """Yield the triples of the shapes without targets, and without the parts that stand alone now."""
    freed: dict[Subject, list[RdfTerm]] = {}
    for shape, part in dropped:
        if _is_true(shapes, shape, _CLOSED) and isinstance(path := shapes.find(part, PATH), ox.NamedNode):
            freed.setdefault(shape, []).append(path)
    for triple in shapes.triples():
        subject, name = triple.subject, triple.predicate.value
        gone = name in _TARGETS or (name == PROPERTY and (subject, triple.object) in dropped)
        if not gone and not (name == _IGNORED and subject in freed) and not _makes_class(triple):
            yield triple
    for shape, paths in freed.items():
        yield from _list(shape, [*shapes.read_list(shapes.find(shape, _IGNORED)), *paths])


def _makes_class(triple: ox.Triple) -> bool:
    """Tell whether a triple would make a shape target the instances of itself."""
    return triple.predicate.value == type_iri and get_value(triple.object) in {
        expand("rdfs:Class"),
        expand("owl:Class"),
    }


def _list(shape: Subject, members: list[RdfTerm]) -> Iterator[ox.Triple]:
    """Yield the triples of a shape's list of properties that a closed shape lets pass."""
    cells = [ox.BlankNode() for _ in members]
    after: list[RdfTerm] = [*cells[1:], _NIL]
    yield ox.Triple(shape, ox.NamedNode(_IGNORED), cells[0])
    for cell, rest, member in zip(cells, after, members, strict=True):
        yield ox.Triple(cell, ox.NamedNode(first_iri), member)
        yield ox.Triple(cell, ox.NamedNode(rest_iri), rest)

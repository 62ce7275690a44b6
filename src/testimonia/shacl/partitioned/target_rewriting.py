"""Rewriting of shapes so that their targets are marked nodes.

A part of a graph is checked beside triples of nodes that other parts hold. These must be seen but not checked, so the
targets of a shape are replaced by a mark: `<urn:testimonia:part> <urn:testimonia:focus:7> <node>` makes the node a
focus node of the seventh shape. That also saves most of the work: a property shape that reports nothing where its
property is missing becomes a shape of its own, and only nodes with the property are its focus nodes. The findings stay
the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from testimonia.core.namespaces import expand
from testimonia.rdf.reading import get_value
from testimonia.rdf.triples import RdfTerm, Subject, TripleIndex, first_iri, rest_iri, type_iri
from testimonia.shacl.conditions import (
    CLASSES,
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
from testimonia.shacl.partitioned.shape_dependencies import find_dependencies, find_first_step
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
    """The focus nodes of a shape: of these classes, with one of these properties, or the object of one of `aiming`.

    Further conditions: a node has the property `only`, and, where `allowed` is given, a property that is not in it.
    Nodes with the same values for all of `dependencies` get the same findings; `rule` is the shape's name.
    """

    classes: frozenset[str]
    properties: frozenset[str]
    aiming: frozenset[str]
    only: str = ""
    allowed: frozenset[str] | None = None
    dependencies: frozenset[str] | None = None
    rule: str = ""


@dataclass(slots=True)
class RewrittenShapes:
    """Shapes whose targets are marks, and what is to be marked: mark → focus."""

    triples: list[ox.Triple] = field(default_factory=list)
    marks: dict[str, Focus] = field(default_factory=dict)


def rewrite_targets(shapes: TripleIndex, far: Iterable[RdfTerm] = ()) -> RewrittenShapes:
    """Return the shapes with marks for targets; those in `far` lose their targets and report nothing."""
    rewriter = _Rewriter(shapes, _find_owners(shapes))
    for shape in find_targeted(shapes):
        if shape not in far:
            rewriter.rewrite(shape)
    rewriter.result.triples += _rewrite(shapes, rewriter.freed)
    return rewriter.result


@dataclass(slots=True)
class _Rewriter:
    """Marks shapes; `freed` are the (shape, part) pairs of property shapes that have become shapes alone."""

    shapes: TripleIndex
    owners: Mapping[RdfTerm, int]
    result: RewrittenShapes = field(default_factory=RewrittenShapes)
    freed: set[tuple[Subject, RdfTerm]] = field(default_factory=set)

    def rewrite(self, shape: Subject) -> None:
        """Mark a shape with targets, its property shapes that can stand alone, or both."""
        facts, focus = self.shapes.get(shape), self._read_focus(shape)
        if PATH in facts or shape in self.owners or _is_true(self.shapes, shape, _DEACTIVATED):
            self._mark_whole(shape, focus)
            return
        whole = True
        for part in facts.get(PROPERTY, ()):
            whole &= self._free(shape, part, focus)
        if not whole:
            self._mark(shape, focus)
        elif facts.keys() & _DEMANDS == {_CLOSED}:
            self._mark(shape, replace(focus, allowed=_find_allowed(self.shapes, shape)))
        elif facts.keys() & _DEMANDS:
            self._mark_whole(shape, focus)

    def _read_focus(self, shape: Subject) -> Focus:
        """Return which nodes the targets of a shape are."""
        facts = self.shapes.get(shape)
        classes = set(map(get_value, facts.get(TARGET_CLASS, ())))
        if is_class(self.shapes, shape):
            classes.add(get_value(shape))
        properties = frozenset(map(get_value, facts.get(TARGET_SUBJECTS, ())))
        return Focus(frozenset(classes), properties, frozenset(map(get_value, facts.get(TARGET_OBJECTS, ()))))

    def _free(self, shape: Subject, part: RdfTerm, focus: Focus) -> bool:
        """Make a property shape a shape of its own where it can stand alone; tell whether it does."""
        dependencies = find_dependencies(self.shapes, part)
        if not _can_stand_alone(self.shapes, part, self.owners, known=dependencies is not None):
            return False
        only = "" if self.shapes.get(part).keys() & _NEEDS_VALUES else find_first_step(self.shapes, part)
        assert not isinstance(part, ox.Literal)
        self._mark(part, replace(focus, only=only, dependencies=dependencies, rule=get_value(part)))
        self.freed.add((shape, part))
        return True

    def _mark_whole(self, shape: Subject, focus: Focus) -> None:
        """Mark a shape that reports itself, so that equal nodes can be checked once."""
        self._mark(shape, replace(focus, dependencies=find_dependencies(self.shapes, shape), rule=get_value(shape)))

    def _mark(self, shape: Subject, focus: Focus) -> None:
        mark = f"{_MARK}{len(self.result.marks)}"
        self.result.marks[mark] = focus
        self.result.triples.append(ox.Triple(shape, ox.NamedNode(TARGET_OBJECTS), ox.NamedNode(mark)))


def keep_shapes(shapes: TripleIndex, kept: Collection[RdfTerm]) -> Iterator[ox.Triple]:
    """Yield the shapes with the targets of only these."""
    for triple in shapes.triples():
        aimed = triple.predicate.value in _TARGETS or _makes_class(triple)
        if not aimed or triple.subject in kept:
            yield triple


def _find_owners(shapes: TripleIndex) -> dict[RdfTerm, int]:
    """Return how many shapes list a property shape, as a part or as a condition."""
    owners: dict[RdfTerm, int] = {}
    for node in shapes:
        for part in (*shapes.get(node).get(PROPERTY, ()), *find_conditions(shapes, node)):
            owners[part] = owners.get(part, 0) + 1
    return owners


def _can_stand_alone(shapes: TripleIndex, part: RdfTerm, owners: Mapping[RdfTerm, int], *, known: bool) -> bool:
    """Tell whether a property shape may become a shape of its own: no other shape lists it, and few nodes need it.

    Few do when it reports nothing of nodes without its property, or when its dependencies are `known`.
    """
    facts = shapes.get(part)
    if owners[part] != 1 or facts.keys() & _TARGETS:
        return False
    return known or (isinstance(shapes.find(part, PATH), ox.NamedNode) and not facts.keys() & _NEEDS_VALUES)


def _find_allowed(shapes: TripleIndex, shape: RdfTerm) -> frozenset[str]:
    """Return the IRIs of the properties that a closed shape lets pass."""
    paths = [shapes.find(part, PATH) for part in shapes.get(shape).get(PROPERTY, ())]
    listed = shapes.read_list(shapes.find(shape, _IGNORED))
    return frozenset(term.value for term in (*paths, *listed) if isinstance(term, ox.NamedNode))


def _is_true(shapes: TripleIndex, shape: RdfTerm, predicate: str) -> bool:
    return get_value(shapes.find(shape, predicate)) in {"true", "1"}


def _rewrite(shapes: TripleIndex, freed: set[tuple[Subject, RdfTerm]]) -> Iterator[ox.Triple]:
    """Yield the triples of the shapes without targets, and without the parts that stand alone now."""
    ignored: dict[Subject, list[RdfTerm]] = {}  # a closed shape must still let the properties of its freed parts pass
    for shape, part in freed:
        path = shapes.find(part, PATH)
        if isinstance(path, ox.NamedNode) and _is_true(shapes, shape, _CLOSED):
            ignored.setdefault(shape, []).append(path)
    for triple in shapes.triples():
        if not _is_replaced(triple, freed, ignored):
            yield triple
    for shape, paths in ignored.items():
        yield from _list(shape, [*shapes.read_list(shapes.find(shape, _IGNORED)), *paths])


def _is_replaced(
    triple: ox.Triple, freed: set[tuple[Subject, RdfTerm]], ignored: Mapping[Subject, list[RdfTerm]]
) -> bool:
    """Tell whether a triple of the shapes is a target, lists a freed part, or begins a list that is written anew."""
    subject, name = triple.subject, triple.predicate.value
    if name == PROPERTY:
        return (subject, triple.object) in freed
    if name == _IGNORED:
        return subject in ignored
    return name in _TARGETS or _makes_class(triple)


def _makes_class(triple: ox.Triple) -> bool:
    """Tell whether a triple would make a shape target the instances of itself."""
    return triple.predicate.value == type_iri and get_value(triple.object) in CLASSES


def _list(shape: Subject, members: list[RdfTerm]) -> Iterator[ox.Triple]:
    """Yield the triples of a shape's list of properties that a closed shape lets pass."""
    cells = [ox.BlankNode() for _ in members]
    after: list[RdfTerm] = [*cells[1:], _NIL]
    yield ox.Triple(shape, ox.NamedNode(_IGNORED), cells[0])
    for cell, rest, member in zip(cells, after, members, strict=True):
        yield ox.Triple(cell, ox.NamedNode(first_iri), member)
        yield ox.Triple(cell, ox.NamedNode(rest_iri), rest)

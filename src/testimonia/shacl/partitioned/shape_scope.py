"""The scope of shapes: all that can bear on the verdict about a focus node.

A shape looks at its focus node, at what its paths lead to and at the classes of that. So a part of the graph, together
with the triples in the scope of its nodes, gives the findings of the whole for these nodes. A scope is a small
automaton: state 0 is the focus node; from a state, a predicate leads to the next. Inverse steps are followed from the
focus node only. A shape that looks further (paths of any length, later inverse steps, SPARQL, single nodes as targets)
needs the whole graph. A target that is an object is an inverse step: what points at a node makes it a focus node.

Source: SHACL sections 2 to 4; Delva, Dimou, Jakubowski, Van den Bussche, "Data provenance for SHACL", EDBT 2023.
"""

from dataclasses import dataclass, field

from testimonia.core.namespaces import expand
from testimonia.rdf.reading import get_value
from testimonia.rdf.triples import RdfTerm, TripleIndex, type_iri
from testimonia.shacl.conditions import OTHER_TARGETS, PATH, PROPERTY, TARGET_OBJECTS, find_conditions, find_targeted

FOCUS = 0
_COMPARED = tuple(expand(f"sh:{name}") for name in ("equals", "disjoint", "lessThan", "lessThanOrEquals"))
_CLASS, _CLOSED = expand("sh:class"), expand("sh:closed")
_INVERSE, _CHOICE, _OPTIONAL = (expand(f"sh:{name}Path") for name in ("inverse", "alternative", "zeroOrOne"))
_CORE = """path property node not and or xone qualifiedValueShape qualifiedMinCount qualifiedMaxCount
    qualifiedValueShapesDisjoint class datatype nodeKind minCount maxCount minExclusive minInclusive maxExclusive
    maxInclusive minLength maxLength pattern flags languageIn uniqueLang equals disjoint lessThan lessThanOrEquals
    closed ignoredProperties hasValue in name description message severity deactivated order group defaultValue
    targetClass targetSubjectsOf targetObjectsOf"""
KNOWN = frozenset(expand(f"sh:{name}") for name in _CORE.split())


@dataclass(slots=True)
class ShapeScope:
    """`steps[state]` is predicate IRI → state; `backwards` the predicates into the focus node, each with its state.

    `aiming` are those predicates whose objects are targets. In the states of `whole_nodes` every triple of the node
    counts. `far` are the targeted shapes that need the whole.
    """

    steps: list[dict[str, int]] = field(default_factory=lambda: [{}])
    backwards: dict[str, int] = field(default_factory=dict)
    whole_nodes: set[int] = field(default_factory=lambda: {FOCUS})
    aiming: set[str] = field(default_factory=set)
    far: list[RdfTerm] = field(default_factory=list)

    def step(self, state: int, predicate: str) -> int:
        """Return the state that a predicate leads to, made where there is none."""
        if predicate not in self.steps[state]:
            self.steps[state][predicate] = self._add()
        return self.steps[state][predicate]

    def step_back(self, predicate: str) -> int:
        """Return the state of what points at the focus node with a predicate, made where there is none."""
        if predicate not in self.backwards:
            self.backwards[predicate] = self._add()
        return self.backwards[predicate]

    def _add(self) -> int:
        self.steps.append({})
        return len(self.steps) - 1


class _TooFarError(Exception):
    """A shape looks at more of the graph than a scope can express."""


def find_scope(shapes: TripleIndex) -> ShapeScope:
    """Return the scope of all shapes with targets.

    >>> import pyoxigraph as ox
    >>> turtle = b'''@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://example.org/> .
    ... e:S a sh:NodeShape ; sh:targetClass e:C ; sh:property [
    ...   sh:path ( [ sh:inversePath e:a ] e:b ) ; sh:nodeKind sh:IRI ] .'''
    >>> index = TripleIndex(quad.triple for quad in ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    >>> scope = find_scope(index)
    >>> scope.backwards, scope.steps[1:3]
    ({'https://example.org/a': 1}, [{'https://example.org/b': 2}, {}])
    """
    scope = ShapeScope()
    for shape in find_targeted(shapes):
        try:
            _check_near(shapes, shape)
        except _TooFarError:
            scope.far.append(shape)
        else:
            add_shape(shapes, scope, shape, FOCUS, ())
            for predicate in map(get_value, shapes.get(shape).get(TARGET_OBJECTS, ())):
                scope.step_back(predicate)
                scope.aiming.add(predicate)
    return scope


def _check_near(shapes: TripleIndex, shape: RdfTerm) -> None:
    """Raise _TooFarError for a shape that a scope cannot express; tried on a scope of its own."""
    if shapes.get(shape).keys() & set(OTHER_TARGETS):
        raise _TooFarError
    add_shape(shapes, ShapeScope(), shape, FOCUS, ())


def add_shape(shapes: TripleIndex, scope: ShapeScope, shape: RdfTerm, state: int, above: tuple[RdfTerm, ...]) -> None:
    """Add what a shape looks at from a state; _TooFarError for a shape within itself, which has no defined meaning."""
    facts = shapes.get(shape)
    foreign = {name for name in facts if name.startswith(expand("sh:"))} - KNOWN
    if shape in above or foreign:
        raise _TooFarError
    ends = _add_path(shapes, scope, facts[PATH][0], {state}) if PATH in facts else {state}
    for compared in (value for predicate in _COMPARED for value in facts.get(predicate, ())):
        scope.step(state, get_value(compared))
    within = (*above, shape)
    for end in ends:
        if _CLASS in facts:
            scope.step(end, type_iri)
        if _CLOSED in facts:
            scope.whole_nodes.add(end)
        for part in (*facts.get(PROPERTY, ()), *find_conditions(shapes, shape)):
            add_shape(shapes, scope, part, end, within)


def _add_path(shapes: TripleIndex, scope: ShapeScope, path: RdfTerm, states: set[int]) -> set[int]:
    """Add a path from some states; return the states in which it ends."""
    if steps := shapes.read_list(path):
        for step in steps:
            states = _add_path(shapes, scope, step, states)
        return states
    facts = shapes.get(path)
    if not facts or PATH in facts:
        return {scope.step(state, get_value(path)) for state in states}
    if (inverse := facts.get(_INVERSE)) and states == {FOCUS} and not shapes.get(inverse[0]):
        return {scope.step_back(get_value(inverse[0]))}
    if choice := facts.get(_CHOICE):
        return {end for way in shapes.read_list(choice[0]) for end in _add_path(shapes, scope, way, states)}
    if optional := facts.get(_OPTIONAL):
        return states | _add_path(shapes, scope, optional[0], states)
    raise _TooFarError

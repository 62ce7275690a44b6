"""Lines that mark which nodes of a part a shape is to look at, and which are spared.

A node is marked for a shape only when the shape can have something to say of it that it does not say of another: of
nodes that are the same to it (`sight`) the first is marked, and its findings are told again for its *twins*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from testimonia.core.findings import Finding
from testimonia.rdf.triples import type_iri
from testimonia.shacl.partitioned.parts import TripleLine
from testimonia.shacl.partitioned.target_rewriting import PART, Focus, FocusedShapes

_TYPE = f"<{type_iri}>"
_NONE: frozenset[str] = frozenset()


class Marker:
    """Marks the nodes of one part."""

    def __init__(self, focused: FocusedShapes, classes: Mapping[str, set[str]]) -> None:
        """Take the shapes, and each class with all classes above it and itself, in N-Triples form."""
        self._marks = [_Mark.make(iri, focus) for iri, focus in focused.marks.items()]
        self._classes = classes
        self._chosen: dict[tuple[frozenset[str], ...], list[_Mark]] = {}
        self._first: dict[tuple[object, ...], str] = {}
        self._twins: dict[tuple[str, str], list[str]] = {}

    def mark(self, nodes: Iterable[tuple[str, Sequence[TripleLine]]], aimed: Mapping[str, set[str]]) -> Iterator[str]:
        """Yield lines of N-Triples.

        `nodes` come with their triples, `aimed` are nodes with those properties that make them a target as an object.
        """
        for node, lines in nodes:
            facts: dict[str, set[str]] = {}
            for _, name, value in lines:
                facts.setdefault(name, set()).add(value)
            for mark in self._choose(facts, aimed.get(node)):
                if mark.sight is None or node[0] != "<":
                    yield f"{mark.head}{node} .\n"
                    continue
                seen = (mark.head, *(frozenset(facts.get(name, _NONE)) for name in mark.sight))
                first = self._first.setdefault(seen, node)
                if first is node:
                    yield f"{mark.head}{node} .\n"
                else:
                    self._twins.setdefault((mark.rule, first), []).append(node)

    def tell_again(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings, and those of marked nodes for their twins too."""
        for finding in findings:
            yield finding
            itself = f"<{finding.focus}>"
            for twin in self._twins.get((finding.rule, itself), ()):
                about_itself = not finding.path and finding.value == itself
                yield replace(finding, focus=twin[1:-1], value=twin if about_itself else finding.value)

    def _choose(self, facts: Mapping[str, set[str]], aimed: set[str] | None) -> list["_Mark"]:
        """Return the marks that fit a node; nodes of the same types and properties have the same."""
        types, properties = frozenset(facts.get(_TYPE, _NONE)), frozenset(facts)
        pointing = frozenset(aimed) if aimed else _NONE
        key = (types, properties, pointing)
        if key not in self._chosen:
            above = {upper for cls in types for upper in self._classes.get(cls, {cls})}
            self._chosen[key] = [mark for mark in self._marks if mark.fits(above, properties, pointing)]
        return self._chosen[key]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A focus in N-Triples form; `head` begins its lines."""

    head: str
    focus: Focus
    rule: str
    sight: tuple[str, ...] | None = field(default=None)

    @classmethod
    def make(cls, iri: str, focus: Focus) -> "_Mark":
        sight = None if focus.sight is None else tuple(sorted(_bracket(focus.sight)))
        written = Focus(
            classes=_bracket(focus.classes),
            properties=_bracket(focus.properties),
            aiming=_bracket(focus.aiming),
            only=f"<{focus.only}>" if focus.only else "",
            allowed=None if focus.allowed is None else _bracket(focus.allowed),
        )
        return cls(f"{PART} <{iri}> ", written, focus.rule, sight)

    def fits(self, classes: set[str], properties: frozenset[str], pointing: frozenset[str]) -> bool:
        focus = self.focus
        aimed = classes & focus.classes or properties & focus.properties or pointing & focus.aiming
        if not aimed or (focus.only and focus.only not in properties):
            return False
        return focus.allowed is None or bool(properties - focus.allowed)


def _bracket(names: Iterable[str]) -> frozenset[str]:
    return frozenset(f"<{name}>" for name in names)

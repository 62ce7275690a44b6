"""Marks for the focus nodes of each shape in a part.

Of nodes that have the same values for all that the verdict of a shape depends on (`shape_dependencies`), only the first
is marked, and its findings are repeated for the others, its *twins*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from testimonia.core.findings import Finding
from testimonia.rdf.triples import type_iri
from testimonia.shacl.partitioned.parts import TripleLine
from testimonia.shacl.partitioned.target_rewriting import PART, Focus, RewrittenShapes

_TYPE = f"<{type_iri}>"
_NONE: frozenset[str] = frozenset()


class FocusMarker:
    """Marks the nodes of one part."""

    def __init__(self, rewritten: RewrittenShapes, classes: Mapping[str, set[str]]) -> None:
        """`classes` maps each class to itself and its superclasses; IRIs are in N-Triples form."""
        self._marks = [_Mark.make(iri, focus) for iri, focus in rewritten.marks.items()]
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
                if mark.dependencies is None or node[0] != "<":
                    yield f"{mark.head}{node} .\n"
                    continue
                seen = (mark.head, *(frozenset(facts.get(name, _NONE)) for name in mark.dependencies))
                first = self._first.setdefault(seen, node)
                if first is node:
                    yield f"{mark.head}{node} .\n"
                else:
                    self._twins.setdefault((mark.rule, first), []).append(node)

    def repeat(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings, and again for each twin of their focus node."""
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
    dependencies: tuple[str, ...] | None = field(default=None)

    @classmethod
    def make(cls, iri: str, focus: Focus) -> "_Mark":
        dependencies = None if focus.dependencies is None else tuple(sorted(_bracket(focus.dependencies)))
        written = Focus(
            classes=_bracket(focus.classes),
            properties=_bracket(focus.properties),
            aiming=_bracket(focus.aiming),
            only=f"<{focus.only}>" if focus.only else "",
            allowed=None if focus.allowed is None else _bracket(focus.allowed),
        )
        return cls(f"{PART} <{iri}> ", written, focus.rule, dependencies)

    def fits(self, classes: set[str], properties: frozenset[str], pointing: frozenset[str]) -> bool:
        focus = self.focus
        aimed = classes & focus.classes or properties & focus.properties or pointing & focus.aiming
        if not aimed or (focus.only and focus.only not in properties):
            return False
        return focus.allowed is None or bool(properties - focus.allowed)


def _bracket(names: Iterable[str]) -> frozenset[str]:
    return frozenset(f"<{name}>" for name in names)

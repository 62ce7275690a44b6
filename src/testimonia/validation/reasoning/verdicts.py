"""Whether a model and a graph are consistent, and if not, which few statements clash.

The model is the ontology with its axioms, declarations, alignments and terms; the graph is whatever stands in the
files of a graph folder. HermiT only says yes or no, so a clash is found by asking it again and again about fewer
statements: first which nodes, then which of their triples.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import pyoxigraph as ox

from testimonia.core.layout import Layout
from testimonia.core.namespaces import T, expand
from testimonia.rdf.reading import get_value, read_turtle
from testimonia.validation.reasoning.classification import find_unsatisfiable
from testimonia.validation.reasoning.conflicts import BudgetError, Search
from testimonia.validation.reasoning.copies import Declarations, copy_triple, read_declarations
from testimonia.validation.reasoning.hermit import Hermit

_TYPE = ox.NamedNode(expand("rdf:type"))
_CLAIM = ox.NamedNode(T + "Claim")
_Part = tuple[ox.Triple, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Statements that clash under the axioms: leave any one of them out, and the others agree.

    `triples` are sorted; `claims` the IRIs of the claims among their subjects.
    """

    triples: tuple[ox.Triple, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReasonerVerdict:
    """What the reasoner says: consistent or not, classes that nothing can belong to, terms that nobody declared.

    `unsatisfiable` are IRIs; `undeclared` are IRIs with how many triples use each; `complete` tells whether the
    contradictions named are all that there are; `triples` were looked at, in `runs` runs.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    undeclared: tuple[tuple[str, int], ...]
    contradictions: tuple[Contradiction, ...]
    complete: bool
    triples: int
    runs: int

    @property
    def clean(self) -> bool:
        """Whether there is nothing to mend."""
        return self.consistent and not self.unsatisfiable and not self.undeclared


def read_model(layout: Layout) -> list[ox.Triple]:
    """Find the triples of ontology, axioms, declarations, alignments and terms; InputError when one does not parse."""
    return read_turtle([*layout.ontology_files, *sorted(layout.terms.glob("*.ttl"))], layout.name)


def check_consistency(
    model: Sequence[ox.Triple], quads: Iterable[ox.Quad], hermit: Hermit, *, most: int = 5, budget: int = 200
) -> ReasonerVerdict:
    """Return the verdict on a model with a graph; at most `most` contradictions, found in about `budget` runs.

    A contradiction of the model alone is found first; then the graph is not looked at.
    """
    began, declarations = hermit.runs, read_declarations(model)
    base, _ = _copy(model, declarations)
    known = set(model)
    ordered = sorted(quads, key=lambda q: (get_value(q.graph_name), str(q.subject), str(q.predicate), str(q.object)))
    data, undeclared = _copy([q.triple for q in ordered if q.triple not in known], declarations)
    explainer = _Explainer(hermit, most, budget)
    unsatisfiable = find_unsatisfiable(base, hermit.java)
    if unsatisfiable is None:
        consistent = False
        explainer.explain((), base)
    else:
        consistent = hermit.is_consistent([*base, *data])
        if not consistent:
            explainer.explain(tuple(base), data)
    return ReasonerVerdict(
        consistent=consistent,
        unsatisfiable=tuple(unsatisfiable or ()),
        undeclared=tuple(sorted(undeclared.items())),
        contradictions=tuple(explainer.found),
        complete=consistent or explainer.complete,
        triples=len(base) + len(data),
        runs=hermit.runs - began,
    )


def _copy(triples: Iterable[ox.Triple], declarations: Declarations) -> tuple[list[ox.Triple], Counter[str]]:
    """Return what the reasoner takes of some triples, and which properties and classes nobody declared."""
    undeclared: Counter[str] = Counter()
    kept: dict[ox.Triple, None] = {}
    for triple in filter(declarations.is_logical, triples):
        stranger = declarations.find_undeclared(triple)
        if stranger is not None:
            undeclared[stranger] += 1
            continue
        copied = copy_triple(triple)
        if copied is not None:
            kept[copied] = None
    return list(kept), undeclared


class _Explainer:
    """Looks for contradictions, one after the other; the claims of those found are left out of the next search."""

    def __init__(self, hermit: Hermit, most: int, budget: int) -> None:
        self.hermit, self.most, self.budget = hermit, most, budget
        self.found: list[Contradiction] = []
        self.complete = False

    def explain(self, given: _Part, triples: Sequence[ox.Triple]) -> None:
        """Collect the contradictions of `triples` with what is `given`; together they are inconsistent."""
        nodes = _group(triples, by_subject=True)
        try:
            while len(self.found) < self.most:
                chosen = self._narrow(given, nodes)
                statements = self._narrow(given, _group(chain(*chosen), by_subject=False))
                contradiction = _describe(chain(*statements), chain(*chosen))
                self.found.append(contradiction)
                gone = set(contradiction.claims) or {get_value(t.subject) for t in contradiction.triples}
                nodes = [node for node in nodes if not {get_value(t.subject) for t in node} & gone]
                if self.hermit.is_consistent([*given, *chain(*nodes)]):
                    self.complete = True
                    return
        except BudgetError:
            return

    def _narrow(self, given: _Part, parts: Sequence[_Part]) -> list[_Part]:
        """Return the fewest parts that are inconsistent with what is given."""
        search = Search(
            lambda chosen: self.hermit.is_consistent([*given, *chain(*(parts[n] for n in chosen))]), self.budget
        )
        try:
            return [parts[n] for n in search.find_conflict(range(len(parts)))]
        finally:
            self.budget = search.budget


def _group(triples: Iterable[ox.Triple], *, by_subject: bool) -> list[_Part]:
    """Return triples in parts that can be left out: the triples of one node, or each alone; blank nodes stay whole."""
    listed = list(triples)
    owner: dict[ox.BlankNode, object] = {}
    for triple in listed:
        if isinstance(triple.object, ox.BlankNode):
            owner[triple.object] = triple.subject

    def find_root(node: object) -> object:
        while isinstance(node, ox.BlankNode) and node in owner:
            node = owner[node]
        return node

    parts: dict[object, list[ox.Triple]] = {}
    for triple in listed:
        root = find_root(triple.subject)
        blank = isinstance(triple.subject, ox.BlankNode) or isinstance(triple.object, ox.BlankNode)
        parts.setdefault(root if by_subject or blank else triple, []).append(triple)
    return [tuple(part) for part in parts.values()]


def _describe(triples: Iterable[ox.Triple], nodes: Iterable[ox.Triple]) -> Contradiction:
    """Return a contradiction with the claims that it hangs on, be it that their class is not among its statements."""
    listed = tuple(sorted(triples, key=str))
    typed = {get_value(t.subject) for t in nodes if t.predicate == _TYPE and t.object == _CLAIM}
    return Contradiction(listed, tuple(sorted(typed & {get_value(t.subject) for t in listed})))

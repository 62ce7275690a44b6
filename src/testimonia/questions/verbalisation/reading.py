"""The claims of an interview as statements, in the order of the text.

Every property of a claim that is not part of the envelope is given as a detail, so that nothing a claim says is lost
when it is read, whatever properties the model has. Labels come from the graph.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from testimonia.core.iris import mint_graph_iri
from testimonia.core.namespaces import T, expand, get_last_word
from testimonia.questions.verbalisation.statement import Amount, ClaimSubject, Named, PassageSpan, Statement
from testimonia.rdf.reading import climb, get_value

_LABEL, _PREF, _ALT = expand("rdfs:label"), expand("skos:prefLabel"), expand("skos:altLabel")
_TYPE, _SUBCLASS = expand("rdf:type"), expand("rdfs:subClassOf")
_ENVELOPE = {
    _TYPE,
    _LABEL,
    *(T + name for name in ("inInterview", "statedBy", "voice", "accordingTo", "evidence", "context", "modality")),
    *(T + name for name in ("about", "figure", "country", "dateInferred", "inferredFrom")),
}
_UNREAL = "Scenario"

_Node = ox.NamedNode | ox.Literal
_Facts = Mapping[str, Mapping[str, list[_Node]]]


def read_statements(store: ox.Store, base: str, interview: str) -> list[Statement]:
    """Return the claims of one interview (its id) of a data set, by where their first passage begins.

    An interview that the store does not hold gives an empty list.
    """
    reader = _Reader(store, base, interview)
    claims = [s for s, facts in reader.facts.items() if T + "Claim" in map(get_value, facts[_TYPE])]
    return sorted((reader.read(claim) for claim in claims), key=_place)


def _place(statement: Statement) -> tuple[int, int, str]:
    first = min((s for s in statement.spans), key=lambda s: s.start, default=PassageSpan(0, 0, 0))
    return (first.start, first.end, statement.id.rjust(8))


class _Reader:
    """Reads the claims of one interview; names of other nodes are looked up once."""

    def __init__(self, store: ox.Store, base: str, interview: str) -> None:
        self.store = store
        self.stem = f"{base}interview/{interview}/claim/"
        self.facts: _Facts = self.collect(ox.NamedNode(mint_graph_iri(base, f"interview/{interview}")))
        self.names: dict[str, str] = {}

    def collect(self, graph: ox.NamedNode) -> _Facts:
        """Return subject → property → values of one named graph."""
        facts: dict[str, dict[str, list[_Node]]] = defaultdict(lambda: defaultdict(list))
        for quad in self.store.quads_for_pattern(None, None, None, graph):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                facts[get_value(quad.subject)][quad.predicate.value].append(quad.object)
        return facts

    def read(self, claim: str) -> Statement:
        """Return one claim as a statement."""
        facts = self.facts[claim]
        speaker = self.one(facts, T + "statedBy")
        details = {p: self.many(facts, p) for p in sorted(facts) if p not in _ENVELOPE}
        basis = self.texts(claim, T + "inferredFrom")
        return Statement(
            iri=claim,
            id=claim.removeprefix(self.stem),
            speaker=speaker,
            voice=self.one(facts, T + "voice").name,
            cited=tuple(n for n in self.many(facts, T + "accordingTo") if n != speaker),
            modality=self.say(facts[T + "modality"]),
            about=tuple(self.tell(node) for node in _sort(facts[T + "about"])),
            details=tuple(details.items()),
            amounts=tuple(sorted((self.count(claim, node) for node in facts[T + "figure"]), key=lambda a: a.key)),
            countries=self.many(facts, T + "country"),
            inferred=self.many(facts, T + "dateInferred"),
            basis=basis[0] if basis else "",
            gist=self.one(facts, _LABEL).name,
            spans=tuple(sorted((self.span(get_value(n)) for n in facts[T + "evidence"]), key=lambda s: s.start)),
        )

    def tell(self, node: _Node) -> ClaimSubject:
        """Return what a claim is about: from the interview's own graph, or from the registries."""
        iri = get_value(node)
        classes = [c for c in self.texts(iri, _TYPE) if c.startswith(T)]
        above = climb(classes, lambda cls: self.texts(cls, _SUBCLASS))
        return ClaimSubject(
            thing=Named(self.name(node) if self.texts(iri, _LABEL) else "", iri),
            cls=", ".join(sorted(self.name(ox.NamedNode(c)) for c in classes)),
            types=tuple(sorted(Named(self.name(ox.NamedNode(t)), t) for t in self.texts(iri, T + "type"))),
            is_happening=bool(above & {T + "Happening", T + _UNREAL}),
        )

    def count(self, claim: str, node: _Node) -> Amount:
        """Return a figure."""
        iri = get_value(node)
        facts = self.facts.get(iri, defaultdict(list))

        def first(name: str) -> str:
            return self.name(facts[T + name][0]) if facts[T + name] else ""

        def other(name: str) -> str:
            target = get_value(facts[T + name][0]) if facts[T + name] else ""
            if target.startswith(f"{claim}/figure/"):
                return target.removeprefix(f"{claim}/figure/")
            return target.partition("/interview/")[2].replace("/claim/", "#").replace("/figure/", "/")

        return Amount(
            key=iri.removeprefix(f"{claim}/figure/"),
            value=first("value") or first("wording"),
            qualifier=first("qualifier"),
            unit=first("unit"),
            per=first("per"),
            date=first("date"),
            part_of=other("partOf"),
            same_as=other("sameAmount"),
        )

    def span(self, passage: str) -> PassageSpan:
        """Return where a passage stands."""
        facts = self.facts[passage]
        turn = get_value(facts[T + "inTurn"][0]).rpartition("/")[2]
        start, end = (int(get_value(facts[expand(name)][0])) for name in ("oa:start", "oa:end"))
        return PassageSpan(int(turn), start, end)

    def one(self, facts: Mapping[str, list[_Node]], predicate: str) -> Named:
        return next(iter(self.many(facts, predicate)), Named(""))

    def many(self, facts: Mapping[str, list[_Node]], predicate: str) -> tuple[Named, ...]:
        values = facts.get(predicate, [])
        return tuple(sorted(Named(self.name(v), v.value if isinstance(v, ox.NamedNode) else "") for v in values))

    def say(self, modalities: Iterable[_Node]) -> str:
        """Return the words that a modality is read out with: its other label, else its label."""
        for modality in modalities:
            return next(iter(self.texts(get_value(modality), _ALT)), self.name(modality))
        return ""

    def name(self, node: _Node) -> str:
        """Return what a node is called: its label, else the last part of its IRI; a literal is itself."""
        if isinstance(node, ox.Literal):
            return node.value
        if node.value not in self.names:
            labels = self.texts(node.value, _LABEL) or self.texts(node.value, _PREF)
            if node.value.startswith(self.stem):  # another claim of this interview, or what it is about
                labels = ["claim " + node.value.removeprefix(self.stem)]
            self.names[node.value] = labels[0] if labels else get_last_word(node.value)
        return self.names[node.value]

    def texts(self, iri: str, predicate: str) -> list[str]:
        """Return the values of one property of any node of the graph, sorted; English labels and IRIs alike."""
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None)
        return sorted({get_value(quad.object) for quad in quads})


def _sort(nodes: Iterable[_Node]) -> list[_Node]:
    return sorted(nodes, key=get_value)

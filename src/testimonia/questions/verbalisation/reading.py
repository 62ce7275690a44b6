"""Reading the claims of an interview as statements, in the order of the text.

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
    """Read the claims of one interview (its id) of a data set, sorted by the beginning of their first passage.

    The list is empty for an unknown interview.
    """
    reader = _Reader(store, base, interview)
    claims = [node for node, facts in reader.facts.items() if T + "Claim" in map(get_value, facts[_TYPE])]
    return sorted(map(reader.read, claims), key=_get_text_position)


def _get_text_position(statement: Statement) -> tuple[int, int, str]:
    first = next(iter(statement.spans), PassageSpan(0, 0, 0))  # spans are sorted
    return (first.start, first.end, statement.id.rjust(8))


class _Reader:
    """Reads the claims of one interview; labels of other nodes are looked up once."""

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
        details = sorted(facts.keys() - _ENVELOPE)
        basis = self.texts(claim, T + "inferredFrom")
        return Statement(
            iri=claim,
            id=claim.removeprefix(self.stem),
            speaker=speaker,
            voice=self.one(facts, T + "voice").name,
            cited=tuple(n for n in self.many(facts, T + "accordingTo") if n != speaker),
            modality=self.read_modality(facts[T + "modality"]),
            about=tuple(map(self.read_subject, sorted(facts[T + "about"], key=get_value))),
            details=tuple((property_iri, self.many(facts, property_iri)) for property_iri in details),
            amounts=self.read_amounts(claim, facts[T + "figure"]),
            countries=self.many(facts, T + "country"),
            inferred=self.many(facts, T + "dateInferred"),
            basis=basis[0] if basis else "",
            gist=self.one(facts, _LABEL).name,
            spans=tuple(sorted(map(self.read_span, facts[T + "evidence"]), key=lambda span: span.start)),
        )

    def read_subject(self, node: _Node) -> ClaimSubject:
        """Return what a claim is about, from the graph of the interview or of the shared entities."""
        iri = get_value(node)
        classes = [cls for cls in self.texts(iri, _TYPE) if cls.startswith(T)]
        types = [Named(self.name(ox.NamedNode(kind)), kind) for kind in self.texts(iri, T + "type")]
        above = climb(classes, lambda cls: self.texts(cls, _SUBCLASS))
        return ClaimSubject(
            thing=Named(self.name(node) if self.texts(iri, _LABEL) else "", iri),
            cls=", ".join(sorted(map(self.name, map(ox.NamedNode, classes)))),
            types=tuple(sorted(types)),
            is_happening=bool(above & {T + "Happening", T + _UNREAL}),
        )

    def read_amounts(self, claim: str, figures: Iterable[_Node]) -> tuple[Amount, ...]:
        """Return the figures of a claim, sorted by their keys."""
        return tuple(sorted((self.read_amount(claim, node) for node in figures), key=lambda amount: amount.key))

    def read_amount(self, claim: str, node: _Node) -> Amount:
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

    def read_span(self, passage: _Node) -> PassageSpan:
        """Return the place of a passage."""
        facts = self.facts[get_value(passage)]
        turn = get_value(facts[T + "inTurn"][0]).rpartition("/")[2]
        start, end = (int(get_value(facts[expand(name)][0])) for name in ("oa:start", "oa:end"))
        return PassageSpan(int(turn), start, end)

    def one(self, facts: Mapping[str, list[_Node]], predicate: str) -> Named:
        return next(iter(self.many(facts, predicate)), Named(""))

    def many(self, facts: Mapping[str, list[_Node]], predicate: str) -> tuple[Named, ...]:
        """Return the values of a property with their labels, sorted."""
        values = facts.get(predicate, [])
        return tuple(sorted(Named(self.name(v), v.value if isinstance(v, ox.NamedNode) else "") for v in values))

    def read_modality(self, modalities: Iterable[_Node]) -> str:
        """Return the wording of a modality in a sentence: its alternative label, else its label."""
        for modality in modalities:
            return next(iter(self.texts(get_value(modality), _ALT)), self.name(modality))
        return ""

    def name(self, node: _Node) -> str:
        """Return the label of a node, else the last part of its IRI; of a literal its text."""
        if isinstance(node, ox.Literal):
            return node.value
        if node.value not in self.names:
            labels = self.texts(node.value, _LABEL) or self.texts(node.value, _PREF)
            if node.value.startswith(self.stem):  # another claim of this interview, or a thing of it
                labels = ["claim " + node.value.removeprefix(self.stem)]
            self.names[node.value] = labels[0] if labels else get_last_word(node.value)
        return self.names[node.value]

    def texts(self, iri: str, predicate: str) -> list[str]:
        """Return the values of a property of any node in the store, IRIs or texts, sorted."""
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None)
        return sorted({get_value(quad.object) for quad in quads})

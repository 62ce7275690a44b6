"""Queries that pages ask an engine: rows, triples, and small stores of nodes together with their labels."""

import re
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from testimonia.core.answer import Answer, Solutions, Term, collect_answer
from testimonia.core.iris import find_base, mint_graph_iri
from testimonia.core.namespaces import PREFIXES, VOCABULARY_BASE, expand
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import declare_prefixes
from testimonia.server.addresses import NodeAddresses
from testimonia.server.workers.engine import ServerEngine
from testimonia.server.workers.messages import Task

HEAD = declare_prefixes("dct", "oa", "rdf", "rdfs", "skos", "t", "void")
"""The prefixes that every query of `GraphClient` may use."""
_NAMING = "rdfs:label, skos:prefLabel, skos:altLabel, rdf:type, t:type, rdfs:subClassOf"
_NUMBERED = {"claim", "evidence", "figure", "thing", "turn"}
_IN_WORDS = {
    "dct:license": "licence",
    "owl:versionIRI": "version IRI",
    "skos:altLabel": "also called",
    "skos:broader": "broader term",
    "skos:inScheme": "one of",
    "skos:narrower": "narrower term",
    "skos:notation": "code",
    "skos:scopeNote": "when to use it",
    "skos:topConceptOf": "top term of",
}
"""Property → words for readers who do not know its vocabulary."""
_HOPS = 3
"""Steps of looking up labels: from a claim to its thing, to the class of that, to the superclass."""
_MOST_AT_ONCE = 2000


class GraphClient:
    """A client of a query engine; `addresses` converts between IRIs of the data set and paths of the site."""

    def __init__(self, engine: ServerEngine) -> None:
        self.engine = engine
        self.addresses = NodeAddresses(find_base(engine.graphs) or VOCABULARY_BASE)

    @property
    def base(self) -> str:
        """The base IRI of the data set."""
        return self.addresses.base

    async def ask(self, query: str) -> Solutions:
        """Return the table of a SELECT; the prefixes of `HEAD` are declared. Raises the engine's errors."""
        answer = await self.ask_any(HEAD + query)
        assert isinstance(answer, Solutions), "expected a SELECT query"
        return answer

    async def ask_any(self, query: str) -> Answer:
        """Return the answer to a SELECT or an ASK. Raises the engine's errors."""
        reply = await self.engine.ask(Task(query))
        return collect_answer(ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON))

    async def rows(self, query: str) -> list[Mapping[str, str]]:
        """Return the rows of a SELECT as variable → value, "" where a variable is unbound."""
        return [{name: _value(term) for name, term in row.items()} for row in await self.ask(query)]

    async def construct(self, query: str) -> list[ox.Triple]:
        """Return the triples of a CONSTRUCT."""
        reply = await self.engine.ask(Task(HEAD + query, graph="application/n-triples"))
        return [quad.triple for quad in ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES)]

    async def collect(self, query: str) -> ox.Store:
        """Return a store with the triples of a CONSTRUCT and the labels of all nodes in them, for `NodeNames`."""
        store = ox.Store()
        store.extend(map(self._put, await self.construct(query)))
        looked_up: set[str] = set()
        for _ in range(_HOPS):
            mentioned = {iri for quad in store for iri in _list_iris(quad)} - looked_up
            nodes = sorted(filter(self.addresses.find_path, mentioned))
            looked_up.update(nodes)
            for start in range(0, len(nodes), _MOST_AT_ONCE):
                values = " ".join(f"<{iri}>" for iri in nodes[start : start + _MOST_AT_ONCE])
                named = f"VALUES ?s {{ {values} }} ?s ?p ?o FILTER(?p IN ({_NAMING}))"
                store.extend(map(self._put, await self.construct(f"CONSTRUCT {{ ?s ?p ?o }} {{ {named} }}")))
        return store

    def _put(self, triple: ox.Triple) -> ox.Quad:
        """Return a triple as a quad in the graph of its interview, or else in the graph of shared entities."""
        subject = get_value(triple.subject)
        match = re.match(r"interview/([^/]+)", subject.removeprefix(self.base))
        name = f"interview/{match[1]}" if match and subject.startswith(self.base) else "entities"
        return ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(mint_graph_iri(self.base, name)))


class NodeNames:
    """Labels of nodes, looked up in a store."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    def __call__(self, iri: str) -> str:
        """Return the label of a node, else the last part of its IRI in words."""
        if known := self._find(iri):
            return known
        last = re.split(r"[/#]", iri.rstrip("/#"))
        if last[-2:-1] and last[-2] in _NUMBERED:
            return " ".join(last[-2:])
        return last[-1].replace("-", " ") if last[-2:-1] == ["id"] else last[-1]

    def label_or_iri(self, iri: str) -> str:
        """Return the label of a node, else its whole IRI: for nodes of others, whose IRIs are not made of words."""
        return self._find(iri) or iri

    def _find(self, iri: str) -> str:
        """Return the label of a node, or the words of a name in a known vocabulary; "" for any other node."""
        for predicate in ("rdfs:label", "skos:prefLabel"):
            if labels := self.values(iri, expand(predicate)):
                return labels[0]
        for prefix, namespace in PREFIXES.items():
            if iri.startswith(namespace):
                name = iri.removeprefix(namespace)
                return _IN_WORDS.get(f"{prefix}:{name}") or _split_words(name)
        return ""

    def values(self, iri: str, predicate: str) -> list[str]:
        """Return the values of a node's property, sorted."""
        quads = self.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None)
        return sorted({get_value(quad.object) for quad in quads})


def _list_iris(quad: ox.Quad) -> Iterable[str]:
    """Yield the IRIs of a quad that a page may show."""
    yield quad.predicate.value
    if isinstance(quad.object, ox.NamedNode):
        yield quad.object.value
    if isinstance(quad.subject, ox.NamedNode):
        yield quad.subject.value


def _split_words(name: str) -> str:
    """Return the words of a camel-case name, in lower case."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _value(term: Term | None) -> str:
    return "" if term is None or isinstance(term, ox.Triple) else term.value

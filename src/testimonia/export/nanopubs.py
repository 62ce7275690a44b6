"""Nanopublications as TriG, one for each claim.

The assertion is what the claim says, with the figures and things that are its own, and what the shared things it is
about are; the provenance is who says so, citing whom, in which passage of which source, and who read it into a record;
the publication info is licence, publisher, version and day.
Source: docs/decisions/0036-what-a-nanopublication-holds.md, https://nanopub.net/guidelines/working_draft/.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import IO

import pyoxigraph as ox

from testimonia.core.iris import mint_entity_iri
from testimonia.core.namespaces import T, expand
from testimonia.export.attribution import Credits, read_credits
from testimonia.export.source import ExportSource, GraphPart, Writer, read_quads, sort_quads
from testimonia.export.statements import list_prefixes
from testimonia.export.turtle import Shortener, write_blocks
from testimonia.rdf.reading import get_value

NP = "http://www.nanopub.org/nschema#"
GRAPHS = ("head", "assertion", "provenance", "pubinfo")
"""The named graphs of a nanopublication, in order; their IRIs are its own IRI, a hyphen and one of these."""

_TYPE, _LABEL = expand("rdf:type"), expand("rdfs:label")
_CLAIM = T + "Claim"
_TELLING = {T + name for name in ("inInterview", "statedBy", "voice", "accordingTo", "evidence", "context")}
"""What of a claim tells where it comes from."""
_PASSAGES = {T + "evidence", T + "context"}
_KNOWN = {_TYPE, _LABEL, T + "type"}
"""What is told of a shared thing: class, name, and what kind of happening it is."""
_Facts = Mapping[str, list[ox.Triple]]


def prepare_nanopubs(whole: ExportSource) -> Writer:
    """Return what writes the claims of interviews as nanopublications; other graphs give none."""
    shortener = Shortener({"np": NP, **list_prefixes(whole)}, whole.base)
    credits, shared = read_credits(whole), _read_shared(whole)

    def write(source: ExportSource, stream: IO[bytes]) -> None:
        stream.write(shortener.head.encode())
        for part in source.read_parts():
            if source.find_interview(part.name):
                for nanopub in make_nanopubs(part, credits, shared):
                    stream.writelines(text.encode() for text in _write(nanopub, shortener))

    return write


def make_nanopubs(part: GraphPart, credits: Credits, shared: _Facts) -> Iterator[list[ox.Quad]]:
    """Yield the quads of a nanopublication for each claim in the graph of an interview, in the order of its graphs.

    `shared` gives what is told of things that stand in no interview.
    """
    facts = {node: [q.triple for q in found] for node, found in groupby(part.quads, lambda q: get_value(q.subject))}
    owned: dict[str, list[str]] = defaultdict(list)
    for node in facts:
        stem, mark, rest = node.partition("/claim/")
        owned[f"{stem}{mark}{rest.partition('/')[0]}"].append(node)
    for claim, triples in facts.items():
        if any(t.predicate.value == _TYPE and get_value(t.object) == _CLAIM for t in triples):
            yield _make(claim, facts, owned[claim], credits, shared)


def _make(claim: str, facts: _Facts, nodes: list[str], credits: Credits, shared: _Facts) -> list[ox.Quad]:
    """Return one nanopublication."""
    nanopub = ox.NamedNode(f"{claim}#nanopub")
    names = {graph: ox.NamedNode(f"{nanopub.value}-{graph}") for graph in GRAPHS}
    told = {p: [t.object for t in facts[claim] if t.predicate.value == p] for p in {*_TELLING, T + "about"}}
    passages = {get_value(node) for p in _PASSAGES for node in told[p]}
    interview = [t for node in told[T + "inInterview"] for t in facts.get(get_value(node), ())]
    own = [triple for node in nodes if node not in passages for triple in facts[node]]
    things = {get_value(node): shared.get(get_value(node), []) for node in told[T + "about"]}
    contents: dict[str, Iterable[ox.Triple]] = {
        "head": [
            _state(nanopub, "rdf:type", ox.NamedNode(NP + "Nanopublication")),
            *(
                ox.Triple(nanopub, ox.NamedNode(f"{NP}has{word}"), names[graph])
                for graph, word in zip(GRAPHS[1:], ("Assertion", "Provenance", "PublicationInfo"), strict=True)
            ),
        ],
        "assertion": [
            *(t for t in own if not (get_value(t.subject) == claim and t.predicate.value in _TELLING)),
            *(triple for about in things.values() for triple in about),
        ],
        "provenance": [
            *(t for t in facts[claim] if t.predicate.value in _TELLING),
            *(triple for passage in passages for triple in facts.get(passage, ())),
            *interview,
            *_trace(names["assertion"], ox.NamedNode(f"{nanopub.value}-curation"), told, credits),
        ],
        "pubinfo": _credit(nanopub, credits),
    }
    return [
        quad
        for graph in GRAPHS
        for quad in sort_quads(ox.Quad(t.subject, t.predicate, t.object, names[graph]) for t in contents[graph])
    ]


def _trace(
    assertion: ox.NamedNode, curation: ox.NamedNode, told: Mapping[str, Sequence[object]], credits: Credits
) -> Iterator[ox.Triple]:
    """Yield where an assertion comes from in the terms of PROV-O."""
    for name, key in (("prov:wasAttributedTo", "statedBy"), ("prov:hadPrimarySource", "evidence")):
        yield from (_state(assertion, name, node) for node in told[T + key] if isinstance(node, ox.NamedNode))
    yield _state(assertion, "prov:wasGeneratedBy", curation)
    yield _state(curation, "rdf:type", ox.NamedNode(expand("prov:Activity")))
    if isinstance(publisher := credits.find("dct:publisher"), ox.NamedNode):
        yield _state(curation, "prov:wasAssociatedWith", publisher)


def _credit(nanopub: ox.NamedNode, credits: Credits) -> Iterator[ox.Triple]:
    """Yield the publication info; what the description of the data set does not say is left out."""
    yield _state(nanopub, "dct:isPartOf", ox.NamedNode(credits.base))
    ours = {"dct:license": "dct:license", "dct:creator": "dct:publisher", "dct:created": "dct:issued"}
    for name, said in {**ours, "owl:versionInfo": "owl:versionInfo"}.items():
        if (value := credits.find(said)) is not None:
            yield _state(nanopub, name, value)
    yield from credits.publisher


def _state(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(expand(name)), value)


def _read_shared(whole: ExportSource) -> _Facts:
    """Return what is told of the things that stand in no interview, by their IRIs."""
    shared: dict[str, list[ox.Triple]] = defaultdict(list)
    stem = mint_entity_iri(whole.base, "")
    for path, head in zip(whole.paths, whole.heads, strict=True):
        if not whole.find_interview(head):
            for quad in read_quads(path):
                if quad.predicate.value in _KNOWN and get_value(quad.subject).startswith(stem):
                    shared[get_value(quad.subject)].append(quad.triple)
    return shared


def _write(nanopub: list[ox.Quad], shortener: Shortener) -> Iterator[str]:
    """Yield a nanopublication as TriG."""
    for graph, quads in groupby(nanopub, key=lambda quad: quad.graph_name):
        yield f"\n{shortener.write(graph)} {{\n"
        yield from write_blocks(quads, shortener)
        yield "}\n"

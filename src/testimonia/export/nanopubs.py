"""Nanopublications as TriG, one for each claim.

The assertion is what the claim says, with the figures and things that are its own, and what the shared things it is
about are; the provenance is who says so, citing whom, in which passage of which source, and who read it into a record;
the publication info is licence, publisher, version and day.
Source: docs/decisions/0036-what-a-nanopublication-holds.md, https://nanopub.net/guidelines/working_draft/.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import IO

import pyoxigraph as ox

from testimonia.core.answer import Term
from testimonia.core.iris import mint_entity_iri
from testimonia.core.namespaces import T, expand
from testimonia.export.attribution import Attribution, read_attribution
from testimonia.export.source import ExportSource, GraphPart, Writer, read_quads, sort_quads
from testimonia.export.statements import list_prefixes
from testimonia.export.turtle import Shortener, write_blocks
from testimonia.rdf.reading import get_value

NP = "http://www.nanopub.org/nschema#"
GRAPHS = ("head", "assertion", "provenance", "pubinfo")
"""The named graphs of a nanopublication, in order; their IRIs are its own IRI, a hyphen and one of these."""

_TYPE, _LABEL = expand("rdf:type"), expand("rdfs:label")
_CLAIM = T + "Claim"
_PROVENANCE = {T + name for name in ("inInterview", "statedBy", "voice", "accordingTo", "evidence", "context")}
"""The properties of a claim that go into the provenance."""
_PASSAGES = {T + "evidence", T + "context"}
_KNOWN = {_TYPE, _LABEL, T + "type"}
"""What assertions repeat of a shared thing: class, label, kind of happening."""
_Facts = Mapping[str, list[ox.Triple]]


def prepare_nanopubs(whole: ExportSource) -> Writer:
    """Return a writer of the claims of interviews as nanopublications; other graphs have none."""
    shortener = Shortener({"np": NP, **list_prefixes(whole)}, whole.base)
    attribution, shared = read_attribution(whole), _read_shared(whole)

    def write(source: ExportSource, stream: IO[bytes]) -> None:
        stream.write(shortener.head.encode())
        for part in source.read_parts():
            for nanopub in make_nanopubs(part, attribution, shared) if source.find_interview(part.name) else ():
                stream.writelines(text.encode() for text in _write(nanopub, shortener))

    return write


def make_nanopubs(part: GraphPart, attribution: Attribution, shared: _Facts) -> Iterator[list[ox.Quad]]:
    """Yield the quads of a nanopublication for each claim in the graph of an interview, sorted by its graphs.

    `shared` has the triples about things outside interviews that assertions repeat.
    """
    facts = {node: [quad.triple for quad in quads] for node, quads in part.by_subject()}
    owned: dict[str, list[str]] = defaultdict(list)
    for node in facts:
        stem, mark, rest = node.partition("/claim/")
        owned[f"{stem}{mark}{rest.partition('/')[0]}"].append(node)
    for claim, triples in facts.items():
        if _CLAIM in map(get_value, _list_values(triples, {_TYPE})):
            yield _make(claim, facts, owned[claim], attribution, shared)


def _make(claim: str, facts: _Facts, nodes: list[str], attribution: Attribution, shared: _Facts) -> list[ox.Quad]:
    """Return one nanopublication; `nodes` are the claim and those below its IRI."""
    nanopub = ox.NamedNode(f"{claim}#nanopub")
    names = {graph: ox.NamedNode(f"{nanopub.value}-{graph}") for graph in GRAPHS}
    curation = ox.NamedNode(f"{nanopub.value}-curation")
    contents: dict[str, Iterable[ox.Triple]] = {
        "head": _list_head(nanopub, names),
        "assertion": _list_assertion(claim, facts, nodes, shared),
        "provenance": [
            *_list_provenance(claim, facts),
            *_trace(names["assertion"], curation, facts[claim], attribution),
        ],
        "pubinfo": _list_pubinfo(nanopub, attribution),
    }
    quads: list[ox.Quad] = []
    for graph in GRAPHS:
        quads += sort_quads(ox.Quad(t.subject, t.predicate, t.object, names[graph]) for t in contents[graph])
    return quads


def _list_head(nanopub: ox.NamedNode, names: Mapping[str, ox.NamedNode]) -> Iterator[ox.Triple]:
    yield _state(nanopub, "rdf:type", ox.NamedNode(NP + "Nanopublication"))
    for graph, word in zip(GRAPHS[1:], ("Assertion", "Provenance", "PublicationInfo"), strict=True):
        yield ox.Triple(nanopub, ox.NamedNode(f"{NP}has{word}"), names[graph])


def _list_assertion(claim: str, facts: _Facts, nodes: list[str], shared: _Facts) -> Iterator[ox.Triple]:
    """Yield the claim without its provenance, its figures and things, and what is known of shared things."""
    passages = _list_values(facts[claim], _PASSAGES)
    for node in nodes:
        if ox.NamedNode(node) not in passages:
            yield from (t for t in facts[node] if node != claim or t.predicate.value not in _PROVENANCE)
    for thing in _list_values(facts[claim], {T + "about"}):
        yield from shared.get(get_value(thing), ())


def _list_provenance(claim: str, facts: _Facts) -> Iterator[ox.Triple]:
    """Yield who makes the claim, citing whom, in which passages of which interview."""
    yield from (triple for triple in facts[claim] if triple.predicate.value in _PROVENANCE)
    for node in set(_list_values(facts[claim], {*_PASSAGES, T + "inInterview"})):
        yield from facts.get(get_value(node), ())


def _trace(
    assertion: ox.NamedNode, curation: ox.NamedNode, claim: list[ox.Triple], attribution: Attribution
) -> Iterator[ox.Triple]:
    """Yield the provenance of an assertion in the terms of PROV-O."""
    for name, key in (("prov:wasAttributedTo", "statedBy"), ("prov:hadPrimarySource", "evidence")):
        for node in _list_values(claim, {T + key}):
            if isinstance(node, ox.NamedNode):
                yield _state(assertion, name, node)
    yield _state(assertion, "prov:wasGeneratedBy", curation)
    yield _state(curation, "rdf:type", ox.NamedNode(expand("prov:Activity")))
    if isinstance(publisher := attribution.find("dct:publisher"), ox.NamedNode):
        yield _state(curation, "prov:wasAssociatedWith", publisher)


def _list_values(triples: list[ox.Triple], properties: AbstractSet[str]) -> list[Term]:
    return [triple.object for triple in triples if triple.predicate.value in properties]


def _list_pubinfo(nanopub: ox.NamedNode, attribution: Attribution) -> Iterator[ox.Triple]:
    """Yield the publication info, as far as the description of the data set has it."""
    yield _state(nanopub, "dct:isPartOf", ox.NamedNode(attribution.base))
    renamed = {"dct:creator": "dct:publisher", "dct:created": "dct:issued"}
    for name in ("dct:license", "dct:creator", "dct:created", "owl:versionInfo"):
        if (value := attribution.find(renamed.get(name, name))) is not None:
            yield _state(nanopub, name, value)
    yield from attribution.publisher


def _state(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, ox.NamedNode(expand(name)), value)


def _read_shared(whole: ExportSource) -> _Facts:
    """Read what is known of things outside interviews, by their IRIs."""
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

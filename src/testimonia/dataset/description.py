"""Describe the data set itself (DCAT 3, VoID), as quads of a graph of its own.

Nothing is taken from a clock, and every node has an IRI.
"""

from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from testimonia.core.iris import mint_graph_iri
from testimonia.core.namespaces import PREFIXES, expand
from testimonia.core.record import Records
from testimonia.rdf.reading import get_value

_GRAMMAR = ("owl", "rdf", "rdfs", "xsd")
"""Prefixes of what every vocabulary is written in; nobody looks for data by these."""
_DESCRIBING = ("dcat", "dct", "void")
"""Prefixes of what the description itself is written in."""


def describe_dataset(
    records: Records, counts: Mapping[str, int], vocabularies: Iterable[str], beside: Iterable[ox.Quad] = ()
) -> list[ox.Quad]:
    """Return the description: title, licence, publisher, version, and a subset with its triples per named graph.

    `counts` gives the triples of the named graphs other than the description's own, by name; that one is counted too,
    so that the total is what a store holds. `vocabularies` are namespace IRIs, `beside` further quads of the
    description: how the data are made up, which questions there are.
    """
    dataset, settings = ox.NamedNode(records.base), records.dataset
    graph = ox.NamedNode(mint_graph_iri(records.base, "dataset"))
    quads: list[ox.Quad] = [*beside]

    def state(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        quads.append(ox.Quad(subject, ox.NamedNode(expand(name)), value, graph))

    state(dataset, "rdf:type", ox.NamedNode(expand("dcat:Dataset")))
    state(dataset, "rdf:type", ox.NamedNode(expand("void:Dataset")))
    state(dataset, "dct:title", ox.Literal(settings["title"].text, language="en"))
    state(dataset, "dct:description", ox.Literal(settings["description"].text, language="en"))
    state(dataset, "dct:license", ox.NamedNode(settings["licence"].text))
    if "issued" in settings:
        state(dataset, "dct:issued", ox.Literal(settings["issued"].text, datatype=ox.NamedNode(expand("xsd:date"))))
    state(dataset, "owl:versionInfo", ox.Literal(settings["version"].text))
    state(dataset, "void:uriSpace", ox.Literal(records.base))
    describing = list(_DESCRIBING)
    if "publisher" in settings and settings["publisher"].text:
        describing.append("foaf")
        publisher = ox.NamedNode(f"{graph.value}#publisher")
        state(dataset, "dct:publisher", publisher)
        state(publisher, "rdf:type", ox.NamedNode(expand("foaf:Agent")))
        state(publisher, "foaf:name", ox.Literal(settings["publisher"].text))
    for namespace in sorted({*vocabularies, *(PREFIXES[prefix] for prefix in describing)}):
        state(dataset, "void:vocabulary", ox.NamedNode(namespace))
    names = sorted({*counts, "dataset"})
    for name in names:
        subset = ox.NamedNode(mint_graph_iri(records.base, name))
        state(dataset, "void:subset", subset)
        state(subset, "rdf:type", ox.NamedNode(expand("void:Dataset")))
        state(subset, "dct:title", ox.Literal(f"{settings['title'].text}: {name}", language="en"))
    own = len(quads) + len(names) + 1  # with the counts that are stated now
    for name in names:
        triples = counts.get(name, 0) if name != "dataset" else own
        state(ox.NamedNode(mint_graph_iri(records.base, name)), "void:triples", ox.Literal(triples))
    state(dataset, "void:triples", ox.Literal(sum(counts.values()) + own))
    return quads


def find_vocabularies(quads: Iterable[ox.Quad]) -> set[str]:
    """Return the namespaces of the properties and classes that some quads use, as far as they have a prefix.

    >>> x, kind = ox.NamedNode("https://example.org/x"), ox.NamedNode(expand("rdf:type"))
    >>> find_vocabularies([ox.Quad(x, kind, ox.NamedNode(expand("skos:Concept")))])
    {'http://www.w3.org/2004/02/skos/core#'}
    """
    kind = ox.NamedNode(expand("rdf:type"))
    used = {get_value(quad.object if quad.predicate == kind else quad.predicate) for quad in quads}
    named = (namespace for prefix, namespace in PREFIXES.items() if prefix not in _GRAMMAR)
    return {namespace for namespace in named if any(iri.startswith(namespace) for iri in used)}

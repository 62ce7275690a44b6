"""VoID statistics of how the graph is made up, as part of the data set's own description.

For each class how many nodes there are, for each of its properties how many triples, and which classes and datatypes
their objects have: what editors complete names from (https://github.com/sib-swiss/sparql-editor), and what tells a
reader at a glance which property goes where. Nodes have IRIs under `graph/dataset#`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from testimonia.core.answer import Term
from testimonia.core.iris import mint_graph_iri
from testimonia.core.namespaces import PREFIXES, T, abbreviate, expand
from testimonia.rdf.reading import get_value

_TYPE = expand("rdf:type")
_NAMES = {namespace: f"{prefix}." for prefix, namespace in PREFIXES.items()} | {T: ""}


def describe_partitions(quads: Iterable[ox.Quad], base: str) -> list[ox.Quad]:
    """Return the statistics as quads of the graph `dataset`; each triple counts once, whatever graphs hold it."""
    triples = {quad.triple for quad in quads}
    classes: dict[str, set[str]] = defaultdict(set)
    for triple in triples:
        if triple.predicate.value == _TYPE:
            classes[get_value(triple.subject)].add(get_value(triple.object))
    entities: Counter[str] = Counter(cls for found in classes.values() for cls in found)
    uses: Counter[tuple[str, str]] = Counter()
    values: Counter[tuple[str, str, str, str]] = Counter()
    for triple in triples:
        prop, kinds = triple.predicate.value, _find_kinds(triple.object, classes)
        for cls in classes.get(get_value(triple.subject), ()):
            uses[cls, prop] += 1
            for kind, name in kinds:
                values[cls, prop, kind, name] += 1
    writer = _Writer(base)
    for cls, count in entities.items():
        node = writer.state_part(writer.dataset, "void:classPartition", "void:class", cls)
        writer.state(node, "void:entities", ox.Literal(count))
    for (cls, prop), count in uses.items():
        node = writer.state_part(writer.name(cls), "void:propertyPartition", "void:property", cls, prop)
        writer.state(node, "void:triples", ox.Literal(count))
    for (cls, prop, kind, name), count in values.items():
        part = "void:classPartition" if kind == "void:class" else "void-ext:datatypePartition"
        node = writer.state_part(writer.name(cls, prop), part, kind, cls, prop, name)
        writer.state(node, "void:triples", ox.Literal(count))
    return writer.quads


def _find_kinds(value: Term, classes: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    """Return (property, IRI) of the datatype of a literal, or of each class of a node."""
    if isinstance(value, ox.Literal):
        return [("void-ext:datatype", value.datatype.value)]
    return [("void:class", cls) for cls in sorted(classes.get(get_value(value), ()))]


class _Writer:
    """Writes quads of the description."""

    def __init__(self, base: str) -> None:
        self.graph = ox.NamedNode(mint_graph_iri(base, "dataset"))
        self.dataset = ox.NamedNode(base)
        self.quads: list[ox.Quad] = []

    def name(self, *iris: str) -> ox.NamedNode:
        """Return the node of a partition: by class, then property, then class or datatype of the objects."""
        return ox.NamedNode(f"{self.graph.value}#part-{'-'.join(map(_shorten, iris))}")

    def state(self, subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> None:
        self.quads.append(ox.Quad(subject, ox.NamedNode(expand(name)), value, self.graph))

    def state_part(self, whole: ox.NamedNode, part: str, kind: str, *iris: str) -> ox.NamedNode:
        """State that a whole has a part, and of which class, property or datatype (the last of the IRIs) it is."""
        node = self.name(*iris)
        self.state(whole, part, node)
        self.state(node, kind, ox.NamedNode(iris[-1]))
        return node


def _shorten(iri: str) -> str:
    """Return the short name of an IRI in the name of a partition.

    >>> _shorten(T + "Claim"), _shorten(PREFIXES["oa"] + "start")
    ('Claim', 'oa.start')
    """
    short = abbreviate(iri, _NAMES)
    return iri.rpartition("/")[2].replace("#", ".") if short == iri else short

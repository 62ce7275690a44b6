"""Checks of the data set's own description: what a consumer would miss, or be misled by.

Asked for is what DCAT 3 and VoID consumers read: names, licence, publisher, version, where IRIs begin, which
vocabularies are used, and a subset for each named graph with as many triples as there are.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox

from testimonia.core.findings import Finding
from testimonia.core.iris import mint_graph_iri
from testimonia.core.namespaces import T, expand
from testimonia.rdf.reading import get_value

_SETTINGS = "Write it into mappings/dataset.yaml, then run: testimonia build"
_BUILD = "Build the graph anew: testimonia build"
_NEEDED = {
    "dct:title": "Violation",
    "dct:description": "Violation",
    "dct:license": "Violation",
    "owl:versionInfo": "Violation",
    "void:uriSpace": "Violation",
    "void:triples": "Violation",
    "dct:publisher": "Info",
}
"""Properties that the data set has exactly once, and how grave it is where one is missing."""
_IRIS = {"dct:license", "dct:publisher"}


def check_description(store: ox.Store, base: str) -> list[Finding]:
    """Return what is missing or wrong in what a store says of the data set whose base IRI is `base`, sorted.

    >>> [(f.rule, f.focus) for f in check_description(ox.Store(), "https://example.org/")]
    [('no-description', 'https://example.org/')]
    """
    review = _Review(store, base)
    classes = {get_value(o) for o in review.find(ox.NamedNode(base), "rdf:type")}
    missing = [name for name in ("dcat:Dataset", "void:Dataset") if expand(name) not in classes]
    if len(missing) == 2:
        review.report("no-description", base, "rdf:type", "Nothing describes the data set.", _BUILD)
        return sorted(review.findings)
    for name in missing:
        review.report("incomplete-description", base, "rdf:type", f"The data set is no {name}.", _BUILD)
    review.check_properties()
    review.check_vocabularies()
    review.check_subsets()
    review.check_partitions()
    return sorted(review.findings)


@dataclass(slots=True)
class _Review:
    """Compares a description with the store that it is in."""

    store: ox.Store
    base: str
    findings: set[Finding] = field(default_factory=set)

    @property
    def dataset(self) -> ox.NamedNode:
        return ox.NamedNode(self.base)

    def find(self, subject: ox.NamedNode, name: str) -> list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
        quads = self.store.quads_for_pattern(subject, ox.NamedNode(expand(name)), None, None)
        return sorted((quad.object for quad in quads), key=str)

    def report(self, rule: str, focus: str, name: str, message: str, fix: str) -> None:
        severity = _NEEDED.get(name, "") if rule == "incomplete-description" else ""
        self.findings.add(Finding.on(focus, rule, found=message, fix=fix, path=expand(name), severity=severity))

    def check_properties(self) -> None:
        """Check what the data set has once: there, only once, of the right sort."""
        for name in _NEEDED:
            values = self.find(self.dataset, name)
            texts = [get_value(value).strip() for value in values]
            if not any(texts):
                said = f"The description of the data set has no {name}."
                self.report("incomplete-description", self.base, name, said, _SETTINGS)
            elif len(values) > 1 and name not in {"dct:title", "dct:description"}:
                said = f"The description gives {name} {len(values)} times."
                self.report("ambiguous-description", self.base, name, said, _BUILD)
            elif isinstance(values[0], ox.NamedNode) != (name in _IRIS):
                said = f"The value of {name} is {'a text' if name in _IRIS else 'an IRI'}."
                self.report("wrong-description", self.base, name, said, _SETTINGS)
            elif name == "void:uriSpace" and texts[0] != self.base:
                said = "The IRIs of the data set begin otherwise than its void:uriSpace says."
                self.report("wrong-description", self.base, name, said, _BUILD)
            elif name == "void:triples":
                self.compare_count(self.dataset, name, len(self.store))
        for person in self.find(self.dataset, "dct:publisher"):
            if isinstance(person, ox.NamedNode) and not self.find(person, "foaf:name"):
                self.report("wrong-description", person.value, "foaf:name", "The publisher has no name.", _SETTINGS)

    def check_vocabularies(self) -> None:
        """Check that the vocabulary of the claims is named."""
        if ox.NamedNode(T) not in self.find(self.dataset, "void:vocabulary"):
            said = "The description does not name the vocabulary that the data are in."
            self.report("wrong-description", self.base, "void:vocabulary", said, _BUILD)

    def check_subsets(self) -> None:
        """Check that each named graph is a subset with its triples, and each subset a named graph."""
        stem = mint_graph_iri(self.base, "")
        graphs = {g.value for g in self.store.named_graphs() if isinstance(g, ox.NamedNode)}
        subsets = {get_value(subset) for subset in self.find(self.dataset, "void:subset")}
        for iri in sorted(graph for graph in graphs - subsets if graph.startswith(stem)):
            self.report(
                "wrong-description", iri, "void:subset", "The named graph is no subset of the data set.", _BUILD
            )
        for iri in sorted(subsets - graphs - {""}):
            self.report("wrong-description", iri, "void:subset", "A subset that is no named graph here.", _BUILD)
        for iri in sorted(subsets & graphs):
            graph = ox.NamedNode(iri)
            if self.find(graph, "void:triples"):
                self.compare_count(graph, "void:triples", _count(self.store.quads_for_pattern(None, None, None, graph)))
            else:
                said = "The subset does not say how many triples it has."
                self.report("incomplete-description", iri, "void:triples", said, _BUILD)

    def check_partitions(self) -> None:
        """Check the counts of partitions by class, and by property of the whole or of a class, where there are any."""
        entities, triples = self.count_partitions()
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(expand("void:class")), None, None):
            if self.find_wholes(quad.subject, "void:classPartition") != {self.base}:
                continue  # what the objects of one property are
            self.compare_count(quad.subject, "void:entities", entities[get_value(quad.object)])
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(expand("void:property")), None, None):
            for whole in self.find_wholes(quad.subject, "void:propertyPartition"):
                classes = [""] if whole == self.base else map(get_value, self.find(ox.NamedNode(whole), "void:class"))
                for cls in classes:
                    self.compare_count(quad.subject, "void:triples", triples[cls, get_value(quad.object)])

    def count_partitions(self) -> tuple[Counter[str], Counter[tuple[str, str]]]:
        """Count the members of each class, and the triples by class of the subject ("" for any) and property."""
        kind = ox.NamedNode(expand("rdf:type"))
        classes: dict[object, set[str]] = {}
        for quad in self.store.quads_for_pattern(None, kind, None, None):
            classes.setdefault(quad.subject, set()).add(get_value(quad.object))
        counted: Counter[tuple[str, str]] = Counter()
        for triple in {quad.triple for quad in self.store}:
            counted.update((cls, triple.predicate.value) for cls in ("", *classes.get(triple.subject, ())))
        return Counter(cls for found in classes.values() for cls in found), counted

    def find_wholes(self, part: ox.NamedNode | ox.BlankNode | ox.Triple, name: str) -> set[str]:
        """Return what a partition is said to be a part of."""
        return {
            get_value(q.subject) for q in self.store.quads_for_pattern(None, ox.NamedNode(expand(name)), part, None)
        }

    def compare_count(self, node: ox.NamedNode | ox.BlankNode | ox.Triple, name: str, counted: int) -> None:
        """Report a count that is not what was counted."""
        if not isinstance(node, ox.NamedNode):
            return
        for value in self.find(node, name):
            if get_value(value) != str(counted):
                said = f"The description says {get_value(value)[:20]}, counted are {counted}."
                self.report("wrong-total", node.value, name, said, _BUILD)


def _count(quads: Iterable[ox.Quad]) -> int:
    return sum(1 for _ in quads)

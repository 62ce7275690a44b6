"""The meaning of a column of a table, in a sentence.

Properties of the ontology have their definition there; for other properties the shapes of the table's classes are used.
"""

import re
from collections import defaultdict

import pyoxigraph as ox

from testimonia.core.layout import Layout, find_model_root
from testimonia.core.namespaces import PREFIXES, T, expand
from testimonia.export.columns import SENTENCE, TYPE, WHOSE, ExportColumn, Table
from testimonia.export.row_classes import CLASS, IDENTITY
from testimonia.export.source import ExportSource
from testimonia.rdf.reading import get_value, read_turtle

_OWN = {
    IDENTITY: "What the row is called: its IRI.",
    CLASS: "What it is: its class in the ontology.",
    SENTENCE: "The whole claim as a sentence, made of what stands in the row and in its figures.",
    WHOSE: "The claim that it belongs to; empty for the headline of an interview.",
}
_REFERENCE = re.compile(r" \(docs/[^)]*\)")
_DEFINITION = expand("skos:definition")


class Meanings:
    """The meanings of properties: definitions in the ontology, and descriptions in the shapes of classes."""

    def __init__(self, source: ExportSource) -> None:
        self._defined: dict[str, str] = {}
        for quad in source.read_graph("vocabulary"):
            if quad.predicate.value == _DEFINITION and get_value(quad.subject).startswith(T):
                self._defined[get_value(quad.subject)] = get_value(quad.object)
        self._described = _read_descriptions()

    def explain(self, column: ExportColumn, table: Table) -> str:
        """Return the meaning of a column, else the short name of its property."""
        if not column.iri or column.iri == TYPE:
            return _OWN[column.name]
        if column.iri in self._defined:
            return self._defined[column.iri]
        for cls in table.classes:
            if described := self._described.get((cls, column.iri)):
                return described
        for prefix, namespace in PREFIXES.items():
            if column.iri.startswith(namespace):
                return f"{prefix}:{column.iri.removeprefix(namespace)}"
        return column.iri


def _read_descriptions() -> dict[tuple[str, str], str]:
    """Return (class, property) → description in the shapes, without references to pages."""
    model = find_model_root()
    layout = Layout(model, model)
    facts: dict[str, dict[object, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]] = defaultdict(dict)
    for triple in read_turtle(sorted(layout.shapes.glob("*.ttl")), layout.name):
        facts[triple.predicate.value].setdefault(triple.subject, []).append(triple.object)
    paths, texts = facts[expand("sh:path")], facts[expand("sh:description")]
    described: dict[tuple[str, str], str] = {}
    for node, classes in facts[expand("sh:targetClass")].items():
        for shape in facts[expand("sh:property")].get(node, []):
            if shape in paths and shape in texts:
                text = _REFERENCE.sub("", get_value(texts[shape][0]))
                described |= {(get_value(cls), get_value(paths[shape][0])): text for cls in classes}
    return described

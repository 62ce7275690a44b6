"""What a column of a table means, in a sentence.

Our properties mean what the ontology defines; those of others what the shape of the table's classes says of them.
"""

import re
from collections import defaultdict

import pyoxigraph as ox

from testimonia.core.layout import Layout, find_model_root
from testimonia.core.namespaces import PREFIXES, T, expand
from testimonia.export.columns import SENTENCE, TYPE, WHOSE, ExportColumn, Table
from testimonia.export.row_classes import CLASS, IDENTITY
from testimonia.export.source import ExportSource, read_quads
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
    """What properties mean: as the ontology in a source defines them, and as the shapes describe them by class."""

    def __init__(self, source: ExportSource) -> None:
        self._defined = {
            get_value(quad.subject): get_value(quad.object)
            for path, head in zip(source.paths, source.heads, strict=True)
            if source.shorten(head) == "vocabulary"
            for quad in read_quads(path)
            if quad.predicate.value == _DEFINITION and get_value(quad.subject).startswith(T)
        }
        self._described = _read_descriptions()

    def explain(self, column: ExportColumn, table: Table) -> str:
        """Return what a column means; the short name of its property where nobody says it."""
        if not column.iri or column.iri == TYPE:
            return _OWN[column.name]
        if column.iri in self._defined:
            return self._defined[column.iri]
        said = (self._described.get((cls, column.iri)) for cls in table.classes)
        short = (f"{p}:{column.iri.removeprefix(n)}" for p, n in PREFIXES.items() if column.iri.startswith(n))
        return next(filter(None, said), "") or next(short, column.iri)


def _read_descriptions() -> dict[tuple[str, str], str]:
    """Return what shapes say of the properties of a class, by class and property, without references to pages."""
    model = find_model_root()
    layout = Layout(model, model)
    facts: dict[str, dict[object, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]] = defaultdict(dict)
    for triple in read_turtle(sorted(layout.shapes.glob("*.ttl")), layout.name):
        facts[triple.predicate.value].setdefault(triple.subject, []).append(triple.object)
    paths, texts = facts[expand("sh:path")], facts[expand("sh:description")]
    return {
        (get_value(cls), get_value(paths[shape][0])): _REFERENCE.sub("", get_value(texts[shape][0]))
        for node, classes in facts[expand("sh:targetClass")].items()
        for cls in classes
        for shape in facts[expand("sh:property")].get(node, [])
        if shape in paths and shape in texts
    }

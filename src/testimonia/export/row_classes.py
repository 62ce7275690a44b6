"""The tables of an export, and the table of a node by its classes."""

from collections.abc import Iterable

import pyoxigraph as ox

from testimonia.core.namespaces import PREFIXES, T, expand
from testimonia.export.source import ExportSource
from testimonia.rdf.reading import climb, get_value

CLASS, IDENTITY = "class", "id"
"""The columns for class and id of a node, with which every table begins."""

TABLES = {
    "interviews": "Published conversations, each as it stands in one source.",
    "turns": "Unbroken stretches of one voice in an interview.",
    "claims": "What is said: one thing, by one voice, in one passage, with every detail.",
    "passages": "Spans of a source in which a claim is made, or which help to understand it.",
    "figures": "Numbers that claims give, each with what it counts.",
    "happenings": "What claims tell of: said to have happened or to hold, or only feared, planned or asked for.",
    "entities": "People, bodies, groups, places, laws, works and elections that claims mention: who they are, no more.",
    "dates": "Dates as claims give them (EDTF), with the first and the last day that they may mean.",
    "terms": "Concepts that claims are described with, and the lists (schemes) that they stand in.",
    "links": "Which nodes are the same as, or like, those of other people's data.",
    "withdrawn": "What was withdrawn: its identifier is kept, and nothing else.",
}
"""Table → what its rows are; in this order."""

_BY_CLASS = {
    T + "Interview": "interviews",
    T + "Turn": "turns",
    T + "Claim": "claims",
    T + "Passage": "passages",
    T + "Figure": "figures",
    T + "Date": "dates",
    T + "Withdrawn": "withdrawn",
    expand("skos:Concept"): "terms",
    expand("skos:ConceptScheme"): "terms",
}
_SUBCLASS = expand("rdfs:subClassOf")
_HAPPENINGS = {T + "Happening", T + "Scenario"}
_LEFT_OUT = {"dataset", "vocabulary"}
"""Graphs whose nodes, except terms, have no rows: the dictionary covers the description and the ontology."""


class RowClassifier:
    """Finds the table of a node."""

    def __init__(self, source: ExportSource) -> None:
        above: dict[str, set[str]] = {}
        for quad in source.read_graph("vocabulary"):
            if quad.predicate.value == _SUBCLASS:
                above.setdefault(get_value(quad.subject), set()).add(get_value(quad.object))
        self._above = above
        self._happenings = {cls for cls in {*above, *_HAPPENINGS} if climb([cls], self._list_above) & _HAPPENINGS}

    def find(self, graph: str, classes: Iterable[str]) -> str:
        """Return the table of a node by its classes and the short name of its graph; "" when it has none.

        >>> RowClassifier(ExportSource((), (), "")).find("entities", [T + "Person"])
        'entities'
        """
        if graph == "links":
            return graph
        for cls in classes:
            if cls in _BY_CLASS:
                return _BY_CLASS[cls]
            if cls in self._happenings:
                return "happenings"
        return "" if graph in _LEFT_OUT else "entities"

    def list_classes(self, classes: Iterable[str]) -> tuple[str, ...]:
        """Return the classes, sorted, followed by their superclasses."""
        own = sorted(classes)
        return (*own, *sorted(climb(own, self._list_above) - set(own)))

    def _list_above(self, cls: str) -> set[str]:
        return self._above.get(cls, set())


def find_classes(quads: Iterable[ox.Quad]) -> dict[str, list[str]]:
    """Return node → its classes, sorted."""
    kind, found = PREFIXES["rdf"] + "type", dict[str, list[str]]()
    for quad in quads:
        classes = found.setdefault(get_value(quad.subject), [])
        if quad.predicate.value == kind:
            classes.append(get_value(quad.object))
    return {node: sorted(classes) for node, classes in found.items()}

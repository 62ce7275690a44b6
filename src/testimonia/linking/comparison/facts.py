"""Facts about one thing under one topic, ready to be compared.

Ours are read from the registry and from the claims about the thing, theirs from the graphs of each source. A statement
counts for a thing whichever of its equivalent IRIs is the subject.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import pyoxigraph as ox

from testimonia.core.dates import DateSpan, find_span
from testimonia.core.namespaces import T, expand
from testimonia.linking.comparison.claims import ClaimVoice, read_voice
from testimonia.linking.comparison.figured import Figure, find_figures, read_ours
from testimonia.linking.comparison.figures import FigureReading, read_figure
from testimonia.linking.comparison.merged import Merged
from testimonia.linking.comparison.topics import Topic, Way
from testimonia.rdf.reading import get_value
from testimonia.rdf.short_names import Naming

_ABOUT, _LABELLED = ox.NamedNode(f"{T}about"), ox.NamedNode(expand("rdfs:label"))
_WORDS = re.compile(r"\w+")

Meaning = frozenset[str] | DateSpan | FigureReading | str | None
"""A value as it is compared: the words of a name, first and last day, a figure, a code or IRI."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement of one source: `says` as written, `meaning` as compared with facts that have the same `about`.

    `source` is "" for ours; then `voice` is whose claim it is, None for the registry. `subject` and `graph` are IRIs.
    `about` is the language of a name, the key and unit of a figure.
    """

    topic: str
    about: str
    says: str
    meaning: Meaning
    source: str
    subject: str
    graph: str
    voice: ClaimVoice | None = None


@dataclass(frozen=True, slots=True)
class FactReader:
    """Reads facts out of merged data."""

    merged: Merged
    naming: Naming

    def find_facts(self, iris: Iterable[str], topic: Topic) -> list[Fact]:
        """Return all that is said on a topic of a thing with these IRIs, ours first, in a fixed order."""
        facts = [fact for iri in iris for fact in (*self._find_ours(iri, topic), *self._find_theirs(iri, topic))]
        return sorted(
            facts, key=lambda f: (f.about, f.source, f.voice.claim if f.voice else "", f.says, f.subject, f.graph)
        )

    def _find_ours(self, iri: str, topic: Topic) -> Iterable[Fact]:
        own = self.merged.own
        for quad in _list_quads(own, iri, topic.ours):
            yield from self._write(topic, quad, "", None)
        for claim in sorted(get_value(q.subject) for q in own.quads_for_pattern(None, _ABOUT, ox.NamedNode(iri))):
            if topic.way is Way.FIGURE:
                yield from self._find_figures(claim, topic, iri)
                continue
            for quad in _list_quads(own, claim, topic.ours):
                if quad.predicate != _LABELLED:  # the label of a claim is its gist
                    yield from self._write(topic, quad, "", read_voice(self.merged, self.naming, claim))

    def _find_theirs(self, iri: str, topic: Topic) -> Iterable[Fact]:
        for quad in _list_quads(self.merged.store, iri, topic.theirs):
            source = self.merged.find_source(get_value(quad.graph_name))
            if source is not None:
                yield from self._write(topic, quad, source, None)

    def _find_figures(self, claim: str, topic: Topic, iri: str) -> Iterable[Fact]:
        for key in find_figures(self.merged.own, claim):
            figure = read_ours(self.merged, self.naming, claim, key)
            if topic.counts in {"", key} and figure.value and not figure.unreal:
                about = _describe(figure, self.naming)
                reading = read_figure(figure.value, figure.qualifier)
                yield Fact("figure", about, figure.said, reading, "", iri, "", figure.voice)

    def _write(self, topic: Topic, quad: ox.Quad, source: str, voice: ClaimVoice | None) -> Iterable[Fact]:
        """Yield a statement as a fact; nothing when its value cannot be compared."""
        about, says, meaning = self._read_value(topic, quad.object)
        if meaning is not None:
            name = "figure" if topic.way is Way.FIGURE else topic.name
            subject, graph = get_value(quad.subject), get_value(quad.graph_name)
            yield Fact(name, about, says, meaning, source, subject, graph, voice)

    def _read_value(self, topic: Topic, value: object) -> tuple[str, str, Meaning]:
        """Return what a value may be compared with, how it is shown, and its meaning (None: nothing to compare)."""
        text = get_value(value)
        if isinstance(value, ox.NamedNode):
            return "", *self._read_node(topic, value)
        if topic.way is Way.THING or not isinstance(value, ox.Literal):
            return "", text, None
        if topic.way is Way.DATE:
            return "", text, find_span(text, with_time=True)
        if topic.way is Way.NAME:
            words = frozenset(_WORDS.findall(_simplify(text)))
            return (value.language or "").partition("-")[0], text, words or None
        if topic.way is Way.FIGURE:
            number = _read_decimal(text)
            return f"{topic.counts} ({topic.unit})", f"{text} {topic.unit}", read_figure(number) if number else None
        return "", text, text

    def _read_node(self, topic: Topic, node: ox.NamedNode) -> tuple[str, Meaning]:
        """Return how a node is shown and its meaning: that of a thing, or of a date by its label."""
        if topic.way is Way.THING:
            return self.naming.shorten(node.value), self.merged.find_group(node.value)[0] if self._is_known(
                node
            ) else None
        label = next((get_value(q.object) for q in self.merged.own.quads_for_pattern(node, _LABELLED, None)), "")
        return label, find_span(label) if topic.way is Way.DATE else None

    def _is_known(self, node: ox.NamedNode) -> bool:
        """Tell whether a node is one of ours, or equivalent to another: others cannot be told from each other."""
        is_ours = any(True for _ in self.merged.own.quads_for_pattern(node, None, None))
        return is_ours or len(self.merged.find_group(node.value)) > 1


def _list_quads(store: ox.Store, iri: str, predicates: Iterable[str]) -> Iterator[ox.Quad]:
    for predicate in predicates:
        yield from store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None)


def _describe(figure: Figure, naming: Naming) -> str:
    per = f" per {naming.shorten(figure.per)}" if figure.per else ""
    return f"{figure.key} ({naming.shorten(figure.unit)}{per})"


def _simplify(text: str) -> str:
    """Return a text without marks on letters and without case, so that spelling alone is no difference."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


def _read_decimal(text: str) -> str:
    try:
        return str(Decimal(text)) if Decimal(text).is_finite() else ""
    except ArithmeticError:
        return ""

"""Who says what of one thing under one topic, ready to be compared.

Ours are read from the thing itself (what the registry says) and from the claims about it; theirs from the graphs of
each source. A statement counts for a thing whichever of its equivalent IRIs it is made of.
"""

import re
import unicodedata
from collections.abc import Iterable
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

_ABOUT, _LABEL = ox.NamedNode(f"{T}about"), expand("rdfs:label")
_WORDS = re.compile(r"\w+")


Meaning = frozenset[str] | DateSpan | FigureReading | str | None
"""What a value means: words of a name, first and last day, a figure, a code or IRI."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one source says: `says` as written, `meaning` to compare, `about` what it may be compared with.

    `source` is "" for ours; then `voice` is whose claim it is, None for what the registry says. `subject` and `graph`
    are IRIs. `about` is the language of a name, the key and unit of a figure.
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
        node, store = ox.NamedNode(iri), self.merged.own
        for name in topic.ours:
            for quad in store.quads_for_pattern(node, ox.NamedNode(name), None):
                yield from self._write(topic, quad, "", None)
        for claim in sorted(get_value(q.subject) for q in store.quads_for_pattern(None, _ABOUT, node)):
            if topic.way is Way.FIGURE:
                yield from self._find_figures(claim, topic, iri)
                continue
            for name in topic.ours:
                if name == _LABEL:  # of a claim: its gist
                    continue
                for quad in store.quads_for_pattern(ox.NamedNode(claim), ox.NamedNode(name), None):
                    yield from self._write(topic, quad, "", read_voice(self.merged, self.naming, claim))

    def _find_theirs(self, iri: str, topic: Topic) -> Iterable[Fact]:
        for name in topic.theirs:
            for quad in self.merged.store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(name), None):
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
        """Yield the fact that a statement is; none when its value is not of the kind that is compared."""
        about, says, meaning = self._read_value(topic, quad.object)
        if meaning is not None:
            graph = get_value(quad.graph_name)
            subject = get_value(quad.subject)
            yield Fact(
                "figure" if topic.way is Way.FIGURE else topic.name, about, says, meaning, source, subject, graph, voice
            )

    def _read_value(self, topic: Topic, value: object) -> tuple[str, str, Meaning]:
        """Return what a value may be compared with, how it is shown, and what it means (None: nothing to compare)."""
        text = get_value(value)
        if topic.way is Way.THING:
            known = isinstance(value, ox.NamedNode) and self._is_known(text)
            return "", self.naming.shorten(text), self.merged.find_group(text)[0] if known else None
        if topic.way is Way.DATE and isinstance(value, ox.NamedNode):
            label = next(self.merged.own.quads_for_pattern(value, ox.NamedNode(_LABEL), None), None)
            text = get_value(label.object) if label else ""
        elif not isinstance(value, ox.Literal):
            return "", text, None
        if topic.way is Way.DATE:
            return "", text, find_span(text, with_time=True)
        if topic.way is Way.NAME:
            language = (value.language or "") if isinstance(value, ox.Literal) else ""
            return language.partition("-")[0], text, frozenset(_WORDS.findall(_simplify(text))) or None
        if topic.way is Way.FIGURE:
            number = _read_decimal(text)
            return f"{topic.counts} ({topic.unit})", f"{text} {topic.unit}", read_figure(number) if number else None
        return "", text, text

    def _is_known(self, iri: str) -> bool:
        """Tell whether an IRI is one of ours, or equivalent to another: others cannot be told from each other."""
        return (
            len(self.merged.find_group(iri)) > 1
            or next(self.merged.own.quads_for_pattern(ox.NamedNode(iri), None, None), None) is not None
        )


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

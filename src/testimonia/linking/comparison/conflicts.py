"""Conflicts between sources, with all sides.

Two sides conflict when no values of theirs are compatible: dates without a day in common, figures whose ranges do not
meet, different codes, names in one language that share no wording. What cannot be compared (another language, another
unit, a thing of theirs that no link knows) is no conflict.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import pyoxigraph as ox

from testimonia.core.namespaces import T, expand
from testimonia.linking.comparison.facts import Fact, FactReader, Meaning
from testimonia.linking.comparison.figures import FigureReading
from testimonia.linking.comparison.merged import Merged
from testimonia.linking.comparison.topics import Topic
from testimonia.rdf.reading import climb, get_value
from testimonia.rdf.short_names import Naming

_TYPE, _SUBCLASS = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("rdfs:subClassOf"))
_UNREAL = f"{T}Scenario"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A thing (IRI, name, equivalents), the topic of a conflict, and every fact that another contradicts."""

    thing: str
    name: str
    group: tuple[str, ...]
    topic: str
    about: str
    facts: tuple[Fact, ...]


def find_conflicts(merged: Merged, naming: Naming, topics: Iterable[Topic]) -> list[Conflict]:
    """Return all conflicts by thing and topic, in a fixed order."""
    reader = FactReader(merged, naming)
    chosen = list(topics)
    found = []
    for thing, classes in sorted(find_things(merged).items()):
        group = merged.find_group(thing)
        if thing != next((iri for iri in group if iri.startswith(merged.base)), thing):
            continue  # told under another of its own names
        compared = [topic for topic in chosen if classes & set(topic.of)]
        facts = [fact for topic in compared for fact in reader.find_facts(group, topic)]
        sides: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in dict.fromkeys(facts):
            sides[fact.topic, fact.about].append(fact)
        for (topic_name, about), those in sorted(sides.items()):
            apart = find_apart(those)
            if apart:
                found.append(Conflict(thing, naming.shorten(thing), group, topic_name, about, tuple(apart)))
    return found


def find_things(merged: Merged) -> dict[str, set[str]]:
    """Return each thing of ours that is said to exist, with its classes and their superclasses."""
    things: dict[str, set[str]] = defaultdict(set)

    @cache
    def find_above(cls: str) -> set[str]:
        return climb([cls], list_above)

    def list_above(cls: str) -> list[str]:
        return [get_value(q.object) for q in merged.own.quads_for_pattern(ox.NamedNode(cls), _SUBCLASS, None)]

    for quad in merged.own.quads_for_pattern(None, _TYPE, None):
        iri, cls = get_value(quad.subject), get_value(quad.object)
        if cls.startswith(T) and iri.startswith(merged.base):
            things[iri] |= find_above(cls)
    return {iri: classes for iri, classes in things.items() if f"{T}Thing" in classes and _UNREAL not in classes}


def find_apart(facts: list[Fact]) -> list[Fact]:
    """Return the facts that another side contradicts; a side is a source, our registry, or a voice in an interview."""
    sides: dict[tuple[str, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        side = (fact.voice.interview, fact.voice.speaker, *fact.voice.cited) if fact.voice else ()
        sides[fact.source, *side].append(fact)
    apart: set[Fact] = set()
    for one, other in combinations(sides.values(), 2):
        if all(is_apart(a.meaning, b.meaning) for a in one for b in other):
            apart |= {*one, *other}
    return [fact for fact in facts if fact in apart]


def is_apart(one: Meaning, other: Meaning) -> bool:
    """Tell whether two values cannot both be so.

    >>> is_apart(frozenset({"song", "archive"}), frozenset({"song", "archive", "valdoria"})), is_apart("XZ", "XY")
    (False, True)
    """
    if isinstance(one, FigureReading) and isinstance(other, FigureReading):
        return not one.bounds.meets(other.bounds)
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return not (one <= other or other <= one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return one[1] < other[0] or other[1] < one[0]
    return one != other

"""What sources disagree about, every side with where it stands.

Two sides disagree when nothing that the one says can be what the other says: dates without a day in common, figures
that leave no room for each other, codes that differ, names of one language that share no wording. What cannot be
compared (another language, another unit, a thing of theirs that no link knows) is no conflict.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

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
    """A thing (its IRI, name, all equivalents), what is disagreed about, and every fact that another contradicts."""

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
    """Return each thing of ours that is said to be, with its classes and theirs above."""
    things: dict[str, set[str]] = defaultdict(set)
    above: dict[str, set[str]] = {}

    def list_above(cls: str) -> list[str]:
        """Return the classes right above one."""
        return [get_value(q.object) for q in merged.own.quads_for_pattern(ox.NamedNode(cls), _SUBCLASS, None)]

    for quad in merged.own.quads_for_pattern(None, _TYPE, None):
        iri, cls = get_value(quad.subject), get_value(quad.object)
        if cls.startswith(T) and iri.startswith(merged.base):
            if cls not in above:
                above[cls] = climb([cls], list_above)
            things[iri] |= above[cls]
    return {iri: classes for iri, classes in things.items() if f"{T}Thing" in classes and _UNREAL not in classes}


def find_apart(facts: list[Fact]) -> list[Fact]:
    """Find the facts of those that some other side contradicts; a side is a source, a registry, or a voice in a claim.

    What one and the same voice tells in one interview is one side.
    """
    sides: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        voice = fact.voice
        sides[
            fact.source, voice.interview if voice else "", "; ".join((voice.speaker, *voice.cited)) if voice else ""
        ].append(fact)
    parties = list(sides.values())
    apart: set[Fact] = set()
    for at, one in enumerate(parties):
        for other in parties[at + 1 :]:
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

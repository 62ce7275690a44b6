"""The numerals, dates and names that each claim of a record holds.

What a claim holds stands in its figures, its dates, the names and aliases of the entities that it speaks of (in any
role, the country and the speaker included) and of those whose they are, its gist and its other texts. Remarks of the
curator hold nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from testimonia.core.namespaces import T
from testimonia.core.record import Claim, Entity, Record, Records, Word
from testimonia.drafting.coverage.dates import Moment, find_dates, parse_moment
from testimonia.drafting.coverage.names import find_names, normalise_name, split_tokens
from testimonia.drafting.coverage.numerals import find_numerals, normalise_number
from testimonia.records.figures import parse_figure
from testimonia.vocabulary.reading import Takes, Vocabulary

_LABEL = "label"
"""What the properties that name something end in, in small letters: of RDFS and SKOS alike."""

_OF = f"{T}of"
"""Whose an entity is: texts call the Human Rights Committee that of the United Nations."""

_PERSON = "Person"
"""The one class whose members are called by a part of their name as well."""

Words = tuple[str, ...]


@dataclass(slots=True)
class ClaimContent:
    """What one claim holds.

    `numerals` maps a numeral's key to who holds it (figures, dates, entities, each under a name of its own); `told`
    counts the numerals of the texts; `dates` are the claim's own, `said` those in its texts and in names.
    """

    numerals: dict[str, set[str]] = field(default_factory=dict)
    told: Counter[str] = field(default_factory=Counter)
    dates: set[Moment] = field(default_factory=set)
    said: set[Moment] = field(default_factory=set)
    names: set[Words] = field(default_factory=set)
    persons: set[Words] = field(default_factory=set)

    def holds_name(self, words: Words) -> bool:
        """Tell whether some words (as `normalise_name` gives them) are a name, or the part of a person's name."""
        size = len(words)
        parts = any(p[i : i + size] == words for p in self.persons for i in range(len(p)))
        return words in self.names or parts


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads what the claims of one record hold."""

    records: Records
    record: Record
    vocabulary: Vocabulary

    def read_content(self, claim: Claim) -> ClaimContent:
        """Return what a claim holds."""
        found = ClaimContent()
        self._add_figures(claim, found)
        for word in self._list_dates(claim):
            found.dates.add(parse_moment(word))
        for text in self._list_texts(claim):
            found.told.update(n.key for n in find_numerals(text))
            found.said |= {d.moment for d in find_dates(text)}
            found.names |= read_names(text, sentence=True)
        for slug in self._list_entities(claim):
            self._add_entity(slug, found)
        return found

    def _add_figures(self, claim: Claim, found: ClaimContent) -> None:
        terms = self.vocabulary.terms
        for key, word in claim.figures.items():
            figure = parse_figure(word.text, terms["qualifier"], terms["unit"])
            holder = f"figure {key} {figure.value or figure.wording} {figure.unit}"
            keys = [normalise_number(figure.value)] if figure.value else []
            keys += [n.key for n in find_numerals(figure.wording or "")]
            for numeral in (*keys, figure.wording or ""):
                found.numerals.setdefault(numeral, set()).add(holder)
            if figure.date:
                found.dates.add(parse_moment(figure.date))

    def _list_dates(self, claim: Claim) -> Iterator[str]:
        if claim.inferred is not None:
            yield claim.inferred.date.text
        for name, words in claim.details.items():
            if self.vocabulary.keys[name].takes is Takes.DATE:
                yield from (word.text for word in words)

    def _list_texts(self, claim: Claim) -> Iterator[str]:
        yield claim.gist.text
        for name, words in claim.details.items():
            key = self.vocabulary.keys[name]
            if key.takes is Takes.TEXT and key.property.startswith(T):
                yield from (word.text for word in words)

    def _list_entities(self, claim: Claim) -> Iterator[Entity]:
        words: list[Word] = [*claim.cites, *self.record.get_countries(claim)]
        speaker = Word(self.record.get_speaker(claim.speaker), claim.position)
        words.append(speaker)
        if self.vocabulary.kinds[claim.kind.text].names in {"entity", "happening"}:
            words += claim.values
        for name, values in claim.details.items():
            if self.vocabulary.keys[name].takes is Takes.ENTITY:
                words += values
        for word in words:
            entity = self._find_entity(word)
            if entity is not None:
                yield entity
                for name, values in entity.details.items():
                    if self.vocabulary.keys[name].property == _OF:
                        yield from filter(None, map(self._find_entity, values))

    def _find_entity(self, word: Word) -> Entity | None:
        return self.record.cast.get(word.text) or self.records.entities.get(word.text)

    def _add_entity(self, entity: Entity, found: ClaimContent) -> None:
        person = self.vocabulary.entity_classes[entity.kind.text] == _PERSON
        for key, words in entity.details.items():
            if not self.vocabulary.keys[key].property.lower().endswith(_LABEL):
                continue
            for word in words:
                found.names |= read_names(word.text)
                found.said |= {d.moment for d in find_dates(word.text)}
                for numeral in find_numerals(word.text):
                    found.numerals.setdefault(numeral.key, set()).add(f"entity {entity.slug.text}")
                if person:
                    found.persons.add(normalise_name([t.word for t in split_tokens(word.text)]))


def read_names(text: str, *, sentence: bool = False) -> set[Words]:
    """Return the names in the words of a record, and those words as a whole.

    In a sentence the first capital says nothing, so a name that begins it counts without its first word as well where
    `of` or the like joins the two.

    >>> sorted(read_names("Police of Ny Havn", sentence=True))
    [('ny', 'havn'), ('police', 'of', 'ny', 'havn')]
    >>> read_names("Council of Rivers")
    {('council', 'of', 'rivers')}
    """
    tokens = [t.word for t in split_tokens(text)]
    found = {normalise_name(tokens)}
    for name in find_names(text, proper={word.lower() for word in tokens[:1]}):
        found.add(name.words)
        if sentence and name.initial and name.words[1] in {"of", "for"}:
            found.add(normalise_name(name.words[2:]))
    return found - {()}

"""Find names of the withheld in what is public, in cues and in messages.

Names are looked for as written in the registries (name, aliases, slug), whatever their case and diacritics; of a
person also the single words of the name. So a transliteration is found when it is one of the aliases.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from testimonia.core.findings import Finding
from testimonia.core.record import Claim, Entity, Position, Quote, Record, Records, Word
from testimonia.privacy.publication import make_pseudonym_slug
from testimonia.privacy.tombstones import find_names_of
from testimonia.vocabulary.reading import Takes, Vocabulary

_SHORTEST = 3


def fold(text: str) -> str:
    """Return a text as names are compared: without case, diacritics, hyphens.

    >>> fold("Želimir-Ånd")
    'zelimir and'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\s\-_’'.,]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


@dataclass(frozen=True, slots=True)
class WithheldNames:
    """Names to look for, folded."""

    folded: frozenset[str]

    def occur_in(self, text: str) -> bool:
        """Tell whether a text holds one of the names, as a word of its own where its script parts words.

        >>> names = WithheldNames(frozenset({"ana"}))
        >>> names.occur_in("Says Ána-Maria"), names.occur_in("a banana")
        (True, False)
        """
        searched = fold(text)
        return any(name in searched and re.search(_bound(name), searched) is not None for name in self.folded)


def _bound(name: str) -> str:
    first, last = (r"(?<!\w)" if name[0].isascii() else ""), (r"(?!\w)" if name[-1].isascii() else "")
    return first + re.escape(name) + last


def find_names(entity: Entity, vocabulary: Vocabulary) -> list[str]:
    """Return every text of an entity: its name, its other names, its code."""
    keys = (key for key in entity.details if vocabulary.keys[key].takes is Takes.TEXT)
    return [word.text for key in keys for word in entity.details[key]]


def find_withheld_names(records: Records, vocabulary: Vocabulary, as_of: date | None) -> WithheldNames:
    """Return the names of all entities that are withheld or stand under a pseudonym, and of withheld interviews."""
    shown, withheld = _split_entities(records, as_of)
    own = _fold_names(shown, vocabulary)
    found = _fold_names(withheld, vocabulary)
    found |= _find_quoted_names(records, {entity.slug.text for entity in withheld})
    found |= _find_single_words(withheld, shown, vocabulary)
    found |= {fold(r.interview.text) for r in records.records if not r.visibility.is_public(as_of)}
    return WithheldNames(frozenset(found - own - {""}))


def _split_entities(records: Records, as_of: date | None) -> tuple[list[Entity], list[Entity]]:
    """Return the entities that are public under their own name, and those that are not."""
    casts = {slug for r in records.records if not r.visibility.is_public(as_of) for slug in r.cast}
    shown: list[Entity] = []
    withheld: list[Entity] = []
    for entity in records.all_entities:
        public = entity.visibility.is_public(as_of) and not entity.pseudonym and entity.slug.text not in casts
        (shown if public else withheld).append(entity)
    return shown, withheld


def _fold_names(entities: Iterable[Entity], vocabulary: Vocabulary) -> set[str]:
    found: set[str] = set()
    for entity in entities:
        found.update(map(fold, (entity.slug.text, *find_names(entity, vocabulary))))
    return found


def _find_quoted_names(records: Records, slugs: set[str]) -> set[str]:
    """Return the names that the texts have for quoted speakers among some entities."""
    quoted = (item for record in records.records for item in record.quoted.items())
    return {fold(name) for name, word in quoted if word.text in slugs}


def _find_single_words(withheld: list[Entity], shown: list[Entity], vocabulary: Vocabulary) -> set[str]:
    """Return the words of persons' names that tell of them: long enough, no particles, in nobody else's name."""
    known: set[str] = set()
    for name in _list_names(shown, vocabulary):
        known.update(fold(name).split())
    persons = [entity for entity in withheld if vocabulary.entity_classes[entity.kind.text] == "Person"]
    words = [word for name in _list_names(persons, vocabulary) for word in name.split() if not word.islower()]
    return {word for word in map(fold, words) if len(word) >= _SHORTEST and word not in known}


def _list_names(entities: Iterable[Entity], vocabulary: Vocabulary) -> Iterator[str]:
    for entity in entities:
        yield from find_names(entity, vocabulary)


def check_exposure(public: Records, names: WithheldNames) -> list[Finding]:
    """Find each word and cue of the public edition that holds a withheld name; no message repeats it."""
    findings: list[Finding] = []
    for at, text in list_texts((public.dataset, public.entities, public.records)):
        if names.occur_in(text):
            path = str(Path(at.path).parent) if names.occur_in(at.path) else at.path
            found = "this names somebody or something that is withheld"
            findings.append(Finding.at(Position(path, at.line, at.column), "withheld-named", found=found))
    return findings


def list_texts(node: Any) -> Iterator[tuple[Position, str]]:
    """Yield every text of the records with its place: those of cues, the speakers of quotations, names and keys too."""
    if isinstance(node, Word):
        yield node.position, node.text
    elif isinstance(node, (dict, tuple)):
        for value in node.values() if isinstance(node, dict) else node:
            yield from list_texts(value)
    elif isinstance(node, Quote):
        yield node.position, f"{node.cue.first} {node.cue.last or ''}"
        yield node.position, node.cue.speaker_name
    elif is_dataclass(node):
        if isinstance(node, Claim):
            yield node.position, node.speaker.name
            yield from ((word.position, key) for key, word in node.figures.items())
        if isinstance(node, Record):
            yield from ((word.position, name) for name, word in node.quoted.items())
        for field in fields(node):
            yield from list_texts(getattr(node, field.name))


def check_visibility(records: Records, vocabulary: Vocabulary, *, published: bool, as_of: date | None) -> list[Finding]:
    """Find whole records and entities that may not stand in a published repository, and pseudonyms that do not hide.

    `published`: whether the repository itself can be read by everybody.
    """
    found = _check_pseudonyms(records, vocabulary)
    return [*_check_published(records, as_of), *found] if published else found


def _check_published(records: Records, as_of: date | None) -> list[Finding]:
    places = [r.interview for r in records.records if not r.visibility.is_public(as_of)]
    places += [e.slug for e in records.all_entities if e.pseudonym or not e.visibility.is_public(as_of)]
    found = "a withheld record or entity in a repository that is published"
    return [Finding.at(word, "withheld-published", found=found) for word in places]


def _check_pseudonyms(records: Records, vocabulary: Vocabulary) -> list[Finding]:
    """Find pseudonyms without a slug of their own, or that tell a part of the name."""
    entities = records.all_entities
    taken = {entity.slug.text for entity in entities} | records.things | find_names_of("entity", records.withdrawn)
    findings: list[Finding] = []
    for entity in entities:
        if entity.pseudonym is None:
            continue
        slug = make_pseudonym_slug(entity.pseudonym.text)
        findings += _check_pseudonym(entity, entity.pseudonym, slug in taken, vocabulary)
        taken.add(slug)
    return findings


def _check_pseudonym(entity: Entity, pseudonym: Word, taken: bool, vocabulary: Vocabulary) -> Iterator[Finding]:
    names = _fold_names([entity], vocabulary)
    words = {word for name in names for word in name.split() if len(word) >= _SHORTEST}
    found = expected = fix = ""
    if not make_pseudonym_slug(pseudonym.text):
        found, expected = "this pseudonym has no Latin letter or digit", "Witness A"
    elif taken:
        found = "this pseudonym gives a slug that is taken, by an entity, a happening, another pseudonym, or once"
        expected, fix = "a pseudonym of its own", "Choose another"
    elif WithheldNames(frozenset((names | words) - {""})).occur_in(pseudonym.text):
        found, expected, fix = "this pseudonym holds a part of the name", "nothing of it", "Choose another"
    if found:
        yield Finding.at(pseudonym, "pseudonym-unfit", found=found, expected=expected, fix=fix)
    if vocabulary.find_modality(vocabulary.entity_classes[entity.kind.text]):
        found, fix = "a happening has no pseudonym", "Withhold it, or name it otherwise"
        yield Finding.at(pseudonym, "pseudonym-unfit", found=found, fix=fix)

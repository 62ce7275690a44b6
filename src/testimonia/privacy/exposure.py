"""Exposure: what of the withheld could still be read in what is public, and in messages.

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
from testimonia.privacy.publication import list_entities, make_pseudonym_slug
from testimonia.vocabulary.reading import Takes, Vocabulary

_SHORTEST = 3
_ELSEWHERE = "A repository that is published holds nothing withheld: move it to the private folder (--private DIR)"


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
    """Return the names of all entities that are withheld or stand under a pseudonym."""
    casts = {e.slug.text for r in records.records if not r.visibility.is_public(as_of) for e in r.cast.values()}
    shown: list[Entity] = []
    withheld: list[Entity] = []
    for entity in list_entities(records):
        public = entity.visibility.is_public(as_of) and not entity.pseudonym and entity.slug.text not in casts
        (shown if public else withheld).append(entity)
    known = {word for e in shown for name in find_names(e, vocabulary) for word in fold(name).split()}
    own = {fold(name) for e in shown for name in (e.slug.text, *find_names(e, vocabulary))}
    found = {fold(name) for e in withheld for name in (e.slug.text, *find_names(e, vocabulary))}
    slugs = {e.slug.text for e in withheld}
    quoted = (item for r in records.records for item in r.quoted.items())
    found |= {fold(name) for name, word in quoted if word.text in slugs}
    persons = [e for e in withheld if vocabulary.entity_classes[e.kind.text] == "Person"]
    found |= {
        fold(part)
        for e in persons
        for name in find_names(e, vocabulary)
        for part in name.split()
        if len(fold(part)) >= _SHORTEST and not part.islower() and fold(part) not in known
    }
    interviews = {fold(r.interview.text) for r in records.records if not r.visibility.is_public(as_of)}
    return WithheldNames(frozenset(found | interviews) - own - {""})


def check_exposure(public: Records, names: WithheldNames) -> list[Finding]:
    """Find each word and cue of the public edition that holds a withheld name; no message repeats it."""
    fix = "Say it without the name, choose a cue without it, or withhold this as well"
    return [
        Finding.at(
            Position(str(Path(at.path).parent) if names.occur_in(at.path) else at.path, at.line, at.column),
            "withheld-named",
            found="this names somebody or something that is withheld",
            fix=fix,
        )
        for at, text in list_texts((public.dataset, public.entities, public.records))
        if names.occur_in(text)
    ]


def list_texts(node: Any) -> Iterator[tuple[Position, str]]:
    """Yield every text of the records with its place: those of cues, the speakers of quotations, names and keys too."""
    if isinstance(node, Word):
        yield node.position, node.text
    elif isinstance(node, dict):
        for value in node.values():
            yield from list_texts(value)
    elif isinstance(node, tuple):
        for value in node:
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
    findings: list[Finding] = []
    if published:
        places = [r.interview.position for r in records.records if not r.visibility.is_public(as_of)]
        withheld = (e for e in list_entities(records) if e.pseudonym or not e.visibility.is_public(as_of))
        places += [e.slug.position for e in withheld]
        found = "a withheld record or entity in a repository that is published"
        findings += [
            Finding.at(at, "withheld-published", found=found, expected="only public ones", fix=_ELSEWHERE)
            for at in places
        ]
    named = [e for e in list_entities(records) if e.pseudonym]
    things = {c.thing.text for r in records.records for c in r.claims if c.thing}
    taken = {e.slug.text for e in list_entities(records)} | things | set(_list_withdrawn(records))
    for entity in named:
        if entity.pseudonym is None:
            continue
        at, slug = entity.pseudonym.position, make_pseudonym_slug(entity.pseudonym.text)
        own = WithheldNames(frozenset(map(fold, (entity.slug.text, *find_names(entity, vocabulary)))))
        parts = WithheldNames(frozenset(w for n in own.folded for w in n.split() if len(w) >= _SHORTEST))
        if not slug:
            findings.append(
                Finding.at(
                    at, "pseudonym-unfit", found="this pseudonym has no Latin letter or digit", expected="Witness A"
                )
            )
        elif slug in taken:
            found = "this pseudonym gives a slug that is taken, by an entity, a happening, another pseudonym, or once"
            findings.append(
                Finding.at(at, "pseudonym-unfit", found=found, expected="a pseudonym of its own", fix="Choose another")
            )
        elif own.occur_in(entity.pseudonym.text) or parts.occur_in(entity.pseudonym.text):
            findings.append(
                Finding.at(
                    at,
                    "pseudonym-unfit",
                    found="this pseudonym holds a part of the name",
                    expected="nothing of it",
                    fix="Choose another",
                )
            )
        if vocabulary.find_modality(vocabulary.entity_classes[entity.kind.text]):
            findings.append(
                Finding.at(
                    at, "pseudonym-unfit", found="a happening has no pseudonym", fix="Withhold it, or name it otherwise"
                )
            )
        taken.add(slug)
    return findings


def _list_withdrawn(records: Records) -> Iterable[str]:
    return (name.partition("/")[2] for name in records.withdrawn if name.startswith("entity/"))

"""Make the public edition of the records.

All that is mapped, locked, offered in the schema or shown passes through `publish`; no later step can tell that there
was more. Source: docs/decisions/0009-what-is-withheld-never-reaches-the-mapping.md.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from testimonia.core.namespaces import expand
from testimonia.core.record import Claim, Entity, PassedOver, Record, Records, Word
from testimonia.core.visibility import PUBLIC
from testimonia.privacy.mentions import CLAIM_PREFIX, change_mentions, find_mentions
from testimonia.records.checking import find_figure
from testimonia.records.figures import parse_figure
from testimonia.records.reasons import PRIVATE
from testimonia.vocabulary.reading import Vocabulary

ClaimPlace = tuple[str, str]
"""A claim: interview and id."""
_LABEL = expand("rdfs:label")


def publish(records: Records, vocabulary: Vocabulary, *, as_of: date | None = None) -> Records:
    """Return the records of the public edition, as of a day (None: no embargo is over).

    Left out: what is not public; claims that name a withheld entity in whatever role, or tell of a happening that
    only withheld claims name; records of which a speaker or the country is withheld; references to what is left
    out; figures whose whole is left out; passages passed over that are private or repeat what is left out; entities
    that nothing public names. An entity with a pseudonym has that name, a slug made of it, its class, and nothing else.
    """
    return _Publisher(records, vocabulary, as_of).publish()


def make_pseudonym_slug(pseudonym: str) -> str:
    """Return the slug that stands for a pseudonym; "" when it has no Latin letter or digit.

    >>> make_pseudonym_slug("Witness Ö.")
    'witness-o'
    """
    plain = unicodedata.normalize("NFKD", pseudonym.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def find_pseudonyms(records: Records) -> dict[str, str]:
    """Return slug → public slug of the entities with a pseudonym."""
    return {e.slug.text: make_pseudonym_slug(e.pseudonym.text) for e in records.all_entities if e.pseudonym}


def rename_heads(records: Records) -> tuple[Record, ...]:
    """Return all records with the public slugs of their quoted speakers, beside the names that the texts have for them.

    This is for reading the texts again only: the names may be those of somebody withheld.
    """
    renamed = find_pseudonyms(records)

    def rename(words: dict[Any, Word]) -> dict[Any, Word]:
        return {key: replace(word, text=renamed.get(word.text, word.text)) for key, word in words.items()}

    return tuple(replace(r, quoted=rename(r.quoted), turns=rename(r.turns)) for r in records.records)


def find_hidden(records: Records, as_of: date | None) -> set[str]:
    """Return the slugs of the entities that the public edition may not even name by a pseudonym."""
    hidden = {e.slug.text for e in records.all_entities if not (e.pseudonym or e.visibility.is_public(as_of))}
    withheld = (r for r in records.records if not r.visibility.is_public(as_of))
    return hidden | {slug for record in withheld for slug in record.cast}


def _list_things(claims: Iterable[Claim]) -> set[str]:
    """Return the slugs of the things that claims name with `as`."""
    return {claim.thing.text for claim in claims if claim.thing}


@dataclass(slots=True)
class _Publisher:
    """Takes the withheld out of the records of one data set."""

    records: Records
    vocabulary: Vocabulary
    as_of: date | None
    hidden: set[str] = field(default_factory=set)
    kept: dict[ClaimPlace, Claim] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    figures: set[tuple[str, str, str]] = field(default_factory=set)

    def publish(self) -> Records:
        self.hidden = find_hidden(self.records, self.as_of)
        records = [r for r in self.records.records if r.visibility.is_public(self.as_of) and self._may_name(r)]
        self._choose_claims(records)
        self._choose_figures()
        records = [self._publish_record(record) for record in records]
        named = self._find_named(records)
        renamed = find_pseudonyms(self.records)

        def rename(word: Word) -> Word:
            return replace(word, text=renamed.get(word.text, word.text))

        def finish(entities: dict[str, Entity]) -> dict[str, Entity]:
            found = (self._publish_entity(e) for slug, e in entities.items() if slug in named)
            changed = [change_mentions(e, rename, self.vocabulary) for e in found]
            return {e.slug.text: e for e in changed}

        return replace(
            self.records,
            entities=finish(self.records.entities),
            records=tuple(
                replace(
                    change_mentions(r, rename, self.vocabulary),
                    cast=finish(r.cast),
                    claims=tuple(change_mentions(c, rename, self.vocabulary) for c in r.claims),
                )
                for r in records
            ),
        )

    def _may_name(self, node: Claim | Record) -> bool:
        return not find_mentions(node, self.vocabulary) & self.hidden

    def _choose_claims(self, records: list[Record]) -> None:
        """Keep the claims that may be published, and note the things that only others name."""
        for record in records:
            for claim in record.claims:
                if claim.visibility.is_public(self.as_of) and self._may_name(claim):
                    self.kept[record.interview.text, claim.id.text] = claim
        things = self.records.things
        self.lost = things - _list_things(self.kept.values())
        # a claim that goes may have named a thing that another one tells of, which then goes as well
        while going := [place for place, claim in self.kept.items() if self._tells_of_lost(claim)]:
            for place in going:
                del self.kept[place]
            self.lost = things - _list_things(self.kept.values())

    def _tells_of_lost(self, claim: Claim) -> bool:
        names_things = self.vocabulary.kinds[claim.kind.text].names in {"entity", "happening"}
        return names_things and any(word.text in self.lost for word in claim.values)

    def _choose_figures(self) -> None:
        """Keep the figures whose whole is kept, through any number of levels."""
        self.figures = {(*place, key) for place, claim in self.kept.items() for key in claim.figures}
        while going := {figure for figure in self.figures if self._lacks_whole(*figure)}:
            self.figures -= going

    def _lacks_whole(self, interview: str, claim: str, key: str) -> bool:
        whole = self._find_linked(interview, self.kept[interview, claim], key, same=False)
        return whole is not None and whole not in self.figures

    def _find_linked(self, interview: str, claim: Claim, key: str, *, same: bool) -> tuple[str, str, str] | None:
        """Return the figure that one is part of, or the same amount as; None when there is none."""
        terms = self.vocabulary.terms
        parsed = parse_figure(claim.figures[key].text, terms.get("qualifier", {}), terms.get("unit", {}))
        link = parsed.same_as if same else parsed.part_of
        found = find_figure(self.records, claim, link) if link else None
        return found and (found[0] or interview, found[1], found[2])

    def _publish_record(self, record: Record) -> Record:
        interview = record.interview.text
        claims = [c for c in record.claims if (interview, c.id.text) in self.kept]
        cited = {q.cue.key for c in claims for q in (*c.quotes, *c.context)}
        withheld = {q.cue.key for c in record.claims for q in (*c.quotes, *c.context)} - cited
        return replace(
            record,
            claims=tuple(self._publish_claim(interview, claim) for claim in claims),
            passed_over=tuple(entry for entry in record.passed_over if self._may_pass(interview, entry, withheld)),
        )

    def _may_pass(self, interview: str, entry: PassedOver, withheld: set[str]) -> bool:
        """Tell whether passed-over passages may be public: not if private, or if they repeat a withheld claim."""
        repeated = entry.of is None or (interview, entry.of.text.removeprefix(CLAIM_PREFIX)) in self.kept
        return entry.reason.text != PRIVATE and repeated and not {q.cue.key for q in entry.quotes} & withheld

    def _publish_claim(self, interview: str, claim: Claim) -> Claim:
        """Return a claim without references and links to what is left out."""

        def keep(word: Word) -> Word | None:
            if not word.text.startswith(CLAIM_PREFIX):
                return None if word.text in self.lost else word
            other, _, identity = word.text.removeprefix(CLAIM_PREFIX).rpartition("/")
            return word if (other or interview, identity) in self.kept else None

        figures = {}
        for key, word in claim.figures.items():
            if (interview, claim.id.text, key) not in self.figures:
                continue
            same = self._find_linked(interview, claim, key, same=True)
            parts = word.text.split(",")
            if same and same not in self.figures:
                parts = [part for part in parts if not part.strip().startswith("same as ")]
            figures[key] = replace(word, text=",".join(parts))
        return replace(change_mentions(claim, keep, self.vocabulary), figures=figures)

    def _find_named(self, records: list[Record]) -> set[str]:
        """Return the slugs named in public claims and heads, and by the entities named there."""
        nodes: list[Claim | Record] = [*records, *(c for r in records for c in r.claims)]
        entities = {e.slug.text: self._publish_entity(e) for e in self.records.all_entities}
        named: set[str] = set()
        new = {slug for node in nodes for slug in find_mentions(node, self.vocabulary)}
        while new:
            named |= new
            found = (entities[slug] for slug in new if slug in entities)
            new = {slug for e in found for slug in find_mentions(e, self.vocabulary)} - named
        return named

    def _publish_entity(self, entity: Entity) -> Entity:
        """Return an entity without mentions of withheld ones, or with nothing but its pseudonym."""
        if entity.pseudonym is None:
            return change_mentions(
                entity, lambda word: None if word.text in self.hidden | self.lost else word, self.vocabulary
            )
        label = next(name for name, key in self.vocabulary.keys.items() if key.property == _LABEL)
        slug = replace(entity.slug, text=make_pseudonym_slug(entity.pseudonym.text))
        return Entity(slug, entity.kind, {label: (entity.pseudonym,)}, PUBLIC)

"""Records as parsed: claims, registries and the place of each word in its file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from testimonia.core.evidence import Cue
from testimonia.core.text import Speaker, Voice
from testimonia.core.visibility import PUBLIC, Visibility


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a curated file: path as printed, line and column, both 1-based."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar of a record with its place; always text, never a number, date or truth value.

    `language` is the one that it is written under where a value is a mapping of languages, "" elsewhere.
    """

    text: str
    position: Position
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A cue with its place in the record."""

    cue: Cue
    position: Position


@dataclass(frozen=True, slots=True)
class Inference:
    """A date that the text does not say, and what it is inferred from."""

    date: Word
    basis: Word


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of a record.

    `kind` is the key of kinds.yaml and `values` what stands behind it; `details` maps every other key (as written,
    without the envelope's) to its values; `figures` maps a figure's key to its text. `country` is None where the
    country of the record holds, and empty where none does; `keys` says where each key stands.
    """

    id: Word
    speaker: Speaker
    quotes: tuple[Quote, ...]
    context: tuple[Quote, ...]
    gist: Word
    kind: Word
    values: tuple[Word, ...]
    thing: Word | None
    cites: tuple[Word, ...]
    country: tuple[Word, ...] | None
    inferred: Inference | None
    figures: dict[str, Word]
    details: dict[str, tuple[Word, ...]]
    position: Position
    visibility: Visibility = PUBLIC
    keys: dict[str, Position] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Passages that no claim carries, and why; `of` is the claim (`claim 5`) that a repetition repeats."""

    quotes: tuple[Quote, ...]
    reason: Word
    of: Word | None
    position: Position


@dataclass(frozen=True, slots=True)
class Entity:
    """An entry of a registry or cast: its class word (`is`), its other keys with their values.

    `keys` says where each key stands.
    """

    slug: Word
    kind: Word
    details: dict[str, tuple[Word, ...]]
    visibility: Visibility = PUBLIC
    pseudonym: Word | None = None
    keys: dict[str, Position] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A record: head, cast and claims.

    `quoted` maps names that the reader of a narrative deduced to entities, `turns` maps numbers of quotations, which go
    first; `keys` says where each key of the head stands.
    """

    interview: Word
    source: Word
    title: Word
    country: tuple[Word, ...]
    language: Word
    speakers: dict[Voice, Word]
    headline: Quote | None
    inferred: Inference | None
    cast: dict[str, Entity]
    claims: tuple[Claim, ...]
    position: Position
    quoted: dict[str, Word] = field(default_factory=dict)
    turns: dict[int, Word] = field(default_factory=dict)
    passed_over: tuple[PassedOver, ...] = ()
    visibility: Visibility = PUBLIC
    keys: dict[str, Position] = field(default_factory=dict)

    def get_speaker(self, speaker: Speaker) -> str:
        """Return the slug of the entity behind a speaker; KeyError where the head names none."""
        return speaker.name if speaker.voice is Voice.QUOTED else self.speakers[speaker.voice].text

    def get_countries(self, claim: Claim) -> tuple[Word, ...]:
        """Return the countries of a claim: its own, perhaps none, or the record's."""
        return self.country if claim.country is None else claim.country

    @property
    def quoted_slugs(self) -> list[str]:
        """The slugs of the quoted speakers that the head names."""
        return [word.text for word in (*self.quoted.values(), *self.turns.values())]

    @property
    def path(self) -> str:
        """The record's file, as printed in messages."""
        return self.position.path

    @property
    def quotes(self) -> tuple[tuple[str, Quote], ...]:
        """Every cue of the record with what it belongs to: `headline`, `claim <id>` or `passed-over`."""
        head = [("headline", self.headline)] if self.headline else []
        claims = [(f"claim {c.id.text}", q) for c in self.claims for q in (*c.quotes, *c.context)]
        passed = [("passed-over", q) for entry in self.passed_over for q in entry.quotes]
        return (*head, *claims, *passed)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything curated of one data set: settings, registries, records in the order of their ids.

    `unusable` names what is in the files but could not be read: slugs of entities, `INTERVIEW/CLAIM`, and `INTERVIEW/`
    for a whole file. References to these are no problems of their own. `withdrawn` are ids that no record
    may use again, in the form of mappings/withdrawn.yaml (`claim/INTERVIEW/ID`, `entity/SLUG`, `interview/ID`).
    """

    base: str
    dataset: dict[str, Word]
    entities: dict[str, Entity]
    records: tuple[Record, ...]
    unusable: frozenset[str] = frozenset()
    withdrawn: tuple[str, ...] = ()

    @property
    def all_entities(self) -> list[Entity]:
        """The entities of registries and casts."""
        found = [*self.entities.values()]
        for record in self.records:
            found += record.cast.values()
        return found

    @property
    def claims(self) -> Iterator[tuple[Record, Claim]]:
        """Every claim with its record."""
        for record in self.records:
            for claim in record.claims:
                yield record, claim

    @property
    def things(self) -> set[str]:
        """The slugs of the happenings that claims name with `as`."""
        return {claim.thing.text for _, claim in self.claims if claim.thing}

"""Check that every word of records and registries names something that is there and is of the right kind."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Unpack

from testimonia.core.dates import parse_date
from testimonia.core.errors import find_nearest
from testimonia.core.findings import Finding, Placed, Wording
from testimonia.core.record import Claim, Entity, Inference, Record, Records, Word
from testimonia.core.text import Voice
from testimonia.records.duplicates import REGISTRY, find_duplicates
from testimonia.records.figures import ParsedFigure, parse_figure
from testimonia.vocabulary.orders import comes_after
from testimonia.vocabulary.reading import Key, Takes, Vocabulary

_CLAIM_PREFIX = "claim "


@dataclass(slots=True)
class _Names:
    """The slugs that one record may use: entities with their class, things named by `as`, and ids of claims."""

    entities: dict[str, str]
    things: dict[str, str]
    claims: frozenset[str]


@dataclass(slots=True)
class RecordChecker:
    """Checks all records of a data set against each other and the vocabulary."""

    records: Records
    vocabulary: Vocabulary
    findings: list[Finding] = field(default_factory=list)

    def report(self, where: Placed, rule: str, **wording: Unpack[Wording]) -> None:
        """Note one problem."""
        self.findings.append(Finding.at(where, rule, **wording))

    def check(self) -> None:
        """Check registries, casts, heads and claims."""
        self.findings += find_duplicates(self.records)
        registry = self._classes(self.records.entities)
        names = _Names(registry, {}, frozenset())
        for entity in self.records.entities.values():
            self._check_details(entity.details, f"entity {entity.slug.text}", names)
        for record in self.records.records:
            self._check_record(record, self._find_names(record, registry))

    def _find_names(self, record: Record, registry: dict[str, str]) -> _Names:
        """Return the slugs that a record may use: of the registry, its own, of other records of its interview."""
        same = [r for r in self.records.records if r.interview.text == record.interview.text]
        casts = {slug: cls for r in same for slug, cls in self._classes(r.cast).items()}
        claims = [c for r in same if r is not record for c in r.claims]
        things = {c.thing.text: self.vocabulary.kinds[c.kind.text].cls or "" for c in claims if c.thing}
        return _Names({**registry, **casts}, things, frozenset(c.id.text for r in same for c in r.claims))

    def _check_record(self, record: Record, names: _Names) -> None:
        for voice, word in record.speakers.items():
            self._check_entity(word, "head", names, voice.value, claims=False)
        for word in (*record.quoted.values(), *record.turns.values()):
            self._check_entity(word, "head", names, "quoted", claims=False)
        voices = {c.speaker.voice for c in record.claims} - {Voice.QUOTED}
        for voice in sorted(voices | ({Voice.HEADLINE} if record.headline else set())):
            if voice not in record.speakers:
                fix = f"Add it under speakers: {voice}: …"
                self.report(record.interview, "speaker-missing", record="head", found=f'no speaker "{voice}"', fix=fix)
        for word in record.country:
            self._check_entity(word, "head", names, "country", claims=False)
        self._check_inference(record.inferred, "head")
        for entity in record.cast.values():
            self._check_details(entity.details, f"entity {entity.slug.text}", names)
        for claim in record.claims:
            self._check_claim(claim, names)
            if claim.thing is not None and (cls := self.vocabulary.kinds[claim.kind.text].cls):
                names.things[claim.thing.text] = cls

    def _check_claim(self, claim: Claim, names: _Names) -> None:
        record = f"claim {claim.id.text}"
        self._check_kind(claim, record, names)
        for key, words in (("cites", claim.cites), ("country", claim.country or ())):
            for word in words:
                self._check_entity(word, record, names, key, claims=False)
        self._check_inference(claim.inferred, record)
        self._check_details(claim.details, record, names)
        self._check_orders(claim, record)
        for key, word in claim.figures.items():
            self._check_figure(claim, key, word, record)

    def _check_kind(self, claim: Claim, record: str, names: _Names) -> None:
        kind = self.vocabulary.kinds[claim.kind.text]
        if claim.thing is not None and (len(claim.values) != 1 or kind.cls is None):
            self.report(claim.thing, "as-without-thing", record=record, found='"as" names no single thing')
        if kind.names in claim.details:
            found = f'"{kind.names}" beside "{kind.name}", which names it already'
            fix = f'Write all values behind "{kind.name}", as a list'
            self.report(claim.details[kind.names][0], "kind-twice", record=record, found=found, fix=fix)
        for word in claim.values:
            if kind.names == "entity":
                self._check_entity(word, record, names, kind.name, claims=False)
            elif kind.names == "happening":
                self._check_happening(word, record, names)
            else:
                self._check_value(self.vocabulary.keys[kind.names], word, record, names)

    def _check_happening(self, word: Word, record: str, names: _Names) -> None:
        known = {s: c for s, c in names.entities.items() if self.vocabulary.find_modality(c)} | names.things
        cls = known.get(word.text)
        if word.text in self.records.unusable:
            return
        if cls is None:
            fix = self._where_else(word.text) or find_nearest(word.text, known)
            found = f'happening "{word.text}" is not known here'
            self.report(word, "unknown-happening", record=record, found=found, fix=fix)
        elif self.vocabulary.find_modality(cls) is None:
            found = f'happening "{word.text}" is a {cls}, which fixes no modality'
            self.report(word, "happening-without-modality", record=record, found=found)

    def _check_details(self, details: dict[str, tuple[Word, ...]], record: str, names: _Names) -> None:
        for name, words in details.items():
            key = self.vocabulary.keys.get(name)
            if key is None:
                continue
            for word in words:
                self._check_value(key, word, record, names)

    def _check_orders(self, claim: Claim, record: str) -> None:
        """Report dates of a claim that are in the wrong order, at the later key."""
        for earlier, later in self.vocabulary.orders:
            for one in claim.details.get(earlier, ()):
                for two in claim.details.get(later, ()):
                    if comes_after(one.text, two.text):
                        found = f'{earlier}: "{one.text}" is after {later}: "{two.text}"'
                        self.report(two, "dates-reversed", record=record, found=found)

    def _check_value(self, key: Key, word: Word, record: str, names: _Names) -> None:
        if key.takes is Takes.DATE:
            self._check_date(word, record, key.name)
        elif key.takes is Takes.ENTITY:
            self._check_entity(word, record, names, key.name)
        elif key.takes is Takes.TERM and key.scheme is not None:
            known = self.vocabulary.terms.get(key.scheme, {})
            if word.text not in known:
                fix = find_nearest(word.text, known) or f"See ontology/terms/{key.scheme}.ttl; add a term if none fits"
                found = f'{key.name}: "{word.text}" is no term of the scheme "{key.scheme}"'
                self.report(word, "unknown-term", record=record, found=found, fix=fix)
        elif key.takes is Takes.TRUTH and word.text != "true":
            found = f'{key.name}: "{word.text}" is not "true"'
            fix = f'Write "true", or leave "{key.name}" out'
            self.report(word, "truth-form", record=record, found=found, fix=fix)

    def _check_entity(self, word: Word, record: str, names: _Names, key: str, *, claims: bool = True) -> None:
        if claims and word.text.startswith(_CLAIM_PREFIX):
            self._check_reference(word, word.text.removeprefix(_CLAIM_PREFIX), record, names)
        elif word.text not in {*names.entities, *names.things, *self.records.unusable}:
            fix = self._where_else(word.text) or find_nearest(word.text, {**names.entities, **names.things})
            fix = fix or f"Add it to the record's cast, or to {REGISTRY} when another record speaks of it"
            self.report(word, "unknown-entity", record=record, found=f'{key}: no entity "{word.text}"', fix=fix)

    def _check_reference(self, word: Word, reference: str, record: str, names: _Names) -> None:
        interview, slash, claim = reference.rpartition("/")
        here = Path(word.position.path).stem
        if {f"{interview or here}/", f"{interview or here}/{claim}"} & self.records.unusable:
            return
        known = names.claims
        if slash:
            other = (r for r in self.records.records if r.interview.text == interview)
            known = frozenset(c.id.text for r in other for c in r.claims)
        if claim not in known:
            found, expected = f'no claim "{reference}"', "`claim ID`, or `claim INTERVIEW/ID`"
            fix = find_nearest(claim, known)
            self.report(word, "unknown-claim", record=record, found=found, expected=expected, fix=fix)

    def _check_figure(self, claim: Claim, key: str, word: Word, record: str) -> None:
        terms = self.vocabulary.terms
        counted = key.partition("/")[0]
        if counted not in terms.get("counted", {}):
            fix = find_nearest(counted, terms.get("counted", {})) or "Add it to ontology/terms/counted.ttl"
            found = f'figure "{key}": "{counted}" is no term of the scheme "counted"'
            self.report(word, "unknown-term", record=record, found=found, fix=fix)
        try:
            figure = parse_figure(word.text, terms.get("qualifier", {}), terms.get("unit", {}))
        except ValueError as error:
            self.report(word, "figure-form", record=record, found=f'figure "{key}": {error}')
            return
        if figure.date is not None:
            self._check_date(Word(figure.date, word.position), record, f"figure {key}")
        self._check_links(claim, key, figure, word, record)

    def _check_links(self, claim: Claim, key: str, figure: ParsedFigure, word: Word, record: str) -> None:
        for link in (figure.part_of, figure.same_as):
            if link is None:
                continue
            if find_figure(self.records, claim, link) is None:
                fix = find_nearest(link, claim.figures)
                found = f'figure "{key}": no figure "{link}"'
                self.report(word, "unknown-figure", record=record, found=found, fix=fix)
            elif link == key:
                found = f'figure "{key}" refers to itself'
                self.report(word, "unknown-figure", record=record, found=found, expected="another figure")

    def _check_inference(self, inference: Inference | None, record: str) -> None:
        if inference is not None and inference.date.text:
            self._check_date(inference.date, record, "inferred")

    def _check_date(self, word: Word, record: str, key: str) -> None:
        try:
            parse_date(word.text)
        except ValueError as error:
            self.report(word, "not-edtf", record=record, found=f"{key}: {error}")

    def _classes(self, entities: dict[str, Entity]) -> dict[str, str]:
        return {slug: self.vocabulary.entity_classes[e.kind.text] for slug, e in entities.items()}

    def _where_else(self, slug: str) -> str:
        """Return the fix for a slug that another record declares: to move it into a registry; "" for any other."""
        if f"entity/{slug}" in self.records.withdrawn:
            return "It was withdrawn: take it out, or withdraw the claim as well"
        for record in self.records.records:
            if slug in record.cast:
                place = f"{record.path}:{record.cast[slug].slug.position.line}"
                return f"It is in the cast of {place}; two records speak of it: move that line to {REGISTRY}"
            named = (c.thing for c in record.claims if c.thing is not None and c.thing.text == slug)
            if thing := next(named, None):
                place = f"{record.path}:{thing.position.line}"
                add = f"add it to {REGISTRY}happenings.yaml and write happening: {slug} there"
                return f"It is named in {place}; two records tell of it: {add}"
        return ""


def find_figure(records: Records, claim: Claim, link: str) -> tuple[str | None, str, str] | None:
    """Return (interview, claim, key) of the figure that a link of a claim names; None when there is no such figure.

    The interview is None where the figure is of the same record.
    """
    if not link.startswith(_CLAIM_PREFIX):
        return (None, claim.id.text, link) if link in claim.figures else None
    wanted = link.removeprefix(_CLAIM_PREFIX)
    for record in records.records:
        here = any(c is claim for c in record.claims)
        for other in record.claims:
            prefix = f"{other.id.text}/" if here else f"{record.interview.text}/{other.id.text}/"
            key = wanted.removeprefix(prefix)
            if wanted.startswith(prefix) and key in other.figures:
                return (None if here else record.interview.text, other.id.text, key)
    return None


def check_records(records: Records, vocabulary: Vocabulary) -> list[Finding]:
    """Return every problem of records and registries taken together."""
    checker = RecordChecker(records, vocabulary)
    checker.check()
    return checker.findings

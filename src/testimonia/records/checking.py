"""Checking: records and registries in, every word that names nothing or the wrong thing out."""

from dataclasses import dataclass, field
from pathlib import Path

from testimonia.core.dates import EXPECTED_DATE, parse_date
from testimonia.core.errors import Problem, find_nearest
from testimonia.core.record import Claim, Entity, Inference, Record, Records, Word
from testimonia.core.text import Voice
from testimonia.records.duplicates import REGISTRY, find_doublets
from testimonia.records.figures import EXPECTED_FIGURE, ParsedFigure, parse_figure
from testimonia.vocabulary.orders import comes_after
from testimonia.vocabulary.reading import Key, Takes, Vocabulary

_CLAIM_PREFIX = "claim "


@dataclass(slots=True)
class _Names:
    """What slugs stand for in one record: entities with their class, and things named by `as`."""

    entities: dict[str, str]
    things: dict[str, str]
    claims: frozenset[str]


@dataclass(slots=True)
class RecordChecker:
    """Checks all records of a data set against each other and the vocabulary."""

    records: Records
    vocabulary: Vocabulary
    problems: list[Problem] = field(default_factory=list)

    def report(  # noqa: PLR0913  (each is a field of the problem)
        self, word: Word, record: str, got: str, expected: str = "", mend: str = "", *, code: str
    ) -> None:
        """Note one problem where a word stands."""
        at = word.position
        self.problems.append(Problem(at.path, at.line, at.column, record, got, expected, mend, code=code))

    def check(self) -> None:
        """Check registries, casts, heads and claims."""
        self.problems += find_doublets(self.records)
        registry = self._classes(self.records.entities)
        names = _Names(registry, {}, frozenset())
        for entity in self.records.entities.values():
            self._check_details(entity.details, f"entity {entity.slug.text}", names)
        for record in self.records.records:
            self._check_record(record, self._find_names(record, registry))

    def _find_names(self, record: Record, registry: dict[str, str]) -> _Names:
        """Return what one may name in a record: its own, and what another record of the same interview declares."""
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
        voices = {c.part.voice for c in record.claims} - {Voice.QUOTED}
        for voice in sorted(voices | ({Voice.HEADLINE} if record.headline else set())):
            if voice not in record.speakers:
                mend = f"Add it under speakers: {voice}: …"
                self.report(record.interview, "head", f'no speaker "{voice}"', "", mend, code="speaker-missing")
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
            got, expected = '"as" names no single thing', "one value behind one kind of happening"
            self.report(claim.thing, record, got, expected, code="as-without-thing")
        if kind.names in claim.details:
            got = f'"{kind.names}" beside "{kind.name}", which names it already'
            mend = f'Write all values behind "{kind.name}", as a list'
            self.report(claim.details[kind.names][0], record, got, "", mend, code="kind-twice")
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
            mend = self._where_else(word.text) or find_nearest(word.text, known)
            got = f'happening "{word.text}" is not known here'
            expected = "a happening of a registry, or named by `as:` in a claim above"
            self.report(word, record, got, expected, mend, code="unknown-happening")
        elif self.vocabulary.find_modality(cls) is None:
            got = f'happening "{word.text}" is a {cls}, which fixes no modality'
            mend = "Write the claim's own key (plan, request …) instead"
            self.report(word, record, got, "", mend, code="happening-without-modality")

    def _check_details(self, details: dict[str, tuple[Word, ...]], record: str, names: _Names) -> None:
        for name, words in details.items():
            key = self.vocabulary.keys.get(name)
            for word in words if key else ():
                if key:
                    self._check_value(key, word, record, names)

    def _check_orders(self, claim: Claim, record: str) -> None:
        """Report dates of a claim that lie the wrong way round, where the last one stands."""
        for earlier, later in self.vocabulary.orders:
            for one in claim.details.get(earlier, ()):
                for two in claim.details.get(later, ()):
                    if comes_after(one.text, two.text):
                        got = f'{earlier}: "{one.text}" is after {later}: "{two.text}"'
                        self.report(
                            two,
                            record,
                            got,
                            "",
                            "Correct one of the two, or leave out what is not said",
                            code="dates-reversed",
                        )

    def _check_value(self, key: Key, word: Word, record: str, names: _Names) -> None:
        if key.takes is Takes.DATE:
            self._check_date(word, record, key.name)
        elif key.takes is Takes.ENTITY:
            self._check_entity(word, record, names, key.name)
        elif key.takes is Takes.TERM and key.scheme is not None:
            known = self.vocabulary.terms.get(key.scheme, {})
            if word.text not in known:
                mend = find_nearest(word.text, known) or f"See ontology/terms/{key.scheme}.ttl; add a term if none fits"
                got = f'{key.name}: "{word.text}" is no term of the scheme "{key.scheme}"'
                self.report(word, record, got, "", mend, code="unknown-term")
        elif key.takes is Takes.TRUTH and word.text != "true":
            got = f'{key.name}: "{word.text}" is not "true"'
            mend = f'Write "true", or leave "{key.name}" out'
            self.report(word, record, got, "true, or nothing at all", mend, code="truth-form")

    def _check_entity(self, word: Word, record: str, names: _Names, key: str, *, claims: bool = True) -> None:
        if claims and word.text.startswith(_CLAIM_PREFIX):
            self._check_reference(word, word.text.removeprefix(_CLAIM_PREFIX), record, names)
        elif word.text not in {*names.entities, *names.things, *self.records.unusable}:
            mend = self._where_else(word.text) or find_nearest(word.text, {**names.entities, **names.things})
            mend = mend or f"Add it to the record's cast, or to {REGISTRY} when another record speaks of it"
            self.report(word, record, f'{key}: no entity "{word.text}"', "", mend, code="unknown-entity")

    def _check_reference(self, word: Word, reference: str, record: str, names: _Names) -> None:
        interview, slash, claim = reference.rpartition("/")
        here = Path(word.position.path).stem
        if {f"{interview or here}/", f"{interview or here}/{claim}"} & self.records.unusable:
            return
        if not slash:
            known = names.claims
        else:
            known = frozenset(
                c.id.text for r in self.records.records if r.interview.text == interview for c in r.claims
            )
        if claim not in known:
            got = f'no claim "{reference}"'
            mend = find_nearest(claim, known)
            self.report(word, record, got, "`claim ID`, or `claim INTERVIEW/ID`", mend, code="unknown-claim")

    def _check_figure(self, claim: Claim, key: str, word: Word, record: str) -> None:
        terms = self.vocabulary.terms
        counted = key.partition("/")[0]
        if counted not in terms.get("counted", {}):
            mend = find_nearest(counted, terms.get("counted", {})) or "Add it to ontology/terms/counted.ttl"
            got = f'figure "{key}": "{counted}" is no term of the scheme "counted"'
            self.report(word, record, got, "", mend, code="unknown-term")
        try:
            figure = parse_figure(word.text, terms.get("qualifier", {}), terms.get("unit", {}))
        except ValueError as error:
            self.report(word, record, f'figure "{key}": {error}', EXPECTED_FIGURE, code="figure-form")
            return
        if figure.date is not None:
            self._check_date(Word(figure.date, word.position), record, f"figure {key}")
        self._check_links(claim, key, figure, word, record)

    def _check_links(self, claim: Claim, key: str, figure: ParsedFigure, word: Word, record: str) -> None:
        for link in filter(None, (figure.part_of, figure.same_as)):
            if find_figure(self.records, claim, link) is None:
                mend = find_nearest(link, claim.figures)
                got = f'figure "{key}": no figure "{link}"'
                self.report(word, record, got, "KEY, or claim ID/KEY", mend, code="unknown-figure")
            elif link == key:
                self.report(word, record, f'figure "{key}" refers to itself', "another figure", code="unknown-figure")

    def _check_inference(self, inference: Inference | None, record: str) -> None:
        if inference is not None and inference.date.text:
            self._check_date(inference.date, record, "inferred")

    def _check_date(self, word: Word, record: str, key: str) -> None:
        try:
            parse_date(word.text)
        except ValueError as error:
            mend = "Write the date as precisely as the text does"
            self.report(word, record, f"{key}: {error}", EXPECTED_DATE, mend, code="not-edtf")

    def _classes(self, entities: dict[str, Entity]) -> dict[str, str]:
        return {slug: self.vocabulary.entity_classes[e.kind.text] for slug, e in entities.items()}

    def _where_else(self, slug: str) -> str:
        """Say when another record's cast or claims hold the slug: its line then belongs into a registry."""
        if f"entity/{slug}" in self.records.withdrawn:
            return "It was withdrawn: take it out, or withdraw the claim as well"
        for record in self.records.records:
            if slug in record.cast:
                line = record.cast[slug].slug.position.line
                return (
                    f"It is in the cast of {record.path}:{line}; two records speak of it: move that line to {REGISTRY}"
                )
            for claim in record.claims:
                if claim.thing is not None and claim.thing.text == slug:
                    line = claim.thing.position.line
                    return (
                        f"It is named in {record.path}:{line}; two records tell of it: "
                        f"add it to {REGISTRY}happenings.yaml and write happening: {slug} there"
                    )
        return ""


def find_figure(records: Records, claim: Claim, link: str) -> tuple[str | None, str, str] | None:
    """Return (interview, claim, key) of the figure that a link of a claim means; interview None: the same one.

    None when there is no such figure.
    """
    if not link.startswith(_CLAIM_PREFIX):
        return (None, claim.id.text, link) if link in claim.figures else None
    parts = link.removeprefix(_CLAIM_PREFIX).split("/")
    for record in records.records:
        here = any(c is claim for c in record.claims)
        for other in record.claims:
            own = [other.id.text] if here else [record.interview.text, other.id.text]
            if parts[: len(own)] == own and "/".join(parts[len(own) :]) in other.figures:
                return (None if here else record.interview.text, other.id.text, "/".join(parts[len(own) :]))
    return None


def check_records(records: Records, vocabulary: Vocabulary) -> list[Problem]:
    """Return every problem of records and registries taken together."""
    checker = RecordChecker(records, vocabulary)
    checker.check()
    return checker.problems

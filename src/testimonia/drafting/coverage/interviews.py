"""The coverage of interviews, with their sentences and the cues to cite them by."""

from dataclasses import dataclass, replace

from testimonia.anchors.locking import lock_record, parse_reference
from testimonia.core.errors import InputError, find_nearest
from testimonia.core.findings import Finding
from testimonia.core.record import Record, Records
from testimonia.drafting.coverage.accounts import CoverageAccount, find_spans, make_account
from testimonia.drafting.coverage.offsets import overlaps
from testimonia.drafting.passages import Sentence, list_sentences
from testimonia.texts.reading import Texts
from testimonia.vocabulary.reading import Vocabulary


@dataclass(frozen=True, slots=True)
class Covered:
    """An account with what it takes to show it: name and text of the source, the sentences with their cues.

    `closed` are the numbers of the sentences that something withheld tells of: their words are not to be shown.
    """

    account: CoverageAccount
    source: str
    text: str
    sentences: tuple[Sentence, ...]
    closed: frozenset[int] = frozenset()


def cover_interviews(
    records: Records,
    vocabulary: Vocabulary,
    texts: Texts,
    interviews: tuple[str, ...] = (),
    *,
    public: Records | None = None,
) -> list[Covered]:
    """Return the accounts of the named interviews, of all public ones when none is named, in the order of the records.

    Every cue is looked up in the texts, whatever the lock says. `public` is what may be known of the records, all where
    it is left out. InputError lists every interview that is no record, and every cue that does not fit exactly one
    passage.
    """
    shown = {r.interview.text: frozenset(c.id.text for c in r.claims) for r in (public or records).records}
    known = {record.interview.text: record for record in records.records}
    findings: list[Finding] = []
    for name in interviews:
        if name not in known:
            found, fix = f'no record "{name}"', find_nearest(name, shown)
            findings.append(Finding.at("command line", "not-found", found=found, expected=", ".join(shown), fix=fix))
    covered: list[Covered] = []
    for slug, record in known.items():
        if slug in (interviews or shown):
            account, wrong = _cover(record, records, vocabulary, texts, shown.get(slug))
            findings += wrong
            covered += [account] if account else []
    if findings:
        raise InputError(findings)
    return covered


def join_records(own: Records, private: Records | None) -> Records:
    """Return a data set's records together with those of its private folder: of one interview, both as one."""
    if private is None:
        return own
    apart = {record.interview.text: record for record in private.records}
    joined = [_join(record, apart.pop(record.interview.text, None)) for record in own.records]
    return replace(own, entities={**private.entities, **own.entities}, records=(*joined, *apart.values()))


def _join(record: Record, private: Record | None) -> Record:
    if private is None:
        return record
    return replace(
        record,
        cast={**private.cast, **record.cast},
        claims=(*record.claims, *private.claims),
        passed_over=(*record.passed_over, *private.passed_over),
    )


def _cover(
    record: Record, records: Records, vocabulary: Vocabulary, texts: Texts, public: frozenset[str] | None
) -> tuple[Covered | None, list[Finding]]:
    name, number = parse_reference(record.source.text)
    reading = texts.readings.get(name)
    locked, findings = lock_record(record, reading)
    interview = reading.find_interview(number) if reading is not None else None
    if findings or locked is None or interview is None:
        return None, findings
    text = interview.source.text
    sentences = tuple(list_sentences(interview))
    spans = [(s.start, s.end) for s in sentences]
    account = make_account(text, spans, record, locked, (records, vocabulary))
    if public is None:
        return Covered(account, name, text, sentences, frozenset(range(len(spans)))), []
    withheld = [
        span
        for claim in record.claims
        if claim.id.text not in public
        for span in find_spans((*claim.quotes, *claim.context), locked)
    ]
    closed = frozenset(number for number, span in enumerate(spans) if overlaps(span, withheld))
    return Covered(account, name, text, sentences, closed), []

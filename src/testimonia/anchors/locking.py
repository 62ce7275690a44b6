"""Lock the cues of records to passages of their texts, and check a lock against records or texts.

A lock is as good as the texts it was made from: `check_lock_against_texts` reads every passage again, and
`check_record_against_lock` lets nobody add a claim whose words nobody has looked up.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from testimonia.anchors.cue_errors import show_cue
from testimonia.anchors.cues import resolve_cue
from testimonia.anchors.shortest import count_cue_words
from testimonia.anchors.speakers import assign_speakers, check_locked_speakers, check_speakers
from testimonia.core.errors import find_nearest
from testimonia.core.evidence import Cue, Lock, LockedInterview, Passage
from testimonia.core.findings import Finding
from testimonia.core.record import Record
from testimonia.core.text import Interview, Reading

_FIX = "Restore the text, or lock anew and look at what changed: testimonia lock --texts DIR"
MOST_CUE_SHARE = 0.2
"""The share of an interview's words that all its cues together may repeat."""


def parse_reference(reference: str) -> tuple[str, int]:
    """Return the file name and number that a record's `source:` gives; number 0 where it has another form.

    >>> parse_reference("lantern.txt#2")
    ('lantern.txt', 2)
    >>> parse_reference("lantern.txt")
    ('lantern.txt', 0)
    """
    name, _, number = reference.rpartition("#")
    if not name or not (number.isascii() and number.isdigit()):
        return reference, 0
    return name, int(number)


def lock_record(record: Record, reading: Reading | None) -> tuple[LockedInterview | None, list[Finding]]:
    """Return the locked interview of a record with every cue that resolves, and a finding for each that does not.

    `reading` is that of the source that the record names, None when there is no such text. The locked interview is
    None when its text is not there.
    """
    name, number = parse_reference(record.source.text)
    interview = reading.find_interview(number) if reading is not None and reading.source.name == name else None
    if interview is None:
        return None, [_explain_absent(record, reading)]
    findings = check_speakers(record, interview)
    interview = assign_speakers(record, interview)
    passages: dict[str, Passage] = {}
    outcomes: dict[Cue, Passage | Finding] = {}
    owners: dict[str, Cue] = {}
    for owner, quote in record.quotes:
        cue = quote.cue
        if owners.setdefault(cue.key, cue) != cue:
            found = f"cue {show_cue(cue)} reads like another cue of this record"
            findings.append(Finding.at(quote, "cues-alike", record=owner, found=found))
            continue
        if cue not in outcomes:
            outcomes[cue] = resolve_cue(interview, cue)
        outcome = outcomes[cue]
        if isinstance(outcome, Finding):
            found = f"cue {show_cue(cue)} {outcome.found}"
            findings.append(replace(outcome, found=found, record=owner, place=quote.position))
        else:
            passages[cue.key] = outcome
    findings += _check_share(record, interview)
    locked = LockedInterview(
        source=name,
        number=number,
        layout=interview.layout,
        start=interview.start,
        end=interview.end,
        turns=interview.turns,
        passages=passages,
    )
    return locked, findings


def measure_cue_share(record: Record, interview: Interview) -> float:
    """Return the share (0 to 1) of an interview's words that the cues of its record repeat."""
    text = interview.source.text
    words = sum(len(text[t.start : t.end].split()) for t in interview.turns)
    return sum(count_cue_words(cue) for cue in {q.cue for _, q in record.quotes}) / words


def check_record_against_lock(record: Record, locked: LockedInterview | None) -> list[Finding]:
    """Find cues and speakers of a record that the lock does not know; `locked` is None when it lacks the interview."""
    fix = f"It takes the text {record.source.text}: testimonia lock --texts DIR"
    if locked is None:
        found = f'interview "{record.interview.text}" is not in the lock'
        return [Finding.at(record.interview, "not-in-lock", record="head", found=found, fix=fix)]
    if parse_reference(record.source.text) != (locked.source, locked.number):
        found = f'source "{record.source.text}" is not the one that was locked'
        expected = f"{locked.source}#{locked.number}"
        return [Finding.at(record.source, "lock-stale", record="head", found=found, expected=expected, fix=fix)]
    return check_locked_speakers(record, locked) + [
        Finding.at(quote, "not-in-lock", record=owner, found=f"cue {show_cue(quote.cue)} is not in the lock", fix=fix)
        for owner, quote in record.quotes
        if quote.cue.key not in locked.passages
    ]


def check_lock_against_texts(
    lock: Lock,
    readings: Mapping[str, Reading],
    records: Iterable[Record] = (),
    *,
    path: str = "mappings/passages.lock.json",
) -> list[Finding]:
    """Find what the texts no longer confirm: each source's digest, each turn, each passage's digest.

    `readings` are by source name; `path` is the lock's, as printed. The records say who the quoted speakers are.
    """
    findings = _check_sources(lock, readings, path)
    heads = {record.interview.text: record for record in records}
    for slug, locked in sorted(lock.interviews.items()):
        reading = readings.get(locked.source)
        if reading is None or lock.sources.get(locked.source) != reading.source.sha256:
            continue
        interview = reading.find_interview(locked.number)
        if interview is not None and slug in heads:
            interview = assign_speakers(heads[slug], interview)
        for found in _check_interview(locked, interview):
            findings.append(Finding.at(path, "lock-stale", record=f"interview {slug}", found=found, fix=_FIX))
    return findings


def _check_sources(lock: Lock, readings: Mapping[str, Reading], path: str) -> list[Finding]:
    """Find sources that are missing or have changed."""
    findings: list[Finding] = []
    for name in sorted({i.source for i in lock.interviews.values()} | lock.sources.keys()):
        reading, record = readings.get(name), f"source {name}"
        if reading is None:
            findings.append(Finding.at(path, "source-missing", record=record, found="not among the texts", fix=_FIX))
        elif lock.sources.get(name) != reading.source.sha256:
            found = f"source changed since the lock ({reading.source.sha256[:12]}…)"
            expected = f"SHA-256 {lock.sources.get(name, 'missing')[:12]}…"
            findings.append(Finding.at(path, "lock-stale", record=record, found=found, expected=expected, fix=_FIX))
    return findings


def _check_interview(locked: LockedInterview, interview: Interview | None) -> list[str]:
    """Return the differences from what was locked: the turns, or words at the offsets of a cue."""
    if interview is None:
        return [f"no interview {locked.number} in {locked.source}"]
    found: list[str] = []
    if interview.turns != locked.turns or (interview.start, interview.end) != (locked.start, locked.end):
        found.append("its turns are read otherwise than when it was locked")
    for key, passage in locked.passages.items():
        words = interview.source.text[passage.start : passage.end]
        if hashlib.sha256(words.encode()).hexdigest() != passage.sha256:
            offsets = f"{passage.start}–{passage.end}"
            found.append(f"offsets {offsets} hold other words than those locked for the cue {key}")
    return found


def _explain_absent(record: Record, reading: Reading | None) -> Finding:
    """Tell why the interview that a record names is not there: form, source or number."""
    name, number = parse_reference(record.source.text)
    typed = f'source "{record.source.text}"'
    if not number:
        return Finding.at(record.source, "source-form", record="head", found=typed)
    found, expected = f"{typed} is not among the texts that can be read", name
    fix = "Put the text into the folder, or correct the name; `testimonia texts` lists what there is"
    if reading is not None and reading.source.name == name:
        known = [interview.reference for interview in reading.interviews]
        found, expected = f"{typed} is not there", f"a number from 1 to {len(known)}"
        fix = find_nearest(record.source.text, known)
    return Finding.at(record.source, "source-missing", record="head", found=found, expected=expected, fix=fix)


def _check_share(record: Record, interview: Interview) -> list[Finding]:
    share = measure_cue_share(record, interview)
    if share < MOST_CUE_SHARE:
        return []
    found, most = f"its cues repeat {share:.0%} of the interview's words", f"less than {MOST_CUE_SHARE:.0%}"
    return [Finding.at(record, "too-many-cues", record="head", found=found, expected=most)]

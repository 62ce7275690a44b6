"""Interviews: records and texts in, the account of each interview asked for out, with its sentences and their cues."""

from dataclasses import dataclass

from testimonia.anchors.locking import lock_record, parse_reference
from testimonia.coverage.accounts import Account, make_account
from testimonia.drafting.passages import Sentence, list_sentences
from testimonia.errors import InputError, Problem, find_nearest
from testimonia.model.record import Record, Records
from testimonia.records.vocabulary import Vocabulary
from testimonia.texts.reading import Texts


@dataclass(frozen=True, slots=True)
class Covered:
    """An account with what is needed to show it: name and text of the source, the sentences with their cues."""

    account: Account
    source: str
    text: str
    sentences: tuple[Sentence, ...]


def cover_interviews(
    records: Records, vocabulary: Vocabulary, texts: Texts, interviews: tuple[str, ...] = ()
) -> list[Covered]:
    """Give the accounts of the named interviews, of all when none is named, in the order of the records.

    Every cue is looked up in the texts, whatever the lock says. InputError lists every interview that is no record, and
    every cue that does not fit exactly one passage.
    """
    known = {record.interview.text: record for record in records.records}
    problems = [
        Problem("command line", 0, 0, "", f'no record "{name}"', ", ".join(known), find_nearest(name, known))
        for name in interviews
        if name not in known
    ]
    covered: list[Covered] = []
    for record in known.values():
        if not interviews or record.interview.text in interviews:
            found, wrong = _cover(record, records, vocabulary, texts)
            problems += wrong
            covered += [found] if found else []
    if problems:
        raise InputError(problems)
    return covered


def _cover(
    record: Record, records: Records, vocabulary: Vocabulary, texts: Texts
) -> tuple[Covered | None, list[Problem]]:
    name, number = parse_reference(record.source.text)
    reading = texts.readings.get(name)
    locked, problems = lock_record(record, reading)
    interview = reading.find_interview(number) if reading is not None else None
    if problems or locked is None or interview is None:
        return None, problems
    text = interview.source.text
    sentences = tuple(list_sentences(interview))
    spans = [(s.start, s.end) for s in sentences]
    account = make_account(text, spans, record, locked, (records, vocabulary))
    return Covered(account, name, text, sentences), []

"""Pruning: a lock and public records in, the lock without whatever these records do not cite out."""

from dataclasses import replace

from testimonia.model.evidence import Lock
from testimonia.model.record import Record, Records


def prune_lock(lock: Lock, records: Records) -> Lock:
    """Give a lock of these records' interviews and cues only, and of the sources they stand in."""
    interviews = {
        record.interview.text: replace(
            locked, passages={key: p for key, p in locked.passages.items() if key in _find_keys(record)}
        )
        for record in records.records
        if (locked := lock.interviews.get(record.interview.text)) is not None
    }
    used = {locked.source for locked in interviews.values()}
    return Lock({name: digest for name, digest in lock.sources.items() if name in used}, interviews)


def _find_keys(record: Record) -> set[str]:
    return {quote.cue.key for _, quote in record.quotes}

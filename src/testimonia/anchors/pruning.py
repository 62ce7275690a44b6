"""Cut a lock down to what the public records cite."""

from collections.abc import Mapping
from dataclasses import replace

from testimonia.core.evidence import Lock, LockedInterview
from testimonia.core.record import Record, Records
from testimonia.core.text import Voice


def prune_lock(lock: Lock, records: Records, renamed: Mapping[str, str]) -> Lock:
    """Return a lock with the interviews and cues of these records only, and the sources of these interviews.

    `renamed` maps the slugs of quoted speakers to those that stand for them in public.
    """
    interviews = {
        record.interview.text: _prune_interview(record, _rename_speakers(locked, renamed))
        for record in records.records
        if (locked := lock.interviews.get(record.interview.text)) is not None
    }
    used = {locked.source for locked in interviews.values()}
    return Lock({name: digest for name, digest in lock.sources.items() if name in used}, interviews)


def _prune_interview(record: Record, locked: LockedInterview) -> LockedInterview:
    cited = {quote.cue.key for _, quote in record.quotes}
    return replace(locked, passages={key: p for key, p in locked.passages.items() if key in cited})


def _rename_speakers(locked: LockedInterview, renamed: Mapping[str, str]) -> LockedInterview:
    turns = tuple(
        replace(turn, speaker_name=renamed.get(turn.speaker_name, turn.speaker_name)) for turn in locked.turns
    )
    return replace(locked, turns=turns, passages={_rename_key(key, renamed): p for key, p in locked.passages.items()})


def _rename_key(key: str, renamed: Mapping[str, str]) -> str:
    """Return the key of a cue with another speaker.

    >>> _rename_key("quoted mira-solen: Nobody … gate.", {"mira-solen": "witness-a"})
    'quoted witness-a: Nobody … gate.'
    """
    whose, colon, words = key.partition(": ")
    voice, _, slug = whose.partition(" ")
    return f"{voice} {renamed[slug]}{colon}{words}" if voice == Voice.QUOTED and slug in renamed else key

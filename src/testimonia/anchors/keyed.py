"""The lock of private records, with HMAC-SHA-256 in place of SHA-256.

The words of a short passage can be guessed and hashed; without the key a guess cannot be held against a keyed digest.
Source: RFC 2104; docs/decisions/0009-what-is-withheld-never-reaches-the-mapping.md.
"""

import hmac
from collections.abc import Mapping
from dataclasses import replace

from testimonia.core.evidence import Lock, LockedInterview
from testimonia.core.text import Reading


def key_lock(lock: Lock, readings: Mapping[str, Reading], key: bytes) -> Lock:
    """Return a lock with keyed digests of the same sources and passages; `readings` are by source name."""
    sources = {name: make_digest(key, readings[name].source.text) for name in lock.sources}
    interviews = {
        slug: _key_interview(interview, readings[interview.source], key) for slug, interview in lock.interviews.items()
    }
    return Lock(sources, interviews)


def make_digest(key: bytes, text: str) -> str:
    """Return the keyed digest (hexadecimal) of a text.

    >>> make_digest(b"Jefe", "what do ya want for nothing?")[:16]  # RFC 4231, test case 2
    '5bdcc146bf60754e'
    """
    return hmac.new(key, text.encode(), "sha256").hexdigest()


def _key_interview(interview: LockedInterview, reading: Reading, key: bytes) -> LockedInterview:
    text = reading.source.text
    passages = {
        cue: replace(passage, sha256=make_digest(key, text[passage.start : passage.end]))
        for cue, passage in interview.passages.items()
    }
    return replace(interview, passages=passages)

"""Doublets: records and registries in, every source, claim and slug out that is declared more than once."""

from testimonia.core.errors import Problem
from testimonia.core.record import Record, Records, Word

REGISTRY = "mappings/entities/"


def find_doublets(records: Records) -> list[Problem]:
    """Return a problem for each record of a source that has one, each claim with another's id, each slug again.

    A slug is declared once, in a registry or in one cast, and is not the name of a thing as well.
    """
    return [*_find_sources(records), *_find_claims(records), *_find_slugs(records)]


def _find_sources(records: Records) -> list[Problem]:
    problems: list[Problem] = []
    sources: dict[str, Record] = {}
    for record in records.records:
        other = sources.setdefault(record.source.text, record)
        if other.interview.text != record.interview.text:
            got = f'source "{record.source.text}" has a record already ({other.path})'
            mend = "Remove one of the two"
            at, expected = record.source.position, "one record for one interview"
            problems.append(Problem(at.path, at.line, at.column, "head", got, expected, mend, code="record-twice"))
    return problems


def _find_claims(records: Records) -> list[Problem]:
    problems: list[Problem] = []
    claims: dict[tuple[str, str], Word] = {}
    for record in records.records:
        for claim in record.claims:
            first = claims.setdefault((record.interview.text, claim.id.text), claim.id)
            if first.position.path != claim.id.position.path:
                got = "a claim of this interview has that id"
                problems.append(_report(claim.id, got, "an id of its own", "Give another", code="claim-twice"))
    return problems


def _find_slugs(records: Records) -> list[Problem]:
    problems: list[Problem] = []
    seen: dict[str, Word] = {slug: e.slug for slug, e in records.entities.items()}
    for record in records.records:
        declared = [e.slug for e in record.cast.values()]
        declared += [c.thing for c in record.claims if c.thing is not None]
        for word in declared:
            first = seen.setdefault(word.text, word)
            if first is not word:
                got = f'"{word.text}" again (first in {first.position.path}:{first.position.line})'
                mend = (
                    f"Two records tell of it: keep one line, in {REGISTRY}"
                    if first.position.path != record.path
                    else f"Name it once; tell of it again with happening: {word.text}"
                )
                problems.append(_report(word, got, "one name for one thing", mend, code="slug-twice"))
    return problems


def _report(word: Word, got: str, expected: str, mend: str, *, code: str) -> Problem:
    at = word.position
    return Problem(at.path, at.line, at.column, "", got, expected, mend, code=code)

"""Doublets: records and registries in, every source, claim and slug out that is declared more than once."""

from testimonia.core.findings import Finding
from testimonia.core.record import Record, Records, Word

REGISTRY = "mappings/entities/"


def find_doublets(records: Records) -> list[Finding]:
    """Return a problem for each record of a source that has one, each claim with another's id, each slug again.

    A slug is declared once, in a registry or in one cast, and is not the name of a thing as well.
    """
    return [*_find_sources(records), *_find_claims(records), *_find_slugs(records)]


def _find_sources(records: Records) -> list[Finding]:
    findings: list[Finding] = []
    sources: dict[str, Record] = {}
    for record in records.records:
        other = sources.setdefault(record.source.text, record)
        if other.interview.text != record.interview.text:
            found = f'source "{record.source.text}" has a record already ({other.path})'
            fix = "Remove one of the two"
            at, expected = record.source.position, "one record for one interview"
            findings.append(Finding.at(at, "record-twice", record="head", found=found, expected=expected, fix=fix))
    return findings


def _find_claims(records: Records) -> list[Finding]:
    findings: list[Finding] = []
    claims: dict[tuple[str, str], Word] = {}
    for record in records.records:
        for claim in record.claims:
            first = claims.setdefault((record.interview.text, claim.id.text), claim.id)
            if first.position.path != claim.id.position.path:
                found = "a claim of this interview has that id"
                findings.append(_report(claim.id, found, "an id of its own", "Give another", code="claim-twice"))
    return findings


def _find_slugs(records: Records) -> list[Finding]:
    findings: list[Finding] = []
    seen: dict[str, Word] = {slug: e.slug for slug, e in records.entities.items()}
    for record in records.records:
        declared = [e.slug for e in record.cast.values()]
        declared += [c.thing for c in record.claims if c.thing is not None]
        for word in declared:
            first = seen.setdefault(word.text, word)
            if first is not word:
                found = f'"{word.text}" again (first in {first.position.path}:{first.position.line})'
                fix = (
                    f"Two records tell of it: keep one line, in {REGISTRY}"
                    if first.position.path != record.path
                    else f"Name it once; tell of it again with happening: {word.text}"
                )
                findings.append(_report(word, found, "one name for one thing", fix, code="slug-twice"))
    return findings


def _report(word: Word, found: str, expected: str, fix: str, *, code: str) -> Finding:
    at = word.position
    return Finding.at(at, code, found=found, expected=expected, fix=fix)

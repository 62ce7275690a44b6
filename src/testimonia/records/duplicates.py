"""Find sources, claims and slugs that are declared more than once, in records and registries taken together."""

from testimonia.core.findings import Finding
from testimonia.core.record import Record, Records, Word

REGISTRY = "mappings/entities/"


def find_duplicates(records: Records) -> list[Finding]:
    """Return a problem for each second record of a source, claim with the id of another, and slug declared again.

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
            findings.append(Finding.at(record.source, "record-twice", record="head", found=found))
    return findings


def _find_claims(records: Records) -> list[Finding]:
    findings: list[Finding] = []
    claims: dict[tuple[str, str], Word] = {}
    for record in records.records:
        for claim in record.claims:
            first = claims.setdefault((record.interview.text, claim.id.text), claim.id)
            if first.position.path != claim.id.position.path:
                found = "a claim of this interview has that id"
                findings.append(Finding.at(claim.id, "claim-twice", found=found, fix="Give another"))
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
                here = first.position.path == record.path
                again = f"Name it once; tell of it again with happening: {word.text}"
                fix = again if here else f"Two records tell of it: keep one line, in {REGISTRY}"
                findings.append(Finding.at(word, "slug-twice", found=found, expected="one name for one thing", fix=fix))
    return findings

"""Where findings about the graph come from: the line of a curated file, the passage, the fix.

A node of the graph is minted from ids that a person has written (`iris`), so its IRI leads back to the record, claim,
entry or date; the path of a finding leads to the key. Nothing is read here: records, lock and the lines of Turtle and
N-Quads files (`subjects.read_subjects`) are given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from testimonia.core.evidence import Lock
from testimonia.core.findings import Finding, find_first_property
from testimonia.core.iris import mint_date_iri
from testimonia.core.layout import Layout
from testimonia.core.namespaces import expand
from testimonia.core.record import Claim, Position, Record, Records, Word
from testimonia.validation.fixes import add_fix
from testimonia.validation.index import GraphIndex, split_iri
from testimonia.validation.passages import choose_quote, find_span
from testimonia.validation.report import Report
from testimonia.validation.subjects import read_subjects
from testimonia.vocabulary.reading import Vocabulary

_CLAIM_KEYS = {
    expand(name): keys
    for name, keys in {
        "rdfs:label": ("gist",),
        "t:evidence": ("quote", "quotes"),
        "t:context": ("context",),
        "t:statedBy": ("speaker",),
        "t:voice": ("speaker",),
        "t:accordingTo": ("cites",),
        "t:country": ("country",),
        "t:figure": ("figures",),
        "t:dateInferred": ("inferred",),
        "t:inferredFrom": ("inferred",),
    }.items()
}
_HEAD_KEYS = {
    expand(name): key
    for name, key in {
        "rdfs:label": "title",
        "dct:language": "language",
        "t:country": "country",
        "t:headline": "headline",
        "t:source": "source",
        "t:sourceNumber": "source",
        "t:sourceSha256": "source",
        "t:dateInferred": "inferred",
        "t:inferredFrom": "inferred",
        "t:inInterview": "interview",
        "t:statedBy": "speakers",
        "t:voice": "speakers",
    }.items()
}
_INHERITED = set(map(expand, ("t:country", "t:inInterview", "t:statedBy", "t:voice")))
"""What a claim that does not write it has from the head of its record."""
_KINDS = set(map(expand, ("t:about", "t:modality")))
_SETTINGS = {
    expand(name): key
    for name, key in {
        "dct:title": "title",
        "dct:description": "description",
        "dct:license": "licence",
        "owl:versionInfo": "version",
    }.items()
}
_WITH_LINES = {".ttl", ".trig", ".nt", ".nq"}
"""Files whose subjects have a line; for other formats only the file is known."""
_COUNTRY, _FIGURE, _TYPE = map(expand, ("t:country", "t:figure", "rdf:type"))


def locate_findings(
    findings: Iterable[Finding],
    records: Records,
    lock: Lock,
    vocabulary: Vocabulary,
    subjects: Mapping[str, Position] | None = None,
) -> list[Finding]:
    """Return the findings in their order, with place, passage and mend where these can be known.

    `records` and `lock` are those of the edition that the graph was built from; `subjects` says where IRIs that no
    record mints (terms, classes, shapes) stand. A place, passage or mend that a finding has already stays.
    """
    index = GraphIndex(records, lock, vocabulary, subjects or {})
    return [_locate(finding, index) for finding in findings]


def locate_in_files(findings: Iterable[Finding], subjects: Mapping[str, Position]) -> list[Finding]:
    """Return findings about RDF files, each with the line of the first statement of its node."""
    return [add_fix(replace(f, place=f.place or subjects.get(f.focus)), {}) for f in findings]


def locate_in_sources(report: Report, layout: Layout, paths: Sequence[Path]) -> None:
    """Lead each finding back to the first statement of its node in RDF files, in place."""
    wanted = {finding.focus for finding in report.findings if finding.focus and finding.place is None}
    files = [path for path in paths if path.suffix in _WITH_LINES]
    subjects = read_subjects(files, layout.name, wanted) if wanted else {}
    report.findings = locate_in_files(report.findings, subjects)


def _locate(finding: Finding, index: GraphIndex) -> Finding:
    place = finding.place or find_place(index, finding.focus, finding.path, finding.value)
    span = finding.span or find_span(index, finding.focus, finding.value)
    return add_fix(replace(finding, place=place, span=span), index.keys)


def find_place(index: GraphIndex, focus: str, path: str = "", value: str = "") -> Position | None:
    """Return the line of a node, or of what its record writes for a path (IRI or SPARQL property path, "" for none).

    `value` (an N-Triples term) chooses among several words behind one key. None for a node that nobody wrote.
    """
    kind, rest = index.cut(focus)
    first = find_first_property(path)
    if kind == "interview":
        return _find_in_record(index, rest, first, value)
    if kind == "id":
        return _find_entity(index, rest, path, value)
    if kind == "date":
        return index.dates[rest][2] if rest in index.dates else None
    if kind == "graph" and rest.startswith("interview/"):
        record = index.interviews.get(rest.removeprefix("interview/"))
        return record.interview.position if record else None
    if kind == "graph" or (focus and focus == index.records.base):
        word = index.records.dataset.get(_SETTINGS.get(first, "base"))
        return word.position if word else None
    return index.subjects.get(focus)


def _find_in_record(index: GraphIndex, rest: str, path: str, value: str) -> Position | None:
    interview, part, name = split_iri(rest, 3)
    record = index.interviews.get(interview)
    if record is None:
        return None
    if part == "headline" and record.headline:
        return record.headline.position
    if part == "claim":
        identity, owned = split_iri(name, 2)
        claim = index.claims.get((interview, identity))
        if claim is None:
            return None
        return _find_owned(claim, owned) or _find_key(index, record, claim, path, value)
    word = _choose(record.country, value) if path == _COUNTRY else None
    return word.position if word else _find_head(record, path)


def _find_head(record: Record, path: str) -> Position:
    return record.keys.get(_HEAD_KEYS.get(path, "interview"), record.interview.position)


def _find_owned(claim: Claim, owned: str) -> Position | None:
    """Return the place of what a claim alone owns: `evidence/1`, `context/1`, `figure/KEY`, `thing/SLUG`."""
    part, name = split_iri(owned, 2)
    for quote in choose_quote({"evidence": claim.quotes, "context": claim.context}.get(part, ()), name):
        return quote.position
    if part == "figure" and name in claim.figures:
        return claim.figures[name].position
    if part == "thing":
        return next((w.position for w in claim.values if w.text == name), claim.kind.position)
    return None


def _find_key(index: GraphIndex, record: Record, claim: Claim, path: str, value: str) -> Position:
    """Return the place of the key that writes a property of a claim; the claim's own where there is none."""
    if path in _KINDS:
        return claim.kind.position
    figure = claim.figures.get(value[1:-1].partition("/figure/")[2]) if path == _FIGURE else None
    if figure:
        return figure.position
    key = index.keys.get(path, "")
    for name in (*_CLAIM_KEYS.get(path, ()), key):
        if name in claim.keys:
            words = claim.details.get(name) or {"cites": claim.cites, "country": claim.country or ()}.get(name, ())
            word = _choose(words, value)
            return word.position if word else claim.keys[name]
    if key and key == index.vocabulary.kinds[claim.kind.text].names:
        return claim.kind.position
    return _find_head(record, path) if path in _INHERITED else claim.position


def _find_entity(index: GraphIndex, slug: str, path: str, value: str) -> Position | None:
    """Find the place of an entry, or of its key; of a happening that no entry names, the claim that names it first."""
    for entities in (index.records.entities, *(r.cast for r in index.records.records)):
        if slug in entities:
            entity = entities[slug]
            name = "is" if path == _TYPE else index.keys.get(path, "")
            word = _choose(entity.details.get(name, ()), value)
            return word.position if word else entity.keys.get(name, entity.slug.position)
    if slug not in index.things:
        return None
    _, claim = index.things[slug]
    return claim.kind.position if path and not path.startswith("^") else claim.keys.get("as", claim.position)


def _choose(words: tuple[Word, ...], value: str) -> Word | None:
    """Return the word that became a value: a slug, a date or the id of a claim is the end of the value's IRI."""
    iri = value[1:-1] if value.startswith("<") else ""
    for word in words:
        end = mint_date_iri("", word.text.rpartition("/")[2].removeprefix("claim ")).removeprefix("date/")
        if iri.endswith("/" + end):
            return word
    return None

"""Check the rows of a file of links and turn those without a problem into links."""

import re
from collections.abc import Collection, Iterator
from datetime import date
from typing import Unpack

from testimonia.core.errors import find_nearest
from testimonia.core.findings import Finding, Wording
from testimonia.core.iris import mint_entity_iri
from testimonia.core.link import LINK_PROPERTIES, Link
from testimonia.core.namespaces import T
from testimonia.core.record import Position, Records
from testimonia.records.sssom import LinkFile, SssomRow

UNSURE = f"{T}possiblySame"
"""What is noted of two things of which the reviewer was unsure; it never becomes a triple."""

JUSTIFICATIONS = (
    *("LexicalMatching", "LogicalReasoning", "CompositeMatching", "UnspecifiedMatching"),
    *("SemanticSimilarityThresholdMatching", "LexicalSimilarityThresholdMatching", "MappingChaining"),
    *("MappingReview", "ManualMappingCuration", "MappingInversion", "StructuralMatching"),
    *("InstanceBasedMatching", "BackgroundKnowledgeBasedMatching"),
)
"""Why a link may be held to be right, as terms of the Semantic Mapping Vocabulary (prefix `semapv`)."""

_JUSTIFICATION_CURIES = [f"semapv:{term}" for term in JUSTIFICATIONS]
_NUMBER = re.compile(r"(0(\.[0-9]+)?|1(\.0+)?)", re.ASCII)
_NAMES = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_FORBIDDEN = re.compile(r"[\x00-\x20<>\"{}|\\^`]")


def judge_rows(file: LinkFile, path: str, subjects: Collection[str] | None = None) -> tuple[list[Link], list[Finding]]:
    """Return the links that the rows of a file are, and a problem for each value that cannot be used.

    `subjects` are the IRIs that may stand as a subject, None for all.
    """
    links: list[Link] = []
    findings: list[Finding] = []
    for row in file.rows:
        checker = _RowChecker(file, row, path, subjects)
        found = list(checker.check())
        findings += found
        if not found:
            links.append(checker.make_link())
    return links, findings


def find_linkable(records: Records) -> set[str]:
    """Return the IRIs that may be linked: every entity and named happening of the registries and casts."""
    return {mint_entity_iri(records.base, entity.slug.text) for entity in records.all_entities}


class _RowChecker:
    """Checks one row."""

    def __init__(self, file: LinkFile, row: SssomRow, path: str, subjects: Collection[str] | None) -> None:
        self.row, self.path, self.subjects = row, path, subjects
        self.iris = {name: file.expand(row.cells.get(name, "")) for name in (*_NAMES, "reviewer_id")}
        self.day = row.cells.get("mapping_date") or file.header.get("mapping_date", "")  # SSSOM: holds for every row
        self.known = sorted({*file.prefixes})

    def report(self, rule: str, **wording: Unpack[Wording]) -> Finding:
        """Return a finding about this row."""
        return Finding.at(Position(self.path, self.row.line, 1), rule, **wording)

    def check(self) -> Iterator[Finding]:
        """Yield everything that is wrong with the row."""
        cells = self.row.cells
        for name in (*_NAMES, "reviewer_id"):
            yield from self.check_name(name)
        yield from self.check_subject()
        if cells.get("predicate_modifier", "") not in {"", "Not"}:
            found = f'predicate_modifier "{cells["predicate_modifier"]}"'
            yield self.report("link-value", found=found, expected="Not, or nothing")
        if not _NUMBER.fullmatch(cells.get("confidence") or "1"):
            found = f'confidence "{cells["confidence"]}"'
            yield self.report("link-value", found=found, expected="a number from 0 to 1")
        if self.day and not is_day(self.day):
            yield self.report("link-value", found=f'mapping_date "{self.day}" is no day', expected="YYYY-MM-DD")

    def check_subject(self) -> Iterator[Finding]:
        """Report a subject that is not among those that may be linked."""
        subject = self.iris["subject_id"]
        if subject and self.subjects is not None and subject not in self.subjects:
            slugs = [iri.rpartition("/")[2] for iri in self.subjects]
            found = f'unknown subject "{self.row.cells["subject_id"]}"'
            yield self.report("link-subject", found=found, fix=find_nearest(subject.rpartition("/")[2], slugs) or None)

    def check_name(self, name: str) -> Iterator[Finding]:
        """Report a cell that should hold a CURIE and does not hold one that can be used there."""
        text, iri = self.row.cells.get(name, ""), self.iris[name]
        if not text:
            if name in _NAMES and name in self.row.cells:
                found = f'an empty cell under "{name}"'
                yield self.report("link-cells", found=found, expected="a CURIE", fix="Fill it in")
        elif iri is None:
            expected = f"a CURIE with a prefix of the header ({', '.join(self.known)})"
            yield self.report("link-prefix", found=f'"{text}" under "{name}"', expected=expected)
        elif _FORBIDDEN.search(iri):
            yield self.report("link-value", found=f'"{text}" under "{name}" gives no IRI')
        elif name == "predicate_id" and iri not in (*LINK_PROPERTIES, UNSURE):
            expected = "skos:exactMatch, closeMatch, broadMatch, narrowMatch, relatedMatch, owl:sameAs, t:possiblySame"
            yield self.report("link-value", found=f'predicate "{text}"', expected=expected)
        elif name == "mapping_justification" and text not in _JUSTIFICATION_CURIES:
            found, fix = f'mapping_justification "{text}"', find_nearest(text, _JUSTIFICATION_CURIES) or None
            yield self.report("link-value", found=found, expected="a term of semapv", fix=fix)

    def make_link(self) -> Link:
        """Return the link that a row without problems is."""
        cells, iris = self.row.cells, {name: iri or "" for name, iri in self.iris.items()}
        return Link(
            subject=iris["subject_id"],
            predicate=iris["predicate_id"],
            object=iris["object_id"],
            negated=cells.get("predicate_modifier") == "Not",
            justification=iris["mapping_justification"],
            confidence=float(cells["confidence"]) if cells.get("confidence") else None,
            reviewer=iris["reviewer_id"],
            date=self.day,
            path=self.path,
            line=self.row.line,
            subject_label=cells.get("subject_label", ""),
            object_label=cells.get("object_label", ""),
        )


def is_day(text: str) -> bool:
    """Tell whether a text names a day of the calendar.

    >>> is_day("2031-05-04"), is_day("2031-02-30"), is_day("20310504")
    (True, False, False)
    """
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

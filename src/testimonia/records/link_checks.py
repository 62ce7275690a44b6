"""Judging: the rows of a file of links in, links out, with everything that is wrong with their values."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from testimonia.core.errors import find_nearest
from testimonia.core.findings import Finding
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
"""Why a link may be taken for right, as terms of the Semantic Mapping Vocabulary (prefix `semapv`)."""

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
        judge = _Judge(file, row, path, subjects)
        found = list(judge.check())
        findings += found
        if not found:
            links.append(judge.make_link())
    return links, findings


def find_linkable(records: Records) -> set[str]:
    """Return the IRIs of what may be linked: every entity and named happening of the registries and casts."""
    slugs = {*records.entities, *(slug for record in records.records for slug in record.cast)}
    return {mint_entity_iri(records.base, slug) for slug in slugs}


class _Judge:
    """Looks at one row."""

    def __init__(self, file: LinkFile, row: SssomRow, path: str, subjects: Collection[str] | None) -> None:
        self.row, self.path, self.subjects = row, path, subjects
        self.iris = {name: file.expand(row.cells.get(name, "")) for name in (*_NAMES, "reviewer_id")}
        self.day = row.cells.get("mapping_date") or file.header.get("mapping_date", "")  # SSSOM: holds for every row
        self.known = sorted({*file.prefixes})

    @property
    def place(self) -> Position:
        """Where the row stands."""
        return Position(self.path, self.row.line, 1)

    def check(self) -> Iterator[Finding]:
        """Go through all that is wrong with the row."""
        cells = self.row.cells
        for name in (*_NAMES, "reviewer_id"):
            yield from self.check_name(name)
        if (subject := self.iris["subject_id"]) and self.subjects is not None and subject not in self.subjects:
            slugs = {iri.rpartition("/")[2]: iri for iri in self.subjects}
            fix = find_nearest(subject.rpartition("/")[2], slugs) or "Correct it, or take the line away"
            yield Finding.at(
                self.place,
                "link-subject",
                found=f'unknown subject "{cells["subject_id"]}"',
                expected="an entity of a registry or cast",
                fix=fix,
            )
        if cells.get("predicate_modifier", "") not in {"", "Not"}:
            found = f'predicate_modifier "{cells["predicate_modifier"]}"'
            yield Finding.at(self.place, "link-value", found=found, expected="Not, or nothing", fix="Correct it")
        if not _NUMBER.fullmatch(cells.get("confidence") or "1"):
            yield Finding.at(
                self.place,
                "link-value",
                found=f'confidence "{cells["confidence"]}"',
                expected="a number from 0 to 1",
                fix="Correct it",
            )
        if self.day and not is_day(self.day):
            found = f'mapping_date "{self.day}" is no day'
            yield Finding.at(self.place, "link-value", found=found, expected="YYYY-MM-DD", fix="Correct it")

    def check_name(self, name: str) -> Iterator[Finding]:
        """Look at a cell that holds a CURIE."""
        text, iri = self.row.cells.get(name, ""), self.iris[name]
        if not text:
            if name in _NAMES and name in self.row.cells:
                yield Finding.at(
                    self.place,
                    "link-cells",
                    found=f'an empty cell under "{name}"',
                    expected="a CURIE",
                    fix="Fill it in",
                )
        elif iri is None:
            expected = f"a CURIE with a prefix of the header ({', '.join(self.known)})"
            yield Finding.at(
                self.place,
                "link-prefix",
                found=f'"{text}" under "{name}"',
                expected=expected,
                fix="Add the prefix to curie_map",
            )
        elif _FORBIDDEN.search(iri):
            yield Finding.at(self.place, "link-value", found=f'"{text}" under "{name}" gives no IRI', fix="Correct it")
        elif name == "predicate_id" and iri not in (*LINK_PROPERTIES, UNSURE):
            expected = "skos:exactMatch, closeMatch, broadMatch, narrowMatch, relatedMatch, owl:sameAs, t:possiblySame"
            yield Finding.at(self.place, "link-value", found=f'predicate "{text}"', expected=expected, fix="Correct it")
        elif name == "mapping_justification" and text not in {f"semapv:{term}" for term in JUSTIFICATIONS}:
            fix = find_nearest(text, [f"semapv:{term}" for term in JUSTIFICATIONS]) or "Correct it"
            yield Finding.at(
                self.place, "link-value", found=f'mapping_justification "{text}"', expected="a term of semapv", fix=fix
            )

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

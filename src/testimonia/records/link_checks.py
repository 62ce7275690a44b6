"""Judging: the rows of a file of links in, links out, with everything that is wrong with their values."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from testimonia.core.errors import Problem, find_nearest
from testimonia.core.iris import mint_entity_iri
from testimonia.core.link import LINK_PROPERTIES, Link
from testimonia.core.namespaces import T
from testimonia.core.record import Records
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


def judge_rows(file: LinkFile, path: str, subjects: Collection[str] | None = None) -> tuple[list[Link], list[Problem]]:
    """Return the links that the rows of a file are, and a problem for each value that cannot be used.

    `subjects` are the IRIs that may stand as a subject, None for all.
    """
    links: list[Link] = []
    problems: list[Problem] = []
    for row in file.rows:
        judge = _Judge(file, row, path, subjects)
        found = list(judge.check())
        problems += found
        if not found:
            links.append(judge.make_link())
    return links, problems


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

    def report(self, got: str, expected: str, mend: str, *, code: str) -> Problem:
        return Problem(self.path, self.row.line, 1, "", got, expected, mend, code=code)

    def check(self) -> Iterator[Problem]:
        """Go through all that is wrong with the row."""
        cells = self.row.cells
        for name in (*_NAMES, "reviewer_id"):
            yield from self.check_name(name)
        if (subject := self.iris["subject_id"]) and self.subjects is not None and subject not in self.subjects:
            slugs = {iri.rpartition("/")[2]: iri for iri in self.subjects}
            mend = find_nearest(subject.rpartition("/")[2], slugs) or "Correct it, or take the line away"
            yield self.report(
                f'unknown subject "{cells["subject_id"]}"', "an entity of a registry or cast", mend, code="link-subject"
            )
        if cells.get("predicate_modifier", "") not in {"", "Not"}:
            got = f'predicate_modifier "{cells["predicate_modifier"]}"'
            yield self.report(got, "Not, or nothing", "Correct it", code="link-value")
        if not _NUMBER.fullmatch(cells.get("confidence") or "1"):
            yield self.report(
                f'confidence "{cells["confidence"]}"', "a number from 0 to 1", "Correct it", code="link-value"
            )
        if self.day and not is_day(self.day):
            got = f'mapping_date "{self.day}" is no day'
            yield self.report(got, "YYYY-MM-DD", "Correct it", code="link-value")

    def check_name(self, name: str) -> Iterator[Problem]:
        """Look at a cell that holds a CURIE."""
        text, iri = self.row.cells.get(name, ""), self.iris[name]
        if not text:
            if name in _NAMES and name in self.row.cells:
                yield self.report(f'an empty cell under "{name}"', "a CURIE", "Fill it in", code="link-cells")
        elif iri is None:
            expected = f"a CURIE with a prefix of the header ({', '.join(self.known)})"
            yield self.report(f'"{text}" under "{name}"', expected, "Add the prefix to curie_map", code="link-prefix")
        elif _FORBIDDEN.search(iri):
            yield self.report(f'"{text}" under "{name}" gives no IRI', "", "Correct it", code="link-value")
        elif name == "predicate_id" and iri not in (*LINK_PROPERTIES, UNSURE):
            expected = "skos:exactMatch, closeMatch, broadMatch, narrowMatch, relatedMatch, owl:sameAs, t:possiblySame"
            yield self.report(f'predicate "{text}"', expected, "Correct it", code="link-value")
        elif name == "mapping_justification" and text not in {f"semapv:{term}" for term in JUSTIFICATIONS}:
            mend = find_nearest(text, [f"semapv:{term}" for term in JUSTIFICATIONS]) or "Correct it"
            yield self.report(f'mapping_justification "{text}"', "a term of semapv", mend, code="link-value")

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

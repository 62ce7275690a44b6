"""Review of suggestions: each judgement becomes a line in the file of links."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from testimonia.core.curated_files import read_yaml
from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.iris import mint_entity_iri
from testimonia.core.layout import Layout
from testimonia.core.link import SAME, Link
from testimonia.linking.drafts import make_code_cells, write_curie
from testimonia.linking.reviewers import name_reviewer
from testimonia.linking.suggesting import Suggestion, find_open
from testimonia.rdf.store import read_manifest
from testimonia.records.link_checks import UNSURE, judge_rows
from testimonia.records.link_contradictions import check_contradictions
from testimonia.records.links import ENDING, collect_links, read_link_file
from testimonia.records.sssom import LinkFile, SssomRow


class Judgement(StrEnum):
    """The answers that a reviewer may give."""

    SAME = "y"
    NOT_SAME = "n"
    UNSURE = "u"
    SKIP = "s"
    STOP = "q"


@dataclass(slots=True)
class Review:
    """A file of links under review by one reviewer (CURIE) on one day (YYYY-MM-DD); `path` is the file as printed.

    `others` are the links of all other files, which the new ones must not contradict.
    """

    file: LinkFile
    path: str
    reviewer: str
    day: str
    others: list[Link] = field(default_factory=list)

    def find_open(self, suggestions: Iterable[Suggestion]) -> list[Suggestion]:
        """Return the suggestions that are still to be judged."""
        return find_open(suggestions, judge_rows(self.file, self.path)[0])

    def judge(self, suggestion: Suggestion, judgement: Judgement, confidence: float) -> list[Finding]:
        """Add a judgement to the file; where it contradicts others, return the findings and leave the file as it was.

        A match that a code confirms is justified by that code (semapv:LexicalMatching), another by the review alone.
        """
        prefixes = dict(self.file.prefixes)
        same = judgement is Judgement.SAME
        cells = {
            "subject_id": write_curie(suggestion.subject, prefixes),
            "subject_label": suggestion.subject_label,
            "predicate_id": write_curie(UNSURE if judgement is Judgement.UNSURE else SAME[0], prefixes),
            "predicate_modifier": "Not" if judgement is Judgement.NOT_SAME else "",
            "object_id": write_curie(suggestion.object, prefixes),
            "object_label": suggestion.object_label,
            "mapping_justification": f"semapv:{'LexicalMatching' if same and suggestion.code else 'MappingReview'}",
            "reviewer_id": self.reviewer,
            "mapping_date": self.day,
            "confidence": f"{confidence:g}" if judgement is not Judgement.UNSURE else "",
            "similarity_score": f"{suggestion.score:.3f}",
        }
        if same and suggestion.code:
            cells |= make_code_cells(suggestion.code, prefixes)
        last = max((row.line for row in self.file.rows), default=0)
        grown = replace(self.file, prefixes=prefixes, rows=[*self.file.rows, SssomRow(cells, last + 1)])
        links, findings = judge_rows(grown, self.path)
        findings += check_contradictions([*self.others, *links])
        if not findings:
            self.file = grown
        return findings


def begin_review(layout: Layout, name: str, reviewer: str, day: str) -> Review:
    """Return the review of a source's file of links, a new file where there is none.

    InputError lists what is wrong in the folder of links, or says that the reviewer is no CURIE or IRI.
    """
    path = layout.links / f"{name}{ENDING}"
    everything, findings = collect_links(layout.links, layout.name)
    if findings:
        raise InputError(findings)
    file = read_link_file(path, layout.name(path))[0] if path.is_file() else _begin_file(layout, name)
    others = [link for link in everything if link.path != layout.name(path)]
    return Review(file, layout.name(path), name_reviewer(reviewer, file.prefixes), day, others)


def _begin_file(layout: Layout, name: str) -> LinkFile:
    """Return an empty file of links under the licence of the data set."""
    base = str(read_manifest(layout.graph).get("base", ""))
    settings = read_yaml(layout.dataset, layout.name(layout.dataset))[0]
    licence = getattr(settings.entries.get("licence"), "text", "") if settings else ""
    return LinkFile({"mapping_set_id": f"{base}links/{name}", "license": licence}, {"id": mint_entity_iri(base, "")})


def parse_answer(text: str) -> tuple[Judgement, float] | None:
    """Return the judgement and confidence (0 to 1) that a reviewer typed; None for anything else.

    >>> parse_answer("y"), parse_answer("n 0.8"), parse_answer("y 2"), parse_answer("perhaps")
    ((<Judgement.SAME: 'y'>, 1.0), (<Judgement.NOT_SAME: 'n'>, 0.8), None, None)
    """
    letter, _, sure = text.strip().lower().partition(" ")
    try:
        judgement, confidence = Judgement(letter), float(sure or "1")
    except ValueError:
        return None
    return (judgement, confidence) if 0 <= confidence <= 1 else None

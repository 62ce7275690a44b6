"""The judgements of a reviewer, each a line in the file of links, written at once and whole."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from testimonia.core.curated_files import read_yaml
from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.iris import mint_entity_iri
from testimonia.core.layout import Layout
from testimonia.core.link import SAME, Link
from testimonia.linking.drafts import make_code_cells, shorten
from testimonia.linking.reviewers import name_reviewer
from testimonia.linking.suggesting import Suggestion, find_open
from testimonia.rdf.store import read_manifest
from testimonia.records.link_checks import UNSURE, judge_rows
from testimonia.records.link_contradictions import check_contradictions
from testimonia.records.links import ENDING, collect_links, read_link_file
from testimonia.records.sssom import LinkFile, SssomRow


class Judgement(StrEnum):
    """What a reviewer may say of a suggestion."""

    SAME = "y"
    NOT_SAME = "n"
    UNSURE = "u"
    SKIP = "s"
    STOP = "q"


@dataclass(slots=True)
class Review:
    """One file of links as it grows, under the eyes of one reviewer (CURIE) on one day (YYYY-MM-DD).

    `others` are the links of all other files, with which the new ones must agree; `path` is the file as printed.
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
        """Note a judgement in the file; where it contradicts others, leave the file as it was and say how.

        A match that a code confirms is one by that code (semapv:LexicalMatching); another is what the review makes it.
        """
        prefixes = dict(self.file.prefixes)
        same = judgement is Judgement.SAME
        cells = {
            "subject_id": shorten(suggestion.subject, prefixes),
            "subject_label": suggestion.subject_label,
            "predicate_id": shorten(UNSURE if judgement is Judgement.UNSURE else SAME[0], prefixes),
            "predicate_modifier": "Not" if judgement is Judgement.NOT_SAME else "",
            "object_id": shorten(suggestion.object, prefixes),
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
    """Return the review of a source's file of links, which is begun where there is none yet.

    InputError lists what is wrong in the folder of links, or says that the reviewer names nobody.
    """
    path = layout.links / f"{name}{ENDING}"
    everything, findings = collect_links(layout.links, layout.name)
    if findings:
        raise InputError(findings)
    file = read_link_file(path, layout.name(path))[0] if path.is_file() else _begin_file(layout, name)
    others = [link for link in everything if link.path != layout.name(path)]
    return Review(file, layout.name(path), name_reviewer(reviewer, file.prefixes), day, others)


def _begin_file(layout: Layout, name: str) -> LinkFile:
    """Return a file of links without a line, under the licence of the data set."""
    base = str(read_manifest(layout.graph).get("base", ""))
    settings = read_yaml(layout.dataset, layout.name(layout.dataset))[0]
    licence = getattr(settings.entries.get("licence"), "text", "") if settings else ""
    return LinkFile({"mapping_set_id": f"{base}links/{name}", "license": licence}, {"id": mint_entity_iri(base, "")})


def parse_answer(text: str) -> tuple[Judgement, float] | None:
    """Return what a reviewer typed: a letter, and perhaps how sure they are (0 to 1); None for anything else.

    >>> parse_answer("y"), parse_answer("n 0.8"), parse_answer("y 2"), parse_answer("perhaps")
    ((<Judgement.SAME: 'y'>, 1.0), (<Judgement.NOT_SAME: 'n'>, 0.8), None, None)
    """
    letter, _, sure = text.strip().lower().partition(" ")
    try:
        judgement, confidence = Judgement(letter), float(sure or "1")
    except ValueError:
        return None
    return (judgement, confidence) if 0 <= confidence <= 1 else None

"""Review: what a person says of a suggestion in; out, a line in the file of links, written at once and whole."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from testimonia.core.findings import Finding
from testimonia.core.link import SAME, Link
from testimonia.linking.drafts import make_code_cells, shorten
from testimonia.linking.suggesting import Suggestion, find_open
from testimonia.records.link_checks import UNSURE, judge_rows
from testimonia.records.link_contradictions import check_contradictions
from testimonia.records.sssom import LinkFile, SssomRow

_ORCID = re.compile(r"([0-9]{4}-){3}[0-9]{3}[0-9X]", re.ASCII)


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


def is_orcid(text: str) -> bool:
    """Tell whether a text is an ORCID iD: sixteen characters, the last of which fits the others (ISO 7064, MOD 11-2).

    >>> is_orcid("0000-0001-2345-6789"), is_orcid("0000-0001-2345-6780"), is_orcid("me")
    (True, False, False)
    """
    if not _ORCID.fullmatch(text):
        return False
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return text[-1] == "0123456789X"[(12 - total % 11) % 11]


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

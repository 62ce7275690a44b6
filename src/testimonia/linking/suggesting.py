"""Pairs of ours and theirs that may be one, with score and reasons, best first.

Their data are read once from front to back (twice where codes hang on details); per entity of ours no more than the
best few pairs are kept, so that memory does not grow with their data.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from testimonia.core.link import Link
from testimonia.core.namespaces import get_last_word
from testimonia.linking.blocking import NameIndex
from testimonia.linking.names import parse_name
from testimonia.linking.profile import Profile
from testimonia.linking.scoring import LEAST, Evidence, compare_names, compare_rest, score
from testimonia.linking.theirs import read_nodes, read_theirs

KEPT = 8
"""So many pairs are kept for each of our entities."""
_MOST_OF_A_CODE = 4
"""What more than so many of theirs have under one property is no code."""
_SURE = 0.85
_MUCH_WORSE = 0.1


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two things that may be one: both IRIs and labels, score (0 to 0.99), reasons in words, what theirs is in words.

    `code` is (property of ours, property of theirs, text) where a code that no other of theirs has confirms it.
    """

    subject: str
    object: str
    subject_label: str
    object_label: str
    score: float
    reasons: tuple[str, ...]
    about: str
    code: tuple[str, str, str] | None = None


@dataclass(order=True, slots=True)
class _Pair:
    """A pair that may become a suggestion."""

    likeness: float
    object: str
    ours: int = field(compare=False)
    theirs: Profile = field(compare=False)
    evidence: Evidence = field(compare=False)


def suggest(
    ours: Sequence[Profile], path: Path, *, stem: str, classes: Mapping[str, set[str]], links: Iterable[Link] = ()
) -> list[Suggestion]:
    """Return the pairs that may be one, best first, whether judged or not.

    `path` is their data, `stem` what the IRIs of their details begin with, `classes` what `read_classes` gives; `links`
    tell what is known to be the same, so that what is related to it can be recognised.
    """
    matcher = _Matcher(ours, classes, links)
    codes = {text for profile in ours for _, text in profile.codes}
    nodes = read_nodes(path, stem, codes) if codes else {}
    for theirs in read_theirs(path, stem, codes, nodes):
        matcher.look_at(theirs)
    return sorted(matcher.finish(), key=lambda s: (-s.score, s.subject, s.object))


def find_open(suggestions: Iterable[Suggestion], links: Iterable[Link]) -> list[Suggestion]:
    """Return the suggestions that are still open: neither judged nor settled otherwise, nor much worse than others.

    A thing with a match is settled, on either side. Where one of the two fits another thing much better, the suggestion
    comes up once the better one has been denied.
    """
    links = list(links)
    judged = {(link.subject, link.object) for link in links}
    settled = {iri for link in links if link.is_same for iri in (link.subject, link.object)}
    left = [s for s in suggestions if (s.subject, s.object) not in judged and not {s.subject, s.object} & settled]
    best: dict[str, float] = {}
    for suggestion in left:
        for iri in (suggestion.subject, suggestion.object):
            best[iri] = max(best.get(iri, 0.0), suggestion.score)
    return [s for s in left if s.score >= max(best[s.subject], best[s.object]) - _MUCH_WORSE]


class _NameMatch(NamedTuple):
    """The most similar names of two things."""

    likeness: float = 0.0
    ours: str = ""
    theirs: str = ""
    by_sound: bool = False


class _Matcher:
    """Holds the best pairs so far, and counts who has which code."""

    def __init__(self, ours: Sequence[Profile], classes: Mapping[str, set[str]], links: Iterable[Link]) -> None:
        self.ours, self.classes = ours, classes
        self.index = NameIndex(ours)
        self.pairs: dict[int, list[_Pair]] = defaultdict(list)
        self.counts: Counter[tuple[str, str]] = Counter()
        self.by_code: dict[str, list[int]] = defaultdict(list)
        for number, profile in enumerate(ours):
            for _, text in profile.codes:
                self.by_code[text].append(number)
        self.known = {link.subject: link.object for link in links if link.is_same}

    def look_at(self, theirs: Profile) -> None:
        """Compare one of theirs with those of ours that share a name or a code with it."""
        matches = self._match_names(theirs)
        coded: set[int] = set()
        for key in set(theirs.codes):
            self.counts[key] += 1
            coded.update(self.by_code[key[1]])
        for number in coded - matches.keys():
            matches[number] = self._compare_all(number, theirs)
        for number, match in matches.items():
            if number in coded:
                rank = match.likeness + (1.0 if match.likeness >= LEAST else 0.3)
                self.keep(_Pair(rank, theirs.iri, number, theirs, Evidence(*match)))
            elif match.likeness >= LEAST * 0.9:
                self.keep(_Pair(match.likeness, theirs.iri, number, theirs, Evidence(*match)))

    def _match_names(self, theirs: Profile) -> dict[int, _NameMatch]:
        """Return entity (its number) → the best match of its names, among equal ones that of the same text."""
        found: dict[int, _NameMatch] = {}
        for text in theirs.names:
            name = parse_name(text)
            for number, names in self.index.find(name).items():
                likeness, best, sound = compare_names(names, name, self.index.weights)
                before = found.get(number, _NameMatch())
                least = (before.likeness, before.ours == before.theirs, False)
                if (likeness, best.written == text, text == theirs.label) > least:
                    found[number] = _NameMatch(likeness, best.written, text, sound)
        return found

    def _compare_all(self, number: int, theirs: Profile) -> _NameMatch:
        """Compare all names of two things that a code brought together."""
        ours = list(map(parse_name, self.ours[number].names))
        matches = [_NameMatch()]
        for text in theirs.names:
            likeness, best, sound = compare_names(ours, parse_name(text), self.index.weights)
            if likeness:
                matches.append(_NameMatch(likeness, best.written, text, sound))
        return max(
            matches, key=lambda match: (match.likeness, match.ours == match.theirs, match.theirs == theirs.label)
        )

    def keep(self, pair: _Pair) -> None:
        """Keep a pair while it is one of the best few of its entity."""
        heap = self.pairs[pair.ours]
        if len(heap) < KEPT:
            heapq.heappush(heap, pair)
        else:
            heapq.heappushpop(heap, pair)

    def finish(self) -> list[Suggestion]:
        """Return the pairs that score enough, now that it is known how many have which code."""
        scored: list[tuple[_Pair, float]] = []
        for pairs in self.pairs.values():
            for pair in pairs:
                self.add_codes(pair)
                compare_rest(self.ours[pair.ours], pair.theirs, self.classes, pair.evidence)
                scored.append((pair, score(replace(pair.evidence, reasons=[]))))
        same = dict(self.known)
        for pair, value in sorted(scored, key=lambda one: one[1]):
            if value >= _SURE:
                same[self.ours[pair.ours].iri] = pair.theirs.iri
        labels = {profile.iri: profile.label for profile in self.ours}
        for pair, _ in scored:
            related = [r for r in self.ours[pair.ours].relations if same.get(r, "") in pair.theirs.relations]
            pair.evidence.relation = labels.get(related[0], "") if related else ""
        found = [self.suggest(pair) for pair, _ in scored]
        return [suggestion for suggestion in found if suggestion.score >= LEAST]

    def add_codes(self, pair: _Pair) -> None:
        """Add the code that the two share, the rarest among theirs, or else a code of theirs that the entity lacks."""
        own = {text: name for name, text in self.ours[pair.ours].codes}
        shared = [(self.counts[theirs, text], theirs, text) for theirs, text in set(pair.theirs.codes) if text in own]
        shared = [one for one in shared if one[0] <= _MOST_OF_A_CODE]
        if shared:
            count, theirs, text = min(shared)
            pair.evidence.code = (own[text], theirs, text, count)
        elif own:
            others = {text for theirs, text in pair.theirs.codes if self.counts[theirs, text] == 1}
            pair.evidence.other_code = min(others, default="")

    def suggest(self, pair: _Pair) -> Suggestion:
        """Return a pair as a suggestion."""
        value, ours = score(pair.evidence), self.ours[pair.ours]
        code = pair.evidence.code
        return Suggestion(
            subject=ours.iri,
            object=pair.theirs.iri,
            subject_label=ours.label,
            object_label=pair.theirs.label,
            score=value,
            reasons=tuple(pair.evidence.reasons),
            about=describe(pair.theirs),
            code=code[:3] if code and code[3] == 1 else None,
        )


def describe(profile: Profile) -> str:
    """Return what a thing is in words: its classes, other names, codes, dates.

    >>> describe(Profile("x", {"Solen, Mira": "", "Mira": ""}, ["https://schema.org/Person"]))
    'Person; also "Mira"'
    """
    parts = [", ".join(sorted(map(get_last_word, profile.classes)))]
    others = [name for name in profile.names if name != profile.label][:4]
    parts.append("also " + ", ".join(f'"{name}"' for name in others) if others else "")
    codes = sorted({text for _, text in profile.codes})
    parts.append("code " + ", ".join(codes[:4]) if codes else "")
    parts.append("dated " + ", ".join(str(first) for first, _ in profile.dates[:3]) if profile.dates else "")
    return "; ".join(part for part in parts if part)

"""Scores of how likely one of ours and one of theirs are the same, with reasons in words.

RapidFuzz compares texts (extra [merge]; decision 35 says what else was measured). Names count most; a code that only
one of theirs has confirms, the code of another entity of ours tells against, and so does a class that ours cannot be.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from testimonia.core.dates import DateSpan
from testimonia.core.namespaces import get_last_word
from testimonia.linking.names import ComparedName
from testimonia.linking.profile import Profile

LEAST = 0.6
"""What scores less is not proposed."""
_BEST = 0.99
_ALIKE = 0.8
_BY_CODE, _BY_CODE_ALONE, _BY_SHARED_CODE = 0.35, 0.7, 0.1
_SHORT = 4
_INITIAL = 0.85


@dataclass(slots=True)
class Evidence:
    """What is known about a pair: its two most similar names with their likeness, and what else the two share.

    `code` is (property of ours, property of theirs, text, how many of theirs have it).
    """

    likeness: float = 0.0
    ours: str = ""
    theirs: str = ""
    by_sound: bool = False
    code: tuple[str, str, str, int] | None = None
    other_code: str = ""
    same_class: str = ""
    other_class: str = ""
    date: str = ""
    relation: str = ""
    reasons: list[str] = field(default_factory=list)


def compare_names(
    ours: Collection[ComparedName], theirs: ComparedName, weights: Mapping[str, float]
) -> tuple[float, ComparedName, bool]:
    """Return how alike a name of theirs and the best one of ours are (0 to 1), that one, and whether only by sound.

    Words count whatever their order; if the rarest word of either is not in the other, the two are no more than alike.
    """
    best = (0.0, theirs, False)
    for name in ours:
        if name.joined == theirs.joined:
            likeness, sound = 1.0, False
        elif name.plain == theirs.plain:
            likeness, sound = _compare_texts(name, theirs), False
            if likeness < 1 and _differ(name, theirs, weights):
                likeness = max(0.75 * likeness, _INITIAL * _compare_initials(name, theirs))
        else:
            likeness, sound = 0.95 * _compare_sounds(name, theirs), True
            likeness = max(likeness, 0.95 * _compare_texts(name, theirs))
        if (likeness, name.written) > (best[0], best[1].written if best[0] else ""):
            best = (likeness, name, sound)
    return best


def _compare_texts(one: ComparedName, other: ComparedName) -> float:
    """Compare plain letters; an abbreviation is the same or it is not."""
    straight = JaroWinkler.normalized_similarity(" ".join(one.words), " ".join(other.words))
    sorted_ = fuzz.ratio(one.joined, other.joined) / 100
    short = min(len(one.joined), len(other.joined)) <= _SHORT
    return min(max(straight, sorted_), sorted_ + 0.1) * (0.6 if short else 1.0)


def _compare_initials(one: ComparedName, other: ComparedName) -> float:
    """Return 1.0 for two names that are the same but for words of which one has the initial alone, else 0.0.

    >>> from testimonia.linking.names import parse_name
    >>> _compare_initials(parse_name("M. Solen"), parse_name("Mira Solen"))
    1.0
    """
    if len(one.words) != len(other.words):
        return 0.0
    pairs = list(zip(one.words, other.words, strict=True))
    fits = all(a == b or (1 in {len(a), len(b)} and a[0] == b[0]) for a, b in pairs)
    return 1.0 if fits and any(a == b for a, b in pairs) else 0.0


def _compare_sounds(one: ComparedName, other: ComparedName) -> float:
    """Compare skeletons, and the vowels a little; of a short one little can be said."""
    if min(len(one.skeleton), len(other.skeleton)) < _SHORT and one.skeleton != other.skeleton:
        return 0.0
    straight = fuzz.ratio(one.skeleton, other.skeleton)
    turned = fuzz.ratio("".join(sorted(one.skeletons)), "".join(sorted(other.skeletons)))
    letters = JaroWinkler.normalized_similarity(" ".join(one.words), " ".join(other.words))
    likeness = 0.6 * max(straight, turned) / 100 + 0.4 * letters
    return likeness if len(one.skeleton) >= _SHORT else 0.85 * likeness


def _differ(one: ComparedName, other: ComparedName, weights: Mapping[str, float]) -> bool:
    """Tell whether the rarest word of either has nothing like it in the other."""
    unknown = max(weights.values(), default=1.0)
    for name, against in ((one, other), (other, one)):
        rarest = max(range(len(name.words)), key=lambda n: weights.get(name.skeletons[n], unknown), default=None)
        if rarest is None:
            return True
        word = name.words[rarest]
        if max((fuzz.ratio(word, candidate) for candidate in against.words), default=0) < 75:
            return True
    return False


def score(evidence: Evidence) -> float:
    """Return how likely it is that the two are one, from 0 to 0.99, and write the reasons into the evidence.

    >>> found = Evidence(1.0, "Mira Solen", "Solen, Mira", same_class="Person")
    >>> score(found), found.reasons
    (0.95, ['the same name: "Mira Solen", "Solen, Mira"', 'both are Person'])
    """
    reasons = evidence.reasons
    total = 0.9 * evidence.likeness if evidence.likeness >= _ALIKE else 0.75 * evidence.likeness
    if evidence.likeness:
        how = "the same name" if evidence.likeness == 1 else f"names alike ({evidence.likeness:.2f})"
        how += ", by their sound" if evidence.by_sound else ""
        reasons.append(f'{how}: "{evidence.ours}", "{evidence.theirs}"')
    if evidence.code is not None:
        _, theirs, text, count = evidence.code
        under = " / ".join(map(get_last_word, theirs.split(" / ")))
        if count == 1:
            total = max(total + _BY_CODE, _BY_CODE_ALONE)
            reasons.append(f'the code "{text}", under {under}, which no other of theirs has')
        else:
            total += _BY_SHARED_CODE
            reasons.append(f'the code "{text}", under {under}, which {count} of theirs have')
    elif evidence.other_code:
        total *= 0.6
        reasons.append(f'against it: their code "{evidence.other_code}" is that of another entity of ours')
    if evidence.same_class:
        total += 0.05
        reasons.append(f"both are {evidence.same_class}")
    elif evidence.other_class:
        total *= 0.6
        reasons.append(f"against it: theirs is {evidence.other_class}")
    if evidence.date:
        total += 0.04
        reasons.append(f"a date that fits: {evidence.date}")
    if evidence.relation:
        total += 0.06
        reasons.append(f"related to what is the same too: {evidence.relation}")
    return round(min(total, _BEST), 3)


def compare_rest(ours: Profile, theirs: Profile, classes: Mapping[str, set[str]], evidence: Evidence) -> None:
    """Add to the evidence whether classes and dates fit."""
    known = [(iri, classes[iri]) for iri in theirs.classes if iri in classes]
    own = set(ours.classes)
    if any(found & own for _, found in known):
        evidence.same_class = get_last_word(next(iter(ours.classes)))
    elif known:
        evidence.other_class = get_last_word(known[0][0])
    for first, last in ours.dates:
        fits = [span for span in theirs.dates if first <= span[1] and span[0] <= last and _is_narrow(first, last, span)]
        if fits:
            evidence.date = " to ".join(dict.fromkeys(map(str, fits[0])))
            return


def _is_narrow(first: date, last: date, span: DateSpan) -> bool:
    """Tell whether neither span reaches beyond the next year: that a decade contains a day says little."""
    return last.year - first.year < 2 and span[1].year - span[0].year < 2

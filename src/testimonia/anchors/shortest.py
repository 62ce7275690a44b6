"""Find the cue with the fewest words that fits one passage only."""

from dataclasses import replace
from itertools import islice

from testimonia.anchors.spans import (
    Places,
    Scope,
    TurnSpan,
    find_scope,
    find_spans,
    find_tight_spans,
    find_words,
    narrow_places,
    pair_places,
)
from testimonia.core.evidence import Cue
from testimonia.core.text import Interview

MOST_WORDS_A_SIDE = 4
MOST_WORDS_WHOLE = 6


def find_shortest_cue(interview: Interview, turn: int, start: int, end: int) -> Cue | None:
    """Return the shortest cue of a passage: fewest words in all, then evenly shared, then more of the first words.

    A passage of one or two words is its own cue. Where even four words a side fit several times, the cue has an `nth`,
    which counts the passages that hold no other one. None when the passage begins or ends within a word, or repeats
    its own first and last words so that no cue fits it. Offsets are code points of the source.
    """
    speaker = interview.turns[turn - 1].speaker
    words = interview.source.text[start:end].split()
    if not words:
        return None
    target = TurnSpan(turn, start, end)
    whole = Cue(speaker.voice, " ".join(words), speaker_name=speaker.name)
    if len(words) <= 2 and list(islice(find_spans(interview, whole), 2)) == [target]:
        return whole
    found = _find_pair(interview, target, words, find_scope(interview, speaker))
    if found:
        return Cue(speaker.voice, *found, speaker_name=speaker.name)
    if len(words) <= MOST_WORDS_WHOLE and list(islice(find_spans(interview, whole), 2)) == [target]:
        return whole
    return _find_counted(interview, target, whole, words)


def list_splits(count: int) -> list[tuple[int, int]]:
    """Return the numbers of first and last words to try for a passage of so many words, the fewest first.

    >>> list_splits(2)
    [(1, 1), (2, 1), (1, 2), (2, 2)]
    """
    most = min(MOST_WORDS_A_SIDE, count)
    splits = [(a, b) for a in range(1, most + 1) for b in range(1, most + 1)]
    return sorted(splits, key=lambda split: (sum(split), abs(split[0] - split[1]), -split[0]))


def count_cue_words(cue: Cue) -> int:
    """Return how many words of the text a cue repeats.

    >>> from testimonia.core.text import Voice
    >>> count_cue_words(Cue(Voice.EDITOR, "On 4 May", "of minors."))
    5
    """
    return len(" ".join(cue.sides).split())


def _find_pair(interview: Interview, target: TurnSpan, words: list[str], scopes: list[Scope]) -> tuple[str, str] | None:
    """Return the shortest first and last words that fit the target and nothing else."""
    text = interview.source.text
    firsts: dict[int, list[Places]] = {}
    lasts: dict[int, list[Places]] = {}
    for before, after in list_splits(len(words)):
        first, last = " ".join(words[:before]), " ".join(words[-after:])
        if before not in firsts:
            firsts[before] = _narrow(text, first, firsts.get(before - 1), scopes)
        if after not in lasts:
            lasts[after] = [find_words(text, last, s.start, s.end) for s in scopes]
        if _fits_once(firsts[before], lasts[after], scopes, target):
            return first, last
    return None


def _narrow(text: str, words: str, known: list[Places] | None, scopes: list[Scope]) -> list[Places]:
    """Return the places of some words; those of one word fewer, where known, are where to look."""
    if known is None:
        return [find_words(text, words, s.start, s.end) for s in scopes]
    return [narrow_places(text, words, places, s.end) for places, s in zip(known, scopes, strict=True)]


def _fits_once(firsts: list[Places], lasts: list[Places], scopes: list[Scope], target: TurnSpan) -> bool:
    only: TurnSpan | None = None
    for first, last, scope in zip(firsts, lasts, scopes, strict=True):
        for start, end in pair_places(first, last):
            if only is not None:
                return False
            only = TurnSpan(scope.number, start, end)
    return only == target


def _find_counted(interview: Interview, target: TurnSpan, whole: Cue, words: list[str]) -> Cue | None:
    """Return the cue with `nth` that counts among as few passages as can be, then has the fewest words."""
    best: tuple[int, Cue] | None = None
    forms = [whole] if len(words) <= MOST_WORDS_WHOLE else []
    for before, after in list_splits(len(words)):
        forms.append(replace(whole, first=" ".join(words[:before]), last=" ".join(words[-after:])))
    for form in sorted(forms, key=count_cue_words):
        spans = find_tight_spans(interview, form)
        if target in spans and (best is None or len(spans) < best[0]):
            best = len(spans), replace(form, nth=spans.index(target) + 1)
    return best[1] if best else None

"""Find every place of an interview where a cue fits.

Words must equal the text code point by code point; one run of white space, whatever it is, stands between two of them.
A cue that begins or ends with a letter or digit does not cut a word. A pair of first and last words fits where both lie
in one turn of the speaker, the first not beginning after the last, and not ending after it; they may overlap.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from testimonia.core.evidence import Cue
from testimonia.core.text import Interview, Speaker


@dataclass(frozen=True, slots=True, order=True)
class TurnSpan:
    """A stretch of one turn: the turn's number, start and end in the source."""

    turn: int
    start: int
    end: int


Places = list[tuple[int, int]]


def find_spans(interview: Interview, cue: Cue) -> Iterator[TurnSpan]:
    """Return every pair of first and last words that fits, whatever `nth` says, in the order of the text."""
    return _find_pairs(interview, cue, pair_places)


def find_tight_spans(interview: Interview, cue: Cue) -> list[TurnSpan]:
    """Return the pairs that hold no other pair, in the order of the text: what `nth` counts."""
    return list(_find_pairs(interview, cue, pair_tightly))


def _find_pairs(
    interview: Interview, cue: Cue, pair: Callable[[Places, Places], Iterable[tuple[int, int]]]
) -> Iterator[TurnSpan]:
    for turn in find_scope(interview, cue.speaker):
        places: Iterable[tuple[int, int]]
        places = firsts = find_words(interview.source.text, cue.first, turn.start, turn.end)
        if cue.last is not None and firsts:
            places = pair(firsts, find_words(interview.source.text, cue.last, turn.start, turn.end))
        for start, end in places:
            yield TurnSpan(turn.number, start, end)


def find_scope(interview: Interview, speaker: Speaker) -> list["Scope"]:
    """Return the turns of one speaker, as numbered stretches."""
    return [Scope(t.number, t.start, t.end) for t in interview.turns if t.speaker == speaker]


@dataclass(frozen=True, slots=True)
class Scope:
    """A turn in which a cue is looked for."""

    number: int
    start: int
    end: int


def find_words(text: str, words: str, start: int, end: int) -> Places:
    r"""Return every place of some words between two offsets, also where they overlap, as (start, end).

    >>> find_words("No, no: no\n no!", "no no", 0, 16)
    [(8, 14)]
    >>> find_words("Malmö, Malm", "Malm", 0, 11)
    [(7, 11)]
    """
    pattern = compile_words(words)
    places: Places = []
    found = pattern.search(text, start, end)
    while found:
        if not _cuts_word(text, found.start(), found.end()):
            places.append(found.span())
        found = pattern.search(text, found.start() + 1, end)
    return places


def narrow_places(text: str, words: str, places: Places, end: int) -> Places:
    """Return the places of some words among those where their beginning is known to stand.

    >>> narrow_places("no no, no", "no no", [(0, 2), (3, 5), (7, 9)], 9)
    [(0, 5)]
    """
    pattern = compile_words(words)
    matches = (pattern.match(text, start, end) for start, _ in places)
    return [m.span() for m in matches if m and not _cuts_word(text, m.start(), m.end())]


def compile_words(words: str) -> re.Pattern[str]:
    """Return the pattern of some words with runs of white space between them; ValueError when there are none."""
    parts = words.split()
    if not parts:
        raise ValueError("no words to look for")
    return re.compile(r"\s+".join(map(re.escape, parts)))


def pair_places(firsts: Places, lasts: Places) -> Iterator[tuple[int, int]]:
    """Yield all pairs with start ≤ start and end ≤ end; both lists are in the order of the text.

    >>> list(pair_places([(0, 2), (5, 7)], [(1, 3), (5, 7)]))
    [(0, 3), (0, 7), (5, 7)]
    """
    at = 0
    for start, end in firsts:
        while at < len(lasts) and (lasts[at][0] < start or lasts[at][1] < end):
            at += 1
        for last in lasts[at:]:
            yield start, last[1]


def pair_tightly(firsts: Places, lasts: Places) -> Iterator[tuple[int, int]]:
    """Yield the pairs that hold no other pair.

    >>> list(pair_tightly([(0, 2), (5, 7)], [(1, 3), (5, 7)]))
    [(0, 3), (5, 7)]
    """
    at = 0
    for number, (start, end) in enumerate(firsts):
        while at < len(lasts) and (lasts[at][0] < start or lasts[at][1] < end):
            at += 1
        if at == len(lasts):
            return
        following = firsts[number + 1] if number + 1 < len(firsts) else None
        if following is None or following[0] > lasts[at][0] or following[1] > lasts[at][1]:
            yield start, lasts[at][1]


def _cuts_word(text: str, start: int, end: int) -> bool:
    before = start > 0 and _in_word(text[start]) and _in_word(text[start - 1])
    return before or (end < len(text) and _in_word(text[end - 1]) and _in_word(text[end]))


def _in_word(char: str) -> bool:
    """Tell whether a code point is a letter, a digit or a mark that combines with one."""
    return char.isalnum() or unicodedata.category(char)[0] == "M"

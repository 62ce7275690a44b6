"""Resolve a cue to the one passage of an interview that it stands for, or say what is wrong with it.

There is no nearest match and no best guess: a cue fits exactly one passage of its speaker in this interview, or the
curator is told. It repeats no more of the text than is needed for that, since the text belongs to its publisher.
"""

import hashlib
from collections.abc import Iterator
from itertools import islice

from testimonia.anchors.cue_errors import explain_long, explain_nowhere, explain_nth, explain_several
from testimonia.anchors.shortest import MOST_WORDS_A_SIDE, MOST_WORDS_WHOLE, count_cue_words, find_shortest_cue
from testimonia.anchors.spans import TurnSpan, find_spans, find_tight_spans
from testimonia.core.evidence import Cue, Passage
from testimonia.core.findings import Finding
from testimonia.core.text import Interview


def find_passages(interview: Interview, cue: Cue) -> Iterator[Passage]:
    """Return every passage that the words of a cue fit, in the order of the text, whatever its `nth`.

    Offsets are code points of the source, 0-based, end-exclusive; the digest is that of the passage's UTF-8 text.
    """
    return (read_passage(interview, span) for span in find_spans(interview, cue))


def resolve_cue(interview: Interview, cue: Cue) -> Passage | Finding:
    """Return the passage that a cue stands for, or a finding that says why it stands for none.

    A pair of first and last words has the fewest words that fit its passage, at most four a side; words without an
    ellipsis are the whole passage, at most six. `nth` is there only where no words can do without.
    """
    if cue.nth:
        spans = find_tight_spans(interview, cue)
        if spans and cue.nth > len(spans):
            return explain_nth(interview, cue, spans)
        found = spans[cue.nth - 1 : cue.nth]
    else:
        found = spans = list(islice(find_spans(interview, cue), 2))
        if len(found) > 1:
            return explain_several(interview, cue)
    if not found:
        return explain_nowhere(interview, cue)
    return _find_excess(interview, cue, found[0], spans) or read_passage(interview, found[0])


def _find_excess(interview: Interview, cue: Cue, span: TurnSpan, spans: list[TurnSpan]) -> Finding | None:
    """Return a finding about more words than the passage needs, or an `nth` that it does not; None for neither."""
    words = count_cue_words(cue)
    whole = cue.last is None and words <= MOST_WORDS_WHOLE
    if whole and not cue.nth:
        return None
    shortest = find_shortest_cue(interview, span.turn, span.start, span.end)
    if cue.nth and shortest is not None and not shortest.nth:
        return explain_nth(interview, cue, spans)
    fewest = words if shortest is None else count_cue_words(shortest)
    if whole or (fewest >= words and _is_short(cue)):
        return None
    return explain_long(interview, span, words, shortest)


def _is_short(cue: Cue) -> bool:
    return all(len(side.split()) <= MOST_WORDS_A_SIDE for side in cue.sides)


def read_passage(interview: Interview, span: TurnSpan) -> Passage:
    """Return the passage that a span is, with its digest."""
    words = interview.source.text[span.start : span.end]
    return Passage(span.turn, span.start, span.end, hashlib.sha256(words.encode()).hexdigest())

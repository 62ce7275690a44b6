"""Misfits: a cue that does not resolve in, why not and how to mend it out.

A message shows lines of the source, words that the curator typed, and cues to copy; no more of the text than a record
may hold.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from testimonia.anchors.relaxed import find_relaxed_span
from testimonia.anchors.shortest import find_shortest_cue
from testimonia.anchors.spans import TurnSpan, find_spans, find_tight_spans
from testimonia.core.evidence import Cue
from testimonia.core.text import Interview, Speaker, Voice

_MOST_SHOWN = 4
_MOST_COUNTED = 100


class Reason(StrEnum):
    """Why a cue does not resolve: the code of the problem."""

    NOWHERE = "cue-not-found"
    RELAXED = "cue-inexact"
    OTHER_VOICE = "cue-of-another-voice"
    SEVERAL = "cue-ambiguous"
    NTH = "cue-nth"
    LONG = "cue-longer-than-needed"


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cue that does not resolve: why, what was got and expected, how to mend it (as in `Problem`)."""

    reason: Reason
    got: str
    expected: str
    mend: str


def explain_nowhere(interview: Interview, cue: Cue) -> Misfit:
    """Return what to do with a cue that fits nowhere in its voice's turns."""
    wanted = name_part(cue.part)
    for part in sorted({t.part for t in interview.turns} - {cue.part}, key=_rank):
        span = next(find_spans(interview, Cue(part.voice, cue.first, cue.last, speaker=part.speaker)), None)
        if span:
            got = f"fits only in the words of {name_part(part)} ({show_lines(interview, [span])})"
            mend = f"Write `speaker: {part}` if the claim is theirs; else cite {wanted}'s own words"
            return Misfit(Reason.OTHER_VOICE, got, f"words of {wanted}", mend)
    span = find_relaxed_span(interview, cue)
    if span:
        got = f"fits {show_lines(interview, [span])} only when quotes, spaces and capitals do not count"
        return Misfit(Reason.RELAXED, got, "the words exactly as in the source", _propose(interview, [span]))
    mend = f"`testimonia passages {interview.reference} --find WORDS` prints cues ready to copy"
    got = "fits nowhere" + _explain_halves(interview, cue)
    return Misfit(Reason.NOWHERE, got, f"words of {wanted} in {interview.reference}", mend)


def explain_several(interview: Interview, cue: Cue) -> Misfit:
    """Return where a cue fits that fits more than once, and the words to add for each place."""
    spans = list(islice(find_spans(interview, cue), _MOST_COUNTED))
    count = f"{len(spans)}" if len(spans) < _MOST_COUNTED else f"{_MOST_COUNTED} or more"
    got = f"fits {count} passages ({show_lines(interview, spans)})"
    tight = find_tight_spans(interview, replace(cue, nth=0))
    return Misfit(Reason.SEVERAL, got, "exactly one passage", _propose(interview, tight))


def explain_nth(interview: Interview, cue: Cue, spans: list[TurnSpan]) -> Misfit:
    """Return what is wrong with an `nth`: more than there are passages, or none needed."""
    if cue.nth > len(spans):
        got = f"has nth {cue.nth} and fits {len(spans)} passages ({show_lines(interview, spans)})"
        return Misfit(Reason.NTH, got, f"a number up to {len(spans)}", _propose(interview, spans))
    mend = _propose(interview, [spans[cue.nth - 1]])
    return Misfit(Reason.NTH, f"has nth {cue.nth}, though other words fit once", "words that fit once", mend)


def explain_long(interview: Interview, span: TurnSpan, words: int, shortest: Cue | None) -> Misfit:
    """Return the fewest words for a passage whose cue repeats more of the text than is needed."""
    if shortest is None:
        got = f"has {words} words, more than a record may repeat"
        mend = f"Cite a shorter or longer passage {show_lines(interview, [span])}"
        return Misfit(Reason.LONG, got, "at most 4 words a side, or 6 in all", mend)
    got = f"has {words} words, longer than needed"
    return Misfit(Reason.LONG, got, "the fewest words that fit", f"Write {show_cue(shortest)}")


def name_part(part: Speaker) -> str:
    """Return how a message speaks of somebody's part.

    >>> name_part(Speaker(Voice.EDITOR)), name_part(Speaker(Voice.QUOTED, "mira-solen"))
    ('the editor', 'mira-solen')
    >>> name_part(Speaker(Voice.QUOTED))
    'the quoted whose name is not known'
    """
    if part.voice is Voice.QUOTED:
        return part.speaker or "the quoted whose name is not known"
    return f"the {part.voice}"


def show_cue(cue: Cue) -> str:
    """Return a cue as it is written in a record, in a message.

    >>> show_cue(Cue(Voice.EDITOR, "On 4 May", "of minors.", 2))
    '"On 4 May … of minors." with nth: 2'
    """
    words = cue.first if cue.last is None else f"{cue.first} … {cue.last}"
    return f'"{words}"' + (f" with nth: {cue.nth}" if cue.nth else "")


def show_lines(interview: Interview, spans: list[TurnSpan]) -> str:
    """Return the lines of the source that some passages stand in: `on line 3`, `on lines 3, 5–6`."""
    text = interview.source.text
    shown: list[str] = []
    for span in spans:
        first, last = (text.count("\n", 0, offset) + 1 for offset in (span.start, span.end))
        lines = str(first) if first == last else f"{first}–{last}"
        if lines not in shown:
            shown.append(lines)
    more = " …" if len(shown) > _MOST_SHOWN else ""
    word = "line" if len(shown) == 1 and "–" not in shown[0] else "lines"
    return f"on {word} " + ", ".join(shown[:_MOST_SHOWN]) + more


def _rank(part: Speaker) -> tuple[int, str]:
    """Return the place of a part among all: voices in their own order, then speakers by name."""
    return list(Voice).index(part.voice), part.speaker


def _propose(interview: Interview, spans: list[TurnSpan]) -> str:
    proposals: list[str] = []
    for span in spans[:_MOST_SHOWN]:
        cue = find_shortest_cue(interview, span.turn, span.start, span.end)
        if cue:
            proposals.append(f"{show_cue(cue)} ({show_lines(interview, [span])})")
    if not proposals:
        return "Cite a shorter or longer passage"
    return "Write " + " or ".join(proposals)


def _explain_halves(interview: Interview, cue: Cue) -> str:
    """Tell which of first and last words fits, when only their pair does not."""
    if cue.last is None:
        return ""
    places = [
        list(islice(find_spans(interview, replace(cue, first=words, last=None)), _MOST_COUNTED))
        for words in (cue.first, cue.last)
    ]
    first, last = (show_lines(interview, spans) if spans else "" for spans in places)
    if first and last:
        return f": first words {first}, last words {last}, no pair within one turn"
    if first or last:
        return f": first words {first or 'nowhere'}, last words {last or 'nowhere'}"
    return ""

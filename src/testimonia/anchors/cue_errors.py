"""Why a cue does not resolve, and how to fix it.

A message shows lines of the source, words that the curator typed, and cues to copy; no more of the text than a record
may hold.
"""

from dataclasses import replace
from enum import StrEnum
from itertools import islice

from testimonia.anchors.relaxed import find_relaxed_span
from testimonia.anchors.shortest import find_shortest_cue
from testimonia.anchors.spans import TurnSpan, find_spans, find_tight_spans
from testimonia.core.evidence import Cue
from testimonia.core.findings import Finding
from testimonia.core.text import Interview, Speaker, Voice

_MOST_SHOWN = 4
_MOST_COUNTED = 100
_NOWHERE = "nowhere"


class Reason(StrEnum):
    """Why a cue does not resolve: the code of the problem."""

    NOWHERE = "cue-not-found"
    RELAXED = "cue-inexact"
    OTHER_VOICE = "cue-of-another-voice"
    SEVERAL = "cue-ambiguous"
    NTH = "cue-nth"
    LONG = "cue-longer-than-needed"


def explain_nowhere(interview: Interview, cue: Cue) -> Finding:
    """Return why a cue fits nowhere in its speaker's turns, and what to do."""
    wanted = describe_speaker(cue.speaker)
    for speaker in sorted({t.speaker for t in interview.turns} - {cue.speaker}, key=_rank):
        span = next(find_spans(interview, Cue(speaker.voice, cue.first, cue.last, speaker_name=speaker.name)), None)
        if span:
            found = f"fits only in the words of {describe_speaker(speaker)} ({show_lines(interview, [span])})"
            fix = f"Write `speaker: {speaker}` if the claim is theirs; else cite {wanted}'s own words"
            return Finding.at("", Reason.OTHER_VOICE, found=found, expected=f"words of {wanted}", fix=fix)
    span = find_relaxed_span(interview, cue)
    if span:
        found = f"fits {show_lines(interview, [span])} only when quotes, spaces and capitals do not count"
        expected, fix = "the words exactly as in the source", _propose(interview, [span])
        return Finding.at("", Reason.RELAXED, found=found, expected=expected, fix=fix)
    fix = f"`testimonia passages {interview.reference} --find WORDS` prints cues ready to copy"
    found = "fits nowhere" + _explain_halves(interview, cue)
    return Finding.at("", Reason.NOWHERE, found=found, expected=f"words of {wanted} in {interview.reference}", fix=fix)


def explain_several(interview: Interview, cue: Cue) -> Finding:
    """Return the places of a cue that fits more than once, and longer cues to choose from."""
    spans = list(islice(find_spans(interview, cue), _MOST_COUNTED))
    count = f"{len(spans)}" if len(spans) < _MOST_COUNTED else f"{_MOST_COUNTED} or more"
    found = f"fits {count} passages ({show_lines(interview, spans)})"
    tight = find_tight_spans(interview, replace(cue, nth=0))
    return Finding.at("", Reason.SEVERAL, found=found, expected="exactly one passage", fix=_propose(interview, tight))


def explain_nth(interview: Interview, cue: Cue, spans: list[TurnSpan]) -> Finding:
    """Return that an `nth` is more than there are passages, or not needed."""
    if cue.nth > len(spans):
        found = f"has nth {cue.nth} and fits {len(spans)} passages ({show_lines(interview, spans)})"
        expected, fix = f"a number up to {len(spans)}", _propose(interview, spans)
        return Finding.at("", Reason.NTH, found=found, expected=expected, fix=fix)
    found, fix = f"has nth {cue.nth}, though other words fit once", _propose(interview, [spans[cue.nth - 1]])
    return Finding.at("", Reason.NTH, found=found, expected="words that fit once", fix=fix)


def explain_long(interview: Interview, span: TurnSpan, words: int, shortest: Cue | None) -> Finding:
    """Return that a cue repeats more of the text than is needed, with the fewest words that do."""
    if shortest is None:
        found = f"has {words} words, more than a record may repeat"
        fix = f"Cite a shorter or longer passage {show_lines(interview, [span])}"
        return Finding.at("", Reason.LONG, found=found, expected="at most 4 words a side, or 6 in all", fix=fix)
    found, fix = f"has {words} words, longer than needed", f"Write {show_cue(shortest)}"
    return Finding.at("", Reason.LONG, found=found, expected="the fewest words that fit", fix=fix)


def describe_speaker(speaker: Speaker) -> str:
    """Return how a message names a speaker.

    >>> describe_speaker(Speaker(Voice.EDITOR)), describe_speaker(Speaker(Voice.QUOTED, "mira-solen"))
    ('the editor', 'mira-solen')
    >>> describe_speaker(Speaker(Voice.QUOTED))
    'the quoted whose name is not known'
    """
    if speaker.voice is Voice.QUOTED:
        return speaker.name or "the quoted whose name is not known"
    return f"the {speaker.voice}"


def show_cue(cue: Cue) -> str:
    """Return a cue as it is written in a record, in a message.

    >>> show_cue(Cue(Voice.EDITOR, "On 4 May", "of minors.", 2))
    '"On 4 May … of minors." with nth: 2'
    """
    return f'"{" … ".join(cue.sides)}"' + (f" with nth: {cue.nth}" if cue.nth else "")


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


def _rank(speaker: Speaker) -> tuple[int, str]:
    """Return the sort key of a speaker: voices in their own order, then names."""
    return list(Voice).index(speaker.voice), speaker.name


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
    first, last = (_show_places(interview, replace(cue, first=words, last=None)) for words in cue.sides)
    if first == last == _NOWHERE:
        return ""
    pair = "" if _NOWHERE in (first, last) else ", no pair within one turn"
    return f": first words {first}, last words {last}{pair}"


def _show_places(interview: Interview, cue: Cue) -> str:
    spans = list(islice(find_spans(interview, cue), _MOST_COUNTED))
    return show_lines(interview, spans) if spans else _NOWHERE

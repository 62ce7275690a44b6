"""Find where a cue that fits nowhere would fit if quotes, spaces, accents and case did not count.

For messages only: no cue is ever resolved like this.
"""

import unicodedata

from testimonia.anchors.spans import TurnSpan, find_scope
from testimonia.core.evidence import Cue
from testimonia.core.text import Interview

_SAME = {**dict.fromkeys('‘’‚‛“”„‟«»`´"', "'"), **dict.fromkeys("‐‑‒–—―−", "-")}


def relax(text: str) -> tuple[str, list[int]]:
    """Return a text without white space, case, accents and kinds of quotes, and where each of its characters stood.

    >>> relax("‘Ó no’")
    ("'ono'", [0, 1, 3, 4, 5])
    """
    chars: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        plain = unicodedata.normalize("NFKD", _SAME.get(char, char))[:1].lower()[:1]
        if plain and not plain.isspace() and unicodedata.category(plain)[0] != "M":
            chars.append(plain)
            offsets.append(offset)
    return "".join(chars), offsets


def find_relaxed_span(interview: Interview, cue: Cue) -> TurnSpan | None:
    """Return the first passage of the cue's speaker that it would fit, widened to whole words, or None."""
    text = interview.source.text
    first, last = relax(cue.first)[0], relax(cue.last or "")[0]
    for turn in find_scope(interview, cue.speaker):
        plain, offsets = relax(text[turn.start : turn.end])
        begin = _find_whole(plain, offsets, text[turn.start : turn.end], first, 0)
        if not first or begin < 0:
            continue
        finish = _find_whole(plain, offsets, text[turn.start : turn.end], last, begin + len(first))
        if finish < 0:
            continue
        start = turn.start + offsets[begin]
        end = turn.start + offsets[finish + len(last) - 1] + 1
        while start > turn.start and not text[start - 1].isspace():
            start -= 1
        while end < turn.end and not text[end].isspace():
            end += 1
        return TurnSpan(turn.number, start, end)
    return None


def _find_whole(plain: str, offsets: list[int], text: str, words: str, since: int) -> int:
    """Return the offset of relaxed words that begin a word in a relaxed text; -1 for nowhere."""
    at = plain.find(words, since)
    while at > 0 and words and words[0].isalnum() and text[offsets[at] - 1].isalnum():
        at = plain.find(words, at + 1)
    return at

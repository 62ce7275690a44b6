"""Split text into sentences, for proposing cues; the graph does not depend on them.

Small rules of our own: pysbd, the usual rule-based library, has had no release since 2021, its young successors stand
at 0.0.x, and the others bring a language model; none of them looks for a full stop without a space behind it.
"""

import re

_TITLES = "brig capt col dr gen gov hon lt maj messrs mr mrs ms mt prof rep rev sen sgt st"
_PHRASES = "approx assoc c ca cf co dept e.g ed eds eg est etc i.e ie inc jr ltd sr u.n u.s u.s.a v viz vs"
ABBREVIATIONS = frozenset(f"{_TITLES} {_PHRASES}".split())
"""Words (lower case, last full stop left out) after which a full stop does not end a sentence."""

_BEFORE_NUMBER = frozenset({"art", "arts", "ch", "fig", "figs", "no", "nos", "p", "para", "paras", "pp", "vol"})
"""Abbreviations only where a number follows: "Case no. 5", but "They said no. Then they left"."""

_OFTEN_LAST = frozenset({"etc", "inc", "jr", "sr", "co", "ltd", "u.n", "u.s", "u.s.a"})
"""Abbreviations that do end a sentence when a capital follows."""

_CLOSERS = "’”'\"»)]"
_END = re.compile(rf"[.!?…]+[{re.escape(_CLOSERS)}]*")
_WORD_BEFORE = re.compile(r"[^\W_][\w.$-]*$")
_MOST_WORD = 20


def split_sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    r"""Return the spans (offsets in `text`, end-exclusive, white space left out) of the sentences of a stretch.

    A line break always ends a sentence. A full stop, question or exclamation mark ends one when white space or a
    capital follows it, except behind an abbreviation or initial, or before a small letter.

    >>> text = "Dr Solen (approx. US$ 700) left.Founded in 2009? ‘Yes.’ She\n stayed"
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['Dr Solen (approx. US$ 700) left.', 'Founded in 2009?', '‘Yes.’', 'She', 'stayed']
    """
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    while start < end:
        line = text.find("\n", start, end)
        line = end if line < 0 else line
        cuts = [m.end() for m in _END.finditer(text, start, line) if _ends_sentence(text, m, line)]
        for cut in (*cuts, line):
            piece = text[start:cut]
            words = piece.strip()
            if words:
                begin = start + piece.index(words)
                spans.append((begin, begin + len(words)))
            start = cut
        start = line + 1
    return spans


def _ends_sentence(text: str, mark: re.Match[str], end: int) -> bool:
    """Tell whether a full stop (or other mark, with closing quotes after it) ends a sentence."""
    rest = text[mark.end() : end]
    following = rest.lstrip()
    if not following:
        return True
    spaced = rest[0].isspace()
    lead = following.lstrip("‘“'\"«([")[:1]
    if lead.islower() or not (spaced or lead.isupper()):
        return False
    before = _WORD_BEFORE.search(text, max(0, mark.start() - _MOST_WORD), mark.start())
    word = before.group().lower() if before else ""
    if not spaced:
        return _is_joined(word) or not word
    return mark.group() != "." or not _is_abbreviation(word, lead)


def _is_abbreviation(word: str, lead: str) -> bool:
    """Tell whether a full stop belongs to an abbreviation, given the first letter of the next word."""
    if word in _BEFORE_NUMBER:
        return lead.isdigit()
    if word in ABBREVIATIONS:
        return word not in _OFTEN_LAST or not lead.isupper()
    return len(word) == 1 and word.isalpha() and word != "i"


def _is_joined(word: str) -> bool:
    """Tell whether a word may end a sentence though the next one is joined to it: no initials, no site's name."""
    return len(word) > 1 and "." not in word

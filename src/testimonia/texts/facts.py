"""The facts about an interview that `testimonia texts` shows.

Country and title stand in the headline. People are read from the first sentence of the introduction: behind the last
`with` that a name follows, a name being two or more words with capitals ("with activist Mira Solen, director of …").
That is cautious: one-word names and a second person behind a description are not shown. None of it enters a record.
"""

import re
from dataclasses import dataclass

from testimonia.core.text import Interview, SegmentKind
from testimonia.texts.closings import find_rating
from testimonia.texts.question_answer import HEADLINE, find_country
from testimonia.texts.sentences import split_sentences
from testimonia.texts.speakers import is_narrative, list_quoted

_CAPITAL = r"[^\W\d_a-z][\w’'.-]*"
_PARTICLE = r"(?:al|ben|bin|da|de|del|della|den|der|di|dos|du|el|ibn|la|le|ten|van|von|y|zu)"
_NAME = re.compile(rf"(?<![\w’'-]){_CAPITAL}(?:\s+(?:{_PARTICLE}\s+)*{_CAPITAL})+")
_WITH = re.compile(r"with(?=\s|[^\W\d_a-z])")
_CLAUSE_END = re.compile(r",|;|\babout\b|\bwho\b|\bon\b")


@dataclass(frozen=True, slots=True)
class Facts:
    """An interview at a glance; `rating` is "" where the page gives none."""

    reference: str
    country: str
    headline: str
    people: tuple[str, ...]
    questions: int
    words: int
    rating: str


def find_facts(interview: Interview) -> Facts:
    """Return the facts of an interview."""
    headline = interview.text_of(SegmentKind.HEADLINE)
    title = HEADLINE.fullmatch(headline)
    return Facts(
        reference=interview.reference,
        country=find_country(headline),
        headline=title["title"] if title else headline,
        people=_list_people(interview),
        questions=sum(t.kind is SegmentKind.QUESTION for t in interview.turns),
        words=count_words(interview),
        rating=find_rating(interview.text_of(SegmentKind.RATING)) or "",
    )


def _list_people(interview: Interview) -> tuple[str, ...]:
    """Return the people named in an introduction; in a narrative those who are quoted by name."""
    if is_narrative(interview):
        return tuple(quoted.name for quoted in list_quoted(interview) if quoted.name)
    return find_people(interview.text_of(SegmentKind.INTRODUCTION))


def count_words(interview: Interview) -> int:
    """Return how many words, between white space, the turns of an interview have."""
    text = interview.source.text
    return sum(len(text[t.start : t.end].split()) for t in interview.turns)


def find_people(introduction: str) -> tuple[str, ...]:
    """Return the names behind the last `with` of the first sentence that a name follows.

    >>> find_people("Lantern Review speakswith musician Dr Mira Solen and Óren Dale, of the archive, about songs.")
    ('Dr Mira Solen', 'Óren Dale')
    >>> find_people("A portrait with no name.")
    ()
    """
    spans = split_sentences(introduction)
    first = introduction[spans[0][0] : spans[0][1]] if spans else ""
    for mark in reversed(list(_WITH.finditer(first))):
        clause = _CLAUSE_END.split(first[mark.end() :], maxsplit=1)[0]
        names = tuple(" ".join(name.split()).rstrip(".") for name in _NAME.findall(clause))
        if names:
            return names
    return ()

"""Decide which quotations of an article are speech, and whose.

A speaker is deduced only where the text says it: by name, or by a pronoun that can mean one person alone, or because a
quotation continues after an interruption. Everything else is left open, for a person to decide.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain

from testimonia.texts.marks import Marked
from testimonia.texts.names import NameInText, Persons, collect_persons, find_names
from testimonia.texts.paragraphs import Paragraph
from testimonia.texts.sentences import split_sentences
from testimonia.texts.speech import Hint, SpeakerMention, find_hint_after, find_hint_before

_LEAST_WORDS = 5
_PARAGRAPHS_BACK = 2
_LITTLE = "a an and at by for from in of on or the to with"
_SMALL = frozenset(_LITTLE.split())
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_HE = re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)

Stretch = tuple[int, int]


@dataclass(slots=True)
class Article:
    """A narrative: its text, its paragraphs, the quotations in it, and the narration of each paragraph."""

    text: str
    paragraphs: list[Paragraph]
    spoken: list[Marked]
    narration: list[list[Stretch]] = field(init=False)
    names: list[NameInText] = field(init=False)
    persons: Persons = field(init=False)

    def __post_init__(self) -> None:
        self.narration = [_find_narration(p, self.spoken) for p in self.paragraphs]
        self.names = []
        for start, end in chain.from_iterable(self.narration):
            self.names += find_names(self.text, start, end)
        speakers: list[tuple[str, ...]] = []
        for marked in self.spoken:
            for hint in (self.read_after(marked), self.read_before(marked)):
                if hint is not None and hint.told is SpeakerMention.NAMED and hint.verb:
                    speakers.append(hint.words)
        self.persons = collect_persons(self.names, speakers)

    def find_speakers(self) -> list[str]:
        """Return the speaker of each quotation, by the longest form of the name; "" where the text does not tell."""
        speakers: list[str] = []
        for number, marked in enumerate(self.spoken):
            before = self.spoken[number - 1] if number else None
            if before and self._continues(before, marked):
                speakers.append(speakers[-1])
            else:
                speakers.append(self._find_speaker(marked))
        return speakers

    def _find_speaker(self, marked: Marked) -> str:
        """Return the speaker that the narration around a quotation tells of: a name rather than a pronoun."""
        before, after = self.read_before(marked), self.read_after(marked)
        hints = [after, before] if self.closes_with_comma(marked) else [before, after]
        given = [h for h in hints if h is not None]
        for hint in given:
            if hint.told is SpeakerMention.NAMED:
                return self.persons.find_person(hint.words)
            if hint.told is SpeakerMention.UNNAMED:
                return ""
        if not given:
            return ""
        return self._resolve_pronoun(
            given[0].words[0], marked.end if given[0] is after and before is None else marked.start
        )

    def read_after(self, marked: Marked) -> Hint | None:
        """Return the hint at its speaker in the narration right behind a quotation."""
        start, end = next(((a, b) for a, b in self.narration[marked.last] if a == marked.end), (0, 0))
        begin = start + (self.text[start:end].startswith(","))
        lower = self.text[begin:end].lstrip()[:1].islower()
        if begin >= end or (self.text[marked.end - 2] == "." and not lower):
            return None
        return find_hint_after(self.text, begin, end, find_names(self.text, begin, end))

    def read_before(self, marked: Marked) -> Hint | None:
        """Return the hint at its speaker in the narration that leads up to a quotation."""
        part = next(((a, b) for a, b in self.narration[marked.first] if b == marked.start), None)
        sentences = split_sentences(self.text, *part) if part else []
        if not sentences:
            return None
        start, end = sentences[-1]
        return find_hint_before(self.text, start, end, find_names(self.text, start, end))

    def closes_with_comma(self, marked: Marked) -> bool:
        """Tell whether a comma stands before or behind the closing mark."""
        return "," in (self.text[marked.end - 2], self.text[marked.end : marked.end + 1])

    def _continues(self, before: Marked, marked: Marked) -> bool:
        """Tell whether a quotation continues the one before: nothing but who speaks stands between them."""
        if before.last != marked.first or self.read_after(before) is None:
            return False
        between = split_sentences(self.text, before.end, marked.start)
        rest = self.text[between[0][0] : marked.start].rstrip() if len(between) == 1 else ""
        return rest.endswith((",", ".", ";", ":", "-", "–", "—"))

    def _resolve_pronoun(self, pronoun: str, place: int) -> str:
        """Return the person a pronoun stands for: the only one who agrees with it in the nearest sentence with any."""
        if pronoun == "they":
            return ""
        number = next(i for i, p in enumerate(self.paragraphs) if p.start <= place <= p.end)
        for back in range(number, max(number - _PARAGRAPHS_BACK, 0) - 1, -1):
            for start, end in reversed(self._list_sentences(back, place)):
                fitting = [person for person in self._list_actors(start, end) if self._agrees(person, pronoun)]
                if fitting:
                    return fitting[0] if len(fitting) == 1 else ""
        return ""

    def _list_actors(self, start: int, end: int) -> list[str]:
        """Return the persons named in a sentence; those after a preposition only where there are no others."""
        names = [n for n in self.names if start <= n.start < end and not n.owning]
        names = [n for n in names if not n.oblique] or names
        persons = dict.fromkeys(self.persons.find_person(n.words) for n in names)
        return [person for person in persons if person]

    def _list_sentences(self, paragraph: int, place: int) -> list[Stretch]:
        """Return the sentences of a paragraph's narration before a place."""
        found: list[Stretch] = []
        for start, end in self.narration[paragraph]:
            if end <= place:
                found += split_sentences(self.text, start, end)
        return found

    def _agrees(self, person: str, pronoun: str) -> bool:
        """Tell whether the narration nowhere speaks of a person mostly with the other pronoun."""
        counts: Counter[str] = Counter()
        for number in range(len(self.paragraphs)):
            for start, end in self._list_sentences(number, len(self.text)):
                named = {self.persons.find_person(n.words) for n in self.names if start <= n.start < end} - {""}
                if named == {person}:
                    sentence = self.text[start:end]
                    counts["he"] += len(_HE.findall(sentence))
                    counts["she"] += len(_SHE.findall(sentence))
        other = "he" if pronoun == "she" else "she"
        return counts[pronoun] >= counts[other]


def _find_narration(paragraph: Paragraph, spoken: list[Marked]) -> list[Stretch]:
    """Return the stretches of a paragraph that are not quoted."""
    parts: list[Stretch] = []
    at = paragraph.start
    for marked in spoken:
        if marked.end > paragraph.start and marked.start < paragraph.end:
            if marked.start > at:
                parts.append((at, marked.start))
            at = max(at, marked.end)
    if at < paragraph.end:
        parts.append((at, paragraph.end))
    return parts


def find_spoken(text: str, paragraphs: list[Paragraph], marked: list[Marked]) -> list[Marked]:
    """Return the speech among all that stands in quotation marks: no titles, no single words.

    Speech is what a verb of saying leads up to or follows, what is a sentence of its own, and what has five words or
    more, unless it is a title: its longer words begin with capitals.
    """
    article = Article(text, paragraphs, marked)
    return [m for m in marked if _is_spoken(text, article, m)]


def _is_spoken(text: str, article: Article, marked: Marked) -> bool:
    start, end = marked.find_words(text)
    words = _WORD.findall(text[start:end])
    if not words:
        return False
    after, before = article.read_after(marked), article.read_before(marked)
    broken_off = article.closes_with_comma(marked) or text[end - 1] in "?!…—–-"
    if before is not None or (after is not None and after.verb and broken_off):
        return True
    longer = [w for w in words if w not in _SMALL]
    if len(longer) > 1 and all(w[0].isupper() for w in longer):
        return False
    complete = text[start].isupper() and text[end - 1] in ".?!…"
    return complete or len(words) >= _LEAST_WORDS

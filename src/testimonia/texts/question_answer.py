"""Read sources that hold one interview or a collection of them, questions and answers in turn.

    exile                                      what stands before the first headline belongs to no interview
    -                                          a line with a single hyphen, before each headline but the first
    VALDORIA: ‘We record songs, …’             headline: country in capitals, colon, title in quotation marks
    Lantern Review speaks with …               introduction: one or more paragraphs, up to the first question
    What happened to the archive?              question: a short paragraph that ends with a question mark
    On 4 May 2031 …                            answer: one or more paragraphs, up to the next question
    Cultural space in Valdoria is rated …      closing lines: rating, contact, photo credit, disclaimer; each may fail

Paragraphs of one kind that follow one another are one segment (closing lines stay apart), from the first word to the
last, line breaks between them included. The white space, hyphens and titles between two segments are one separator,
so that segments cover the source whole and no turn begins or ends with white space.
"""

import re
from itertools import groupby

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.record import Position
from testimonia.core.text import Interview, Reading, Segment, SegmentKind, TextSource
from testimonia.texts.closings import find_closing
from testimonia.texts.paragraphs import Paragraph, split_paragraphs

HEADLINE = re.compile(r"(?P<country>[^\W\d_][^:‘’“”]*?)\s*:\s*[‘“](?P<title>.+)[’”]")
_HYPHEN = "-"
_MOST_QUESTION_WORDS = 60
_MOST_QUESTION_SENTENCES = 3
_MOST_TITLE_WORDS = 20
_SENTENCE_END = re.compile(r"[.!?][’”'\")\]]*\s+(?=\S)")


class QuestionAnswerReader:
    """Reads collections of questions and answers."""

    name = "question-answer"

    def recognises(self, text: str) -> bool:
        r"""Tell whether a headline stands where one may stand, and a question after it.

        >>> QuestionAnswerReader().recognises("VALDORIA: ‘A title’\nIntroduction.\nWhy?\nSo.")
        True
        >>> QuestionAnswerReader().recognises("A story, told by one voice. Why? So.")
        False
        """
        paragraphs = split_paragraphs(text)
        heads = _find_heads(paragraphs)
        return bool(heads) and any(is_question(p) for p in paragraphs[heads[0] :])

    def read(self, source: TextSource) -> Reading:
        """Return the reading of a source; InputError names every line that has no place in the layout."""
        paragraphs = split_paragraphs(source.text)
        heads = _find_heads(paragraphs)
        findings = _check_title(source, paragraphs[: heads[0]] if heads else paragraphs)
        kinds: list[tuple[int, SegmentKind, Paragraph]] = []
        for number, (first, last) in enumerate(zip(heads, [*heads[1:], len(paragraphs)], strict=True), 1):
            body = paragraphs[first:last]
            while body[-1].text == _HYPHEN:
                body.pop()
            findings += _check_body(source, number, body)
            kinds += [(number, kind, p) for kind, p in zip(classify(body), body, strict=True)]
        if findings:
            raise InputError(findings)
        return _build_reading(source, self.name, kinds)


def find_country(headline: str) -> str:
    """Return the country of a headline as it stands there; "" when it has none.

    >>> find_country("NORTH VALDORIA: ‘We record songs’")
    'NORTH VALDORIA'
    """
    found = HEADLINE.fullmatch(headline)
    return found["country"] if found else ""


def find_title_start(headline: str) -> int:
    """Return where the title begins, with its quotation mark; 0 when the headline has no country.

    >>> find_title_start("VALDORIA: ‘We record songs’")
    10
    """
    found = HEADLINE.fullmatch(headline)
    return found.start("title") - 1 if found else 0


def is_headline(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is a country in capitals, a colon, a title in quotation marks."""
    country = find_country(paragraph.text)
    return bool(country) and country == country.upper() and country != country.lower()


def is_question(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is the interviewer's: it ends with a question mark and has few words and sentences.

    A statement may go before the question. A longer paragraph that ends so is an answer with a rhetorical question.
    """
    text = paragraph.text
    if not text.endswith("?") or paragraph.words > _MOST_QUESTION_WORDS:
        return False
    return len(_SENTENCE_END.findall(text)) < _MOST_QUESTION_SENTENCES


def classify(body: list[Paragraph]) -> list[SegmentKind]:
    """Return the kind of each paragraph of one interview, headline first."""
    closings: list[SegmentKind] = []
    for paragraph in reversed(body[1:]):
        closing = find_closing(paragraph.text)
        if closing is None:
            break
        closings.insert(0, closing)
    kinds = [SegmentKind.HEADLINE]
    for paragraph in body[1 : len(body) - len(closings)]:
        if is_question(paragraph):
            kinds.append(SegmentKind.QUESTION)
        elif kinds[-1] in (SegmentKind.HEADLINE, SegmentKind.INTRODUCTION):
            kinds.append(SegmentKind.INTRODUCTION)
        else:
            kinds.append(SegmentKind.ANSWER)
    return kinds + closings


def _find_heads(paragraphs: list[Paragraph]) -> list[int]:
    """Return the places of the headlines: the first paragraph of the source, or one after a line with a hyphen."""
    marks = [i for i, p in enumerate(paragraphs) if is_headline(p)]
    return [i for i in marks if i == 0 or paragraphs[i - 1].text == _HYPHEN]


def _check_title(source: TextSource, before: list[Paragraph]) -> list[Finding]:
    """Report text before the first headline that is too long for a title: perhaps the headline is damaged."""
    words = [p for p in before if p.text != _HYPHEN]
    if sum(p.words for p in words) <= _MOST_TITLE_WORDS and not any(p.text.endswith("?") for p in words):
        return []
    found = "text before the first headline that is more than a title"
    expected = "COUNTRY: ‘title’ before each interview"
    return [Finding.at(Position(source.name, words[0].line, 1), "text-form", found=found, expected=expected)]


def _check_body(source: TextSource, number: int, body: list[Paragraph]) -> list[Finding]:
    """Report headlines and hyphens out of place, and questions or answers that are missing."""
    record, expected = f"interview {number}", "a line with a hyphen, then COUNTRY: ‘title’"
    findings: list[Finding] = []
    for paragraph in body[1:]:
        found = ""
        if is_headline(paragraph):
            found = "a headline without a hyphen above it"
        elif paragraph.text == _HYPHEN:
            found = "a hyphen without a headline below it"
        if found:
            place = Position(source.name, paragraph.line, 1)
            findings.append(Finding.at(place, "text-form", record=record, found=found, expected=expected))
    kinds, start = classify(body), Position(source.name, body[0].line, 1)
    for kind in (SegmentKind.INTRODUCTION, SegmentKind.QUESTION, SegmentKind.ANSWER):
        if kind not in kinds:
            findings.append(Finding.at(start, "text-form", record=record, found=f"no {kind}"))
    return findings


def _build_reading(source: TextSource, name: str, kinds: list[tuple[int, SegmentKind, Paragraph]]) -> Reading:
    """Join the paragraphs of one voice to segments, and lay separators between them."""
    everything: list[Segment] = []
    interviews: list[Interview] = []
    at = 0
    for number, parts in groupby(kinds, key=lambda item: item[0]):
        own: list[Segment] = []
        for kind, run in _join([(kind, p) for _, kind, p in parts]):
            if run[0].start > at:
                gap = Segment(SegmentKind.SEPARATOR, at, run[0].start)
                (own if own else everything).append(gap)
            own.append(Segment(kind, run[0].start, run[-1].end))
            at = run[-1].end
        everything += own
        interviews.append(Interview(source, number, name, tuple(own)))
    if at < len(source.text):
        everything.append(Segment(SegmentKind.SEPARATOR, at, len(source.text)))
    return Reading(source, name, tuple(everything), tuple(interviews))


def _join(parts: list[tuple[SegmentKind, Paragraph]]) -> list[tuple[SegmentKind, list[Paragraph]]]:
    """Put paragraphs of one voice together: introduction, question, answer; each closing line stays alone."""
    joined: list[tuple[SegmentKind, list[Paragraph]]] = []
    whole = (SegmentKind.INTRODUCTION, SegmentKind.QUESTION, SegmentKind.ANSWER)
    for kind, paragraph in parts:
        if joined and joined[-1][0] is kind and kind in whole:
            joined[-1][1].append(paragraph)
        else:
            joined.append((kind, [paragraph]))
    return joined

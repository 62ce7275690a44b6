"""Read sources that hold one article, told by an author who quotes people.

    The square was empty, says Solen.          narration: paragraphs, without the quotations in them
    "Nobody came," she says. "Not one.         quotation: what somebody says, between double quotation marks
    "They were afraid."                        a quotation left open goes on in the next paragraph
    Her book "River Songs" sold out.           a quoted title, or a few quoted words, are narration

Narration that no quotation interrupts is one segment, line breaks included; each quotation is a segment of its own and
has the name of its speaker, as deduced, or none. The marks belong to separators, with the white space round them and
any full stop or comma behind the closing mark, so that every turn begins and ends with words. Only the mark with which
a paragraph takes up an open quotation stands inside its turn.
"""

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.record import Position
from testimonia.core.text import Interview, Reading, Segment, SegmentKind, TextSource
from testimonia.texts.attribution import Article, find_spoken
from testimonia.texts.marks import find_marked
from testimonia.texts.paragraphs import split_paragraphs
from testimonia.texts.question_answer import is_headline

_HYPHEN = "-"
_BLANK = "\ufeff \t\r\n\f\v\u00a0\u2028\u2029\u0085"
_SIGNS = ",.;:!?…"


class NarrativeReader:
    """Reads articles with quotations."""

    name = "narrative"

    def recognises(self, text: str) -> bool:
        """Tell whether a text quotes somebody by name and has no headline of a collection.

        >>> NarrativeReader().recognises('The square was empty. "Nobody came," says Mira Solen.')
        True
        >>> NarrativeReader().recognises("A story, told by one voice. Why? So.")
        False
        """
        paragraphs = split_paragraphs(text)
        if any(is_headline(p) or p.text == _HYPHEN for p in paragraphs):
            return False
        spoken = find_spoken(text, paragraphs, find_marked(paragraphs)[0])
        return any(Article(text, paragraphs, spoken).find_speakers())

    def read(self, source: TextSource) -> Reading:
        """Return the reading of a source; InputError names every paragraph whose quotation is never closed."""
        text, paragraphs = source.text, split_paragraphs(source.text)
        marked, unclosed = find_marked(paragraphs)
        if unclosed:
            found, expected = "a quotation left open", "its closing mark, or an opening mark on the next line"
            places = [Position(source.name, paragraph.line, 1) for paragraph in unclosed]
            raise InputError(
                Finding.at(place, "text-form", record="interview 1", found=found, expected=expected) for place in places
            )
        article = Article(text, paragraphs, find_spoken(text, paragraphs, marked))
        segments: list[Segment] = []
        at = 0
        for quotation, speaker in zip(article.spoken, article.find_speakers(), strict=True):
            start, end = quotation.find_words(text)
            segments += _narrate(text, at, quotation.start, behind=bool(segments))
            segments.append(Segment(SegmentKind.QUOTATION, start, end, speaker))
            at = quotation.end
        segments += _narrate(text, at, len(text), behind=bool(segments))
        return _build_reading(source, self.name, segments)


def _narrate(text: str, start: int, end: int, *, behind: bool) -> list[Segment]:
    """Return the narration between two quotations, [] for none; `behind` one, signs at its start are left out."""
    words = text[start:end].rstrip(_BLANK)
    kept = words.lstrip(_BLANK + _SIGNS if behind else _BLANK)
    if not any(char.isalnum() for char in kept):
        return []
    return [Segment(SegmentKind.NARRATION, start + len(words) - len(kept), start + len(words))]


def _build_reading(source: TextSource, name: str, voiced: list[Segment]) -> Reading:
    """Add separators between the segments; text before the first and after the last is not part of the article."""
    own: list[Segment] = []
    for segment in voiced:
        if own and own[-1].end < segment.start:
            own.append(Segment(SegmentKind.SEPARATOR, own[-1].end, segment.start))
        own.append(segment)
    first, last = own[0].start, own[-1].end
    before = [Segment(SegmentKind.SEPARATOR, 0, first)] if first else []
    behind = [Segment(SegmentKind.SEPARATOR, last, len(source.text))] if last < len(source.text) else []
    return Reading(source, name, (*before, *own, *behind), (Interview(source, 1, name, tuple(own)),))

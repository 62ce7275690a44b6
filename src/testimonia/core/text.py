"""Texts as read: sources, interviews, segments and turns.

All offsets are Unicode code points of the decoded source file, 0-based, end-exclusive, never normalised.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum


class Voice(StrEnum):
    """Whose voice a turn is; the value is the slug of the concept in `term/voice/`."""

    HEADLINE = "headline"
    EDITOR = "editor"
    INTERVIEWER = "interviewer"
    INTERVIEWEE = "interviewee"
    NARRATOR = "narrator"
    QUOTED = "quoted"


class SegmentKind(StrEnum):
    """What a segment of a source is in the layout of the page."""

    HEADLINE = "headline"
    INTRODUCTION = "introduction"
    QUESTION = "question"
    ANSWER = "answer"
    NARRATION = "narration"
    QUOTATION = "quotation"
    RATING = "rating"
    CONTACT = "contact"
    CREDIT = "credit"
    DISCLAIMER = "disclaimer"
    SEPARATOR = "separator"


VOICE_OF = {
    SegmentKind.HEADLINE: Voice.HEADLINE,
    SegmentKind.INTRODUCTION: Voice.EDITOR,
    SegmentKind.QUESTION: Voice.INTERVIEWER,
    SegmentKind.ANSWER: Voice.INTERVIEWEE,
    SegmentKind.NARRATION: Voice.NARRATOR,
    SegmentKind.QUOTATION: Voice.QUOTED,
    SegmentKind.RATING: Voice.EDITOR,
    SegmentKind.CONTACT: Voice.EDITOR,
    SegmentKind.CREDIT: Voice.EDITOR,
    SegmentKind.DISCLAIMER: Voice.EDITOR,
}
"""The voice of each kind of segment; a separator has none."""


@dataclass(frozen=True, slots=True)
class TextSource:
    """A source file: its name (no folder), the SHA-256 of its bytes (hex), its decoded text."""

    name: str
    sha256: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Speaker:
    """Somebody who speaks in a text: a voice and, in quotations, a name as read or the slug that a record gives."""

    voice: Voice
    name: str = ""

    def __str__(self) -> str:
        """Return the speaker as a record writes it after `speaker:`.

        >>> str(Speaker(Voice.EDITOR)), str(Speaker(Voice.QUOTED, "mira-solen"))
        ('editor', 'mira-solen')
        """
        return self.name or self.voice.value


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a source; segments of a source touch each other and cover it whole.

    `speaker_name` is whose quotation it is, "" where that is not known or the voice says enough.
    """

    kind: SegmentKind
    start: int
    end: int
    speaker_name: str = ""

    @property
    def voice(self) -> Voice | None:
        """The voice; None for a separator."""
        return VOICE_OF.get(self.kind)


@dataclass(frozen=True, slots=True)
class Turn:
    """An unbroken stretch of one voice: `number` counts from 1 within the interview.

    `speaker_name` is whose quotation it is: a name as read, or the slug that a record gives; else "".
    """

    number: int
    kind: SegmentKind
    voice: Voice
    start: int
    end: int
    speaker_name: str = ""

    @property
    def speaker(self) -> Speaker:
        """The speaker of the turn."""
        return Speaker(self.voice, self.speaker_name)


@dataclass(frozen=True, slots=True)
class Interview:
    """One interview in a source: `number` counts from 1 within the source; `layout` names the reader."""

    source: TextSource
    number: int
    layout: str
    segments: tuple[Segment, ...]

    @property
    def reference(self) -> str:
        """What a record's `source:` says: file name, `#`, number."""
        return f"{self.source.name}#{self.number}"

    @property
    def start(self) -> int:
        """Where the interview begins in its source."""
        return self.segments[0].start

    @property
    def end(self) -> int:
        """Where the interview ends in its source."""
        return self.segments[-1].end

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The segments that have a voice, numbered from 1."""
        voiced = ((segment, segment.voice) for segment in self.segments)
        own = ((segment, voice) for segment, voice in voiced if voice is not None)
        return tuple(Turn(n, s.kind, voice, s.start, s.end, s.speaker_name) for n, (s, voice) in enumerate(own, 1))

    @property
    def quotations(self) -> list[Turn]:
        """The turns in which somebody is quoted."""
        return [turn for turn in self.turns if turn.voice is Voice.QUOTED]

    def assign(self, names: Mapping[str, str], turns: Mapping[int, str]) -> "Interview":
        """Return the interview with the speakers of its quotations replaced, by the name read or the number of a turn.

        A number goes before a name; a quotation in neither has no speaker then.
        """
        segments: list[Segment] = []
        number = 0
        for segment in self.segments:
            number += segment.voice is not None
            quoted = segment.kind is SegmentKind.QUOTATION
            speaker = turns.get(number) or names.get(segment.speaker_name, "")
            segments.append(replace(segment, speaker_name=speaker) if quoted else segment)
        return replace(self, segments=tuple(segments))

    def text_of(self, kind: SegmentKind) -> str:
        """Return the words of all segments of one kind, joined by a space; for printing on request only."""
        return " ".join(self.source.text[s.start : s.end].strip() for s in self.segments if s.kind is kind)


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as its reader split it.

    `segments` cover the source whole; those before, between and after the interviews belong to none of them.
    """

    source: TextSource
    layout: str
    segments: tuple[Segment, ...]
    interviews: tuple[Interview, ...]

    def find_interview(self, number: int) -> Interview | None:
        """Return the interview of that number, 1-based, or None when the source has none."""
        return next((i for i in self.interviews if i.number == number), None)

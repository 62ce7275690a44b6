"""Cues that point at passages, passages found, and the lock that keeps them.

A cue is what a curator writes (`quote: "On 4 May … of them minors."`); a passage is where it was found.
"""

from dataclasses import dataclass, field

from testimonia.core.text import SegmentKind, Speaker, Turn, Voice


@dataclass(frozen=True, slots=True)
class Cue:
    """First and last words of a passage (or the whole passage, `last` None), in the turns of one speaker.

    `nth` (1-based) picks among sentences that occur several times; 0 means the words fit once. `speaker_name` is whose
    quotations are meant, "" for every voice but that of the quoted.
    """

    voice: Voice
    first: str
    last: str | None = None
    nth: int = 0
    speaker_name: str = ""

    @property
    def speaker(self) -> Speaker:
        """The speaker in whose turns it is looked for."""
        return Speaker(self.voice, self.speaker_name)

    @property
    def sides(self) -> tuple[str, ...]:
        """The words as written: first and last, or the whole passage."""
        return (self.first,) if self.last is None else (self.first, self.last)

    @property
    def key(self) -> str:
        """The cue as one line, as the lock lists it: voice, words, nth where given.

        >>> Cue(Voice.EDITOR, "On 4 May", "of them minors.").key
        'editor: On 4 May … of them minors.'
        >>> Cue(Voice.QUOTED, "Nobody", "gate.", speaker_name="mira-solen").key
        'quoted mira-solen: Nobody … gate.'
        """
        whose = f"{self.voice} {self.speaker_name}" if self.speaker_name else self.voice.value
        return f"{whose}: {' … '.join(self.sides)}" + (f" ({self.nth})" if self.nth else "")


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of one turn: its number, start and end in the source, SHA-256 (hex) of its UTF-8 text."""

    turn: int
    start: int
    end: int
    sha256: str


@dataclass(frozen=True, slots=True)
class LockedInterview:
    """What the build needs to know of an interview's text: where it is, its turns, its passages by cue key."""

    source: str
    number: int
    layout: str
    start: int
    end: int
    turns: tuple[Turn, ...]
    passages: dict[str, Passage] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lock:
    """The content of the lock file: source name → SHA-256 (hex) of its bytes, interview id → locked interview."""

    sources: dict[str, str] = field(default_factory=dict)
    interviews: dict[str, LockedInterview] = field(default_factory=dict)


__all__ = ["Cue", "Lock", "LockedInterview", "Passage", "SegmentKind"]

"""List who is quoted in a narrative, how often, and which quotations have no known speaker."""

from dataclasses import dataclass

from testimonia.core.text import Interview, Turn, Voice


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted speaker: the name as read ("" for unknown), the quotations, and how many words they have."""

    name: str
    turns: tuple[Turn, ...]
    words: int


def is_narrative(interview: Interview) -> bool:
    """Tell whether an interview is a narrative: an author tells it."""
    return any(t.voice is Voice.NARRATOR for t in interview.turns)


def list_quoted(interview: Interview) -> list[Quoted]:
    """Return who is quoted, most often first; last, with the name "", the quotations of unknown speakers."""
    turns: dict[str, list[Turn]] = {}
    for turn in interview.turns:
        if turn.voice is Voice.QUOTED:
            turns.setdefault(turn.speaker_name, []).append(turn)
    text = interview.source.text
    found = [
        Quoted(name, tuple(own), sum(len(text[t.start : t.end].split()) for t in own)) for name, own in turns.items()
    ]
    return sorted(found, key=lambda quoted: (not quoted.name, -len(quoted.turns), quoted.name))

"""List who is quoted in a narrative, how often, and which quotations have no known speaker."""

from dataclasses import dataclass

from testimonia.core.text import Interview, Turn, Voice


@dataclass(frozen=True, slots=True)
class Quoted:
    """Somebody who is quoted: the name as read, the quotations, their words; "" where the speaker is not told."""

    name: str
    turns: tuple[Turn, ...]
    words: int


def is_narrative(interview: Interview) -> bool:
    """Tell whether an author tells it."""
    return any(t.voice is Voice.NARRATOR for t in interview.turns)


def list_quoted(interview: Interview) -> list[Quoted]:
    """Return who is quoted, most often first; last, with the name "", the quotations left open."""
    turns: dict[str, list[Turn]] = {}
    for turn in interview.turns:
        if turn.voice is Voice.QUOTED:
            turns.setdefault(turn.speaker_name, []).append(turn)
    text = interview.source.text
    found = [
        Quoted(name, tuple(own), sum(len(text[t.start : t.end].split()) for t in own)) for name, own in turns.items()
    ]
    return sorted(found, key=lambda quoted: (not quoted.name, -len(quoted.turns), quoted.name))

"""The sentences of an interview, each with the shortest cue that fits it, ready to copy."""

from dataclasses import dataclass

from testimonia.anchors.relaxed import relax
from testimonia.anchors.shortest import find_shortest_cue
from testimonia.core.evidence import Cue
from testimonia.core.text import Interview, SegmentKind, Speaker, Turn, Voice
from testimonia.texts.paragraphs import count_line
from testimonia.texts.question_answer import find_title_start
from testimonia.texts.sentences import split_sentences

_DEFAULT = (Voice.INTERVIEWEE, Voice.NARRATOR)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an interview: offsets, line and turn (from 1), segment, whose it is.

    `cue` is None where none can fit it alone.
    """

    start: int
    end: int
    line: int
    turn: int
    kind: SegmentKind
    speaker: Speaker
    cue: Cue | None


def list_sentences(interview: Interview, *, voice: Voice | None = None, find: str = "") -> list[Sentence]:
    """Find the sentences of an interview in the order of the text, those of one voice or with some words if asked for.

    The words to find are compared without quotes, spaces, accents and case. A headline is one sentence, its title.
    """
    text = interview.source.text
    wanted = relax(find)[0]
    sentences: list[Sentence] = []
    for turn in interview.turns:
        if voice is not None and turn.voice is not voice:
            continue
        for start, end in _split_turn(text, turn):
            if wanted in relax(text[start:end])[0]:
                cue = find_shortest_cue(interview, turn.number, start, end)
                line = count_line(text, start)
                sentences.append(Sentence(start, end, line, turn.number, turn.kind, turn.speaker, cue))
    return sentences


def _split_turn(text: str, turn: Turn) -> list[tuple[int, int]]:
    """Return the sentences of a turn, without the mark that takes up a quotation on a new line."""
    if turn.kind is SegmentKind.HEADLINE:
        return [(find_title_start(text[turn.start : turn.end]) + turn.start, turn.end)]
    spans = split_sentences(text, turn.start, turn.end)
    if turn.kind is not SegmentKind.QUOTATION:
        return spans
    return [(start + (text[start] in '"“'), end) for start, end in spans]


def format_quote(cue: Cue, *, key: str = "quote") -> list[str]:
    r"""Return the lines of a record that hold a cue: `quote`, and `nth` where it has one.

    >>> format_quote(Cue(Voice.EDITOR, "He said:", 'a "no".', 2))
    ['quote: "He said: … a \\"no\\"."', 'nth: 2']
    >>> format_quote(Cue(Voice.EDITOR, "And then …", "nothing."))
    ['quote: ["And then …", "nothing."]']
    """
    parts = [cue.first] if cue.last is None else [cue.first, cue.last]
    if any("…" in part.split() for part in parts):
        value = "[" + ", ".join(map(quote_yaml, parts)) + "]"
    else:
        value = quote_yaml(" … ".join(parts))
    return [f"{key}: {value}"] + ([f"nth: {cue.nth}"] if cue.nth else [])


def format_stub(sentence: Sentence) -> list[str]:
    """Return the lines of a claim that say whose words are cited, and which; a default speaker is left out."""
    speaker = [] if sentence.speaker.voice in _DEFAULT else [f"speaker: {sentence.speaker}"]
    if sentence.speaker == Speaker(Voice.QUOTED):
        speaker = [f"speaker:   # whose quotation turn {sentence.turn} is, the text does not tell"]
    if sentence.cue is None:
        return [*speaker, "quote:   # no few words fit this sentence alone: cite less or more of it"]
    return speaker + format_quote(sentence.cue)


def quote_yaml(text: str) -> str:
    r"""Return a text as a double-quoted YAML scalar on one line.

    >>> print(quote_yaml('the "ear" \\ ‘no’\ufeff'))
    "the \"ear\" \\ ‘no’\U0000feff"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in escaped) + '"'

"""Speakers: the head of a record and its interview in, the interview with the entities behind its quotations out.

The reader of a narrative deduces names, a record says which entities they are; what neither tells is a problem here, so
that no quotation goes without a speaker and none is given one in silence.
"""

from testimonia.core.errors import Problem, find_nearest
from testimonia.core.evidence import LockedInterview
from testimonia.core.record import Position, Record
from testimonia.core.text import Interview, Turn, Voice


def assign_speakers(record: Record, interview: Interview) -> Interview:
    """Return the interview with the slugs of the record as the speakers of its quotations."""
    names = {name: word.text for name, word in record.quoted.items()}
    return interview.assign(names, {number: word.text for number, word in record.turns.items()})


def check_speakers(record: Record, interview: Interview) -> list[Problem]:
    """Find quotations without an entity, names that are nobody's here, numbers of turns that are no quotations.

    The interview is as it was read, with names.
    """
    text = interview.source.text
    quotations = {t.number: t for t in interview.turns if t.voice is Voice.QUOTED}
    problems = _check_turns(record, interview.turns)
    head = next((w.position for w in (*record.quoted.values(), *record.turns.values())), record.position)
    open_turns = [t for t in quotations.values() if t.number not in record.turns]
    names = {t.speaker for t in quotations.values()} - {""}
    for name in sorted({t.speaker for t in open_turns} - record.quoted.keys() - {""}):
        numbers = ", ".join(str(t.number) for t in open_turns if t.speaker == name)
        got = f'no entity behind the quoted "{name}" (turns {numbers})'
        problems.append(_place(head, got, "", f"Add it under quoted: {name}: …", code="quotation-without-speaker"))
    for turn in open_turns:
        if not turn.speaker:
            line = text.count("\n", 0, turn.start) + 1
            got = f"turn {turn.number} is a quotation whose speaker the text does not tell (line {line} of the text)"
            problems.append(
                _place(head, got, "", f"Add it under turns: {turn.number}: …", code="quotation-without-speaker")
            )
    for name, word in record.quoted.items():
        if name not in names:
            got = f'quoted "{name}" has no turn in the text'
            mend = find_nearest(name, names) or "Remove it, or name single quotations under turns: NUMBER: …"
            problems.append(_place(word.position, got, ", ".join(sorted(names)), mend, code="quoted-nobody"))
    return problems + _check_claims(record, {t.speaker for t in assign_speakers(record, interview).turns})


def check_locked_speakers(record: Record, locked: LockedInterview) -> list[Problem]:
    """Find voices of the lock that the head does not name, and speakers in which head and lock do not agree."""
    mend = f"It takes the text {record.source.text}: testimonia lock --texts DIR"
    problems = [
        _place(
            record.interview.position,
            f'no speaker "{voice}"',
            "",
            f"Add it under speakers: {voice}: …",
            code="speaker-missing",
        )
        for voice in sorted({t.voice for t in locked.turns} - {Voice.QUOTED} - record.speakers.keys())
    ]
    problems += _check_turns(record, locked.turns)
    for number, word in record.turns.items():
        if number <= len(locked.turns) and locked.turns[number - 1].speaker not in ("", word.text):
            got = f'turn {number} was locked as another speaker\'s than "{word.text}"'
            problems.append(_place(word.position, got, locked.turns[number - 1].speaker, mend, code="lock-stale"))
    known = {word.text for word in (*record.quoted.values(), *record.turns.values())}
    for slug in sorted({t.speaker for t in locked.turns} - known - {""}):
        problems.append(
            _place(record.position, f'speaker "{slug}" of the lock is not in the head', "", mend, code="lock-stale")
        )
    return problems


def _check_turns(record: Record, turns: tuple[Turn, ...]) -> list[Problem]:
    """Find numbers under `turns` that are those of no quotation."""
    quotations = [t.number for t in turns if t.voice is Voice.QUOTED]
    expected = "the number of a quotation" + (f", up to {quotations[-1]}" if quotations else "; this text has none")
    mend = "`testimonia passages` prints the number of each turn"
    return [
        _place(word.position, f"turn {number} is no quotation", expected, mend, code="turn-number")
        for number, word in record.turns.items()
        if number not in quotations
    ]


def _check_claims(record: Record, speaking: set[str]) -> list[Problem]:
    """Find claims of a quoted speaker who has no turn."""
    return [
        Problem(
            claim.position.path,
            claim.position.line,
            claim.position.column,
            f"claim {claim.id.text}",
            f'speaker "{claim.part}" has no turn in the text',
            ", ".join(sorted(speaking - {""})),
            "Correct the speaker, or the head",
            code="quoted-nobody",
        )
        for claim in record.claims
        if claim.part.voice is Voice.QUOTED and claim.part.speaker not in speaking
    ]


def _place(position: Position, got: str, expected: str, mend: str, *, code: str) -> Problem:
    return Problem(position.path, position.line, position.column, "head", got, expected, mend, code=code)

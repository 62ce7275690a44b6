"""Speakers: the head of a record and its interview in, the interview with the entities behind its quotations out.

The reader of a narrative deduces names, a record says which entities they are; what neither tells is a problem here, so
that no quotation goes without a speaker and none is given one in silence.
"""

from testimonia.core.errors import find_nearest
from testimonia.core.evidence import LockedInterview
from testimonia.core.findings import Finding
from testimonia.core.record import Record
from testimonia.core.text import Interview, Turn, Voice


def assign_speakers(record: Record, interview: Interview) -> Interview:
    """Return the interview with the slugs of the record as the speakers of its quotations."""
    names = {name: word.text for name, word in record.quoted.items()}
    return interview.assign(names, {number: word.text for number, word in record.turns.items()})


def check_speakers(record: Record, interview: Interview) -> list[Finding]:
    """Find quotations without an entity, names that are nobody's here, numbers of turns that are no quotations.

    The interview is as it was read, with names.
    """
    text = interview.source.text
    quotations = {t.number: t for t in interview.turns if t.voice is Voice.QUOTED}
    findings = _check_turns(record, interview.turns)
    head = next((w.position for w in (*record.quoted.values(), *record.turns.values())), record.position)
    open_turns = [t for t in quotations.values() if t.number not in record.turns]
    names = {t.speaker_name for t in quotations.values()} - {""}
    for name in sorted({t.speaker_name for t in open_turns} - record.quoted.keys() - {""}):
        numbers = ", ".join(str(t.number) for t in open_turns if t.speaker_name == name)
        found = f'no entity behind the quoted "{name}" (turns {numbers})'
        findings.append(
            Finding.at(
                head, "quotation-without-speaker", record="head", found=found, fix=f"Add it under quoted: {name}: …"
            )
        )
    for turn in open_turns:
        if not turn.speaker_name:
            line = text.count("\n", 0, turn.start) + 1
            found = f"turn {turn.number} is a quotation whose speaker the text does not tell (line {line} of the text)"
            findings.append(
                Finding.at(
                    head,
                    "quotation-without-speaker",
                    record="head",
                    found=found,
                    fix=f"Add it under turns: {turn.number}: …",
                )
            )
    for name, word in record.quoted.items():
        if name not in names:
            found = f'quoted "{name}" has no turn in the text'
            fix = find_nearest(name, names) or "Remove it, or name single quotations under turns: NUMBER: …"
            findings.append(
                Finding.at(
                    word, "quoted-nobody", record="head", found=found, expected=", ".join(sorted(names)), fix=fix
                )
            )
    return findings + _check_claims(record, {t.speaker_name for t in assign_speakers(record, interview).turns})


def check_locked_speakers(record: Record, locked: LockedInterview) -> list[Finding]:
    """Find voices of the lock that the head does not name, and speakers in which head and lock do not agree."""
    fix = f"It takes the text {record.source.text}: testimonia lock --texts DIR"
    findings = [
        Finding.at(
            record.interview,
            "speaker-missing",
            record="head",
            found=f'no speaker "{voice}"',
            fix=f"Add it under speakers: {voice}: …",
        )
        for voice in sorted({t.voice for t in locked.turns} - {Voice.QUOTED} - record.speakers.keys())
    ]
    findings += _check_turns(record, locked.turns)
    for number, word in record.turns.items():
        if number <= len(locked.turns) and locked.turns[number - 1].speaker_name not in ("", word.text):
            found = f'turn {number} was locked as another speaker\'s than "{word.text}"'
            findings.append(
                Finding.at(
                    word, "lock-stale", record="head", found=found, expected=locked.turns[number - 1].speaker_name, fix=fix
                )
            )
    known = {word.text for word in (*record.quoted.values(), *record.turns.values())}
    for slug in sorted({t.speaker_name for t in locked.turns} - known - {""}):
        findings.append(
            Finding.at(
                record, "lock-stale", record="head", found=f'speaker "{slug}" of the lock is not in the head', fix=fix
            )
        )
    return findings


def _check_turns(record: Record, turns: tuple[Turn, ...]) -> list[Finding]:
    """Find numbers under `turns` that are those of no quotation."""
    quotations = [t.number for t in turns if t.voice is Voice.QUOTED]
    expected = "the number of a quotation" + (f", up to {quotations[-1]}" if quotations else "; this text has none")
    fix = "`testimonia passages` prints the number of each turn"
    return [
        Finding.at(
            word, "turn-number", record="head", found=f"turn {number} is no quotation", expected=expected, fix=fix
        )
        for number, word in record.turns.items()
        if number not in quotations
    ]


def _check_claims(record: Record, speaking: set[str]) -> list[Finding]:
    """Find claims of a quoted speaker who has no turn."""
    return [
        Finding.at(
            claim,
            "quoted-nobody",
            record=f"claim {claim.id.text}",
            found=f'speaker "{claim.speaker}" has no turn in the text',
            expected=", ".join(sorted(speaking - {""})),
        )
        for claim in record.claims
        if claim.speaker.voice is Voice.QUOTED and claim.speaker.name not in speaking
    ]

"""Assign entities to the quotations of an interview, from the head of its record.

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
    """Find quotations without an entity, names of nobody quoted here, and turn numbers that are no quotation's.

    The interview is as it was read, with names.
    """
    quotations = interview.quotations
    open_turns = [t for t in quotations if t.number not in record.turns]
    names = {t.speaker_name for t in quotations} - {""}
    findings = _check_turns(record, interview.turns) + _check_open_turns(record, interview, open_turns)
    for name, word in record.quoted.items():
        if name not in names:
            found, expected = f'quoted "{name}" has no turn in the text', ", ".join(sorted(names))
            fix = find_nearest(name, names) or "Remove it, or name single quotations under turns: NUMBER: …"
            findings.append(Finding.at(word, "quoted-nobody", record="head", found=found, expected=expected, fix=fix))
    return findings + _check_claims(record, {t.speaker_name for t in assign_speakers(record, interview).turns})


def _check_open_turns(record: Record, interview: Interview, turns: list[Turn]) -> list[Finding]:
    """Find speakers of quotations, and single quotations, that the head gives no entity."""
    head = next((w.position for w in (*record.quoted.values(), *record.turns.values())), record.position)
    findings: list[Finding] = []

    def report(found: str, fix: str) -> None:
        findings.append(Finding.at(head, "quotation-without-speaker", record="head", found=found, fix=fix))

    for name in sorted({t.speaker_name for t in turns} - record.quoted.keys() - {""}):
        numbers = ", ".join(str(t.number) for t in turns if t.speaker_name == name)
        report(f'no entity behind the quoted "{name}" (turns {numbers})', f"Add it under quoted: {name}: …")
    for turn in turns:
        if not turn.speaker_name:
            line = interview.source.text.count("\n", 0, turn.start) + 1
            told = f"turn {turn.number} is a quotation whose speaker the text does not tell"
            report(f"{told} (line {line} of the text)", f"Add it under turns: {turn.number}: …")
    return findings


def check_locked_speakers(record: Record, locked: LockedInterview) -> list[Finding]:
    """Find voices of the lock that the head does not name, and speakers in which head and lock do not agree."""
    findings: list[Finding] = []
    for voice in sorted({t.voice for t in locked.turns} - {Voice.QUOTED} - record.speakers.keys()):
        found, fix = f'no speaker "{voice}"', f"Add it under speakers: {voice}: …"
        findings.append(Finding.at(record.interview, "speaker-missing", record="head", found=found, fix=fix))
    findings += _check_turns(record, locked.turns)
    fix = f"It takes the text {record.source.text}: testimonia lock --texts DIR"
    for number, word in record.turns.items():
        name = locked.turns[number - 1].speaker_name if number <= len(locked.turns) else ""
        if name not in ("", word.text):
            found = f'turn {number} was locked as another speaker\'s than "{word.text}"'
            findings.append(Finding.at(word, "lock-stale", record="head", found=found, expected=name, fix=fix))
    for slug in sorted({t.speaker_name for t in locked.turns} - {*record.quoted_slugs, ""}):
        found = f'speaker "{slug}" of the lock is not in the head'
        findings.append(Finding.at(record, "lock-stale", record="head", found=found, fix=fix))
    return findings


def _check_turns(record: Record, turns: tuple[Turn, ...]) -> list[Finding]:
    """Find numbers under `turns` that are those of no quotation."""
    quotations = [t.number for t in turns if t.voice is Voice.QUOTED]
    expected = "the number of a quotation" + (f", up to {quotations[-1]}" if quotations else "; this text has none")
    fix = "`testimonia passages` prints the number of each turn"
    findings: list[Finding] = []
    for number, word in record.turns.items():
        if number not in quotations:
            found = f"turn {number} is no quotation"
            findings.append(Finding.at(word, "turn-number", record="head", found=found, expected=expected, fix=fix))
    return findings


def _check_claims(record: Record, speaking: set[str]) -> list[Finding]:
    """Find claims of a quoted speaker who has no turn."""
    expected = ", ".join(sorted(speaking - {""}))
    findings: list[Finding] = []
    for claim in record.claims:
        if claim.speaker.voice is Voice.QUOTED and claim.speaker.name not in speaking:
            owner, found = f"claim {claim.id.text}", f'speaker "{claim.speaker}" has no turn in the text'
            findings.append(Finding.at(claim, "quoted-nobody", record=owner, found=found, expected=expected))
    return findings

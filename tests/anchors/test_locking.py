"""Locking: what a record cites is found or named; a lock is held against records and against texts."""

from dataclasses import replace
from pathlib import Path

import pytest

from testimonia.anchors.locking import (
    check_lock_against_texts,
    check_record_against_lock,
    lock_record,
    measure_cue_share,
)
from testimonia.core.evidence import Cue, Lock, Passage
from testimonia.core.record import Claim, Position, Quote, Record, Word
from testimonia.core.text import Reading, Voice
from testimonia.texts.question_answer import QuestionAnswerReader
from testimonia.texts.sources import parse_source

SOURCE = Path(__file__).resolve().parents[1] / "cases" / "anchors" / "source.txt"
GOOD = (Cue(Voice.INTERVIEWEE, "On", "tapes."), Cue(Voice.INTERVIEWER, "Why", "sang?"))


def read(text: str = "", name: str = "source.txt") -> Reading:
    return QuestionAnswerReader().read(parse_source(name, text.encode() if text else SOURCE.read_bytes()))


def place(line: int) -> Position:
    return Position("mappings/interviews/x.yaml", line, 3)


def word(text: str, line: int = 1) -> Word:
    return Word(text, place(line))


def make_claim(number: int, cue: Cue) -> Claim:
    line = 10 * number
    return Claim(
        id=word(str(number), line),
        speaker=cue.speaker,
        quotes=(Quote(cue, place(line)),),
        context=(),
        gist=word("A gist.", line),
        kind=word("act", line),
        values=(),
        thing=None,
        cites=(),
        country=(),
        inferred=None,
        figures={},
        details={},
        position=place(line),
    )


def make_record(*cues: Cue, source: str = "source.txt#1") -> Record:
    return Record(
        interview=word("x"),
        source=word(source, 2),
        title=word("Title"),
        country=(),
        language=word("en"),
        speakers={voice: word("somebody") for voice in Voice},
        headline=Quote(Cue(Voice.HEADLINE, "‘We sing’"), place(5)),
        inferred=None,
        cast={},
        claims=tuple(make_claim(n, cue) for n, cue in enumerate(cues, 1)),
        position=place(1),
    )


def make_lock(record: Record) -> Lock:
    reading = read()
    locked, problems = lock_record(record, reading)
    assert locked is not None
    assert not problems
    return Lock({"source.txt": reading.source.sha256}, {"x": locked})


def test_every_cue_is_locked_under_its_key() -> None:
    reading = read()
    locked, problems = lock_record(make_record(*GOOD, GOOD[0]), reading)
    assert not problems
    assert locked is not None
    assert locked.passages.keys() == {"headline: ‘We sing’", *(cue.key for cue in GOOD)}
    assert locked.turns == reading.interviews[0].turns
    assert (locked.source, locked.number, locked.layout) == ("source.txt", 1, "question-answer")


def test_every_cue_that_does_not_resolve_is_named_with_its_place() -> None:
    bad = Cue(Voice.INTERVIEWEE, "On 4 May")
    locked, problems = lock_record(make_record(bad, GOOD[0], Cue(Voice.INTERVIEWEE, "zzz"), bad), read())
    assert [(p.line, p.record) for p in problems] == [(10, "claim 1"), (30, "claim 3"), (40, "claim 4")]
    assert str(problems[0]).startswith(
        'mappings/interviews/x.yaml:10:3 claim 1: cue "On 4 May" fits 2 passages (on line 4)'
    )
    assert locked is not None
    assert GOOD[0].key in locked.passages


def test_two_cues_that_read_alike_are_told_apart() -> None:
    alike = Cue(Voice.INTERVIEWEE, "… …", "came"), Cue(Voice.INTERVIEWEE, "…", "… came")
    assert alike[0].key == alike[1].key
    _, problems = lock_record(make_record(*alike), read())
    assert "cues-alike" in {p.rule for p in problems if "reads like another cue" in p.found}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("source.txt", "expected file name, #, number from 1"),
        ("source.txt#0", "expected file name, #, number from 1"),
        (
            "source.txt#2",
            'source "source.txt#2" is not there; expected a number from 1 to 1. Did you mean "source.txt#1"?',
        ),
        ("other.txt#1", 'source "other.txt#1" is not among the texts that can be read'),
    ],
)
def test_a_record_for_an_interview_that_is_not_there(source: str, message: str) -> None:
    locked, (problem,) = lock_record(make_record(source=source), read())
    assert locked is None
    assert problem.line == 2
    assert message in str(problem)


def test_a_source_that_is_missing() -> None:
    locked, (problem,) = lock_record(make_record(), None)
    assert locked is None
    assert "is not among the texts" in problem.found


def test_cues_must_not_repeat_a_fifth_of_the_words() -> None:
    answers = " ".join(f"w{n} x{n} y{n} z{n}." for n in range(10))
    reading = read(f"VALDORIA: ‘We sing’\nI.\nWhy?\n{answers}")
    within = make_record(*(Cue(Voice.INTERVIEWEE, f"w{n}", f"z{n}.") for n in range(3)))
    assert measure_cue_share(within, reading.interviews[0]) == pytest.approx(8 / 45)
    assert not lock_record(within, reading)[1]
    beyond = make_record(*(Cue(Voice.INTERVIEWEE, f"w{n}", f"z{n}.") for n in range(4)))
    (problem,) = lock_record(beyond, reading)[1]
    assert "22% of the interview's words" in problem.found
    assert problem.rule == "too-many-cues"


def test_a_claim_that_the_lock_does_not_know_says_which_text_it_takes() -> None:
    lock = make_lock(make_record(GOOD[0]))
    assert not check_record_against_lock(make_record(GOOD[0]), lock.interviews["x"])
    (problem,) = check_record_against_lock(make_record(*GOOD), lock.interviews["x"])
    assert (problem.line, problem.record) == (20, "claim 2")
    assert "source.txt#1: testimonia lock --texts DIR" in problem.fix
    (unknown,) = check_record_against_lock(make_record(), None)
    assert 'interview "x" is not in the lock' in unknown.found
    (moved,) = check_record_against_lock(make_record(source="source.txt#2"), lock.interviews["x"])
    assert "is not the one that was locked" in moved.found


def test_a_lock_that_the_texts_bear_out() -> None:
    reading = read()
    assert not check_lock_against_texts(make_lock(make_record(*GOOD)), {"source.txt": reading})


def test_a_source_that_changed_or_is_gone() -> None:
    lock = make_lock(make_record(*GOOD))
    changed = read(SOURCE.read_text("utf-8") + "More.\n")
    (problem,) = check_lock_against_texts(lock, {"source.txt": changed}, path="lock.json")
    assert str(problem).startswith("lock.json: source source.txt:") or "source changed since the lock" in str(problem)
    (gone,) = check_lock_against_texts(lock, {})
    assert "not among the texts" in gone.found


def test_every_passage_and_turn_is_read_again() -> None:
    lock = make_lock(make_record(*GOOD))
    locked = lock.interviews["x"]
    forged = {**locked.passages, GOOD[0].key: replace(locked.passages[GOOD[0].key], sha256="0" * 64)}
    (problem,) = check_lock_against_texts(
        replace(lock, interviews={"x": replace(locked, passages=forged)}), {"source.txt": read()}
    )
    assert GOOD[0].key in problem.found
    fewer = replace(lock, interviews={"x": replace(locked, turns=locked.turns[:-1])})
    (problem,) = check_lock_against_texts(fewer, {"source.txt": read()})
    assert "read otherwise" in problem.found
    other = replace(lock, interviews={"x": replace(locked, number=2)})
    (problem,) = check_lock_against_texts(other, {"source.txt": read()})
    assert "no interview 2" in problem.found


def test_no_message_holds_words_that_nobody_typed_or_may_write() -> None:
    locked, _ = lock_record(make_record(GOOD[0]), read())
    assert locked is not None
    assert all(isinstance(p, Passage) for p in locked.passages.values())
    _, problems = lock_record(make_record(Cue(Voice.INTERVIEWEE, "on 4 MAY")), read())
    assert "took" not in str(problems[0])

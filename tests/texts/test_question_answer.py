"""The layout of questions and answers: each case on disk is read as it says, or refused as it says."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.core.errors import InputError
from testimonia.core.text import Interview, Reading, SegmentKind, TextSource, Voice
from testimonia.texts.question_answer import QuestionAnswerReader
from testimonia.texts.sources import parse_source

CASES = Path(__file__).resolve().parents[1] / "cases" / "texts"
READ = sorted((CASES / "read").iterdir())
REFUSED = sorted((CASES / "refused").iterdir())


def load(folder: Path) -> TextSource:
    return parse_source("source.txt", (folder / "source.txt").read_bytes())


def show(reading: Reading) -> list[str]:
    lines = []
    for segment in reading.segments:
        number = next((i.number for i in reading.interviews if segment in i.segments and segment.voice), 0)
        words = reading.source.text[segment.start : segment.end].replace("\n", "\\n")
        lines.append(f"{number} {segment.kind} {words}")
    return lines


def check_cover(reading: Reading) -> None:
    ends = [0, *(s.end for s in reading.segments)]
    assert [s.start for s in reading.segments] == ends[:-1]
    assert ends[-1] == len(reading.source.text)
    assert all(s.start < s.end for s in reading.segments)
    for interview in reading.interviews:
        assert set(interview.segments) <= set(reading.segments)
        assert [s.end for s in interview.segments[:-1]] == [s.start for s in interview.segments[1:]]
        for turn in interview.turns:
            words = reading.source.text[turn.start : turn.end]
            assert words == words.strip()


def test_cases_are_found() -> None:
    assert (len(READ), len(REFUSED)) == (5, 5)


@pytest.mark.parametrize("folder", READ, ids=lambda p: p.name)
def test_read(folder: Path) -> None:
    source = load(folder)
    assert QuestionAnswerReader().recognises(source.text)
    reading = QuestionAnswerReader().read(source)
    assert show(reading) == (folder / "segments.txt").read_text("utf-8").splitlines()
    check_cover(reading)


@pytest.mark.parametrize("folder", REFUSED, ids=lambda p: p.name)
def test_refused(folder: Path) -> None:
    source = load(folder)
    assert QuestionAnswerReader().recognises(source.text)
    with pytest.raises(InputError) as caught:
        QuestionAnswerReader().read(source)
    expected = (folder / "problems.txt").read_text("utf-8").splitlines()
    assert sorted(str(caught.value).splitlines()) == sorted(expected)


def test_byte_order_mark_and_carriage_returns_stay_in_separators() -> None:
    text = "\ufeffVALDORIA: ‘A title’\r\nIntroduction.\r\nWhy?\r\nSo.\r\nIndeed.\r\n"
    reading = QuestionAnswerReader().read(parse_source("a.txt", text.encode()))
    check_cover(reading)
    (interview,) = reading.interviews
    assert interview.start == 1
    assert [text[t.start : t.end] for t in interview.turns] == [
        "VALDORIA: ‘A title’",
        "Introduction.",
        "Why?",
        "So.\r\nIndeed.",
    ]


def test_turns_are_numbered_and_have_voices() -> None:
    interview = QuestionAnswerReader().read(load(CASES / "read" / "closings")).interviews[0]
    assert [t.number for t in interview.turns] == list(range(1, 10))
    assert [t.voice for t in interview.turns] == [
        Voice.HEADLINE,
        Voice.EDITOR,
        Voice.INTERVIEWER,
        Voice.INTERVIEWEE,
        *[Voice.EDITOR] * 5,
    ]


@pytest.mark.parametrize(
    "text", ["", "A story, told by one voice. Why? So.", "VALDORIA: ‘No question’\nSo.\n", "Why?\nSo.\n"]
)
def test_other_layouts_are_not_recognised(text: str) -> None:
    assert not QuestionAnswerReader().recognises(text)


space = st.sampled_from(["\n", "\r\n", "\n\n", " \n\t", "\n\ufeff\n"])
paragraph = st.text("aé ‘’.?!\u0301", min_size=1, max_size=30).map(lambda s: f"A{s}z.")


@st.composite
def sources(draw: st.DrawFn) -> TextSource:
    pieces = [draw(st.sampled_from(["", "\ufeff", "songs\n-\n", "\n\n"]))]
    for number in range(draw(st.integers(1, 3))):
        body = [f"VALDORIA: ‘{draw(paragraph)}’", draw(paragraph)]
        for _ in range(draw(st.integers(1, 3))):
            body += ["Why?", *draw(st.lists(paragraph, min_size=1, max_size=3))]
        body += draw(st.lists(st.sampled_from(["It is rated ‘closed’ by us.", "Photo: A. B."]), max_size=2))
        if number:
            pieces += [draw(space), "-", draw(space)]
        for line in body:
            pieces += [line, draw(space)]
        pieces.pop()
    pieces.append(draw(st.sampled_from(["", "\n", "\n-\n"])))
    return parse_source("a.txt", "".join(pieces).encode())


@given(sources())
def test_segments_cover_the_source_whatever_it_holds(source: TextSource) -> None:
    reading = QuestionAnswerReader().read(source)
    check_cover(reading)
    headlines = [s for s in reading.segments if s.kind is SegmentKind.HEADLINE]
    assert len(reading.interviews) == len(headlines) == source.text.count("VALDORIA")


def count_questions(interview: Interview) -> int:
    return sum(t.kind is SegmentKind.QUESTION for t in interview.turns)


def test_the_example_is_read_whole() -> None:
    path = CASES.parents[2] / "examples" / "lantern" / "texts" / "lantern.txt"
    reading = QuestionAnswerReader().read(parse_source(path.name, path.read_bytes()))
    check_cover(reading)
    assert [count_questions(i) for i in reading.interviews] == [5, 4]

"""The layout of narratives: each difficulty alone, in invented texts; and what holds of every text."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.core.errors import InputError
from testimonia.core.text import Interview, Reading, SegmentKind, TextSource, Voice
from testimonia.texts.facts import find_facts
from testimonia.texts.layouts import get_reader
from testimonia.texts.narrative import NarrativeReader
from testimonia.texts.question_answer import QuestionAnswerReader
from testimonia.texts.sources import parse_source
from testimonia.texts.speakers import is_narrative, list_quoted

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests" / "cases" / "texts" / "narrative").iterdir())
HERON = ROOT / "examples" / "heron" / "texts" / "heron.txt"


def load(path: Path) -> TextSource:
    return parse_source(path.name, path.read_bytes())


def show(interview: Interview) -> list[str]:
    """One line a turn; the line of a quotation names its speaker, a dash where nobody is deduced."""
    lines = []
    for turn in interview.turns:
        words = interview.source.text[turn.start : turn.end].replace("\r", "\\r").replace("\n", "\\n")
        whose = f" {turn.speaker_name or '–'}" if turn.kind is SegmentKind.QUOTATION else ""
        lines.append(f"{turn.kind}{whose}: {words}")
    return lines


def check_cover(reading: Reading) -> None:
    text = reading.source.text
    assert "".join(text[s.start : s.end] for s in reading.segments) == text
    assert all(s.start < s.end for s in reading.segments)
    assert all(a.end == b.start for a, b in zip(reading.segments, reading.segments[1:], strict=False))
    (interview,) = reading.interviews
    assert set(interview.segments) <= set(reading.segments)
    turns = interview.turns
    voices = [t.voice for t in turns]
    assert (Voice.NARRATOR, Voice.NARRATOR) not in list(pairwise(voices))
    for turn in turns:
        words = text[turn.start : turn.end]
        assert words == words.strip()
        assert not {words[0], words[-1]} & set('"“”') or turn.voice is Voice.NARRATOR
        assert turn.speaker_name == "" or turn.voice is Voice.QUOTED


def test_cases_are_found() -> None:
    assert len(CASES) == 26


@pytest.mark.parametrize("folder", CASES, ids=lambda p: p.name)
def test_read(folder: Path) -> None:
    reading = NarrativeReader().read(load(folder / "source.txt"))
    assert show(reading.interviews[0]) == (folder / "turns.txt").read_text("utf-8").splitlines()
    check_cover(reading)


@pytest.mark.parametrize("folder", CASES, ids=lambda p: p.name)
def test_one_reader_knows_it_where_somebody_is_quoted_by_name(folder: Path) -> None:
    source = load(folder / "source.txt")
    assert not QuestionAnswerReader().recognises(source.text)
    named = any(t.speaker_name for t in NarrativeReader().read(source).interviews[0].turns)
    assert NarrativeReader().recognises(source.text) == named
    assert not named or get_reader(source).name == "narrative"


@pytest.mark.parametrize(
    "text",
    ["", "A story.", 'He said "no" and left.', "VALDORIA: ‘A title’\nSays Solen: no.\n", '-\n"Yes, I do," says Solen.'],
)
def test_other_layouts_are_not_recognised(text: str) -> None:
    assert not NarrativeReader().recognises(text)


def test_a_quotation_that_nothing_closes_is_named_with_its_line() -> None:
    text = 'Solen left.\n"We went, says Mira Solen.\nNobody closed it. "It goes on\n'
    with pytest.raises(InputError) as caught:
        NarrativeReader().read(TextSource("a.txt", "", text))
    assert [(p.line, p.found) for p in caught.value.findings] == [
        (2, "a quotation left open"),
        (3, "a quotation left open"),
    ]


def test_who_is_quoted_and_how_often() -> None:
    reading = get_reader(load(HERON)).read(load(HERON))
    (interview,) = reading.interviews
    check_cover(reading)
    assert is_narrative(interview)
    assert [(q.name, len(q.turns)) for q in list_quoted(interview)] == [
        ("Tamsin Orle", 9),
        ("Edvin Maas", 2),
        ("Lene Castell", 2),
        ("", 2),
    ]
    assert find_facts(interview).people == ("Tamsin Orle", "Edvin Maas", "Lene Castell")


def test_a_record_goes_before_what_is_deduced() -> None:
    interview = NarrativeReader().read(load(HERON)).interviews[0]
    assigned = interview.assign({"Tamsin Orle": "orle", "Edvin Maas": "maas"}, {4: "other", 3: "no-quotation"})
    turns = {t.number: t.speaker_name for t in assigned.turns}
    assert (turns[2], turns[3], turns[4], turns[6], turns[10]) == ("orle", "", "other", "maas", "")
    assert [(t.start, t.end, t.kind) for t in assigned.turns] == [(t.start, t.end, t.kind) for t in interview.turns]


piece = st.sampled_from(
    [
        *('"We sang," says Mira Solen.', "Solen said, “Never again, never.”", '"And they listened to us."'),
        *('"One day', '"It was', "The river rose. ", "\n", "\r\n", " ", "She left, he says.", "Óren Dale adds:"),
        *('Her book "River Songs," is out.', "’", "…", '"', "“", "”"),
    ]
)


@settings(max_examples=300)
@given(st.lists(piece, min_size=1, max_size=12).map("".join))
def test_segments_cover_whatever_is_read(text: str) -> None:
    if NarrativeReader().recognises(text):
        try:
            reading = NarrativeReader().read(TextSource("a.txt", "", text))
        except InputError:
            return
        check_cover(reading)

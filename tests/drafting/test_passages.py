"""Passages: each sentence with its shortest cue, written so that YAML reads the same words back."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from testimonia.anchors.cues import resolve_cue
from testimonia.core.evidence import Cue, Passage
from testimonia.core.text import Interview, SegmentKind, Voice
from testimonia.drafting.passages import format_quote, format_stub, list_sentences, quote_yaml
from testimonia.texts.reading import read_texts

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "lantern" / "texts"


@pytest.fixture(scope="module")
def interviews() -> tuple[Interview, ...]:
    return read_texts(EXAMPLE).readings["lantern.txt"].interviews


def test_the_cue_of_every_sentence_of_the_example_leads_back_to_it(interviews: tuple[Interview, ...]) -> None:
    for interview in interviews:
        sentences = list_sentences(interview)
        assert len(sentences) > 30
        for sentence in sentences:
            assert sentence.cue is not None
            found = resolve_cue(interview, sentence.cue)
            assert isinstance(found, Passage)
            assert (found.start, found.end) == (sentence.start, sentence.end)


def test_headline_is_its_title(interviews: tuple[Interview, ...]) -> None:
    sentence = list_sentences(interviews[0], voice=Voice.HEADLINE)[0]
    assert interviews[0].source.text[sentence.start : sentence.end] == "‘We record songs, and they call it a crime’"


def test_find_forgives_quotes_case_spaces_and_accents(interviews: tuple[Interview, ...]) -> None:
    (sentence,) = list_sentences(interviews[0], find="MOTHER'S  violin")
    assert (sentence.kind, sentence.speaker.voice) == (SegmentKind.ANSWER, Voice.INTERVIEWEE)
    assert list_sentences(interviews[0], find="zelimir and")
    assert not list_sentences(interviews[0], find="mother's violin", voice=Voice.EDITOR)
    assert not list_sentences(interviews[0], find="no such words")


def test_a_sentence_said_twice_has_nth(interviews: tuple[Interview, ...]) -> None:
    cues = [s.cue for s in list_sentences(interviews[0], find="They ask who sang")]
    assert [cue.nth for cue in cues if cue] == [1, 2]


def test_stub_names_every_voice_but_the_interviewee(interviews: tuple[Interview, ...]) -> None:
    editor, *_ = list_sentences(interviews[0], voice=Voice.EDITOR)
    assert format_stub(editor)[0] == "speaker: editor"
    answer, *_ = list_sentences(interviews[0], voice=Voice.INTERVIEWEE)
    assert format_stub(answer)[0].startswith("quote: ")


@given(st.text(max_size=40))
def test_yaml_reads_back_what_was_written(text: str) -> None:
    assert yaml.safe_load(quote_yaml(text)) == text


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        (Cue(Voice.EDITOR, "No: #1", "‘x’."), {"quote": "No: #1 … ‘x’."}),
        (Cue(Voice.EDITOR, "whole"), {"quote": "whole"}),
        (Cue(Voice.EDITOR, "left … and"), {"quote": ["left … and"]}),
        (Cue(Voice.EDITOR, "a", "b", 3), {"quote": "a … b", "nth": 3}),
    ],
)
def test_quote(cue: Cue, expected: dict[str, object]) -> None:
    assert yaml.safe_load("\n".join(format_quote(cue))) == expected

"""Cues: each case on disk resolves to its passage or fails for its reason, with a message that helps."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from testimonia.anchors.cues import find_passages, resolve_cue
from testimonia.anchors.shortest import count_cue_words, find_shortest_cue
from testimonia.anchors.spans import TurnSpan, find_spans, find_tight_spans
from testimonia.core.evidence import Cue, Passage
from testimonia.core.findings import Finding
from testimonia.core.text import Interview, Segment, SegmentKind, TextSource, Voice
from testimonia.texts.question_answer import QuestionAnswerReader
from testimonia.texts.sources import parse_source

CASES = Path(__file__).resolve().parents[1] / "cases" / "anchors"
CUES: list[dict[str, Any]] = yaml.safe_load((CASES / "cues.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def interview() -> Interview:
    source = parse_source("source.txt", (CASES / "source.txt").read_bytes())
    return QuestionAnswerReader().read(source).interviews[0]


def get_cue(case: dict[str, Any]) -> Cue:
    parts = case["cue"] if isinstance(case["cue"], list) else case["cue"].split(" … ")
    last = parts[1] if len(parts) == 2 else None
    return Cue(Voice(case.get("voice", "interviewee")), parts[0], last, case.get("nth", 0))


def test_cases_are_found() -> None:
    assert len(CUES) == 28


@pytest.mark.parametrize("case", CUES, ids=lambda c: str(c["name"]))
def test_cue(interview: Interview, case: dict[str, Any]) -> None:
    outcome = resolve_cue(interview, get_cue(case))
    if "passage" in case:
        assert isinstance(outcome, Passage), outcome
        words = interview.source.text[outcome.start : outcome.end]
        assert words == case["passage"]
        assert outcome.sha256 == hashlib.sha256(words.encode()).hexdigest()
        turn = interview.turns[outcome.turn - 1]
        assert turn.start <= outcome.start < outcome.end <= turn.end
    else:
        assert isinstance(outcome, Finding), outcome
        assert outcome.rule == case["reason"]
        assert case["says"] in f"{outcome.found}; {outcome.expected}; {outcome.fix}"


def test_nth_picks_the_later_one(interview: Interview) -> None:
    outcomes = [resolve_cue(interview, Cue(Voice.INTERVIEWEE, "They", "sang.", nth)) for nth in (1, 2)]
    first, second = (o for o in outcomes if isinstance(o, Passage))
    assert first.end <= second.start


def test_all_fitting_pairs_are_found_and_never_the_nearest_end_alone(interview: Interview) -> None:
    passages = list(find_passages(interview, Cue(Voice.INTERVIEWEE, "On 4", "took")))
    assert len({(p.start, p.end) for p in passages}) == len(passages) == 3


def make_interview(text: str) -> Interview:
    """An interview of one answer."""
    return Interview(TextSource("a.txt", "", text), 1, "", (Segment(SegmentKind.ANSWER, 0, len(text)),))


words = st.lists(st.sampled_from(["a", "b", "ab", "a,", "b.", "‘a", "…", "a\u0301"]), min_size=1, max_size=14)


@st.composite
def passages(draw: st.DrawFn) -> tuple[Interview, TurnSpan]:
    tokens = draw(words)
    gaps = draw(st.lists(st.sampled_from([" ", "\n", " \u00a0"]), min_size=len(tokens), max_size=len(tokens)))
    starts, text = [], ""
    for token, gap in zip(tokens, gaps, strict=True):
        starts.append(len(text))
        text += token + gap
    first = draw(st.integers(0, len(tokens) - 1))
    last = draw(st.integers(first, len(tokens) - 1))
    text = text.rstrip()
    return make_interview(text), TurnSpan(1, starts[first], starts[last] + len(tokens[last]))


@given(passages())
def test_the_shortest_cue_resolves_to_its_passage(drawn: tuple[Interview, TurnSpan]) -> None:
    interview, span = drawn
    cue = find_shortest_cue(interview, span.turn, span.start, span.end)
    if cue is None:
        spelled = interview.source.text[span.start : span.end].split()
        assert len(spelled) > 6  # a short passage can always be cited whole, counted if need be
        return
    outcome = resolve_cue(interview, cue)
    assert isinstance(outcome, Passage), outcome
    assert TurnSpan(outcome.turn, outcome.start, outcome.end) == span


@given(passages(), st.integers(1, 4), st.integers(1, 4))
def test_no_shorter_pair_fits_alone(drawn: tuple[Interview, TurnSpan], before: int, after: int) -> None:
    interview, span = drawn
    cue = find_shortest_cue(interview, span.turn, span.start, span.end)
    spelled = interview.source.text[span.start : span.end].split()
    if max(before, after) <= len(spelled):
        other = Cue(Voice.INTERVIEWEE, " ".join(spelled[:before]), " ".join(spelled[-after:]))
        if list(find_spans(interview, other)) == [span]:
            assert cue is not None
            assert cue.nth == 0
            assert count_cue_words(cue) <= before + after


@given(passages(), passages())
def test_pairs_are_those_that_the_rule_names(
    drawn: tuple[Interview, TurnSpan], other: tuple[Interview, TurnSpan]
) -> None:
    interview, span = drawn
    spelled = interview.source.text[span.start : span.end].split()
    words = other[0].source.text[other[1].start : other[1].end].split()[:2]
    cue = Cue(Voice.INTERVIEWEE, spelled[0], " ".join(words))
    firsts = list(find_spans(interview, Cue(cue.voice, cue.first)))
    lasts = list(find_spans(interview, Cue(cue.voice, cue.last or "")))
    pairs = {TurnSpan(1, a.start, b.end) for a in firsts for b in lasts if a.start <= b.start and a.end <= b.end}
    found = list(find_spans(interview, cue))
    assert set(found) == pairs
    tight = {p for p in pairs if not any(q != p and p.start <= q.start and q.end <= p.end for q in pairs)}
    assert set(find_tight_spans(interview, cue)) == tight


def test_a_long_repetitive_text_is_no_trap() -> None:
    interview = make_interview("no " * 5000 + "yes")
    outcome = resolve_cue(interview, Cue(Voice.INTERVIEWEE, "no", "no"))
    assert isinstance(outcome, Finding)
    assert "100 or more" in outcome.found

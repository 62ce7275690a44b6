"""The interviews themselves, where they are at hand: nothing of them stands here but counts."""

from pathlib import Path

import pytest

from testimonia.model.text import SegmentKind
from testimonia.texts.facts import find_facts
from testimonia.texts.reading import Texts, read_texts

pytestmark = pytest.mark.texts
QUESTIONS = (4, 5, 4, 6, 3, 3, 4, 4, 7, 6)


@pytest.fixture(scope="module")
def found(texts: Path) -> Texts:
    return read_texts(texts)


def test_one_collection_and_one_text_of_another_layout(found: Texts) -> None:
    assert (len(found.readings), len(found.unread)) == (1, 1)


def test_ten_interviews_with_their_questions_people_and_ratings(found: Texts) -> None:
    (reading,) = found.readings.values()
    facts = [find_facts(interview) for interview in reading.interviews]
    assert tuple(f.questions for f in facts) == QUESTIONS
    assert all(len(f.people) == 1 for f in facts)
    assert [f.rating for f in facts] == ["closed"] * 4 + ["repressed"] + ["closed"] * 5
    assert sum(f.country == "HONG KONG" for f in facts) == 2


def test_each_question_has_one_answer_and_closings_are_told_apart(found: Texts) -> None:
    (reading,) = found.readings.values()
    kinds = [s.kind for i in reading.interviews for s in i.segments]
    assert kinds.count(SegmentKind.QUESTION) == kinds.count(SegmentKind.ANSWER) == sum(QUESTIONS)
    assert [kinds.count(k) for k in (SegmentKind.HEADLINE, SegmentKind.INTRODUCTION, SegmentKind.RATING)] == [10] * 3
    closing = (SegmentKind.CONTACT, SegmentKind.CREDIT, SegmentKind.DISCLAIMER)
    assert [kinds.count(k) for k in closing] == [8, 1, 1]


def test_every_code_point_is_in_exactly_one_segment(found: Texts) -> None:
    (reading,) = found.readings.values()
    text = reading.source.text
    assert "".join(text[s.start : s.end] for s in reading.segments) == text
    assert reading.segments[0].start == 0
    assert all(a.end == b.start for a, b in zip(reading.segments, reading.segments[1:], strict=False))

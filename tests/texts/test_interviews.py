"""The interviews themselves, where they are at hand: nothing of them stands here but counts."""

from pathlib import Path

import pytest

from testimonia.core.text import Interview, Reading, SegmentKind
from testimonia.texts.facts import find_facts
from testimonia.texts.reading import Texts, read_texts
from testimonia.texts.speakers import list_quoted

pytestmark = pytest.mark.texts
QUESTIONS = (4, 5, 4, 6, 3, 3, 4, 4, 7, 6)


@pytest.fixture(scope="module")
def found(texts: Path) -> Texts:
    return read_texts(texts)


@pytest.fixture(scope="module")
def collection(found: Texts) -> Reading:
    return next(r for r in found.readings.values() if r.layout == "question-answer")


@pytest.fixture(scope="module")
def article(found: Texts) -> Interview:
    return next(r for r in found.readings.values() if r.layout == "narrative").interviews[0]


def test_one_collection_and_one_article(found: Texts) -> None:
    assert sorted(r.layout for r in found.readings.values()) == ["narrative", "question-answer"]
    assert not found.unread


def test_each_quotation_of_the_article_is_given_to_whoever_says_it(article: Interview) -> None:
    """Held against a reading of the article by hand."""
    quoted = [[turn.number for turn in q.turns] for q in list_quoted(article)]
    assert quoted == [[*range(2, 14, 2), *range(16, 38, 2), 40, 48, 49, 51], [42, 44, 46], [14, 38]]
    assert all(len(q.name.split()) in (2, 3) for q in list_quoted(article))


def test_a_quoted_title_is_narration_and_an_open_quotation_is_one_turn(article: Interview) -> None:
    text = article.source.text
    turns = {t.number: text[t.start : t.end] for t in article.turns}
    assert len(turns) == 51
    assert [n for n, words in turns.items() if '"' in words] == [5, 14]
    assert "\n" in turns[14]


def test_ten_interviews_with_their_questions_people_and_ratings(collection: Reading) -> None:
    facts = [find_facts(interview) for interview in collection.interviews]
    assert tuple(f.questions for f in facts) == QUESTIONS
    assert all(len(f.people) == 1 for f in facts)
    assert [f.rating for f in facts] == ["closed"] * 4 + ["repressed"] + ["closed"] * 5
    assert sum(f.country == "HONG KONG" for f in facts) == 2


def test_each_question_has_one_answer_and_closings_are_told_apart(collection: Reading) -> None:
    kinds = [s.kind for i in collection.interviews for s in i.segments]
    assert kinds.count(SegmentKind.QUESTION) == kinds.count(SegmentKind.ANSWER) == sum(QUESTIONS)
    assert [kinds.count(k) for k in (SegmentKind.HEADLINE, SegmentKind.INTRODUCTION, SegmentKind.RATING)] == [10] * 3
    closing = (SegmentKind.CONTACT, SegmentKind.CREDIT, SegmentKind.DISCLAIMER)
    assert [kinds.count(k) for k in closing] == [8, 1, 1]


def test_every_code_point_is_in_exactly_one_segment(found: Texts) -> None:
    for reading in found.readings.values():
        text = reading.source.text
        assert "".join(text[s.start : s.end] for s in reading.segments) == text
        assert reading.segments[0].start == 0
        assert all(a.end == b.start for a, b in zip(reading.segments, reading.segments[1:], strict=False))

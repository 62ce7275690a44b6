"""Charts: every declared one is drawn, as text and the same bytes each time, and says where it comes from."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pyoxigraph as ox
import pytest

from testimonia.core.errors import QueryError
from testimonia.core.layout import Layout
from testimonia.questions.asking import use_store
from testimonia.questions.charts.drawing import draw_chart
from testimonia.questions.evidence import ask_with_evidence
from testimonia.questions.question import Chart, ChartKind, Question
from testimonia.questions.reading import read_questions
from testimonia.rdf.short_names import Naming, read_naming
from testimonia.rdf.store import read_store

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def questions(project_layout: Layout) -> dict[str, Question]:
    return read_questions(project_layout)


@pytest.fixture(scope="module")
def store(project_layout: Layout) -> ox.Store:
    return read_store(project_layout.graph)


@pytest.fixture(scope="module")
def naming(project_layout: Layout) -> Naming:
    return read_naming(project_layout)


def draw(question: Question, store: ox.Store, naming: Naming, **values: str) -> bytes:
    run = use_store(store)
    return draw_chart(question, values, ask_with_evidence(question, values, naming, run), naming, run)


def read_texts(picture: bytes) -> list[str]:
    tags = ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")
    return ["".join(tag.itertext()).strip() for tag in tags]


def test_all_kinds_are_declared(questions: dict[str, Question]) -> None:
    charts = [question.chart for question in questions.values() if question.chart is not None]
    assert len(charts) >= 8
    assert {chart.kind for chart in charts} == set(ChartKind)


def test_every_chart_is_drawn(questions: dict[str, Question], store: ox.Store, naming: Naming) -> None:
    for question in questions.values():
        if question.chart is None or any(p.default is None for p in question.parameters.values()):
            continue
        texts = read_texts(draw(question, store, naming))
        said = " ".join(texts)
        assert question.summary in said
        assert f"Source: Testimonia, version 2026.1, question {question.slug}. Drawn from " in said
        assert "what they say: " in said


def test_the_same_answer_gives_the_same_bytes(questions: dict[str, Question], store: ox.Store, naming: Naming) -> None:
    for slug in ("conditions", "outlook", "timeline"):
        assert draw(questions[slug], store, naming) == draw(questions[slug], store, naming)


def test_values_stand_in_the_title(questions: dict[str, Question], store: ox.Store, naming: Naming) -> None:
    assert "(country: cuba)" in " ".join(read_texts(draw(questions["timeline"], store, naming, country="cuba")))


def test_modalities_are_told_apart(questions: dict[str, Question], store: ox.Store, naming: Naming) -> None:
    assert {"predicted", "feared", "denied"} <= set(read_texts(draw(questions["outlook"], store, naming)))
    said = " ".join(read_texts(draw(questions["imprisonment"], store, naming)))
    assert "Claims (occurred, habitual), by country" in said


def test_nothing_to_draw(questions: dict[str, Question], store: ox.Store, naming: Naming) -> None:
    question = replace(questions["outlook"], chart=Chart(ChartKind.BAR, {"label": "what"}, ("occurred",)))
    with pytest.raises(QueryError, match='nothing of the answer to "outlook" can be drawn'):
        draw(question, store, naming)
    with pytest.raises(QueryError, match='"laws" has no chart'):
        draw(questions["laws"], store, naming)

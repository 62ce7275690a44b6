"""What the tests of questions share: the invented graph of Valdoria and the project's own questions."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from testimonia.core.layout import Layout
from testimonia.questions.question import Question
from testimonia.questions.reading import read_questions
from testimonia.rdf.short_names import Naming
from testimonia.rdf.store import load_store

CASES = Path(__file__).resolve().parents[1] / "cases" / "questions"
NAMING = Naming("https://example.org/valdoria/")


def read_valdoria() -> dict[str, bytes]:
    """The graph as the files of a graph folder."""
    quads = ox.parse(path=str(CASES / "valdoria.trig"), format=ox.RdfFormat.TRIG)
    return {"all.nq": "".join(sorted(f"{quad} .\n" for quad in quads)).encode()}


@pytest.fixture(scope="session")
def valdoria() -> ox.Store:
    return load_store(read_valdoria())


@pytest.fixture(scope="session")
def questions(project_layout: Layout) -> dict[str, Question]:
    return read_questions(project_layout)


@pytest.fixture(scope="session")
def values(questions: dict[str, Question]) -> dict[str, dict[str, str]]:
    """Slug → the values that each question is asked with in Valdoria."""
    ours = yaml.load((CASES / "values.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return {slug: ours.get(slug, question.usual_values) for slug, question in questions.items()}

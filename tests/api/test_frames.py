"""Data frames hold what the rows hold, whatever a column is made of; a library that is not there is named."""

import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from testimonia.api.frames import make_pandas, make_polars
from testimonia.api.graph import Graph
from testimonia.api.values import Iri, PythonValue

CASES = Path(__file__).resolve().parents[1] / "cases" / "questions"
OURS: dict[str, dict[str, str]] = yaml.load((CASES / "values.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
ROWS: list[tuple[PythonValue, ...]] = [
    (Iri("https://example.org/id/a", name="a"), 1, Decimal("1.5"), ("x", "y"), date(2031, 5, 4), 1, None),
    (None, None, 2, (), None, "a couple", None),
]
COLUMNS = ("who", "n", "half", "list", "day", "amount", "nothing")
PLAIN = [
    ("https://example.org/id/a", 1, Decimal("1.5"), ["x", "y"], date(2031, 5, 4), "1", None),
    (None, None, Decimal(2), [], None, "a couple", None),
]


def test_polars() -> None:
    frame = make_polars(COLUMNS, ROWS, frozenset({"list"}))
    assert frame.rows() == PLAIN
    assert str(frame.schema["list"]) == "List(String)"
    assert make_polars(COLUMNS, [], frozenset({"list"})).shape == (0, 7)


def test_pandas() -> None:
    frame = make_pandas(COLUMNS, ROWS)
    assert list(frame.columns) == list(COLUMNS)
    assert str(frame["n"].dtype) == "Int64"
    assert frame["list"].tolist() == [("x", "y"), ()]
    assert frame["amount"].tolist() == [1, "a couple"]
    assert frame["day"][0] == date(2031, 5, 4)
    assert type(frame["who"][0]) is str
    assert make_pandas(COLUMNS, []).shape == (0, 7)


def test_every_question_makes_frames(graph: Graph) -> None:
    for slug in graph.questions:
        rows = graph.ask(slug, **OURS.get(slug, graph.questions[slug].question.usual_values))
        assert rows.to_pandas().shape == rows.to_polars().shape == (len(rows), len(rows.columns))


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_not_there_is_named(graph: Graph, monkeypatch: pytest.MonkeyPatch, library: str) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=f"^{library} is not installed; run: pip install {library}$"):
        getattr(graph.questions.corroborated(), f"to_{library}")()

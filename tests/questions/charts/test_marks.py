"""Marks: claims are counted once in a bar, values are never added up, and what is not said is shown."""

import pyoxigraph as ox
import pytest

from testimonia.core.answer import Solutions, Term
from testimonia.core.errors import QueryError
from testimonia.questions.charts.marks import UNSAID, count_marks, list_dots
from testimonia.questions.evidence import Backing, Evidenced
from testimonia.questions.question import Chart, ChartKind, Question
from testimonia.rdf.short_names import Naming

NAMING = Naming("https://example.org/")
MODALITY = "https://w3id.org/testimonia/term/modality/"
FIRST, SECOND = Backing("x:1", MODALITY + "occurred"), Backing("x:2", MODALITY + "feared")
QUESTION = Question("raids", "", "Raids?", "", "", (), {}, {}, frozenset(), (), None, (), "")


def make(rows: list[tuple[str, str, tuple[Backing, ...]]]) -> Evidenced:
    cells: list[tuple[Term | None, ...]] = [(ox.Literal(where), ox.Literal(n)) for where, n, _ in rows]
    return Evidenced(Solutions(("where", "n"), tuple(cells)), tuple(behind for _, _, behind in rows))


def test_a_claim_counts_once_in_a_bar() -> None:
    found = make([("a; b", "1", (FIRST,)), ("a", "2", (FIRST, SECOND)), ("", "3", (SECOND,))])
    tally = count_marks(QUESTION, Chart(ChartKind.BAR, {"label": "where"}), found, NAMING, by="label")
    assert tally.amounts == {"a": {"": 2}, "b": {"": 1}, UNSAID: {"": 1}}
    assert tally.rank() == ["a", "b", UNSAID]
    assert tally.claims.keys() == {"x:1", "x:2"}


def test_modalities_come_from_the_claims() -> None:
    chart = Chart(ChartKind.BAR, {"label": "where", "series": "modality"})
    tally = count_marks(QUESTION, chart, make([("a", "1", (FIRST, SECOND))]), NAMING, by="label")
    assert tally.amounts == {"a": {"occurred": 1, "feared": 1}}


def test_values_are_never_added_up() -> None:
    chart = Chart(ChartKind.BAR, {"label": "where", "value": "n"})
    tally = count_marks(QUESTION, chart, make([("a", "2.5", (FIRST,)), ("b", "4", ())]), NAMING, by="label")
    assert tally.amounts == {"a": {"": 2.5}, "b": {"": 4}}
    with pytest.raises(QueryError, match=r"\"raids\" gives two values for 'a', which may not be added up"):
        count_marks(QUESTION, chart, make([("a", "1", ()), ("a", "2", ())]), NAMING, by="label")


def test_dots_stand_in_order_and_what_has_no_year_is_counted() -> None:
    chart = Chart(ChartKind.TIMELINE, {"day": "where", "label": "n"})
    dots, undated = list_dots(chart, make([("2031-05", "b", ()), ("XXXX-01-07", "c", ()), ("2030", "a", ())]), NAMING)
    assert [(dot.day.isoformat(), dot.written, dot.label) for dot in dots] == [
        ("2030-01-01", "2030", "a"),
        ("2031-05-01", "2031-05", "b"),
    ]
    assert undated == 1

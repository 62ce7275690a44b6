"""Values of parameters: those that the data knows are listed and taken, others are refused with the nearest."""

from dataclasses import replace

import pyoxigraph as ox
import pytest

from testimonia.core.errors import QueryError
from testimonia.questions.asking import ask_question, use_store
from testimonia.questions.question import ANY, Question
from testimonia.questions.values import check_values, describe_type, explain_nothing, find_values
from testimonia.rdf.short_names import Naming

NAMING = Naming("https://example.org/valdoria/")


def test_values_come_from_the_data(questions: dict[str, Question], valdoria: ox.Store) -> None:
    run = use_store(valdoria)
    assert find_values(questions["conditions"].parameters["country"], NAMING, run) == ["ostmark", "valdoria"]
    work = find_values(questions["civil-society-work"].parameters["work"], NAMING, run)
    assert {"raid", "repression"} <= set(work), "a used term, and one above it that nothing uses itself"


def test_an_unknown_value_is_an_error_with_the_nearest(questions: dict[str, Question], valdoria: ox.Store) -> None:
    for value in ("valdora", "https://example.org/valdoria/id/valdora", "song-archive"):
        with pytest.raises(QueryError, match=rf"^parameter country: the data does not know '{value}'\. ") as caught:
            ask_question(questions["conditions"], {"country": value}, NAMING, use_store(valdoria))
        assert str(caught.value).endswith("It knows: ostmark, valdoria.")
    with pytest.raises(QueryError, match=r"'valdora'\. Did you mean \"valdoria\"\? It knows"):
        check_values(questions["conditions"], {"country": "valdora"}, NAMING, use_store(valdoria))


def test_all_unknown_values_are_named_together(questions: dict[str, Question], valdoria: ox.Store) -> None:
    with pytest.raises(QueryError) as caught:
        check_values(questions["requests"], {"country": "x", "addressee": "y"}, NAMING, use_store(valdoria))
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [
        "parameter country",
        "parameter addressee",
    ]


def test_known_values_that_nothing_fits(questions: dict[str, Question], valdoria: ox.Store) -> None:
    question, run = questions["requests"], use_store(valdoria)
    values = {"country": "ostmark", "addressee": ANY}
    assert not ask_question(question, values, NAMING, run).rows
    assert explain_nothing(question, values, NAMING, run) == [
        "No rows.",
        "country=ostmark: nothing fits. It knows: ostmark, valdoria.",
    ]


def test_a_server_whose_default_graph_is_empty(questions: dict[str, Question]) -> None:
    run = use_store(ox.Store())
    question = questions["conditions"]
    assert explain_nothing(question, {}, NAMING, run)[0].startswith("No rows: the default graph is empty.")
    with pytest.raises(QueryError, match=r"^the default graph is empty\. Let the server .* --union-default-graph\)$"):
        check_values(question, {"country": "valdoria"}, NAMING, run)


def test_any_is_taken_only_where_it_is_the_default(questions: dict[str, Question], valdoria: ox.Store) -> None:
    check_values(questions["conditions"], {"country": ANY}, NAMING, use_store(valdoria))
    with pytest.raises(QueryError, match="does not know 'any'"):
        check_values(questions["about"], {"entity": ANY}, NAMING, use_store(valdoria))


def test_every_parameter_says_what_it_takes(questions: dict[str, Question]) -> None:
    for question in questions.values():
        for parameter in question.parameters.values():
            assert describe_type(parameter)
            assert parameter.space or describe_type(replace(parameter, default="x")) == describe_type(parameter)

"""Parameters are found as tokens, and no value is ever more than data, in two engines."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import yaml
from hypothesis import given
from hypothesis import strategies as st

from testimonia.core.answer import Solutions
from testimonia.core.errors import QueryError
from testimonia.rdf.store import run_query
from testimonia.sparql.parameters import Parameter, ParameterType, bind_parameters, find_parameters, parse_value

CASES = Path(__file__).resolve().parents[1] / "cases" / "sparql"
HOSTILE = yaml.safe_load((CASES / "hostile.yaml").read_text("utf-8"))
ECHO = "SELECT ?x { BIND(?_v AS ?x) }"


def echo(text: str) -> object:
    answer = run_query(ox.Store(), bind_parameters(ECHO, {"v": ox.Literal(text)}))
    assert isinstance(answer, Solutions)
    return answer.rows


def test_the_hostile_cases_are_all_there() -> None:
    assert len(HOSTILE) == 15


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_values_come_back_as_they_are(text: str) -> None:
    assert echo(text) == ((ox.Literal(text),),)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_values_are_data_in_an_engine_that_reads_escapes_first(text: str) -> None:
    rows = list(rdflib.Graph().query(bind_parameters(ECHO, {"v": ox.Literal(text)})))
    assert [str(row[0]) for row in rows if isinstance(row, rdflib.query.ResultRow)] == [text]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_value_comes_back_as_it_is(text: str) -> None:
    assert echo(text) == ((ox.Literal(text),),)


def test_only_tokens_are_parameters() -> None:
    text = (CASES / "tricky.rq").read_text("utf-8")
    assert list(find_parameters(text)) == ["real"]
    bound = bind_parameters(text, {"real": ox.NamedNode("https://example.org/x")})
    assert bound.count("?_real_iri") == 1  # the comment
    assert bound.count("?_inside") == text.count("?_inside")
    run_query(ox.Store(), bound)


def test_neighbours_stay_apart() -> None:
    bound = bind_parameters("ASK { ?s ?p?_n_integer FILTER(?p-?_n_integer<?_n_integer) }", {"n": ox.Literal(-5)})
    assert run_query(ox.Store(), bound) is False


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?_x { ?_x ?p ?o }", "line 1, column 8: parameter ?_x is projected"),
        ("SELECT DISTINCT ?a $_x { ?a ?p $_x }", "line 1, column 20: parameter $_x is projected"),
        ("SELECT ?a {\n { SELECT ?_x_iri { ?s ?p ?o } } }", "line 2, column 11: parameter ?_x_iri is projected"),
        ("SELECT (1 AS ?_x) { }", "line 1, column 14: parameter ?_x is bound (AS)"),
        ("ASK { BIND(1 AS ?_x) }", "is bound (AS)"),
        ("ASK { VALUES ?_x { 1 } }", "is bound (VALUES)"),
        ("ASK { VALUES (?a ?_x) { (1 2) } }", "is bound (VALUES)"),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?_x } GROUP BY ?_x", "stands in GROUP BY"),
        ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY (?o AS ?_x)", "is bound (AS)"),
        ("SELECT ?s { ?s ?p ?_x } ORDER BY ?_x", "stands in ORDER BY"),
        ("ASK { ?s ?p ?_x_iri, ?_x_date }", "has another type than on line 1"),
        ("ASK { ?s ?p ?_x_color }", "unknown type 'color'"),
        ("ASK { ?s ?p ?_x_xsd_iri }", "?_x_xsd_iri is no parameter"),
        ("ASK { ?s ?p ?_a_b_iri }", "?_a_b_iri is no parameter"),
        ("ASK { ?s ?p ?__x }", "?__x is no parameter"),
    ],
)
def test_parameters_out_of_place(query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        find_parameters(query)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (COUNT(?_x) AS ?n) { ?s ?p ?o } GROUP BY (STR(?_x) AS ?g) ORDER BY (?_x = 1)",
        "SELECT ?s { VALUES ?p { ?_p_iri } ?s ?p ?o }",
    ],
)
def test_parameters_in_expressions_and_data_are_fine(query: str) -> None:
    assert find_parameters(query)


@pytest.mark.parametrize(
    ("kind", "tag", "text", "expected"),
    [
        (ParameterType.IRI, "", "https://example.org/é", "<https://example.org/é>"),
        (ParameterType.INTEGER, "", "-12", '"-12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        (ParameterType.NUMBER, "", "27.5", '"27.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        (ParameterType.DATE, "", "2031-05-04", '"2031-05-04"^^<http://www.w3.org/2001/XMLSchema#date>'),
        (ParameterType.TAGGED, "en", "raid", '"raid"@en'),
        (ParameterType.LITERAL, "", "raid", '"raid"'),
    ],
)
def test_values_by_type(kind: ParameterType, tag: str, text: str, expected: str) -> None:
    assert str(parse_value(Parameter("x", kind, tag, 1, 1), text)) == expected


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (ParameterType.IRI, "no-scheme"),
        (ParameterType.IRI, "https://example.org/> } #"),
        (ParameterType.IRI, "https://example.org/a b"),
        (ParameterType.IRI, ""),
        (ParameterType.INTEGER, "1.5"),
        (ParameterType.INTEGER, "١"),
        (ParameterType.INTEGER, "1\n"),
        (ParameterType.NUMBER, "1e5"),
        (ParameterType.DATE, "2031-13-01"),
        (ParameterType.DATE, "2031-02-29"),
        (ParameterType.DATE, "2031"),
        (ParameterType.LITERAL, "a\udc80"),
    ],
)
def test_values_of_another_type_are_refused(kind: ParameterType, text: str) -> None:
    with pytest.raises(QueryError, match="parameter x"):
        parse_value(Parameter("x", kind, "", 1, 1), text)


def test_missing_and_unknown_values_are_named_together() -> None:
    with pytest.raises(QueryError, match="parameter a has no value; the query has no parameter b"):
        bind_parameters("ASK { ?s ?p ?_a }", {"b": ox.Literal(1)})


def test_datatypes_as_grlc_writes_them() -> None:
    found = find_parameters("SELECT ?s { ?s ?p ?_a_xsd_date , ?_b_xsd_integer , ?_c_xsd_decimal , ?_d_date }")
    assert [parameter.type.value for parameter in found.values()] == ["date", "integer", "number", "date"]

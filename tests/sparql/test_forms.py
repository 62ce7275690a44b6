"""What a query is, and which queries may not run."""

import pytest

from testimonia.core.errors import QueryError
from testimonia.sparql.forms import check_read_only, parse_form

REFUSED = [
    ("INSERT DATA { <a:a> <a:b> 1 }", "INSERT is refused"),
    ("PREFIX a: <a:> DELETE WHERE { ?s ?p ?o }", "DELETE is refused"),
    ("load <https://example.org/>", "LOAD is refused"),
    ("CLEAR ALL", "CLEAR is refused"),
    ("DROP ALL", "DROP is refused"),
    ("CREATE GRAPH <a:a>", "CREATE is refused"),
    ("COPY DEFAULT TO <a:a>", "COPY is refused"),
    ("MOVE DEFAULT TO <a:a>", "MOVE is refused"),
    ("ADD DEFAULT TO <a:a>", "ADD is refused"),
    ("WITH <a:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "WITH is refused"),
    ("SELECT * { ?s ?p ?o } ; INSERT DATA { <a:a> <a:b> 1 }", "INSERT is refused"),
    ("ASK { SERVICE <a:a> { ?s ?p ?o } }", "SERVICE is refused"),
    ("ASK { { SELECT * { Service SILENT ?x { ?s ?p ?o } } } }", "SERVICE is refused"),
    (r"ASK { ?s ?p 'a\u0027 } SERVICE <a:a> { ?x ?y \u0027' }", "stands for a character of the grammar"),
    (r"ASK { ?s ?p <a:\u003E> }", "stands for a character of the grammar"),
    ("", "the query is empty"),
    ("# nothing\n", "the query is empty"),
    ("EXPLAIN SELECT * { }", "begins with SELECT"),
]


@pytest.mark.parametrize(("query", "message"), REFUSED)
def test_refused(query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        check_read_only(query)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX load: <a:> SELECT ?insert { ?insert load:drop 'DELETE' } # CLEAR",
        'BASE <a:> ASK { <INSERT> <SERVICE> """LOAD""" }',
        r"ASK { ?s ?p 'caf\u00e9 \\u0022' }",
        "DESCRIBE <a:a>",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "SELECT * FROM <a:a> { ?s ?p ?o }",
    ],
)
def test_allowed(query: str) -> None:
    check_read_only(query)


@pytest.mark.parametrize("clause", ["FROM <a:a>", "from named <a:a>"])
def test_from_is_refused_at_an_endpoint(clause: str) -> None:
    with pytest.raises(QueryError, match="FROM is refused at an endpoint"):
        check_read_only(f"SELECT * {clause} {{ ?s ?p ?o }}", remote=True)


def test_order_is_that_of_the_outermost_query() -> None:
    query = "SELECT ?a { { SELECT ?a ?b { ?a ?p ?b } ORDER BY ?b LIMIT 3 } } ORDER BY DESC(STR(?a)) LIMIT 2"
    assert parse_form(query).order == ("a",)
    assert parse_form("ASK { }").order == ()

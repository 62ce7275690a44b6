"""Evidence columns: a query tells what stands behind its rows, and its rows stay what they were."""

import pyoxigraph as ox
import pytest

from testimonia.rdf.store import run_select
from testimonia.sparql.evidence import add_evidence, find_evidence_problem

STORE = ox.Store()
STORE.load(
    "@prefix e: <https://example.org/> . e:a e:p e:x , e:y . e:b e:p e:x . e:c e:q e:z .", format=ox.RdfFormat.TURTLE
)
QUERIES = {
    "grouped": "SELECT ?o (COUNT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?o ORDER BY ?o",
    "counted": "SELECT (COUNT(?s) AS ?n) { ?s ?p ?o }",
    "plain": "SELECT ?o { ?s ?p ?o } ORDER BY ?o ?s",
    "column": "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o",
    "renamed": "SELECT (STR(?x) AS ?s) ?o { ?x ?p ?o } ORDER BY ?s ?o",
    "distinct": "SELECT DISTINCT ?s { ?s ?p ?o } ORDER BY ?s",
    "inner": "SELECT ?o ?n { { SELECT ?o (COUNT(?s) AS ?n) (MIN(?t) AS ?s) { ?t ?p ?o } GROUP BY ?o } } ORDER BY ?o",
    "optional": "SELECT ?o (COUNT(?o) AS ?n) { ?x ?p ?o OPTIONAL { ?x <https://example.org/q> ?s } } GROUP BY ?o",
    "keywords": 'SELECT ?o ("SELECT ?s GROUP BY" AS ?text) { ?s ?p ?o } # GROUP BY ?s\nORDER BY ?o ?s',
    "all": "SELECT * { ?s ?p ?o } ORDER BY ?s ?o",
}


@pytest.mark.parametrize("name", QUERIES)
def test_rows_stay_what_they_were(name: str) -> None:
    assert find_evidence_problem(QUERIES[name], "s") == ""
    query, columns = add_evidence(QUERIES[name], ("s",), separator="; ")
    before, after = run_select(STORE, QUERIES[name]), run_select(STORE, query)
    shown = [after.variables.index(variable) for variable in before.variables]
    left, right = (sorted(map(str, rows)) for rows in (before.rows, (tuple(r[n] for n in shown) for r in after.rows)))
    assert left == right
    assert columns["s"] in after.variables
    if name not in {"column", "renamed", "distinct", "all"}:
        assert columns["s"] == "evidence_s"


def test_a_group_lists_all_that_it_holds() -> None:
    query, columns = add_evidence(QUERIES["grouped"], ("s",), separator="; ")
    answer = run_select(STORE, query)
    held = [str(row[columns["s"]])[1:-1].split("; ") for row in answer]
    assert [sorted(iris) for iris in held] == [
        ["https://example.org/a", "https://example.org/b"],
        ["https://example.org/a"],
        ["https://example.org/c"],
    ]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("SELECT ?o { ?x ?p ?o }", "no variable ?s in the query"),
        ("SELECT ?o { ?x ?p '?s' } # ?s", "no variable ?s in the query"),
        ("SELECT DISTINCT ?o { ?s ?p ?o }", "?s is no column of a query with DISTINCT"),
        ("SELECT REDUCED ?o { ?s ?p ?o }", "?s is no column of a query with DISTINCT"),
    ],
)
def test_what_cannot_stand_for_evidence(query: str, problem: str) -> None:
    assert find_evidence_problem(query, "s") == problem

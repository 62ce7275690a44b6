"""Queries joined row by row give what they gave: over cases, and for each saved question over the graph."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.layout import find_layout, find_model_root
from testimonia.questions.asking import bind_question
from testimonia.questions.reading import read_questions
from testimonia.rdf.short_names import read_naming
from testimonia.rdf.store import load_store, read_store
from testimonia.sparql.optional_to_lateral import join_laterally

LAYOUT = find_layout(Path(__file__))
SLUGS = sorted(p.stem for p in (find_model_root() / "queries" / "questions").glob("*.rq"))
FAMILY = b"""<x:a> <x:child> <x:b> <x:g> .
<x:b> <x:child> <x:c> <x:g> .
<x:a> <x:child> <x:d> <x:h> .
<x:b> <x:name> "Bea" <x:g> .
<x:d> <x:name> "Dora" <x:h> .
<x:d> <x:name> "Dot" <x:g> .
"""
JOINED = (
    "SELECT * { ?a <x:child> ?b OPTIONAL { ?b <x:name> ?n } }",
    "SELECT * { ?a <x:child> ?b OPTIONAL { ?b <x:name> ?n FILTER(?a = <x:b> || ?n = 'Dot') } }",
    "SELECT * { ?a <x:child> ?b OPTIONAL { ?b <x:name> ?n } OPTIONAL { ?c <x:child>+ ?b ; <x:name> ?n } }",
    "SELECT * { ?a <x:child> ?b OPTIONAL { ?b <x:name> ?n FILTER NOT EXISTS { ?n <x:child> ?a } } . ?b <x:child> ?c }",
    "SELECT ?a (COUNT(?n) AS ?k) { ?a <x:child> ?b OPTIONAL { ?b <x:name> ?n } } GROUP BY ?a",
    "SELECT * { ?a <x:child> ?b OPTIONAL { ?b <x:child> ?c . OPTIONAL { ?c <x:name> ?n } } }",
)
KEPT = (
    "SELECT * { ?a <x:child> ?b OPTIONAL { ?c <x:name> ?n } }",
    "SELECT * { ?a <x:child> ?b OPTIONAL { { ?b <x:name> ?n FILTER(?a = <x:a>) } UNION { ?b <x:child> ?n } } }",
    "SELECT * { ?a <x:child> ?b OPTIONAL { ?b <x:name> ?n MINUS { ?b <x:child> ?a } } }",
    "SELECT * { ?a <x:child> ?b OPTIONAL { SELECT ?b (COUNT(?n) AS ?k) { ?b <x:name> ?n } GROUP BY ?b } }",
    "SELECT * { ?a <x:child> ?b OPTIONAL { BIND(<x:a> AS ?b) ?b <x:child> ?c } }",
)


def ask(store: ox.Store, query: str) -> list[str]:
    """Give rows as text; in their order where the query says one."""
    results = store.query(query, use_default_graph_as_union=True)
    assert isinstance(results, ox.QuerySolutions)
    rows = [str(tuple(row)) for row in results]
    return rows if "ORDER BY" in query else sorted(rows)


@pytest.mark.parametrize("query", JOINED)
def test_joined_row_by_row_the_answer_is_the_same(query: str) -> None:
    store = load_store({"family.nq": FAMILY})
    assert "LATERAL" in join_laterally(query)
    assert ask(store, join_laterally(query)) == ask(store, query) != []


@pytest.mark.parametrize("query", KEPT)
def test_what_may_mean_something_else_stays_as_it_is(query: str) -> None:
    assert ask(load_store({"family.nq": FAMILY}), query)  # it parses, and finds something
    assert join_laterally(query) == query


def test_words_in_strings_and_comments_are_no_parts() -> None:
    query = "SELECT * { ?a ?b 'OPTIONAL { ?a ?b ?c }' } # OPTIONAL { ?a ?b ?c }"
    assert join_laterally(query) == query


@pytest.mark.parametrize("query", ["OPTIONAL", "SELECT * { ?a ?b ?c OPTIONAL { ?c ?d ?e }", "SELECT * { OPTIONAL }"])
def test_what_does_not_parse_is_left_for_the_engine(query: str) -> None:
    with pytest.raises(SyntaxError):
        ox.Store().query(join_laterally(query))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_has_the_same_answer_over_the_graph(slug: str) -> None:
    question = read_questions(LAYOUT)[slug]
    query = bind_question(question, question.usual_values, read_naming(LAYOUT))
    store = read_store(LAYOUT.graph)
    # the members of a list are in no order until they are sorted
    given, wanted = ([sorted(row) for row in ask(store, text)] for text in (join_laterally(query), query))
    assert given == wanted


def test_most_questions_gain_by_it() -> None:
    texts = [question.query for question in read_questions(LAYOUT).values()]
    assert sum(join_laterally(text) != text for text in texts) > len(texts) / 2

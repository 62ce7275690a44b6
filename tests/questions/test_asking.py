"""Each question gives its expected answer in Valdoria, in one order only; wrong parameters never run."""

import random
from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.core.answer import Solutions
from testimonia.core.errors import QueryError
from testimonia.core.layout import find_model_root
from testimonia.core.namespaces import expand
from testimonia.questions.answers import find_ties
from testimonia.questions.asking import ask_question, bind_question, get_question, parse_pairs, sort_lists, use_store
from testimonia.questions.formats import write_csv
from testimonia.questions.question import Question
from testimonia.rdf.short_names import Naming

CASES = Path(__file__).resolve().parents[1] / "cases" / "questions"
NAMING = Naming("https://example.org/valdoria/")
BY_COUNTRY = {"countries-side-by-side", "how-often-told", "two-countries"}
"""Questions that count by country: without countries their rows are others."""
SLUGS = sorted(p.stem for p in (find_model_root() / "queries" / "questions").glob("*.rq"))
Values = dict[str, dict[str, str]]


def test_every_question_has_its_expected_answer() -> None:
    assert len(SLUGS) >= 74
    assert set(SLUGS) >= BY_COUNTRY
    assert sorted(p.stem for p in (CASES / "answers").glob("*.csv")) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_answer(slug: str, questions: dict[str, Question], valdoria: ox.Store, values: Values) -> None:
    answer = ask_question(questions[slug], values[slug], NAMING, use_store(valdoria))
    assert write_csv(answer, guarded=False) == (CASES / "answers" / f"{slug}.csv").read_text("utf-8")
    assert answer.rows
    assert tuple(questions[slug].columns) == answer.variables


@pytest.mark.parametrize("slug", sorted(set(SLUGS) - BY_COUNTRY))
def test_claims_of_no_country_are_in_the_answers(
    slug: str, questions: dict[str, Question], valdoria: ox.Store, values: Values
) -> None:
    bare, country = ox.Store(), ox.NamedNode(expand("t:country"))
    bare.extend(quad for quad in valdoria if quad.predicate != country)
    before, after = (ask_question(questions[slug], values[slug], NAMING, use_store(s)) for s in (valdoria, bare))
    left = [n for n, name in enumerate(before.variables) if name not in {"country", "without_country"}]
    assert {tuple(row[n] for n in left) for row in after.rows} == {tuple(row[n] for n in left) for row in before.rows}


@pytest.mark.parametrize("slug", SLUGS)
def test_order_is_total(slug: str, questions: dict[str, Question], valdoria: ox.Store, values: Values) -> None:
    """Shuffled data gives the same rows in the same order, and no two rows have one place."""
    expected = ask_question(questions[slug], values[slug], NAMING, use_store(valdoria))
    assert find_ties(questions[slug], expected) == 0
    for seed in range(3):
        quads = sorted(valdoria, key=str)
        random.Random(seed).shuffle(quads)
        shuffled = ox.Store()
        for quad in quads:
            shuffled.add(quad)
        assert ask_question(questions[slug], values[slug], NAMING, use_store(shuffled)) == expected


def test_slug_iri_and_any(questions: dict[str, Question], valdoria: ox.Store) -> None:
    question, run = questions["conditions"], use_store(valdoria)
    short = ask_question(question, {"country": "ostmark"}, NAMING, run)
    full = ask_question(question, {"country": "https://example.org/valdoria/id/ostmark"}, NAMING, run)
    assert short == full
    assert len(short.rows) == 1
    assert ask_question(question, {"country": "any"}, NAMING, run) == ask_question(question, {}, NAMING, run)


def test_a_row_of_nothing_is_none(questions: dict[str, Question]) -> None:
    nothing, something = (None,) * 3, (None, ox.Literal("b; a; b"), None)
    answer = Solutions(("claim", "says", "x"), (nothing, something))
    assert sort_lists(questions["differences"], answer).rows == ((None, ox.Literal("a; b"), None),)


def test_all_wrong_parameters_are_named_together(questions: dict[str, Question]) -> None:
    with pytest.raises(QueryError) as caught:
        bind_question(questions["conditions"], {"country": "not an iri", "contry": "x"}, NAMING)
    assert str(caught.value).splitlines() == [
        '"conditions" has no parameter "contry" (it has: country, condition)',
        "parameter country: 'not an iri' is neither a name such as any nor an IRI",
    ]
    with pytest.raises(
        QueryError, match=r'"about" needs parameter "entity": who or what \(for example --param entity='
    ):
        bind_question(questions["about"], {}, NAMING)


def test_hostile_iri_is_refused(questions: dict[str, Question]) -> None:
    with pytest.raises(QueryError, match="is no IRI"):
        bind_question(questions["about"], {"entity": "https://a.example/> ?p ?o } #"}, NAMING)


def test_unknown_question_names_the_nearest(questions: dict[str, Question]) -> None:
    with pytest.raises(QueryError, match=r'there is no question "timelin"\. Did you mean "timeline"\?'):
        get_question(questions, "timelin")
    with pytest.raises(QueryError, match="For all questions: testimonia questions"):
        get_question(questions, "zzz")


@pytest.mark.parametrize("pairs", [["country"], ["=x"], ["a=1", "a=2"]])
def test_pairs(pairs: list[str]) -> None:
    with pytest.raises(QueryError, match="--param"):
        parse_pairs(pairs)

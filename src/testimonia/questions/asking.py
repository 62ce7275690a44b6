"""Asking a question, with typed-in values, of a store or an endpoint."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import pyoxigraph as ox

from testimonia.core.answer import SEPARATOR, Answer, QueryEngine, SolutionRow, Solutions, Term
from testimonia.core.errors import QueryError, find_nearest
from testimonia.questions.question import Question
from testimonia.questions.values import check_values, make_term
from testimonia.rdf.short_names import Naming
from testimonia.rdf.store import run_query
from testimonia.sparql.optional_to_lateral import join_laterally
from testimonia.sparql.parameters import bind_parameters

_Asked = TypeVar("_Asked")


def get_question(questions: Mapping[str, _Asked], slug: str) -> _Asked:
    """Return a question, or what else is known of it, by its slug; QueryError names the nearest when there is none."""
    if slug not in questions:
        fix = find_nearest(slug, questions) or "For all questions: testimonia questions"
        raise QueryError(f'there is no question "{slug}". {fix}')
    return questions[slug]


def parse_pairs(pairs: list[str]) -> dict[str, str]:
    """Return name → value of typed-in `name=value` pairs; QueryError for a misformed or a repeated one.

    >>> parse_pairs(["country=valdoria", "text=a=b"])
    {'country': 'valdoria', 'text': 'a=b'}
    """
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise QueryError(f"--param {pair!r} is not NAME=VALUE")
        if name in values:
            raise QueryError(f"--param {name} is given twice")
        values[name] = value
    return values


def bind_question(question: Question, values: Mapping[str, str], naming: Naming) -> str:
    """Return the query of a question with its parameters bound to typed-in values, defaults for those left out.

    QueryError lists every unknown, missing or ill-typed parameter at once.
    """
    wrong: list[str] = []
    for name in values:
        if name not in question.parameters:
            there = ", ".join(question.parameters) or "none"
            wrong.append(f'"{question.slug}" has no parameter "{name}" (it has: {there})')
    terms: dict[str, ox.NamedNode | ox.Literal] = {}
    for name, parameter in question.parameters.items():
        value = values.get(name, parameter.default)
        if value is None:
            example = f"for example --param {name}={parameter.example}"
            wrong.append(f'"{question.slug}" needs parameter "{name}": {parameter.description} ({example})')
            continue
        try:
            terms[name] = make_term(parameter, value, naming)
        except QueryError as error:
            wrong.append(str(error))
    if wrong:
        raise QueryError("\n".join(wrong))
    return bind_parameters(question.query, terms)


def ask_question(question: Question, values: Mapping[str, str], naming: Naming, run: QueryEngine) -> Solutions:
    """Return the answer to a question; the members of its list columns are sorted, each once.

    SPARQL leaves the order inside GROUP_CONCAT to the engine: sorted, every engine gives the same answer. QueryError
    when a value is of the wrong type, or one that the data does not know.
    """
    query = bind_question(question, values, naming)
    check_values(question, values, naming, run)
    return sort_lists(question, run(query))


def sort_lists(question: Question, answer: Answer) -> Solutions:
    """Return an answer to a question with the members of its list columns sorted; QueryError when it is no table.

    A row in which nothing is bound is left out: some engines give one where GROUP BY has no group
    (https://github.com/RDFLib/rdflib/issues/3382).
    """
    if not isinstance(answer, Solutions):
        raise QueryError(f'"{question.slug}" gave no table')
    lists = [place for place, name in enumerate(answer.variables) if name in question.lists]
    return replace(answer, rows=tuple(_sort_row(row, lists) for row in answer.rows if _is_told(row)))


def use_store(store: ox.Store, *, union: bool = True) -> QueryEngine:
    """Return the engine that asks a store in memory the queries of saved questions; `union` as `run_query` has it."""
    return lambda query: run_query(store, join_laterally(query), union=union)


def _is_told(row: SolutionRow) -> bool:
    return row[0] is not None or any(term is not None for term in row)


def _sort_row(row: SolutionRow, lists: list[int]) -> SolutionRow:
    """Return a row with the lists in it, each written as one literal, sorted, each member once; others as they are."""
    changed: list[Term | None] | None = None
    for place in lists:
        term = row[place]
        if isinstance(term, ox.Literal) and ";" in (text := term.value):
            changed = changed or list(row)
            changed[place] = ox.Literal(SEPARATOR.join(sorted({part for part in text.split(SEPARATOR) if part})))
    return tuple(changed) if changed else row

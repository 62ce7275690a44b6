"""Asking a saved question of a query engine, with the parameter values of a user."""

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
    """Return a question (or its path) by its slug; QueryError names the nearest slug when there is none."""
    if slug not in questions:
        fix = find_nearest(slug, questions) or "For all questions: testimonia questions"
        raise QueryError(f'there is no question "{slug}". {fix}')
    return questions[slug]


def parse_pairs(pairs: list[str]) -> dict[str, str]:
    """Return name → value of `name=value` arguments; QueryError for a malformed or a repeated one.

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
    """Return the query of a question with its parameters bound to given values or their defaults.

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
    """Return the answer to a question, with the members of its list columns sorted and without duplicates.

    SPARQL leaves the order inside GROUP_CONCAT open: sorted, every engine gives the same answer. QueryError when a
    value is of the wrong type or does not occur in the data.
    """
    query = bind_question(question, values, naming)
    check_values(question, values, naming, run)
    return sort_lists(question, run(query))


def sort_lists(question: Question, answer: Answer) -> Solutions:
    """Sort the members of the list columns in an answer to a question; QueryError when it is no table.

    Rows without a bound variable are left out: some engines return one where GROUP BY has no group
    (https://github.com/RDFLib/rdflib/issues/3382).
    """
    if not isinstance(answer, Solutions):
        raise QueryError(f'"{question.slug}" gave no table')
    lists = [place for place, name in enumerate(answer.variables) if name in question.lists]
    return replace(answer, rows=tuple(_sort_row(row, lists) for row in answer.rows if _has_value(row)))


def use_store(store: ox.Store, *, union: bool = True) -> QueryEngine:
    """Return an engine that runs saved questions over a store in memory; `union` as in `run_query`."""
    return lambda query: run_query(store, join_laterally(query), union=union)


def _has_value(row: SolutionRow) -> bool:
    return row.count(None) < len(row)


def _sort_row(row: SolutionRow, lists: list[int]) -> SolutionRow:
    """Return a row in which the lists at some places, each one literal, are sorted and without duplicates."""
    changed: list[Term | None] | None = None
    for place in lists:
        term = row[place]
        if isinstance(term, ox.Literal) and ";" in (text := term.value):
            changed = changed or list(row)
            members = sorted(set(text.split(SEPARATOR)) - {""})
            changed[place] = ox.Literal(SEPARATOR.join(members))
    return tuple(changed) if changed else row

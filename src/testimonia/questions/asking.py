"""Asking: a question, typed-in values and a store or an endpoint in, its answer out."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

import pyoxigraph as ox

from testimonia.errors import QueryError, find_nearest
from testimonia.model.answer import Answer, Solutions, Term
from testimonia.namespaces import expand
from testimonia.questions.naming import Naming
from testimonia.questions.question import ANY, SEPARATOR, Question, QuestionParameter
from testimonia.sparql.parameters import ParameterType, bind_parameters, parse_value
from testimonia.store import run_query

_Asked = TypeVar("_Asked")

Engine = Callable[[str], Answer]
"""What runs the text of a query: a store in memory, or an endpoint."""


def get_question(questions: Mapping[str, _Asked], slug: str) -> _Asked:
    """Give a question, or what else is known of it, by its slug; QueryError names the nearest when there is none."""
    if slug not in questions:
        mend = find_nearest(slug, questions) or "For all questions: testimonia questions"
        raise QueryError(f'there is no question "{slug}". {mend}')
    return questions[slug]


def parse_pairs(pairs: list[str]) -> dict[str, str]:
    """Give name → value of typed-in `name=value` pairs; QueryError for a misformed or a repeated one.

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
    """Give the query of a question with its parameters bound to typed-in values, defaults for those left out.

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


def make_term(parameter: QuestionParameter, value: str, naming: Naming) -> ox.NamedNode | ox.Literal:
    """Give the RDF term that a typed-in value is for a parameter; QueryError when it is none."""
    kind = parameter.parameter
    if kind.type is not ParameterType.IRI:
        return parse_value(kind, value)
    if value == ANY and parameter.default == ANY:
        return ox.NamedNode(expand("rdfs:Resource"))
    full = naming.expand(value, parameter.space)
    if parameter.space and ":" not in full:
        raise QueryError(f"parameter {kind.name}: {value!r} is neither a name such as {parameter.usual} nor an IRI")
    return parse_value(kind, full)


def ask_question(question: Question, values: Mapping[str, str], naming: Naming, run: Engine) -> Solutions:
    """Give the answer to a question; the members of its list columns are sorted, each once.

    SPARQL leaves the order inside GROUP_CONCAT to the engine: sorted, every engine gives the same answer.
    """
    return sort_lists(question, run(bind_question(question, values, naming)))


def sort_lists(question: Question, answer: Answer) -> Solutions:
    """Give an answer to a question with the members of its list columns sorted; QueryError when it is no table.

    A row in which nothing is bound is left out: some engines give one where GROUP BY has no group
    (https://github.com/RDFLib/rdflib/issues/3382).
    """
    if not isinstance(answer, Solutions):
        raise QueryError(f'"{question.slug}" gave no table')
    sorting = [name in question.lists for name in answer.variables]
    told = (row for row in answer.rows if any(term is not None for term in row))
    rows = tuple(tuple(_sort(t) if s else t for t, s in zip(row, sorting, strict=True)) for row in told)
    return replace(answer, rows=rows)


def find_values(parameter: QuestionParameter, naming: Naming, run: Engine) -> list[str]:
    """Give the short names that a parameter could take, from the data, sorted; [] where the header names no space."""
    if not parameter.space:
        return []
    pattern = f"?other <{expand(parameter.object_of)}> ?node" if parameter.object_of else "?node ?property ?other"
    answer = run(f"SELECT DISTINCT ?node {{ {pattern} }}")
    stem = naming.get_stem(parameter.space)
    nodes = [row[0] for row in answer.rows] if isinstance(answer, Solutions) else []
    iris = [node.value for node in nodes if isinstance(node, ox.NamedNode) and node.value.startswith(stem)]
    return sorted(iri.removeprefix(stem) for iri in iris if "/" not in iri.removeprefix(stem))


def explain_nothing(question: Question, values: Mapping[str, str], naming: Naming, run: Engine) -> list[str]:
    """Give lines that say why an answer may be empty: which values of its parameters the data knows."""
    lines = ["No rows."]
    for name, parameter in question.parameters.items():
        known = find_values(parameter, naming, run)
        given = values.get(name, parameter.usual)
        if not known or given == ANY:
            continue
        near = "" if given in known else find_nearest(given, known)
        shown = ", ".join(known[:20]) + (f" … ({len(known)} in all)" if len(known) > 20 else "")
        lines.append(f"{name}={given}: {near + ' ' if near else ''}The data knows {shown}.")
    return lines


def use_store(store: ox.Store) -> Engine:
    """Give the engine that asks a store in memory."""
    return lambda query: run_query(store, query)


def _sort(term: Term | None) -> Term | None:
    """Give a list written as one literal with its members sorted, each once."""
    if not isinstance(term, ox.Literal):
        return term
    return ox.Literal(SEPARATOR.join(sorted({part for part in term.value.split(SEPARATOR) if part})))

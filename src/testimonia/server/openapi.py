"""The OpenAPI 3.1 description of the saved questions' HTTP interface."""

from collections.abc import Iterable, Mapping
from typing import Any

from testimonia.core.iris import SLUG
from testimonia.questions.question import Question, QuestionParameter
from testimonia.sparql.parameters import ParameterType

_PATTERNS = {
    ParameterType.IRI: r"^[A-Za-z][A-Za-z0-9+.-]*:([A-Za-z0-9/._~-]|%[0-9A-Fa-f]{2})+(#[A-Za-z0-9._~-]*)?$",
    ParameterType.INTEGER: r"^[+-]?[0-9]{1,18}$",
    ParameterType.NUMBER: r"^[+-]?([0-9]{1,18}(\.[0-9]{1,18})?|\.[0-9]{1,18})$",
}
"""Type of a parameter → pattern of its values, for ASCII; IRIs with other characters are accepted too."""
_ERRORS = {
    "400": "A parameter is missing, unknown, or not of its type",
    "404": "A value that the data does not know; the nearest that it knows are named",
    "406": "No format that is accepted",
    "413": "The answer is too large",
    "503": "It took too long, or too much is asked at once; see Retry-After",
}
_TABLE = {
    "type": "object",
    "required": ["head", "results"],
    "properties": {
        "head": {"type": "object", "properties": {"vars": {"type": "array", "items": {"type": "string"}}}},
        "results": {"type": "object", "properties": {"bindings": {"type": "array", "items": {"type": "object"}}}},
    },
}
"""SPARQL 1.1 Query Results JSON."""

_ROWS = {
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {"@context": {"type": "object"}, "@graph": {"type": "array", "items": {"type": "object"}}},
}
"""JSON-LD: an object for each row."""


def describe_interface(questions: Iterable[tuple[Question, Mapping[str, str]]], site: str) -> dict[str, Any]:
    """Return the document; each question comes with example values, `site` has no slash at its end.

    >>> describe_interface([], "http://localhost")["openapi"]
    '3.1.0'
    """
    listing = {
        "operationId": "questions",
        "summary": "All saved questions",
        "responses": {
            "200": {
                "description": "Slug, summary, tags and address of each",
                "content": {"application/json": _schema("array")},
            }
        },
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Testimonia: saved questions", "version": "1"},
        "servers": [{"url": site}],
        "paths": {
            "/api/questions": {"get": listing},
            **{f"/api/questions/{question.slug}": {"get": _describe(question, usual)} for question, usual in questions},
        },
    }


def _describe(question: Question, usual: Mapping[str, str]) -> dict[str, Any]:
    """Return the operation of a question."""
    form = {
        "name": "format",
        "in": "query",
        "description": "Format of the answer; overrides Accept",
        "schema": {"type": "string", "enum": ["json", "csv", "jsonld"]},
    }
    table, plain = {"schema": _TABLE}, {"text/plain": _schema("string")}
    content = {
        "application/json": table,
        "application/sparql-results+json": table,
        "application/ld+json": {"schema": _ROWS},
        "text/csv": _schema("string"),
    }
    columns = "\n".join(f"- `{name}`: {meaning}" for name, meaning in question.columns.items())
    return {
        "operationId": question.slug,
        "summary": question.summary,
        "description": f"{question.description}\n\nColumns:\n\n{columns}",
        "tags": list(question.tags),
        "parameters": [*(_describe_parameter(n, p, usual[n]) for n, p in question.parameters.items()), form],
        "responses": {
            "200": {"description": "The answer", "content": content},
            **{status: {"description": text, "content": plain} for status, text in _ERRORS.items()},
        },
    }


def _describe_parameter(name: str, parameter: QuestionParameter, usual: str) -> Mapping[str, Any]:
    """Return the description of a parameter, with its type, default and example."""
    schema: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 1000}
    if pattern := _PATTERNS.get(parameter.parameter.type):
        schema["pattern"] = f"^{SLUG.pattern}$|{pattern}" if parameter.space else pattern
    if parameter.parameter.type is ParameterType.DATE:
        schema["format"] = "date"
    if parameter.default is not None:
        schema["default"] = parameter.default
    where = f" (a name such as {usual}, or an IRI)" if parameter.space else ""
    return {
        "name": name,
        "in": "query",
        "required": parameter.default is None,
        "description": parameter.description + where,
        "schema": schema,
        "example": usual,
    }


def _schema(kind: str) -> dict[str, Any]:
    return {"schema": {"type": kind}}

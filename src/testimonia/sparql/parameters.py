"""Find the parameters of a query (`?_name_type`) and bind them to RDF terms.

Syntax of grlc (https://github.com/CLARIAH/grlc): `?_name` or `?_name_type`, where the type is `iri`, `literal`,
`integer`, `number` (or `decimal`), `date`, or a language tag of two letters; without a type, a plain string.
Datatypes may be written as grlc wants them: `xsd_integer`, `xsd_decimal`, `xsd_date`. A parameter is found as a token,
never by text search, and replaced by a term written so that no value can be anything but data.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

import pyoxigraph as ox

from testimonia.core.errors import QueryError
from testimonia.core.namespaces import PREFIXES
from testimonia.sparql.lexer import Token, TokenKind, find_significant_tokens, find_tokens

_PARAMETER = re.compile(r"_([A-Za-z][A-Za-z0-9]*)(?:_xsd(?=_(?:integer|decimal|date)$))?(?:_([A-Za-z]+))?")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{1,18})?|\.[0-9]{1,18})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>"{}|^`\\]+')
_XSD = PREFIXES["xsd"]


class ParameterType(StrEnum):
    """The type of a parameter's values; its value is the word after the second underscore."""

    IRI = "iri"
    LITERAL = "literal"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    TAGGED = "tagged"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a query: name, type, language tag ("" unless tagged), its first place."""

    name: str
    type: ParameterType
    tag: str
    line: int
    column: int


def find_parameters(query: str) -> dict[str, Parameter]:
    """Return the parameters of a query by name, in the order in which they first stand in it.

    QueryError for a malformed one, one name with two types, and one that the query projects, binds or groups by:
    its token becomes a constant, which SPARQL takes in none of these places.

    >>> found = find_parameters("SELECT ?x { ?x ?_p_iri ?_q_en } # ?_r")
    >>> [(p.name, p.type.value, p.tag) for p in found.values()]
    [('p', 'iri', ''), ('q', 'tagged', 'en')]
    >>> find_parameters("SELECT ?_x { ?_x ?p ?o }")
    Traceback (most recent call last):
    testimonia.core.errors.QueryError: line 1, column 8: parameter ?_x is projected (SELECT);
    copy it: BIND(?_x AS ?other)
    """
    tokens = find_significant_tokens(query)
    found: dict[str, Parameter] = {}
    for token in tokens:
        if not _is_parameter(token):
            continue
        parameter = parse_parameter(token)
        first = found.setdefault(parameter.name, parameter)
        if (first.type, first.tag) != (parameter.type, parameter.tag):
            raise QueryError(f"{token.place}: parameter {token.text} has another type than on line {first.line}")
    _check_places(tokens)
    return found


def parse_parameter(token: Token) -> Parameter:
    """Return the parameter that a variable token is; QueryError when its name or type is not one."""
    match = _PARAMETER.fullmatch(token.text[1:])
    if match is None:
        raise QueryError(f"{token.place}: {token.text} is no parameter; expected ?_name or ?_name_type")
    name, written = match[1], match[2] or ParameterType.LITERAL.value
    if written == "decimal":
        written = ParameterType.NUMBER.value
    if len(written) == 2:
        return Parameter(name, ParameterType.TAGGED, written.lower(), token.line, token.column)
    known = [t.value for t in ParameterType if t is not ParameterType.TAGGED]
    if written not in known:
        raise QueryError(
            f"{token.place}: {token.text} has an unknown type {written!r}; expected one of {', '.join(known)}, "
            "decimal, or a language tag of two letters"
        )
    return Parameter(name, ParameterType(written), "", token.line, token.column)


def parse_value(parameter: Parameter, text: str) -> ox.NamedNode | ox.Literal:
    """Return the RDF term of a typed-in value for a parameter; QueryError when it is not of its type.

    >>> born = Parameter("born", ParameterType.DATE, "", 1, 1)
    >>> str(parse_value(born, "2031-05-04"))
    '"2031-05-04"^^<http://www.w3.org/2001/XMLSchema#date>'
    >>> parse_value(born, "May")
    Traceback (most recent call last):
    testimonia.core.errors.QueryError: parameter born: 'May' is no date; expected YYYY-MM-DD
    """
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise QueryError(f"parameter {parameter.name}: a value that is not UTF-8")
    match parameter.type:
        case ParameterType.LITERAL:
            return ox.Literal(text)
        case ParameterType.TAGGED:
            return ox.Literal(text, language=parameter.tag)
        case ParameterType.IRI:
            if not _IRI.fullmatch(text):
                raise QueryError(f"parameter {parameter.name}: {text!r} is no IRI; expected for example https://…")
            try:
                return ox.NamedNode(text)
            except ValueError as error:
                raise QueryError(f"parameter {parameter.name}: {text!r} is no IRI: {error}") from error
    pattern, expected, datatype = {
        ParameterType.INTEGER: (_INTEGER, "digits, such as 12", "integer"),
        ParameterType.NUMBER: (_DECIMAL, "digits with a point, such as 27.5", "decimal"),
        ParameterType.DATE: (_DATE, "YYYY-MM-DD", "date"),
    }[parameter.type]
    if not pattern.fullmatch(text):
        raise QueryError(f"parameter {parameter.name}: {text!r} is no {datatype}; expected {expected}")
    if datatype == "date":
        try:
            date.fromisoformat(text)
        except ValueError as error:
            raise QueryError(f"parameter {parameter.name}: {text!r} is no day of the calendar") from error
    return ox.Literal(text, datatype=ox.NamedNode(_XSD + datatype))


def write_term(term: ox.NamedNode | ox.Literal) -> str:
    r"""Return a term as SPARQL writes it, so that no engine can read it as anything but this term.

    A `u` after a backslash is escaped itself: engines that read code-point escapes before everything else (SPARQL 1.1,
    section 19.2) would otherwise take a typed-in `\u0022` for a quotation mark that ends the string.

    >>> print(write_term(ox.Literal('a" \\u0022 } #', language="en")))
    "a\" \\\U000000750022 } #"@en
    >>> print(write_term(ox.NamedNode("https://example.org/x")))
    <https://example.org/x>
    """
    if isinstance(term, ox.NamedNode):
        if not _IRI.fullmatch(term.value):
            raise QueryError(f"{term.value!r} is no IRI")
        return f"<{term.value}>"
    text = term.value
    for character, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
        text = text.replace(character, escaped)
    text = re.sub(r"(?<=\\)[uU]", lambda m: f"\\U{ord(m[0]):08X}", text)
    if term.language is not None:
        return f'"{text}"@{term.language}'
    if term.datatype.value == _XSD + "string":
        return f'"{text}"'
    return f'"{text}"^^<{term.datatype.value}>'


def bind_parameters(query: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    r"""Return the query with each parameter replaced by its term; spaces around it keep it apart from its neighbours.

    `values` maps the name (`country` for `?_country_iri`) to a term. QueryError when one is missing or not asked for.

    >>> bind_parameters("ASK { ?x ?y ?_q } # ?_q", {"q": ox.Literal("a'b")})
    'ASK { ?x ?y  "a\'b"  } # ?_q'
    """
    pieces = _cut(query)
    names = {piece.name for piece in pieces if isinstance(piece, Parameter)}
    missing, unknown = names - values.keys(), values.keys() - names
    if missing or unknown:
        found = [f"parameter {name} has no value" for name in sorted(missing)]
        found += [f"the query has no parameter {name}" for name in sorted(unknown)]
        raise QueryError("; ".join(found))
    return "".join(p if isinstance(p, str) else f" {write_term(values[p.name])} " for p in pieces)


@lru_cache(maxsize=256)
def _cut(query: str) -> tuple[str | Parameter, ...]:
    """Return a query as its parameters and the texts between them; QueryError as `find_parameters`."""
    find_parameters(query)
    pieces: list[str | Parameter] = []
    for is_parameter, run in groupby(find_tokens(query), _is_parameter):
        tokens = list(run)
        pieces += [parse_parameter(t) for t in tokens] if is_parameter else ["".join(t.text for t in tokens)]
    return tuple(pieces)


def _is_parameter(token: Token) -> bool:
    return token.kind is TokenKind.VARIABLE and token.text[1] == "_"


def _check_places(tokens: list[Token]) -> None:
    """Raise QueryError for a parameter where SPARQL takes a variable only.

    `clause` is the clause whose bare variables would be projected, bound or grouped by; `depth` counts round brackets,
    since what stands inside an expression may well be a constant.
    """
    clause, depth = "", 0
    previous = ""
    for token in tokens:
        word = token.word
        if word in {"SELECT", "VALUES", "GROUP", "ORDER"}:
            clause, depth = word, 0
        elif word in {"WHERE", "FROM", "HAVING", "LIMIT", "OFFSET"} or token.text in {"{", "}"}:
            clause = ""
        depth += (token.text == "(") - (token.text == ")")
        if _is_parameter(token):
            if previous == "AS":
                raise QueryError(f"{token.place}: parameter {token.text} is bound (AS); use a plain variable there")
            if clause == "VALUES" and depth <= 1:
                raise QueryError(f"{token.place}: parameter {token.text} is bound (VALUES); use a plain variable there")
            if clause == "SELECT" and depth == 0:
                fix = f"copy it: BIND({token.text} AS ?other)"
                raise QueryError(f"{token.place}: parameter {token.text} is projected (SELECT); {fix}")
            if clause in {"GROUP", "ORDER"} and depth == 0:
                raise QueryError(f"{token.place}: parameter {token.text} stands in {clause} BY; it is a constant there")
        previous = word

"""Find the form, projection and order of a query, and refuse queries that change data or reach other servers.

Everything is decided on tokens, so that keywords in strings, IRIs and comments do not count.
"""

import re
from dataclasses import dataclass

import pyoxigraph as ox

from testimonia.core.errors import QueryError
from testimonia.sparql.lexer import Token, TokenKind, find_significant_tokens

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD"})
_POINT = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_CHARACTERS = re.compile(r"(?:, )?\[(?:_|'[^\]]*)\]")
_STRUCTURAL = frozenset("\"'\\<>{}#\r\n")


@dataclass(frozen=True, slots=True)
class QueryForm:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; the projected variables; the variables of the outermost ORDER BY."""

    name: str
    variables: tuple[str, ...]
    order: tuple[str, ...]


def parse_form(query: str) -> QueryForm:
    """Return the form of a query that parses; QueryError with line and column when it does not.

    >>> parse_form("SELECT ?a (COUNT(*) AS ?n) { ?a ?b ?c } GROUP BY ?a ORDER BY DESC(?n) ?a")
    QueryForm(name='SELECT', variables=('a', 'n'), order=('n', 'a'))
    >>> parse_form("SELECT ?a { ?a ?b }")
    Traceback (most recent call last):
    testimonia.core.errors.QueryError: line 1, column 20: the query does not parse: expected one of LATERAL, SERVICE
    """
    tokens = find_significant_tokens(query)
    name = find_form_token(tokens).word
    try:
        results = ox.Store().query(query)
    except SyntaxError as error:
        raise QueryError(describe_syntax_error(error)) from error
    variables = results.variables if isinstance(results, ox.QuerySolutions) else []
    return QueryForm(name, tuple(v.value for v in variables), _find_order(tokens))


def describe_syntax_error(error: SyntaxError) -> str:
    """Return the engine's syntax error in one line, its place first, without the single characters it expected."""
    said = " ".join(_CHARACTERS.sub("", error.msg).split())
    message = re.sub(r"^error at (\d+):(\d+): ", r"line \1, column \2: the query does not parse: ", said)
    return message if message != said else f"the query does not parse: {said}"


def find_form_token(tokens: list[Token]) -> Token:
    """Return the keyword of a query's form: the first bare word after BASE and PREFIX declarations.

    QueryError when the query is empty or begins with anything else.
    """
    rest = iter(tokens)
    for token in rest:
        if token.word in {"PREFIX", "BASE"}:
            skipped = next(rest, None)
            if token.word == "PREFIX" and skipped is not None:
                next(rest, None)
            continue
        if token.word in FORMS or token.word in _UPDATES or token.word == "WITH":
            return token
        raise QueryError(f"{token.place}: a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not {token.text!r}")
    raise QueryError("the query is empty; it begins with SELECT, ASK, CONSTRUCT or DESCRIBE")


def check_read_only(query: str, *, remote: bool = False) -> None:
    r"""Raise QueryError if a query would change data or reach out to other servers.

    Refused: update forms, SERVICE, escapes that stand for a sign of the grammar (engines disagree on when they are
    read), and for an endpoint (`remote`) FROM and FROM NAMED, which let some servers fetch from the web.

    >>> check_read_only("ASK { ?x ?y 'SERVICE' } # LOAD")
    >>> check_read_only("ASK {\n  SERVICE <https://example.org/> { ?x ?y ?z } }")
    Traceback (most recent call last):
    testimonia.core.errors.QueryError: line 2, column 3: SERVICE is refused: a query may not reach out to other servers
    """
    check_tokens(find_significant_tokens(query), remote=remote)


def check_tokens(tokens: list[Token], *, remote: bool = False) -> Token:
    """Return the keyword of a query's form, having checked its tokens as `check_read_only` does.

    `tokens` are those without spaces and comments.
    """
    opening = find_form_token(tokens)
    if opening.word not in FORMS:
        raise QueryError(f"{opening.place}: {opening.word} is refused: a query may not change data")
    for token in tokens:
        word = token.word
        if word in _UPDATES:
            raise QueryError(f"{token.place}: {word} is refused: a query may not change data")
        if word == "SERVICE":
            raise QueryError(f"{token.place}: SERVICE is refused: a query may not reach out to other servers")
        if word == "FROM" and remote:
            raise QueryError(f"{token.place}: FROM is refused at an endpoint: ask over the whole graph, or use GRAPH")
        if "\\" in token.text and token.kind in {TokenKind.STRING, TokenKind.IRI}:
            _check_escapes(token)
    return opening


def _check_escapes(token: Token) -> None:
    """Raise QueryError for a code-point escape of a character with a meaning in the grammar."""
    for match in _POINT.finditer(token.text):
        number = int(match[1] or match[2], 16)
        if number > 0x10FFFF or chr(number) in _STRUCTURAL or number < 0x20:
            raise QueryError(
                f"{token.place}: the escape {match[0].lstrip(chr(92))!r} stands for a character of the grammar; "
                "write it as SPARQL strings do, with a backslash and the character"
            )


def _find_order(tokens: list[Token]) -> tuple[str, ...]:
    """Return the variables (no question mark) of the ORDER BY that stands outside all braces; () without one."""
    depth, inside = 0, False
    found: list[str] = []
    for before, token in zip([None, *tokens], tokens, strict=False):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.word == "BY" and before is not None and before.word == "ORDER":
            inside = True
        elif token.word in {"LIMIT", "OFFSET", "VALUES", "HAVING"}:
            inside = False
        elif inside and token.kind is TokenKind.VARIABLE:
            found.append(token.text[1:])
    return tuple(dict.fromkeys(found))

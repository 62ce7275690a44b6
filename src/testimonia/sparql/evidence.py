"""Rewrite a query so that it also returns the nodes that are the evidence of each row.

The rows stay as they were, in their order: a variable that is a column already is read from there; another is
projected, and where the query groups, its values in a group are listed. Everything is decided on tokens.
"""

from testimonia.core.errors import QueryError
from testimonia.sparql.forms import find_form_token
from testimonia.sparql.lexer import Token, TokenKind, find_significant_tokens

_AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


def find_evidence_problem(query: str, variable: str) -> str:
    """Say why a variable of a SELECT query cannot be the evidence of a row; "" when it can.

    >>> find_evidence_problem("SELECT ?x { ?x ?y ?z }", "w")
    'no variable ?w in the query'
    >>> find_evidence_problem("SELECT DISTINCT ?x { ?x ?y ?z }", "z")
    '?z is no column of a query with DISTINCT'
    """
    if not query:
        return ""
    try:
        opening, projection, body, rest = _split(query)
    except QueryError:
        return ""  # the query itself is reported
    if _is_projected(variable, projection):
        return ""
    if not any(token.text[1:] == variable for token in body if token.kind is TokenKind.VARIABLE):
        return f"no variable ?{variable} in the query"
    if any(token.word in {"DISTINCT", "REDUCED"} for token in (opening, *projection[:1])) and not _groups(
        projection, rest
    ):
        return f"?{variable} is no column of a query with DISTINCT"
    return ""


def add_evidence(query: str, variables: tuple[str, ...], *, separator: str) -> tuple[str, dict[str, str]]:
    """Return the query with a column for each of some variables, and variable → its column.

    `separator` separates the members of a list.

    >>> query = "SELECT ?x (COUNT(?y) AS ?n) { ?x ?y ?z } GROUP BY ?x"
    >>> text, columns = add_evidence(query, ("y", "x"), separator="; ")
    >>> print(text[:84])
    SELECT (GROUP_CONCAT(DISTINCT COALESCE(STR(?y), ""); SEPARATOR="; ") AS ?evidence_y)
    >>> columns
    {'y': 'evidence_y', 'x': 'x'}
    """
    opening, projection, _, rest = _split(query)
    columns, added = {}, []
    for variable in variables:
        columns[variable] = variable if _is_projected(variable, projection) else f"evidence_{variable}"
        if columns[variable] == variable:
            continue
        if _groups(projection, rest):
            listed = f'GROUP_CONCAT(DISTINCT COALESCE(STR(?{variable}), ""); SEPARATOR="{separator}")'
            added.append(f"({listed} AS ?evidence_{variable})")
        else:
            added.append(f"(?{variable} AS ?evidence_{variable})")
    if not added:
        return query, columns
    distinct = projection[0] if projection and projection[0].word in {"DISTINCT", "REDUCED"} else opening
    return f"{query[: distinct.end]} {' '.join(added)}{query[distinct.end :]}", columns


def _split(query: str) -> tuple[Token, list[Token], list[Token], list[Token]]:
    """Return the keyword SELECT, the projection, the part in the outermost braces, and the part after them."""
    tokens = find_significant_tokens(query)
    opening = find_form_token(tokens)
    begin = tokens.index(opening) + 1
    brace = next((n for n in range(begin, len(tokens)) if tokens[n].text == "{"), len(tokens))
    end = max((n for n in range(brace, len(tokens)) if tokens[n].text == "}"), default=brace)
    return opening, tokens[begin:brace], tokens[brace:end], tokens[end:]


def _is_projected(variable: str, projection: list[Token]) -> bool:
    """Tell whether a variable is a column: named bare, or after AS."""
    depth, previous = 0, ""
    for token in projection:
        depth += (token.text == "(") - (token.text == ")")
        if token.kind is TokenKind.VARIABLE and token.text[1:] == variable and (depth == 0 or previous == "AS"):
            return True
        previous = token.word
    return any(token.text == "*" for token in projection[:2])


def _groups(projection: list[Token], rest: list[Token]) -> bool:
    """Tell whether a query aggregates rows."""
    return any(token.word == "GROUP" for token in rest) or any(token.word in _AGGREGATES for token in projection)

"""Rewrite simple OPTIONAL parts of a query to LATERAL, which looks them up for each row found so far.

pyoxigraph evaluates what stands in OPTIONAL over the whole graph and joins the two tables; with `LATERAL` (SPARQL-dev
SEP-0006, https://github.com/w3c/sparql-dev/blob/main/SEP/SEP-0006/sep-0006.md) it looks each row up in its indexes:
half the time over the saved questions in the median, a tenth for some (docs/decisions/0032-optional-row-by-row.md).
Engines that do not know LATERAL must be given the query as it was.
"""

from functools import lru_cache

from testimonia.sparql.lexer import Token, TokenKind, find_significant_tokens

_NESTED = frozenset({"OPTIONAL", "MINUS", "UNION", "SELECT", "VALUES", "BIND", "GRAPH", "SERVICE"})


@lru_cache(maxsize=256)
def join_laterally(query: str) -> str:
    """Return a query with its OPTIONAL parts of triple patterns and filters joined row by row; others stay as they are.

    The answer is the same: such a part matches the same whether bindings are put in before or compared after. That
    fails for a nested OPTIONAL, MINUS or SELECT that names a variable from outside, and for BIND, which are left alone.
    Offsets change: syntax errors must be reported on the original query.

    >>> join_laterally("ASK { ?a ?b ?c OPTIONAL { ?c ?d ?e } }")
    'ASK { ?a ?b ?c LATERAL { OPTIONAL { ?c ?d ?e } } }'
    >>> join_laterally("ASK { ?a ?b ?c OPTIONAL { { ?c ?d ?e } UNION { ?e ?d ?c } } }")
    'ASK { ?a ?b ?c OPTIONAL { { ?c ?d ?e } UNION { ?e ?d ?c } } }'
    """
    tokens = find_significant_tokens(query)
    pieces, at = [], 0
    for start, end in _find_simple(tokens):
        pieces += [query[at : start.start], "LATERAL { ", query[start.start : end.end], " }"]
        at = end.end
    return "".join(pieces) + query[at:]


def _find_simple(tokens: list[Token]) -> list[tuple[Token, Token]]:
    """Return the word and the last brace of each OPTIONAL part that can be joined row by row, in order."""
    found = []
    for n, token in enumerate(tokens):
        if token.word == "OPTIONAL" and n + 1 < len(tokens) and tokens[n + 1].text == "{":
            end = _find_end(tokens, n + 1)
            inner = tokens[n + 2 : end]
            if end < len(tokens) and _is_simple(inner) and _is_joined(tokens[:n], inner):
                found.append((token, tokens[end]))
    return found


def _find_end(tokens: list[Token], opening: int) -> int:
    """Return the index of the brace that closes one; the number of tokens when none does."""
    depth = 0
    for n in range(opening, len(tokens)):
        depth += (tokens[n].text == "{") - (tokens[n].text == "}")
        if depth == 0:
            return n
    return len(tokens)


def _is_simple(inner: list[Token]) -> bool:
    """Tell whether there are only triple patterns and filters: braces stand after EXISTS alone."""
    previous = ""
    for token in inner:
        if token.word in _NESTED or (token.text == "{" and previous != "EXISTS"):
            return False
        previous = token.word
    return True


def _is_joined(before: list[Token], inner: list[Token]) -> bool:
    """Tell whether a variable of the part stands before it; without one, each row would look up everything again."""
    names = {token.text[1:] for token in before if token.kind is TokenKind.VARIABLE}
    return any(token.text[1:] in names for token in inner if token.kind is TokenKind.VARIABLE)

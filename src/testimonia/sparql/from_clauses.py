r"""Find the graphs that the FROM clauses of a query name, and refuse those that are not here.

Source: SPARQL 1.1 Query Language, section 13.2 (data set clauses) and 4.1.1 (relative and prefixed IRIs).
"""

import difflib
import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urljoin

from testimonia.core.errors import QueryError
from testimonia.sparql.lexer import Token, TokenKind

MOST_NAMES = 5
"""How many graphs a message names, the most similar first."""

_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class FromClause:
    """A graph that FROM or FROM NAMED names, and where."""

    iri: str
    place: str


def find_sources(tokens: list[Token], base: str = "") -> list[FromClause]:
    """Return the graphs that a query's FROM and FROM NAMED name, in order; `base` resolves relative IRIs.

    `tokens` are those without spaces and comments. QueryError where no IRI follows or its prefix is not declared.

    >>> from testimonia.sparql.lexer import find_significant_tokens
    >>> query = "PREFIX g: <https://example.org/> ASK FROM g:a FROM NAMED <b> { }"
    >>> [s.iri for s in find_sources(find_significant_tokens(query), "https://example.net/")]
    ['https://example.org/a', 'https://example.net/b']
    """
    prefixes: dict[str, str] = {}
    found: list[FromClause] = []
    for position, token in enumerate(tokens):
        rest = tokens[position + 1 : position + 3]
        if token.word == "BASE" and rest:
            base = _resolve(rest[0], prefixes, base)
        elif token.word == "PREFIX" and len(rest) == 2:
            prefixes[rest[0].text] = _resolve(rest[1], prefixes, base)
        elif token.word == "FROM":
            named = [t for t in rest if t.word != "NAMED"][:1]
            if not named:
                raise QueryError(f"{token.place}: FROM names no graph; expected an IRI")
            found.append(FromClause(_resolve(named[0], prefixes, base), token.place))
        elif token.text == "{":
            break
    return found


def check_sources(tokens: list[Token], graphs: Collection[str], base: str = "") -> bool:
    """Tell whether a query names its data set with FROM; QueryError names the graphs there are when it names another.

    `graphs` are the IRIs of those that are here; nothing is ever fetched.

    >>> from testimonia.sparql.lexer import find_significant_tokens
    >>> check_sources(find_significant_tokens("ASK FROM <x:a> { }"), {"x:b"})
    Traceback (most recent call last):
    testimonia.core.errors.QueryError: line 1, column 5: FROM names a graph that is not here; there is: <x:b>
    """
    sources = find_sources(tokens, base)
    for source in sources:
        if source.iri not in graphs:
            known = sorted(graphs)
            near = difflib.get_close_matches(source.iri, known, n=MOST_NAMES, cutoff=0.0)
            shown = ", ".join(f"<{iri}>" for iri in near) or "none"
            more = f" and {len(known) - len(near)} more" if len(known) > len(near) else ""
            there = "there is" if len(known) < 2 else "there are"
            raise QueryError(f"{source.place}: FROM names a graph that is not here; {there}: {shown}{more}")
    return bool(sources)


def _resolve(token: Token, prefixes: dict[str, str], base: str) -> str:
    """Return the full IRI that a token writes."""
    if token.kind is TokenKind.IRI:
        written = _POINT.sub(lambda m: chr(int(m[1] or m[2], 16)), token.text[1:-1])
        return written if not base or _ABSOLUTE.match(written) else urljoin(base, written)
    prefix, colon, local = token.text.partition(":")
    if token.kind is TokenKind.PREFIXED and prefix + colon in prefixes:
        return prefixes[prefix + colon] + _ESCAPED.sub(r"\1", local)
    raise QueryError(f"{token.place}: {token.text!r} is no IRI, or its prefix is not declared")

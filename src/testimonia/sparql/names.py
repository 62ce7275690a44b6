"""Find the IRIs that a query names, in full or by a prefix."""

from collections.abc import Iterator

from testimonia.sparql.lexer import Token, TokenKind, find_significant_tokens


def find_iris(query: str) -> Iterator[str]:
    """Yield the IRIs that a query names, as often as it does, without the namespaces of its prefixes.

    QueryError where the query has no tokens of SPARQL.

    >>> list(find_iris("PREFIX e: <https://example.org/> ASK { e:a <x:b> 'e:c' }"))
    ['https://example.org/a', 'x:b']
    """
    tokens = find_significant_tokens(query)
    prefixes = {
        name.text: iri.text[1:-1]
        for word, name, iri in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if word.word == "PREFIX"
    }
    for token in tokens:
        if iri := _read_iri(token, prefixes):
            yield iri


def _read_iri(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind is TokenKind.IRI:
        iri = token.text[1:-1]
        return "" if iri in prefixes.values() else iri
    if token.kind is not TokenKind.PREFIXED:
        return ""
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix + ":", "") + local.replace("\\", "") if local else ""

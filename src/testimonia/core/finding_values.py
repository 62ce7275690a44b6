"""Decide what may be shown of a finding's value (an N-Triples term).

A literal may be testimony: a gist, a name, a wording, a contact. So only IRIs are shown, and literals whose datatype is
neither text nor unknown and that consist of digits and signs, as numbers and dates do, or are a truth value. Of all
others the length is told. Source: docs/decisions/0014-findings-show-no-text.md.
"""

import re

_LITERAL = re.compile(
    r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<http://www\.w3\.org/2001/XMLSchema#(\w+)>|\^\^<[^<>]*>)?', re.DOTALL
)
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_PLAIN = re.compile(r"[-+0-9.:TZEe]{1,40}|true|false|INF|NaN")
_TEXTUAL = {"string", "normalizedString", "token", "language", "Name", "NCName", "anyURI", "hexBinary", "base64Binary"}


def is_shown(value: str) -> bool:
    """Tell whether a value may be shown as it is.

    >>> is_shown("<https://example.org/id/mira-solen>"), is_shown('"A gist."@en')
    (True, False)
    >>> is_shown('"2031-13-01"^^<http://www.w3.org/2001/XMLSchema#date>')
    True
    >>> is_shown('"Mira"^^<http://www.w3.org/2001/XMLSchema#date>')
    False
    """
    match = _LITERAL.fullmatch(value)
    if match is None:
        return not value.startswith(('"', "'"))
    datatype = match[3] or "string"
    return datatype not in _TEXTUAL and bool(_PLAIN.fullmatch(match[1]))


def describe_value(value: str) -> str:
    """Return a value that may be shown as it is, and of any other its length in code points and its language.

    >>> describe_value('"A gist."@en')
    'text of 7 characters (en)'
    """
    if is_shown(value):
        return value
    match = _LITERAL.fullmatch(value)
    if match is None:
        return "a value that is not shown"
    length = len(_ESCAPE.sub("x", match[1]))
    return f"text of {length} character{'' if length == 1 else 's'}" + (f" ({match[2]})" if match[2] else "")

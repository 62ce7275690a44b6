"""A lexer for SPARQL 1.1; the texts of the tokens, joined, are the query.

Why our own: pyoxigraph exposes no tokens; rdflib's grammar (pyparsing) drops comments and places, has no lexical layer
apart from its full parse, and takes some fifty times as long. A lexer is all that is needed to tell a variable from the
same characters in a string, an IRI or a comment.

Source: SPARQL 1.1 Query Language, section 19.8 (terminals; the longest match wins). Code-point escapes (section
19.2) are read in strings and IRIs only; anywhere else they are an error.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache, lru_cache
from typing import NamedTuple

from testimonia.core.errors import QueryError

_FOREIGN = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
"""Letters that are not ASCII, with which a name may begin."""
_FOREIGN_MARKS = "\u00b7\u0300-\u036f\u203f-\u2040"
"""Other characters that are not ASCII and may follow in a name."""
_ESCAPE = r"\\[_~.\-!$&'()*+,;=/?#@%]|%[0-9A-Fa-f]{2}"
_POINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"


class TokenKind(Enum):
    """The kind of a token."""

    SPACE = auto()
    COMMENT = auto()
    STRING = auto()
    IRI = auto()
    BLANK = auto()
    PREFIXED = auto()
    VARIABLE = auto()
    LANGUAGE = auto()
    NUMBER = auto()
    WORD = auto()
    SIGN = auto()


def _write_patterns(letters: str, marks: str) -> tuple[tuple[TokenKind, str], ...]:
    """Return the pattern of each kind of token; names may hold `letters` and `marks` beside those of ASCII."""
    base = f"A-Za-z{letters}"
    word = f"{base}_"
    variable = f"{word}0-9{marks}"
    name = rf"{variable}\-"
    local = f"(?:[{word}:0-9]|{_ESCAPE})(?:(?:[{name}.:]|{_ESCAPE})*(?:[{name}:]|{_ESCAPE}))?"
    return (  # the order matters: what begins alike stands longest first
        (TokenKind.SPACE, r"[ \t\r\n]+"),
        (TokenKind.COMMENT, r"#[^\r\n]*"),
        (TokenKind.STRING, r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'),
        (TokenKind.STRING, r"'''(?:'{0,2}(?:[^'\\]|\\.))*'''"),
        (TokenKind.STRING, r'"(?!"")(?:[^"\\\r\n]|\\[^\r\n])*"'),
        (TokenKind.STRING, r"'(?!'')(?:[^'\\\r\n]|\\[^\r\n])*'"),
        (TokenKind.IRI, rf'<(?:[^\x00-\x20<>"{{}}|^`\\]|{_POINT})*>'),
        (TokenKind.BLANK, rf"_:[{word}0-9](?:[{name}.]*[{name}])?"),
        (TokenKind.PREFIXED, rf"(?:[{base}](?:[{name}.]*[{name}])?)?:(?:{local})?"),
        (TokenKind.VARIABLE, rf"[?$][{word}0-9][{variable}]*"),
        (TokenKind.LANGUAGE, r"@[A-Za-z]+(?:-{1,2}[A-Za-z0-9]+)*"),
        (TokenKind.NUMBER, r"(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+"),
        (TokenKind.WORD, r"[A-Za-z][A-Za-z0-9_]*"),
        (TokenKind.SIGN, r"\^\^|&&|\|\||!=|<=|>=|[{}()\[\];,.=<>!|/^*+?~\-]"),
    )


_KINDS = [kind for kind, _ in _write_patterns("", "")]
_BREAK = re.compile(r"\r\n|\r|\n")
_REMARK = re.compile(r"^#[^\r\n]*", re.MULTILINE)
_PASSED_OVER = (TokenKind.SPACE, TokenKind.COMMENT)


@cache
def _compile_token(plain: bool) -> re.Pattern[str]:
    """Return the pattern of any token; the `plain` one, whose names are ASCII, is compiled in a tenth of the time."""
    patterns = _write_patterns("", "") if plain else _write_patterns(_FOREIGN, _FOREIGN_MARKS)
    return re.compile("|".join(f"({pattern})" for _, pattern in patterns), re.DOTALL)


class Token(NamedTuple):
    """A token: its kind, its text as written, where it begins (offset from 0; line and column from 1)."""

    kind: TokenKind
    text: str
    start: int
    line: int
    column: int

    @property
    def end(self) -> int:
        """Where the token ends (exclusive)."""
        return self.start + len(self.text)

    @property
    def word(self) -> str:
        """The keyword in upper case; "" for what is no bare word."""
        return self.text.upper() if self.kind is TokenKind.WORD else ""

    @property
    def place(self) -> str:
        """Line and column as messages give them."""
        return f"line {self.line}, column {self.column}"


def find_tokens(query: str) -> Iterator[Token]:
    """Yield all tokens of a query, spaces and comments included; joined, their texts are the query.

    QueryError where no token of SPARQL begins, or a string does not end.

    >>> [t.text for t in find_tokens("ASK { ?x<?y } # ?z") if t.kind is TokenKind.VARIABLE]
    ['?x', '?y']
    >>> list(find_tokens("ASK { ?x ?y 'a }"))
    Traceback (most recent call last):
    testimonia.core.errors.QueryError: line 1, column 13: a string that does not end
    """
    # other letters in comments that fill a line, as in headers, are in no name
    pattern = _compile_token(plain=query.isascii() or _REMARK.sub("", query).isascii())
    position, line, begin = 0, 1, 0
    for match in pattern.finditer(query):
        if match.start() != position or match.lastindex is None:
            break
        text = match.group()
        yield Token(_KINDS[match.lastindex - 1], text, position, line, position - begin + 1)
        if "\n" in text or "\r" in text:
            breaks = [m.end() for m in _BREAK.finditer(text)]
            line, begin = line + len(breaks), position + breaks[-1]
        position += len(text)
    if position < len(query):
        raise QueryError(f"line {line}, column {position - begin + 1}: {_describe(query[position])}")


def find_significant_tokens(query: str) -> list[Token]:
    """Return the tokens of a query without spaces and comments.

    >>> [t.text for t in find_significant_tokens("ASK { } # all")]
    ['ASK', '{', '}']
    """
    return list(_find_significant_tokens(query))


@lru_cache(maxsize=2)  # one query is looked at for several things in a row
def _find_significant_tokens(query: str) -> tuple[Token, ...]:
    return tuple(t for t in find_tokens(query) if t.kind not in _PASSED_OVER)


def _describe(character: str) -> str:
    """Say what is wrong with a character where no token begins."""
    if character in "\"'":
        return "a string that does not end"
    if character == "\\":
        return "a backslash outside strings, IRIs and names; write the character itself"
    return f"a character that SPARQL has no use for here (U+{ord(character):04X})"

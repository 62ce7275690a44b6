"""The lexer loses nothing and knows strings, IRIs, comments and operators apart."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.core.errors import QueryError
from testimonia.sparql.lexer import TokenKind, find_significant_tokens, find_tokens

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases" / "sparql"
WORDS = "?x $y ?_a_iri \"s\" 's' '''l''' <i> < > a:b a:b\\# _:b @en 1 1.5 .5 1e9 SELECT a ^^ && { } ( ) . ; ? ' \" \\ é"
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\r", "\r\n", "# c\n"])


def kinds(text: str) -> list[TokenKind]:
    return [t.kind for t in find_significant_tokens(text)]


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_tokens_joined_are_the_text_or_it_is_refused(text: str) -> None:
    try:
        tokens = list(find_tokens(text))
    except QueryError:
        return
    assert "".join(t.text for t in tokens) == text
    for token in tokens:
        assert text[token.start : token.end] == token.text
        before = re.split(r"\r\n|\r|\n", text[: token.start])
        assert (token.line, token.column) == (len(before), len(before[-1]) + 1)


@given(st.lists(st.one_of(PIECES, st.just("\n# Käse — 𝒙\n"))).map("".join))
def test_foreign_letters_in_remarks_change_no_token(text: str) -> None:
    """Then the pattern with ASCII names does; the letter at the end asks for the other."""

    def give(query: str) -> list[tuple[TokenKind, str]] | str:
        try:
            return [(t.kind, t.text) for t in find_tokens(query)]
        except QueryError as error:
            return str(error)

    plain = text.replace("é", "")
    found, other = give(plain + "\n"), give(plain + "\né:")
    assert other == (found if isinstance(found, str) else [*found, (TokenKind.PREFIXED, "é:")])


@pytest.mark.parametrize("path", sorted((ROOT / "queries").rglob("*.rq")), ids=lambda p: p.stem)
def test_own_queries_round_trip(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "".join(t.text for t in find_tokens(text)) == text


@pytest.mark.suites
def test_published_queries_round_trip(suites: Path) -> None:
    paths = sorted((suites / "rdf-tests" / "sparql").rglob("*.rq"))
    assert len(paths) >= 6
    for path in paths:
        text = path.read_bytes().decode("utf-8")
        assert "".join(t.text for t in find_tokens(text)) == text


def test_tricky_query_token_by_token() -> None:
    text = (CASES / "tricky.rq").read_text("utf-8")
    tokens = find_significant_tokens(text)
    assert {t.text for t in tokens if t.kind is TokenKind.VARIABLE} == {"$x", "?n", "?x", "?_real_iri"}
    assert [t.text for t in tokens if t.kind is TokenKind.PREFIXED][:2] == ["a.b:", ":"]
    assert r":p\#" in {t.text for t in tokens}
    assert sum(t.kind is TokenKind.STRING for t in tokens) == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("?a<?b", [TokenKind.VARIABLE, TokenKind.SIGN, TokenKind.VARIABLE]),
        ("<a>", [TokenKind.IRI]),
        ("a:b?", [TokenKind.PREFIXED, TokenKind.SIGN]),
        ("a:b.c.", [TokenKind.PREFIXED, TokenKind.SIGN]),
        ('""', [TokenKind.STRING]),
        ('"a"@en', [TokenKind.STRING, TokenKind.LANGUAGE]),
        ("'''a'b'''", [TokenKind.STRING]),
        ("1.", [TokenKind.NUMBER, TokenKind.SIGN]),
        ("1.e5", [TokenKind.NUMBER]),
    ],
)
def test_kinds(text: str, expected: list[TokenKind]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('ASK {\n "a', "line 2, column 2: a string that does not end"),
        ("ASK {\r\n'a\n'", "line 2, column 1: a string that does not end"),
        ('"""a"', "line 1, column 1: a string that does not end"),
        (r"S\u0045LECT", "line 1, column 2: a backslash outside strings, IRIs and names"),
        ("é?", "U+00E9"),
    ],
)
def test_refusals_say_where(text: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        list(find_tokens(text))
    assert message in str(caught.value)

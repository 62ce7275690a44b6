import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Literal

from testimonia.core.finding_values import describe_value, is_shown

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    "value",
    [
        "<https://example.org/id/mira-solen>",
        "_:b0",
        f'"2031-13-01"^^<{XSD}date>',
        f'"1,200"^^<{XSD}decimal>'.replace(",", ""),
        f'"-1.5E7"^^<{XSD}double>',
        f'"2031-05-04T10:00:00Z"^^<{XSD}dateTime>',
        f'"true"^^<{XSD}boolean>',
    ],
)
def test_values_that_are_shown(value: str) -> None:
    assert is_shown(value)
    assert describe_value(value) == value


@pytest.mark.parametrize(
    ("value", "described"),
    [
        ('"She told of a raid."@en', "text of 19 characters (en)"),
        ('"x"', "text of 1 character"),
        ('"0123456789"', "text of 10 characters"),
        (f'"2031"^^<{XSD}string>', "text of 4 characters"),
        (f'"Mira"^^<{XSD}date>', "text of 4 characters"),
        (f'"20311"^^<{XSD}anyURI>', "text of 5 characters"),
        ('"2031"^^<https://example.org/type>', "text of 4 characters"),
        ('"2031"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#XMLLiteral>', "text of 4 characters"),
        (r'"a\"b\u00e9\n"@pt-BR', "text of 5 characters (pt-BR)"),
        ('"', "a value that is not shown"),
        ('"a" "b"', "a value that is not shown"),
        ("'a'", "a value that is not shown"),
        (f'"{"1" * 41}"^^<{XSD}integer>', "text of 41 characters"),
    ],
)
def test_values_of_which_the_length_is_told(value: str, described: str) -> None:
    assert not is_shown(value)
    assert describe_value(value) == described


@given(st.text(min_size=1), st.sampled_from([None, "en"]))
def test_no_text_is_ever_shown(text: str, language: str | None) -> None:
    described = describe_value(Literal(text, lang=language).n3())
    assert described == "a value that is not shown" or described.startswith("text of ")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n")))
def test_the_length_is_in_code_points(text: str) -> None:
    assert describe_value(Literal(text, lang="en").n3()).startswith(f"text of {len(text)} character")

"""Whatever is given for a parameter, a question stays the query that it is: the value is data, or it is refused."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from testimonia.core.errors import QueryError
from testimonia.core.layout import find_model_root
from testimonia.questions.asking import bind_question
from testimonia.questions.question import Question
from testimonia.rdf.short_names import Naming
from testimonia.sparql.forms import check_read_only, parse_form
from testimonia.sparql.lexer import Token, TokenKind, find_significant_tokens
from testimonia.sparql.parameters import bind_parameters, find_parameters, parse_value

NAMING = Naming("https://example.org/valdoria/")
SLUGS = sorted(p.stem for p in (find_model_root() / "queries" / "questions").glob("*.rq"))
EVERY_TYPE = """SELECT ?x { ?x ?_a_iri ?_b ; ?p ?_c_en , ?_d_integer , ?_e_number , ?_f_date . FILTER(?x != ?_b) }"""
USUAL = {"a": "https://example.org/a", "b": "b", "c": "c", "d": "1", "e": "1.5", "f": "2031-05-04"}
PIECES = r"""" ' \ \\ \" \' \u0022 \u0027 \u003E \U00000022 \n { } > < >} <x:y> # ; . ) ?x ?_b $y || ''' UNION SERVICE
    INSERT } https://example.org/ https://example.org/a urn:x any t:Act id/x valdoria @en ^^ 1 -1 2031-05-04 %22 %3E é
    𝒙"""
HOSTILE = st.one_of(
    st.lists(st.sampled_from([*PIECES.split(), " ", "\n", "\r", "\t", "\x00", "\u202e", '"""']), max_size=8).map(
        "".join
    ),
    st.text(max_size=40),
)


def check_unchanged(bound: str, usual: str) -> None:
    """All tokens are those of the query with its usual values, but for strings and IRIs in the places of values."""

    def give(token: Token) -> tuple[TokenKind, str]:
        value = token.kind in {TokenKind.STRING, TokenKind.IRI}
        return token.kind, "" if value else token.text

    assert [give(t) for t in find_significant_tokens(bound)] == [give(t) for t in find_significant_tokens(usual)]
    check_read_only(bound, remote=True)
    assert parse_form(bound) == parse_form(usual)


def try_to(make: Callable[[], str]) -> tuple[str, str]:
    """What is made, or why it is refused."""
    try:
        return make(), ""
    except QueryError as error:
        return "", str(error)


@given(st.sampled_from(SLUGS), st.data())
def test_no_value_changes_a_question(questions: dict[str, Question], slug: str, data: st.DataObject) -> None:
    question = questions[slug]
    values = {name: data.draw(HOSTILE, label=name) for name in question.parameters}
    bound, refusal = try_to(lambda: bind_question(question, values, NAMING))
    assert all(line.isprintable() for line in refusal.splitlines())
    if bound:
        check_unchanged(bound, bind_question(question, question.usual_values, NAMING))


@given(st.sampled_from(sorted(USUAL)), HOSTILE)
def test_no_value_of_any_type_changes_a_query(name: str, value: str) -> None:
    parameters = find_parameters(EVERY_TYPE)

    def bind(given: dict[str, str]) -> str:
        return bind_parameters(EVERY_TYPE, {n: parse_value(parameters[n], text) for n, text in given.items()})

    bound, refusal = try_to(lambda: bind({**USUAL, name: value}))
    assert refusal.isprintable()
    assert bound or name not in {"b", "c"} or not value.isprintable(), "any text is a text"
    if bound:
        check_unchanged(bound, bind(USUAL))

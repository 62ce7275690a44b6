"""An open graph: its questions as calls, queries of one's own, and what is said when it goes wrong."""

import inspect
import pickle
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

import testimonia
from testimonia.api.graph import Graph, open_graph
from testimonia.api.rows import Rows
from testimonia.api.values import Edtf, Iri, read_term
from testimonia.core.errors import InputError, QueryError, RemoteError
from testimonia.core.iris import mint_date_iri
from testimonia.core.namespaces import PREFIXES
from testimonia.rdf.short_names import Naming


def test_types(graph: Graph) -> None:
    (row,) = graph.questions.given_back(from_='it\'s "x"', since=date(2031, 5, 6), n=3)
    assert list(row[:6]) == ['it\'s "x"', date(2031, 5, 6), 3, Decimal("1.5"), True, None]
    assert (row.class_, row.yes, row.none) == ('it\'s "x"', True, None)
    assert row.list == ("a", "b", "https://example.org/valdoria/id/ostmark")
    assert [getattr(member, "name", "") for member in row.list] == ["", "", "ostmark"]
    assert type(row).__name__ == "GivenBack"
    assert pickle.loads(pickle.dumps(row)) == row


def test_evidence_stands_beside_each_row(graph: Graph) -> None:
    rows = graph.questions.corroborated()
    assert len(rows.evidence) == len(rows) > 0
    for row, behind in zip(rows, rows.evidence, strict=True):
        assert [backing.claim for backing in behind] == list(row.claims)
        assert all(backing.stated_by for backing in behind)
    with pytest.raises(QueryError, match="evidence is given for saved questions"):
        _ = graph.query("SELECT (1 AS ?n) {}").evidence
    changed = graph.questions.corroborated()
    changed.answer = graph.questions.timeline().answer
    with pytest.raises(QueryError, match="the data has changed"):
        _ = changed.evidence


def test_values_go_back_in(graph: Graph) -> None:
    row = graph.questions.conditions()[0]
    assert isinstance(row.claim, Iri)
    country = Iri("https://example.org/valdoria/id/ostmark", name="ostmark")
    assert graph.questions.conditions(country=country) == graph.ask("conditions", country="ostmark")
    assert graph.questions.conditions(country=None) == graph.ask("conditions")


def test_dates_are_their_text_and_know_their_node(graph: Graph) -> None:
    prefix = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("rdfs", "t"))
    found = [row.date for row in graph.query(prefix + "SELECT DISTINCT ?date { ?claim t:date ?date } ORDER BY ?date")]
    assert "early 2031" in found
    for given in found:
        assert isinstance(given, Edtf)
        (node,) = graph.query(prefix + f"SELECT ?text {{ <{given.iri}> rdfs:label ?text }}")
        assert node.text == given
    days = {given: given.day for given in found}
    assert days["2031-05-04"] == date(2031, 5, 4)
    assert days["early 2031"] is days["XXXX-01-07"] is None


@pytest.mark.parametrize("written", ["2031-05?", "mid 2031-05", "203X", "20XX~", "2031-22", "late 203X"])
def test_dates_are_read_as_they_are_minted(written: str) -> None:
    base = "https://example.org/"
    assert read_term(ox.NamedNode(mint_date_iri(base, written)), Naming(base)) == written


def test_questions_are_listed_and_explained(graph: Graph, data: Path) -> None:
    slugs = sorted(path.stem for path in (data / "queries" / "questions").glob("*.rq"))
    assert list(graph.questions) == slugs
    assert (len(graph.questions), "figures" in graph.questions) == (len(slugs), True)
    assert dir(graph.questions) == [slug.replace("-", "_") for slug in slugs]
    question = graph.questions.given_back
    assert str(inspect.signature(question)) == "(*, from_='a', since='2031-05-04', n='1')"
    assert question.__doc__ is not None
    assert "    half: half of it" in question.__doc__
    assert question.sparql(n=7).count('"7"^^') == 2
    assert "?_n_integer" not in question.sparql()


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda graph: graph.ask("figure"), 'there is no question "figure". Did you mean "figures"?'),
        (lambda graph: graph.ask("figures", contry="x"), 'has no parameter "contry"'),
        (lambda graph: graph.ask("given-back", n="two"), "parameter n: 'two' is no integer"),
        (lambda graph: graph.ask("given-back", n=True), "parameter n: a bool is no value"),
        (lambda graph: graph.ask("given-back", n=[1]), "parameter n: a list is no value"),
        (lambda graph: graph.ask("given-back", n=1.5), "parameter n: '1.5' is no integer"),
        (lambda graph: graph.ask("given-back", since=date(1, 1, 1), n=""), "parameter n: '' is no integer"),
        (lambda graph: graph.query("SELECT ?x {\n ?x ?y }"), "line 2, column 9: the query does not parse"),
        (lambda graph: graph.query("LOAD <https://example.org/>"), "LOAD is refused"),
        (lambda graph: graph.query("ASK { SERVICE <x:y> { ?x ?y ?z } }"), "SERVICE is refused"),
    ],
)
def test_mistakes(graph: Graph, ask: object, message: str) -> None:
    assert callable(ask)
    with pytest.raises(QueryError) as caught:
        ask(graph)
    assert message in str(caught.value)


def test_a_question_that_is_none_is_no_attribute(graph: Graph) -> None:
    with pytest.raises(AttributeError, match='Did you mean "what-happened"'):
        _ = graph.questions.what_hapened
    assert not hasattr(graph.questions, "_ipython_display_")


def test_forms_of_queries(graph: Graph) -> None:
    assert [tuple(row) for row in graph.query("ASK { ?x ?y ?z }")] == [(True,)]
    triples = graph.query("CONSTRUCT WHERE { ?s a <https://w3id.org/testimonia/ontology#Law> }")
    assert triples.columns == ("subject", "predicate", "object")
    assert {row.subject.name for row in triples} == {"sound-act"}


def test_parameters_of_queries_are_data(graph: Graph) -> None:
    text = "SELECT ?text ?day ?class { BIND(?_text AS ?text) BIND(?_day_date AS ?day) BIND(?_class_iri AS ?class) }"
    (row,) = graph.query(text, text='a" } #', day=date(2031, 5, 4), class_="t:Act")
    assert list(row) == ['a" } #', date(2031, 5, 4), PREFIXES["t"] + "Act"]
    with pytest.raises(QueryError) as caught:
        graph.query(text, day="May", klass="t:Act", class_="no IRI")
    assert str(caught.value).splitlines() == [
        "the query has no parameter klass",
        "parameter text has no value",
        "parameter day: 'May' is no date; expected YYYY-MM-DD",
        "parameter class: 'no IRI' is no IRI; expected for example https://…",
    ]


def test_names_that_no_field_can_have(graph: Graph) -> None:
    rows = graph.query("SELECT (1 AS ?1) (3 AS ?class) (4 AS ?class_) (5 AS ?count) {}")
    assert rows.columns == ("1", "class", "class_", "count")
    assert rows[0]._asdict() == {"_0": 1, "class_": 3, "_2": 4, "count": 5}
    assert rows.to_dicts() == [{"1": 1, "class": 3, "class_": 4, "count": 5}]


def test_printed(graph: Graph) -> None:
    printed = repr(graph.query("SELECT ?x { VALUES ?x { 1 2 3 4 5 6 7 8 9 10 11 12 } }"))
    assert printed.splitlines()[0].strip() == "x"
    assert printed.endswith("10\n… and 2 more rows")
    assert repr(graph.query("SELECT ?a ?b { <x:none> ?a ?b }")) == "(no rows; columns: a, b)"
    assert repr(graph).startswith("<Graph of valdoria: ")


def test_slices_and_equality(graph: Graph) -> None:
    rows = graph.questions.timeline()
    assert isinstance(rows, Rows)
    assert rows[:2] == tuple(rows)[:2]
    assert hash(rows) == hash(graph.questions.timeline())
    assert rows != graph.questions.corroborated()


def test_no_data_set(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"mappings/dataset\.yaml: not found"):
        open_graph(tmp_path)
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "dataset.yaml").write_text("base: https://example.org/\n")
    with pytest.raises(InputError, match=r"graph/: no graph here \(\*\.nq\)\. Build it: make"):
        open_graph(tmp_path)


def test_endpoints_are_asked_when_a_question_is(data: Path) -> None:
    graph = open_graph(data, endpoint="http://me:secret@127.0.0.1:9/sparql")
    assert repr(graph).startswith("<Graph at http://127.0.0.1:9/sparql: ")
    with pytest.raises(RemoteError, match=r"http://127\.0\.0\.1:9/sparql: out of reach"):
        graph.questions.timeline()
    with pytest.raises(QueryError, match="FROM is refused at an endpoint"):
        graph.query("SELECT * FROM <x:y> { ?s ?p ?o }")
    with pytest.raises(QueryError, match="the endpoint is no address"):
        open_graph(data, endpoint="sparql")


def test_what_is_public_is_there() -> None:
    for name in testimonia.__all__:
        assert getattr(testimonia, name) is not None
    assert dir(testimonia) == testimonia.__all__
    with pytest.raises(AttributeError, match="has no attribute 'opengraph'"):
        _ = testimonia.opengraph  # type: ignore[attr-defined]


def test_the_package_is_light() -> None:
    code = "import sys; before = set(sys.modules); import testimonia; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "testimonia" in loaded
    assert not {name for name in loaded if name.startswith("testimonia.")}
    assert not loaded & {"pyoxigraph", "rdflib", "yaml", "rich", "typer"}
    code = "import sys, testimonia; testimonia.open_graph; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {
        "rdflib",
        "SPARQLWrapper",
        "rich.console",
        "typer",
        "pandas",
        "polars",
        "edtf",
    }

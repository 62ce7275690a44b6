"""Literals: what XML Schema allows has no finding, what it does not allow has one each; the graph has none."""

from collections import Counter
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.layers import Layer
from testimonia.core.layout import Layout
from testimonia.rdf.lexical import DATATYPES
from testimonia.validation.literals import check_literals

CASES = Path(__file__).resolve().parents[1] / "cases" / "literals"


def read(name: str) -> list[ox.Quad]:
    return list(ox.parse(path=str(CASES / name), format=ox.RdfFormat.N_TRIPLES, lenient=True))


def test_the_cases_are_all_there() -> None:
    assert len(read("well-formed.nt")) == 136
    assert len(read("ill-formed.nt")) == 180
    for name in ("well-formed.nt", "ill-formed.nt"):
        judged = {q.object.datatype.value for q in read(name) if isinstance(q.object, ox.Literal)}
        assert judged >= DATATYPES.keys(), f"{name}: no case for {DATATYPES.keys() - judged}"


def test_well_formed_literals_have_no_finding() -> None:
    assert check_literals(read("well-formed.nt")) == []


def test_every_ill_formed_literal_has_one_finding() -> None:
    quads = read("ill-formed.nt")
    findings = check_literals(quads)
    assert {f.focus for f in findings} == {q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode)}
    assert len(findings) == len(quads)
    assert {f.layer for f in findings} == {Layer.LITERALS}
    assert all(f.fix and f.message.endswith(".") for f in findings)
    assert findings == sorted(findings)
    assert Counter(f.rule for f in findings) == {
        "ill-formed-literal": 172,
        "unfit-iri": 4,
        "ill-formed-language-tag": 2,
        "unknown-datatype": 1,
        "unsuitable-datatype": 1,
    }


def test_a_message_does_not_repeat_the_value() -> None:
    assert not any("2021" in f.message for f in check_literals(read("ill-formed.nt")))


def test_a_triple_in_two_graphs_is_found_once() -> None:
    quad = next(iter(read("ill-formed.nt")))
    again = ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode("https://example.org/g"))
    assert len(check_literals([quad, again])) == 1


def test_a_number_of_a_million_digits_is_judged_at_once() -> None:
    datatype = ox.NamedNode("http://www.w3.org/2001/XMLSchema#positiveInteger")
    node = ox.NamedNode("https://example.org/x")
    quads = [ox.Quad(node, node, ox.Literal(sign + "9" * 1_000_000, datatype=datatype)) for sign in ("", "-")]
    assert len(check_literals(quads)) == 1


def test_the_graph_has_no_ill_formed_literal(project_layout: Layout) -> None:
    files = sorted(project_layout.graph.rglob("*.nq"))
    assert len(files) > 10
    for path in files:
        assert check_literals(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS)) == []

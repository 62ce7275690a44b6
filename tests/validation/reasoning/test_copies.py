"""What the reasoner gets: datatypes that it knows, no labels, nothing that nobody declared."""

import pyoxigraph as ox
import pytest

from testimonia.core.layout import Layout
from testimonia.core.namespaces import T, expand
from testimonia.rdf.store import read_store
from testimonia.validation.reasoning.copies import copy_triple, read_declarations
from testimonia.validation.reasoning.verdicts import read_model

X, Y = ox.NamedNode("https://example.org/x"), ox.NamedNode("https://example.org/y")
DATE = ox.NamedNode(expand("xsd:date"))


def copy(term: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple:
    copied = copy_triple(ox.Triple(X, Y, term))
    assert copied is not None
    return copied.object


@pytest.mark.parametrize(
    ("written", "datatype", "copied", "becomes"),
    [
        ("2031-05-04", "xsd:date", "2031-05-04T00:00:00", "xsd:dateTime"),
        ("2031-05-04Z", "xsd:date", "2031-05-04T00:00:00Z", "xsd:dateTime"),
        ("2031-05-04+02:00", "xsd:date", "2031-05-04T00:00:00+02:00", "xsd:dateTime"),
        ("-0044-03-15", "xsd:date", "-0044-03-15T00:00:00", "xsd:dateTime"),
        ("soon", "xsd:date", "soon", "xsd:string"),
        ("2031", "xsd:gYear", "2031", "xsd:string"),
        ("0101", "t:huridocs-acts", "0101", "xsd:string"),
        ("9.0", "xsd:decimal", "9.0", "xsd:decimal"),
        ("7", "xsd:nonNegativeInteger", "7", "xsd:nonNegativeInteger"),
    ],
)
def test_literals(written: str, datatype: str, copied: str, becomes: str) -> None:
    literal = ox.Literal(written, datatype=ox.NamedNode(expand(datatype)))
    assert copy(literal) == ox.Literal(copied, datatype=ox.NamedNode(expand(becomes)))


def test_what_needs_no_change_stays() -> None:
    for term in (ox.Literal("quay", language="en"), ox.Literal("quay"), X):
        assert copy(term) == term


def test_ranges_follow_the_literals() -> None:
    assert copy(DATE) == ox.NamedNode(expand("xsd:dateTime"))
    assert copy(ox.NamedNode(expand("xsd:gYear"))) == ox.NamedNode(expand("xsd:string"))
    kind, datatype = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("rdfs:Datatype"))
    assert copy_triple(ox.Triple(ox.NamedNode(T + "huridocs-acts"), kind, datatype)) is None


def test_labels_and_headers_are_left_out(project_layout: Layout) -> None:
    declarations = read_declarations(read_model(project_layout))
    label = ox.Triple(X, ox.NamedNode(expand("skos:definition")), ox.Literal("a quay", language="en"))
    header = ox.Triple(X, ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("owl:Ontology")))
    detail = ox.Triple(X, ox.NamedNode(T + "actor"), Y)
    assert [declarations.is_logical(triple) for triple in (label, header, detail)] == [False, False, True]


def test_everything_in_model_and_graph_is_declared(project_layout: Layout) -> None:
    model = read_model(project_layout)
    declarations = read_declarations(model)
    triples = [*model, *(quad.triple for quad in read_store(project_layout.graph))]
    found = {declarations.find_undeclared(t) for t in triples if declarations.is_logical(t)}
    assert found == {None}

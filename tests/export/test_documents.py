"""JSON-LD: rdflib and PyLD expand it to the quads of the graph, with nothing fetched."""

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld

from testimonia.core.errors import TestimoniaError
from testimonia.core.layout import Layout
from testimonia.export.context import Context
from testimonia.export.documents import frame_nodes
from testimonia.export.forms import write_export
from testimonia.export.source import GraphPart, collect_source, read_source, sort_quads
from testimonia.export.usage import find_uses

from .conftest import Reader, Statements


def export(folder: Path, path: Path) -> bytes:
    write_export(read_source(folder), "jsonld", str(path))
    return path.read_bytes()


def refuse(address: str, *_: object) -> Any:
    raise AssertionError(f"fetched: {address}")


def read_with_pyld(content: bytes, read_folder: Reader, tmp_path: Path) -> Statements:
    """What PyLD makes of a document, by way of its N-Quads."""
    (tmp_path / "pyld").mkdir()
    lines = jsonld.to_rdf(json.loads(content), {"format": "application/n-quads", "documentLoader": refuse})
    (tmp_path / "pyld" / "all.nq").write_text(lines, "utf-8")
    return read_folder(tmp_path / "pyld")


def test_rdflib_reads_it_back(folder: Path, tmp_path: Path, read_folder: Reader, read_rdf: Reader) -> None:
    assert read_rdf(export(folder, tmp_path / "all.jsonld"), "json-ld") == read_folder(folder)


def test_pyld_reads_it_back(folder: Path, tmp_path: Path, read_folder: Reader) -> None:
    content = export(folder, tmp_path / "all.jsonld")
    assert read_with_pyld(content, read_folder, tmp_path) == read_folder(folder)
    assert export(folder, tmp_path / "again.jsonld") == content


def test_the_real_graph_is_read_back(project_layout: Layout, tmp_path: Path) -> None:
    content = export(project_layout.graph, tmp_path / "all.jsonld")
    quads = set(map(str, ox.parse(content, format=ox.RdfFormat.JSON_LD)))
    there = {str(q) for path in project_layout.graph.rglob("*.nq") for q in ox.parse(path=path)}
    assert quads == there


def test_nodes_stand_where_readers_look(lantern: Path, tmp_path: Path) -> None:
    document = json.loads(export(lantern, tmp_path / "all.jsonld"))
    graphs = {graph["@id"]: graph["@graph"] for graph in document["@graph"]}
    (interview,) = graphs["graph/interview/val-solen"]
    assert (interview["@id"], interview["@type"]) == ("interview/val-solen", "Interview")
    claims = {claim["@id"]: claim for claim in interview["claims"]}
    assert list(claims)[:3] == [f"interview/val-solen/claim/{n}" for n in (1, 2, 3)]
    raid = claims["interview/val-solen/claim/8"]
    assert raid["actor"] == ["id/harbour-police"]
    assert raid["modality"] == "term:modality/occurred"
    assert (raid["statedBy"], raid["label"][:6]) == ("id/mira-solen", "Harbou")
    assert "inInterview" not in raid, "it stands in it"
    (passage,) = raid["evidence"]
    assert (passage["@type"], passage["start"], passage["inTurn"]) == ("Passage", "393", "interview/val-solen/turn/4")
    figures = {figure["@id"].rpartition("figure/")[2]: figure for figure in raid["figure"]}
    assert figures["detained/minors"]["partOf"] == "interview/val-solen/claim/8/figure/detained"
    entities = {node["@id"]: node for node in graphs["graph/entities"]}
    assert entities["id/archive-raid"] == {
        "@id": "id/archive-raid",
        "@type": "Act",
        "label": entities["id/archive-raid"]["label"],
        "type": "term:happening/raid",
    }
    assert "http" not in json.dumps(interview)


HEAD = "@prefix t: <https://w3id.org/testimonia/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "


@pytest.mark.parametrize(
    "body",
    [
        '<urn:a> rdfs:label "a"@en, "b", "c"@fr, "1"^^<urn:n>, <urn:b> .',
        '<urn:a> rdfs:label "a"@fr . <urn:b> rdfs:label "b"@fr .',
        '<urn:a> t:claims <urn:b> ; t:turns "2" .',
        "<urn:a> a <urn:b> ; <urn:p> 1, 1.0, 007, true .",
        "<urn:a> a t:Claim, t:Turn ; t:inInterview <urn:i> . <urn:a/x> t:inInterview <urn:a> .",
        "<urn:i> a t:Interview . <urn:i/claim/1> a t:Claim ; t:inInterview <urn:i>, <urn:j> .",
        "<urn:a> t:evidence <urn:a/1> ; t:context <urn:a/1> . <urn:a/1> t:inTurn <urn:a> .",
        "<urn:a> t:about <urn:a/1> . <urn:a/1> t:about <urn:a/1/2> . <urn:a/1/2> t:about <urn:a/1> .",
        "<urn:a> <http://purl.org/dc/terms/title> 'x' ; <https://schema.org/title> 'y' ; t:title 'z' .",
        "<https://example.org/x/id/a> t:of <https://example.org/x/> , <https://example.org/x/id/a:b> .",
        "<urn:a> t:of <http://www.w3.org/2001/XMLSchema#>, <https://w3id.org/testimonia/term/> .",
    ],
)
def test_anything_is_read_back(body: str, tmp_path: Path, read_folder: Reader, read_rdf: Reader) -> None:
    graph = ox.NamedNode("https://example.org/x/graph/interview/a")
    found = ox.parse(HEAD + body, format=ox.RdfFormat.TURTLE)
    quads = [ox.Quad(q.subject, q.predicate, q.object, graph) for q in found]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.nq").write_text("".join(f"{quad} .\n" for quad in quads), "utf-8")
    content = export(tmp_path / "in", tmp_path / "all.jsonld")
    there = read_folder(tmp_path / "in")
    assert len(there) == len(quads)
    assert set(map(str, ox.parse(content, format=ox.RdfFormat.JSON_LD))) == set(map(str, quads))
    assert read_rdf(content, "json-ld") == there
    assert read_with_pyld(content, read_folder, tmp_path) == there


def test_a_node_stands_once(tmp_path: Path) -> None:
    text = HEAD + "<urn:a> t:evidence <urn:a/1> ; t:context <urn:a/1> . <urn:a/1> t:inTurn <urn:t> ."
    quads = sort_quads(ox.parse(text, format=ox.RdfFormat.TURTLE))
    (tmp_path / "a.nq").write_text("".join(f"{quad} .\n" for quad in quads), "utf-8")
    context = Context(find_uses(collect_source([tmp_path / "a.nq"])), "")
    assert list(frame_nodes(GraphPart("", quads), context)) == [
        {"@id": "urn:a", "context": [{"@id": "urn:a/1", "inTurn": "urn:t"}], "evidence": ["urn:a/1"]}
    ]


def test_an_iri_that_looks_shortened_is_refused() -> None:
    with pytest.raises(TestimoniaError, match="<term:a> cannot be told from a shortened IRI in JSON-LD"):
        Context({}, "").shorten(ox.NamedNode("term:a"))

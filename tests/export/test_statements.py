"""Turtle, TriG and N-Quads: rdflib reads the very statements of the graph out of them; the same bytes each time."""

from pathlib import Path

import pyoxigraph as ox
import pytest

from testimonia.export.forms import write_export
from testimonia.export.source import read_source
from testimonia.export.turtle import Shortener, write_blocks

from .conftest import Reader

QUADS = {"trig": "trig", "nquads": "nquads"}


def export(folder: Path, form: str, path: Path) -> bytes:
    write_export(read_source(folder), form, str(path))
    return path.read_bytes()


@pytest.mark.parametrize("form", QUADS)
def test_quads_are_read_back(folder: Path, form: str, tmp_path: Path, read_folder: Reader, read_rdf: Reader) -> None:
    content = export(folder, form, tmp_path / "all")
    assert read_rdf(content, QUADS[form]) == read_folder(folder)
    assert export(folder, form, tmp_path / "again") == content


def test_turtle_is_read_back_but_for_the_graphs(
    folder: Path, tmp_path: Path, read_folder: Reader, read_rdf: Reader
) -> None:
    content = export(folder, "turtle", tmp_path / "all.ttl")
    there = read_folder(folder)
    assert {(*row[:-1], "") for row in read_rdf(content, "turtle")} == {(*row[:-1], "") for row in there}
    assert len({row[:-1] for row in there}) == len(there)  # so nothing but the graph's name is lost


def test_nquads_are_the_files_of_the_graph(lantern: Path, tmp_path: Path) -> None:
    """Byte for byte: what was signed or hashed as a file can be found again in an export."""
    assert export(lantern, "nquads", tmp_path / "all.nq") == b"".join(
        path.read_bytes() for path in sorted(lantern.rglob("*.nq"))
    )


def test_turtle_is_for_readers(lantern: Path, tmp_path: Path) -> None:
    text = export(lantern, "turtle", tmp_path / "all.ttl").decode()
    assert "@base <https://example.org/lantern/> .\n" in text
    assert '\n<interview/val-solen/claim/8> a t:Claim ;\n    rdfs:label "Harbour police raided' in text
    assert "\n    t:actor id:harbour-police ;\n" in text
    assert " t:type happening:raid .\n" in text
    assert "dct:license <https://creativecommons.org/" in text  # not relative to the base, though it could be
    places = [text.index(f"\n<interview/val-solen/claim/{part}> a ") for part in ("2", "9", "9/evidence/1", "10")]
    assert places == sorted(places)


@pytest.mark.parametrize(
    "iri",
    [
        "https://example.org/id/-a",
        "https://example.org/id/a.",
        "https://example.org/id/a%20b",
        "https://example.org/id/a/../b",
        "https://example.org/id/a//b",
        "https://example.org/id:b",
        "https://example.org/#x",
        "https://example.org",
        "https://example.org/",
        "https://example.org/?a",
        "https://example.com/id/a",
        "urn:a",
        "https://example.org/id/été",
        "https://example.org/id/a~b",
        "https://example.org/id/a#b",
        "https://example.org/id/a/",
    ],
)
def test_every_iri_comes_back(iri: str, read_rdf: Reader) -> None:
    shortener = Shortener({"id": "https://example.org/id/", "x": "urn:"}, "https://example.org/")
    quad = ox.Quad(ox.NamedNode(iri), ox.NamedNode("urn:p"), ox.NamedNode(iri))
    text = shortener.head + "".join(write_blocks([quad], shortener))
    assert {row[:3] for row in read_rdf(text, "turtle")} == {(iri, "urn:p", iri)}
    assert [q.triple for q in ox.parse(text, format=ox.RdfFormat.TURTLE)] == [quad.triple]


@pytest.mark.parametrize(
    "literal",
    [
        ox.Literal('a "b" \\ \n\r\t é \u2028 ^^<urn:x>'),
        ox.Literal("a^^<urn:x>@en", language="en"),
        ox.Literal("007", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        ox.Literal("seven", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
        ox.Literal("1.10", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        ox.Literal("1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")),
        ox.Literal("true", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")),
        ox.Literal("2031-05", datatype=ox.NamedNode("urn:edtf")),
    ],
)
def test_every_literal_comes_back(literal: ox.Literal) -> None:
    shortener = Shortener({"xsd": "http://www.w3.org/2001/XMLSchema#"}, "")
    quad = ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), literal)
    text = shortener.head + "".join(write_blocks([quad], shortener))
    assert [q.object for q in ox.parse(text, format=ox.RdfFormat.TURTLE)] == [literal]

"""Descriptions of sources: origin, time, licence, files and size, written as quads and read from them.

A description is a graph of its own (`…/merged/NAME/source`) in DCAT, VoID, PROV and SPDX.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.namespaces import expand
from testimonia.rdf.reading import get_value

SPDX = "http://spdx.org/rdf/terms#"
_MEDIA = "https://www.iana.org/assignments/media-types/"
_GZIP = f"{_MEDIA}application/gzip"


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as it was received: name, size in bytes, SHA-256, the IRI of its media type."""

    name: str
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Subset:
    """Our copy of a named graph: its IRI, what the graph is called in the source, its triples."""

    iri: str
    foreign: str
    triples: int


@dataclass(frozen=True, slots=True)
class MergedSource:
    """A source that was merged; `address`, `licence` and `base` are IRIs, "" where they are not known.

    `retrieved` is an xsd:dateTime, `triples` those of all its graphs.
    """

    iri: str
    name: str
    address: str
    licence: str
    retrieved: str
    base: str
    triples: int
    files: tuple[RawFile, ...]
    graphs: tuple[Subset, ...]


def write_source(source: MergedSource) -> bytes:
    """Return the description of a source as sorted N-Quads."""
    graph = ox.NamedNode(f"{source.iri}/source")
    lines = {f"{ox.Quad(*facts, graph)} .\n" for facts in _state_all(source)}
    return "".join(sorted(lines)).encode()


def read_source(path: Path) -> MergedSource:
    """Return the source that a file describes; InputError when it is no description."""
    try:
        quads = list(ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))
        return _gather(quads)
    except (SyntaxError, OSError, ValueError, LookupError) as error:
        fix = "Remove the source and add it anew: testimonia merge remove"
        raise InputError.at(path.as_posix(), "damaged-source", found="no description of a source", fix=fix) from error


def find_media_type(name: str, media_type: str) -> str:
    """Return the IRI of the media type of a file; that of gzip where its name says so.

    >>> find_media_type("a.ttl", "text/turtle")
    'https://www.iana.org/assignments/media-types/text/turtle'
    """
    return _GZIP if name.lower().endswith(".gz") else _MEDIA + media_type


def _state_all(source: MergedSource) -> Iterator[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]]:
    node = source.iri
    for kind in ("dcat:Dataset", "void:Dataset"):
        yield _link(node, expand("rdf:type"), expand(kind))
    yield _say(node, expand("dct:identifier"), source.name)
    yield _say(node, expand("dct:title"), source.name)
    for name, value in (("dct:source", source.address), ("dct:license", source.licence)):
        if value:
            yield _link(node, expand(name), value)
    yield _say(node, expand("void:triples"), str(source.triples), "integer")
    for subset in source.graphs:
        yield _link(node, expand("void:subset"), subset.iri)
        yield _link(subset.iri, expand("rdf:type"), expand("void:Dataset"))
        yield _link(subset.iri, expand("dct:source"), subset.foreign)
        yield _say(subset.iri, expand("void:triples"), str(subset.triples), "integer")
    for file in source.files:
        iri = f"{node}/original/{hashlib.sha256(file.name.encode()).hexdigest()[:16]}"
        yield _link(node, expand("dcat:distribution"), iri)
        yield _link(iri, expand("rdf:type"), expand("dcat:Distribution"))
        yield _say(iri, expand("dct:title"), file.name)
        yield _link(iri, expand("dcat:mediaType"), file.media_type)
        yield _say(iri, expand("dcat:byteSize"), str(file.size), "nonNegativeInteger")
        yield _say(iri, expand("prov:generatedAtTime"), source.retrieved, "dateTime")
        if source.base:
            yield _link(iri, expand("prov:atLocation"), source.base)
        yield _link(iri, f"{SPDX}checksum", f"{iri}/sha256")
        yield _link(f"{iri}/sha256", expand("rdf:type"), f"{SPDX}Checksum")
        yield _link(f"{iri}/sha256", f"{SPDX}algorithm", f"{SPDX}checksumAlgorithm_sha256")
        yield _say(f"{iri}/sha256", f"{SPDX}checksumValue", file.sha256, "hexBinary")


def _link(subject: str, predicate: str, value: str) -> tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]:
    return ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value)


def _say(
    subject: str, predicate: str, text: str, datatype: str = "string"
) -> tuple[ox.NamedNode, ox.NamedNode, ox.Literal]:
    literal = ox.Literal(text, datatype=ox.NamedNode(expand(f"xsd:{datatype}")))
    return ox.NamedNode(subject), ox.NamedNode(predicate), literal


def _gather(quads: list[ox.Quad]) -> MergedSource:
    """Return the source that quads describe; LookupError or ValueError when something is missing."""
    facts: dict[tuple[str, str], list[str]] = {}
    for quad in sorted(quads, key=str):
        facts.setdefault((get_value(quad.subject), quad.predicate.value), []).append(get_value(quad.object))

    def find(node: str, name: str) -> str:
        return next(iter(facts.get((node, expand(name)), [])), "")

    def find_file(file: str) -> RawFile:
        (sha256,) = facts[f"{file}/sha256", f"{SPDX}checksumValue"]
        size = int(find(file, "dcat:byteSize"))
        return RawFile(find(file, "dct:title"), size, sha256, find(file, "dcat:mediaType"))

    (iri,) = (node for node, name in facts if name == expand("dct:identifier"))
    files = facts.get((iri, expand("dcat:distribution")), [])
    return MergedSource(
        iri,
        find(iri, "dct:identifier"),
        find(iri, "dct:source"),
        find(iri, "dct:license"),
        find(files[0], "prov:generatedAtTime"),
        find(files[0], "prov:atLocation"),
        int(find(iri, "void:triples")),
        tuple(sorted((find_file(file) for file in files), key=lambda file: file.name)),
        tuple(
            Subset(graph, find(graph, "dct:source"), int(find(graph, "void:triples")))
            for graph in facts.get((iri, expand("void:subset")), [])
        ),
    )

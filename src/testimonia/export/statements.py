"""Export of all statements of a source as Turtle, TriG or N-Quads, graph by graph."""

from typing import IO

import pyoxigraph as ox

from testimonia.core.namespaces import PREFIXES, TERM, expand
from testimonia.export.source import ExportSource, Writer
from testimonia.export.turtle import Shortener, write_blocks
from testimonia.rdf.reading import get_value

_IN_SCHEME = ox.NamedNode(expand("skos:inScheme"))


def prepare_turtle(whole: ExportSource) -> Writer:
    """Return a writer of triples as Turtle; their graphs are lost, but follow from the IRIs of the subjects."""
    return _prepare(whole, "", "")


def prepare_trig(whole: ExportSource) -> Writer:
    """Return a writer of quads as TriG."""
    return _prepare(whole, "\n{}{{\n", "}\n")


def _prepare(whole: ExportSource, opening: str, closing: str) -> Writer:
    shortener = Shortener(list_prefixes(whole), whole.base)

    def write(source: ExportSource, stream: IO[bytes]) -> None:
        stream.write(shortener.head.encode())
        for part in source.read_parts():
            name = f"{shortener.write(ox.NamedNode(part.name))} " if part.name else ""
            stream.write(opening.format(name).encode())
            stream.writelines(f"\n{block}".encode() for block in write_blocks(part.quads, shortener))
            stream.write(closing.encode())

    return write


def prepare_nquads(_: ExportSource) -> Writer:
    """Return a writer of quads as N-Quads, sorted within each graph."""

    def write(source: ExportSource, stream: IO[bytes]) -> None:
        for part in source.scan_parts():
            lines = sorted(f"{quad} .\n" for quad in part.quads)
            stream.write("".join(lines).encode())

    return write


def list_prefixes(source: ExportSource) -> dict[str, str]:
    """Return prefix → namespace: of the vocabularies, of entities and dates, and of each concept scheme there."""
    own = {name: f"{source.base}{name}/" for name in ("id", "date")} if source.base else {}
    return PREFIXES | {name: f"{TERM}{name}/" for name in sorted(_find_schemes(source))} | own


def _find_schemes(source: ExportSource) -> set[str]:
    """Return the names of the concept schemes in the vocabulary of a data set."""
    vocabulary = source.read_graph("vocabulary")
    iris = {get_value(quad.object) for quad in vocabulary if quad.predicate == _IN_SCHEME}
    return {iri.removeprefix(TERM) for iri in iris if iri.startswith(TERM)}

"""Named graphs as N-Triples, with a digest that is the same for equal graphs here and on a server.

A server may normalise literals (`1.10` to `1.1`, `xsd:nonNegativeInteger` to `xsd:integer`) and returns triples in any
order. So both sides are loaded into a pyoxigraph store, and the digest is over its sorted triples.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.errors import RemoteError, TestimoniaError
from testimonia.core.iris import belongs, find_base
from testimonia.rdf.graph_folder import read_graphs


@dataclass(frozen=True, slots=True)
class Measure:
    """Number and SHA-256 of the triples of a graph; equal for graphs with the same content."""

    triples: int
    digest: str


@dataclass(frozen=True, slots=True)
class Portion:
    """One named graph: its N-Triples in UTF-8, as in the files, and their measure."""

    content: bytes
    measure: Measure


def read_portions(folder: Path) -> tuple[str, dict[str, Portion]]:
    """Read the base IRI of the data set in a folder, and its graphs by their IRIs, sorted.

    InputError when the folder has no graph or a damaged one. TestimoniaError when a graph's name does not belong to the
    data set: on the server it could not be told from graphs of others.
    """
    _, sizes, _ = read_graphs(folder)
    base = find_base(sizes)
    foreign = sorted(name for name in sizes if not base or not belongs(name, base))
    if foreign:
        expected = f"{base or 'https://…/'}graph/… (entities, dates, vocabulary, dataset, interview/…)"
        raise TestimoniaError(f"{folder.name}/: a graph is called <{foreign[0]}>; expected {expected}")
    lines: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.nq")):
        for quad in ox.parse(path=path, format=ox.RdfFormat.N_QUADS):
            if not isinstance(quad.graph_name, ox.NamedNode):
                raise TestimoniaError(f"{folder.name}/{path.name}: a triple is in no named graph; expected one")
            lines[quad.graph_name.value].append(f"{quad.triple} .\n")
    contents = {name: "".join(lines[name]).encode() for name in sorted(lines)}
    return base, {name: Portion(content, measure_triples(content)) for name, content in contents.items()}


def measure_triples(content: bytes) -> Measure:
    """Return the measure of N-Triples; RemoteError when they do not parse.

    >>> one = b'<x:a> <x:b> "1.10"^^<http://www.w3.org/2001/XMLSchema#decimal> .'
    >>> measure_triples(one) == measure_triples(one.replace(b"1.10", b"1.1"))
    True
    """
    store = ox.Store()
    try:
        store.bulk_load(content, ox.RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise RemoteError(f"the server's answer does not parse as N-Triples ({error.msg})") from error
    lines = sorted(str(quad.triple) for quad in store)
    return Measure(len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest())

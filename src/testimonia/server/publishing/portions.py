"""Portions: a folder of N-Quads in, each named graph as N-Triples with the digest of what it says out.

A server may write a literal anew (`1.10` as `1.1`, an `xsd:nonNegativeInteger` as an `xsd:integer`) and gives triples
in any order. So a digest is of the sorted triples as a store in memory writes them, whoever they come from.
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
    """What two graphs have in common that say the same: the number of triples, and their SHA-256."""

    triples: int
    digest: str


@dataclass(frozen=True, slots=True)
class Portion:
    """One named graph: N-Triples in UTF-8, as the files have them, and the measure of what they say."""

    content: bytes
    measure: Measure


def read_portions(folder: Path) -> tuple[str, dict[str, Portion]]:
    """Return the base IRI of the data set in a folder, and its graphs by their IRIs, sorted.

    InputError when the folder has no graph, or one that is damaged; TestimoniaError when it has graphs that are not
    named as those of one data set are: they could not be told from other people's on the server.
    """
    _, sizes, _ = read_graphs(folder)
    base = find_base(sizes)
    strangers = sorted(name for name in sizes if not base or not belongs(name, base))
    if strangers:
        expected = f"{base or 'https://…/'}graph/… (entities, dates, vocabulary, dataset, interview/…)"
        raise TestimoniaError(f"{folder.name}/: a graph is called <{strangers[0]}>; expected {expected}")
    lines: dict[str, list[str]] = defaultdict(list)
    for path in sorted(folder.rglob("*.nq")):
        for quad in ox.parse(path=path, format=ox.RdfFormat.N_QUADS):
            if not isinstance(quad.graph_name, ox.NamedNode):
                raise TestimoniaError(f"{folder.name}/{path.name}: a triple stands in no named graph; expected one")
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
        raise RemoteError(f"what the server calls N-Triples does not parse ({error.msg})") from error
    lines = sorted(str(quad.triple) for quad in store)
    return Measure(len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest())

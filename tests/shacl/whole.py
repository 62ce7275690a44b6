"""Whole graphs checked by rudof in one piece, which checking in parts is compared with."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from testimonia.core.findings import Finding
from testimonia.rdf.triples import TripleIndex, parse_triples, write_triples
from testimonia.shacl.rudof import RudofSession


def check_files(data: Sequence[Path], shapes: Sequence[Path]) -> list[Finding]:
    """Return what shapes find wrong with the triples of all data files together, as `shacl.check_graph` does.

    Files are N-Quads (named graphs are merged), N-Triples or Turtle; `data` must hold the ontology's `rdfs:subClassOf`.
    """
    with tempfile.TemporaryDirectory() as folder:
        session = RudofSession(TripleIndex(parse_triples(shapes)), Path(folder))
        merged = Path(folder, "data.nt")
        write_triples(parse_triples(data), merged)
        return session.check(merged)

"""Foreign data as a workspace keeps them."""

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

BASE = "https://example.org/lantern/"


@pytest.fixture(scope="session")
def write_source() -> Callable[[bytes, Path], Path]:
    """Write Turtle as sorted N-Quads in one graph, blank nodes with IRIs."""
    return write


def write(content: bytes, path: Path) -> Path:
    """Write Turtle as a workspace keeps it: sorted N-Quads, blank nodes with IRIs."""
    graph = ox.NamedNode(f"{BASE}merged/lib")

    def name(term: object) -> ox.NamedNode | ox.Literal:
        if isinstance(term, ox.BlankNode):
            return ox.NamedNode(f"{BASE}merged/lib/node/{term.value}")
        assert isinstance(term, ox.NamedNode | ox.Literal)
        return term

    quads = ox.parse(content, format=ox.RdfFormat.TURTLE)
    lines = []
    for quad in quads:
        subject = name(quad.subject)
        assert isinstance(subject, ox.NamedNode)
        lines.append(f"{ox.Quad(subject, quad.predicate, name(quad.object), graph)} .\n")
    path.write_text("".join(sorted(lines)), "utf-8")
    return path

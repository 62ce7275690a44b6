"""Canonical labels for a component of blank nodes, the same however its labels were written.

Source: RDF Dataset Canonicalization (RDFC-1.0), W3C Recommendation of 21 May 2024, as pyoxigraph implements it.
"""

import hashlib

import pyoxigraph as ox

from testimonia.sources.bnode_components import Knot, split_line

_ONLY = "_:c14n0"


def label_knot(knot: Knot) -> list[str]:
    """Return the lines of a knot with the labels of RDFC-1.0, sorted. There is no bound: the caller has to set one.

    >>> label_knot(Knot(1, ['_:x <x:b> "d"', "_:x <x:b> <x:c>"]))
    ['_:c14n0 <x:b> "d"', '_:c14n0 <x:b> <x:c>']
    >>> label_knot(Knot(2, ['_:x <x:b> _:y', '_:y <x:c> "d"']))
    ['_:c14n0 <x:c> "d"', '_:c14n1 <x:b> _:c14n0']
    """
    if knot.nodes == 1:
        lines = [" ".join(_ONLY if term.startswith("_:") else term for term in _cut(line)) for line in knot.lines]
        return sorted(lines, key=_end)
    quads = ox.Dataset(ox.parse("".join(f"{line} .\n" for line in knot.lines), format=ox.RdfFormat.N_QUADS))
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, quads), key=_end)


def digest_lines(lines: list[str]) -> str:
    """Return the SHA-256 of labelled lines as a document of canonical N-Quads.

    >>> digest_lines(['_:c14n0 <x:b> "d"'])[:8]
    '866ce5bf'
    """
    return hashlib.sha256("".join(f"{line} .\n" for line in lines).encode()).hexdigest()


def name_node(digest: str, occurrence: int, label: str) -> str:
    """Return the name of a blank node, 32 hexadecimal digits.

    `digest` is that of its knot's lines; `occurrence` tells apart knots that say exactly the same (0, 1, …): they are
    as many in our copy as in the source, since nobody says that they are one.

    >>> name_node("85a8", 0, "_:c14n0") == name_node("85a8", 1, "_:c14n0")
    False
    """
    return hashlib.sha256(f"{digest} {occurrence} {label}".encode()).hexdigest()[:32]


def _cut(line: str) -> list[str]:
    return [term for term in split_line(line) if term]


def _end(line: str) -> str:
    """Return a line with its end, which counts when lines are sorted."""
    return f"{line} ."

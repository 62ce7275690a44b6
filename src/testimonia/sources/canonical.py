"""Canonical labels for a component of blank nodes, the same however its labels were written.

Source: RDF Dataset Canonicalization (RDFC-1.0), W3C Recommendation of 21 May 2024, as pyoxigraph implements it.
"""

import hashlib

import pyoxigraph as ox

from testimonia.sources.bnode_components import Component, split_line

_ONLY = "_:c14n0"


def label_component(component: Component) -> list[str]:
    """Return the lines of a component with the labels of RDFC-1.0, sorted; the caller has to limit the time.

    >>> label_component(Component(1, ['_:x <x:b> "d"', "_:x <x:b> <x:c>"]))
    ['_:c14n0 <x:b> "d"', '_:c14n0 <x:b> <x:c>']
    >>> label_component(Component(2, ['_:x <x:b> _:y', '_:y <x:c> "d"']))
    ['_:c14n0 <x:c> "d"', '_:c14n1 <x:b> _:c14n0']
    """
    if component.nodes == 1:  # most components; no algorithm is needed
        return sorted(map(_label_only, component.lines), key=_end)
    quads = ox.Dataset(ox.parse(_join(component.lines), format=ox.RdfFormat.N_QUADS))
    quads.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(map(str, quads), key=_end)


def digest_lines(lines: list[str]) -> str:
    """Return the SHA-256 of labelled lines as a document of canonical N-Quads.

    >>> digest_lines(['_:c14n0 <x:b> "d"'])[:8]
    '866ce5bf'
    """
    return hashlib.sha256(_join(lines).encode()).hexdigest()


def name_node(digest: str, occurrence: int, label: str) -> str:
    """Return the name of a blank node, 32 hexadecimal digits.

    `digest` is that of its component's lines; `occurrence` (0, 1, …) tells equal components apart: our copy has as many
    as the source, since nobody says that they are one.

    >>> name_node("85a8", 0, "_:c14n0") == name_node("85a8", 1, "_:c14n0")
    False
    """
    return hashlib.sha256(f"{digest} {occurrence} {label}".encode()).hexdigest()[:32]


def _label_only(line: str) -> str:
    """Return a line with the label of the first blank node for each that it mentions."""
    return " ".join(_ONLY if term.startswith("_:") else term for term in split_line(line) if term)


def _join(lines: list[str]) -> str:
    return "".join(f"{line} .\n" for line in lines)


def _end(line: str) -> str:
    """Return a line with its end, which counts when lines are sorted."""
    return f"{line} ."

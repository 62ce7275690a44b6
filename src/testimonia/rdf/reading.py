"""Reading Turtle and N-Quads, with every file that does not parse named at once."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.record import Position

N = TypeVar("N")


def read_turtle(paths: Iterable[Path], name: Callable[[Path], str]) -> list[ox.Triple]:
    """Return the triples of Turtle files in the order of the files; `name` gives a path as it is printed.

    InputError lists every file that does not parse, with line and column.
    """
    return read_turtles([paths], name)[0]


def read_turtles(groups: Iterable[Iterable[Path]], name: Callable[[Path], str]) -> list[list[ox.Triple]]:
    """Return the triples of several groups of Turtle files, as `read_turtle` does; InputError over all of them."""
    found: list[list[ox.Triple]] = []
    findings: list[Finding] = []
    for paths in groups:
        triples: list[ox.Triple] = []
        for path in paths:
            try:
                triples += [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
            except SyntaxError as error:
                got = f"not Turtle: {error.msg}"
                findings.append(
                    Finding.at(Position(name(path), error.lineno or 0, error.offset or 0), "not-rdf", found=got)
                )
        found.append(triples)
    if findings:
        raise InputError(findings)
    return found


def get_value(term: object) -> str:
    """Return the IRI of a node or the text of a literal; "" for a blank node or a quoted triple.

    >>> get_value(ox.NamedNode("https://example.org/x")), get_value(ox.Literal("a")), get_value(ox.BlankNode("b"))
    ('https://example.org/x', 'a', '')
    """
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def climb(start: Iterable[N], above: Callable[[N], Iterable[N]]) -> set[N]:
    """Return nodes and all that stand above them; `above` gives those right above one. A cycle is walked once.

    >>> sorted(climb(["a"], {"a": ["b"], "b": ["c", "a"], "c": []}.__getitem__))
    ['a', 'b', 'c']
    """
    found, waiting = set[N](), list(start)
    while waiting:
        if (current := waiting.pop()) not in found:
            found.add(current)
            waiting += above(current)
    return found

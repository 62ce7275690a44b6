"""Reading Turtle files, and the values and ancestors of nodes in what was read."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding
from testimonia.core.record import Position

N = TypeVar("N")


def read_turtle(paths: Iterable[Path], name: Callable[[Path], str]) -> list[ox.Triple]:
    """Read the triples of Turtle files in the order of the files; `name` returns a path as messages show it.

    InputError lists every file that does not parse, with line and column.
    """
    return read_turtles([paths], name)[0]


def read_turtles(groups: Iterable[Iterable[Path]], name: Callable[[Path], str]) -> list[list[ox.Triple]]:
    """Read several groups of Turtle files as `read_turtle` does; one InputError covers all of them."""
    found: list[list[ox.Triple]] = []
    findings: list[Finding] = []
    for paths in groups:
        triples: list[ox.Triple] = []
        for path in paths:
            try:
                triples += [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
            except SyntaxError as error:
                findings.append(report_syntax(name(path), error, "Turtle"))
        found.append(triples)
    if findings:
        raise InputError(findings)
    return found


def report_syntax(name: str, error: SyntaxError, syntax: str, fix: str | None = None) -> Finding:
    """Return the finding that a file does not parse, at the line and column that pyoxigraph gives."""
    where = Position(name, error.lineno or 0, error.offset or 0)
    return Finding.at(where, "not-rdf", found=f"not {syntax}: {error.msg}", fix=fix)


def get_value(term: object) -> str:
    """Return the IRI of a node or the text of a literal; "" for a blank node or a quoted triple.

    >>> get_value(ox.NamedNode("https://example.org/x")), get_value(ox.Literal("a")), get_value(ox.BlankNode("b"))
    ('https://example.org/x', 'a', '')
    """
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""


def climb(start: Iterable[N], above: Callable[[N], Iterable[N]]) -> set[N]:
    """Return nodes and all their ancestors; `above` returns the parents of one. Cycles are allowed.

    >>> sorted(climb(["a"], {"a": ["b"], "b": ["c", "a"], "c": []}.__getitem__))
    ['a', 'b', 'c']
    """
    found, waiting = set[N](), list(start)
    while waiting:
        if (current := waiting.pop()) not in found:
            found.add(current)
            waiting += above(current)
    return found

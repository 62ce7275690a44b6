r"""Connected components of the blank nodes of a file, found by union-find.

Two blank nodes are connected when one quad mentions both, as subject, object or graph. A component is the smallest
piece whose blank nodes can be named without regard to the rest, so an edit elsewhere in the file changes none of its
names. Quads are kept on disk; only the labels are in memory.

A line is an N-Quads line without its end: `subject predicate object graph`, the graph left out for the default graph.
"""

from array import array
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from testimonia.sources.external_sort import ExternalSort


class QuadTerms(NamedTuple):
    """The terms of a line as written; `graph` is "" for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


class Component(NamedTuple):
    """The number of blank nodes of a component, and the lines that mention them."""

    nodes: int
    lines: list[str]


def split_line(line: str) -> QuadTerms:
    r"""Return the terms of a line.

    >>> split_line('_:a <x:b> "c <x:d>"')
    QuadTerms(subject='_:a', predicate='<x:b>', object='"c <x:d>"', graph='')
    >>> split_line('_:a <x:b> "c"@en _:g').graph
    '_:g'
    """
    subject, predicate, rest = line.split(" ", 2)
    value, space, graph = rest.rpartition(" ")
    if space and graph.startswith(("<", "_:")) and '"' not in graph:
        return QuadTerms(subject, predicate, value, graph)
    return QuadTerms(subject, predicate, rest, "")


class Components:
    """Collects lines with blank nodes, kept in `folder`, and splits them into components."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers: dict[str, int] = {}
        self._above = array("q")
        self._path = folder / "waiting"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")

    def add(self, line: str) -> bool:
        """Add a line if it mentions blank nodes; tell whether it does."""
        terms = split_line(line)
        nodes = [self._number(term) for term in (terms.subject, terms.object, terms.graph) if term.startswith("_:")]
        for other in nodes[1:]:
            self._above[self._find(other)] = self._find(nodes[0])
        if nodes:
            self._file.write(f"{nodes[0]} {line}\n")
        return bool(nodes)

    def split(self) -> Iterator[Component]:
        """Yield all components, each with its lines; once only."""
        self._file.close()
        sizes = array("q", bytes(8 * len(self._above)))
        for number in range(len(self._above)):
            sizes[self._find(number)] += 1
        self._numbers.clear()
        by_root = ExternalSort(self._folder)
        with self._path.open(encoding="utf-8", newline="\n") as file:
            for waiting in file:
                written, _, line = waiting.rstrip("\n").partition(" ")
                by_root.add(f"{self._find(int(written))} {line}")
        self._path.unlink()
        for root, lines in groupby(by_root.merge(), key=lambda line: line.partition(" ")[0]):
            yield Component(sizes[int(root)], [line.partition(" ")[2] for line in lines])

    def _number(self, label: str) -> int:
        """Return the number of a blank node."""
        number = self._numbers.setdefault(label, len(self._numbers))
        if number == len(self._above):
            self._above.append(number)
        return number

    def _find(self, number: int) -> int:
        """Return the root of a node's component, with path halving."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

r"""Blank nodes of a file that hang together, component by component.

Two blank nodes hang together when one quad mentions both, as subject, object or graph. A knot is the smallest piece
that can be given names of its own, so that an edit elsewhere in the file leaves its names as they are. Quads wait on
disk; in memory there are the nodes alone.

A line is an N-Quads line without its end: `subject predicate object graph`, the graph left out for the default graph.
"""

from array import array
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from testimonia.sources.external_sort import Runs


class QuadTerms(NamedTuple):
    """The terms of a line as written; `graph` is "" for the default graph."""

    subject: str
    predicate: str
    object: str
    graph: str


class Knot(NamedTuple):
    """How many blank nodes hang together, and the lines that mention them."""

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


class Knots:
    """Quads with blank nodes, as they come; `folder` is where they wait."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers: dict[str, int] = {}
        self._above = array("q")
        self._path = folder / "waiting"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")

    def add(self, line: str) -> bool:
        """Take in a line if it mentions blank nodes, and tell whether it does."""
        terms = split_line(line)
        nodes = [self._number(term) for term in (terms.subject, terms.object, terms.graph) if term.startswith("_:")]
        for other in nodes[1:]:
            self._above[self._find(other)] = self._find(nodes[0])
        if nodes:
            self._file.write(f"{nodes[0]} {line}\n")
        return bool(nodes)

    def untie(self) -> Iterator[Knot]:
        """Yield all knots, each with its lines; once only."""
        self._file.close()
        sizes = array("q", bytes(8 * len(self._above)))
        for number in range(len(self._above)):
            sizes[self._find(number)] += 1
        self._numbers.clear()
        runs = Runs(self._folder)
        with self._path.open(encoding="utf-8", newline="\n") as file:
            for waiting in file:
                written, _, line = waiting.rstrip("\n").partition(" ")
                runs.add(f"{self._find(int(written))} {line}")
        self._path.unlink()
        for root, lines in groupby(runs.merge(), key=lambda line: line.partition(" ")[0]):
            yield Knot(sizes[int(root)], [line.partition(" ")[2] for line in lines])

    def _number(self, label: str) -> int:
        """Return the number of a blank node."""
        number = self._numbers.setdefault(label, len(self._numbers))
        if number == len(self._above):
            self._above.append(number)
        return number

    def _find(self, number: int) -> int:
        """Return the node that stands for all that hang together with one, halving the way there."""
        above = self._above
        while above[number] != number:
            above[number] = above[above[number]]
            number = above[number]
        return number

"""The program that copies a source in a process of its own, so that what kills it kills nothing else.

On standard input, the order: a JSON object in a line. On standard output a JSON object a line: which file is being
read, which knot of blank nodes is being told apart (what it was at when it was stopped), problems, and in the end the
counts.
The system stops it when a file or a knot takes too long, or when memory runs out.
Source: docs/decisions/0033-foreign-blank-nodes.md.
"""

import json
import os
import signal
import sys
import threading
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.core.iris import mint_copied_graph_iri, mint_copied_node_iri
from testimonia.core.process_limits import limit_memory
from testimonia.sources.bnode_components import Knot, Knots, split_line
from testimonia.sources.canonical import digest_lines, label_knot, name_node
from testimonia.sources.external_sort import Runs
from testimonia.sources.limits import MIB, SMALL_KNOT
from testimonia.sources.reading import read_quads
from testimonia.sources.tables.form import TableForm, read_form
from testimonia.sources.tables.rows import find_form

OUT_OF_MEMORY = 77
"""Exit code when memory ran out while Python asked for it."""
OUT_OF_ORDER = 78
"""Exit code when whoever gave the order is gone."""


def say(**facts: Any) -> None:
    """Say something to whoever gave the order."""
    print(json.dumps(facts), flush=True)


class Copy:
    """Our copy of a source (its IRI) as it grows: lines wait in `folder`; a knot may take so many `seconds`."""

    def __init__(self, source: str, folder: Path, seconds: float) -> None:
        self.source = source
        self.foreign: dict[str, str] = {}
        self._folder = folder
        self._seconds = seconds
        self._runs = Runs(folder)
        self._alike: Counter[str] = Counter()

    def add_file(self, path: Path, name: str, base: str | None, form: TableForm | None = None) -> None:
        """Take in a file. InputError when it cannot be used."""
        folder = self._folder / "knots"
        folder.mkdir(exist_ok=True)
        knots = Knots(folder)
        for quad in read_quads(path, name, base, form):
            line = str(quad)
            if "_:" in line and knots.add(line):
                continue
            if isinstance(quad.graph_name, ox.DefaultGraph):
                self._put(line, "")
            else:
                triple, _, graph = line.rpartition(" ")
                self._put(triple, graph[1:-1])
        for knot in knots.untie():
            self.add_knot(knot, name)

    def add_knot(self, knot: Knot, name: str) -> None:
        """Take in a knot of a file, its blank nodes named; a timer of the system stops one that takes too long."""
        if knot.nodes > SMALL_KNOT:
            say(knot=[knot.nodes, len(knot.lines)], name=name)
            signal.setitimer(signal.ITIMER_PROF, self._seconds)
        lines = label_knot(knot)
        signal.setitimer(signal.ITIMER_PROF, 0)
        digest = digest_lines(lines)
        occurrence = self._alike[digest]
        self._alike[digest] += 1

        def rename(term: str) -> str:
            if not term.startswith("_:"):
                return term
            return f"<{mint_copied_node_iri(self.source, name_node(digest, occurrence, term))}>"

        for line in lines:
            terms = split_line(line)
            triple = f"{rename(terms.subject)} {terms.predicate} {rename(terms.object)}"
            self._put(triple, rename(terms.graph)[1:-1])

    def write(self, path: Path) -> dict[str, int]:
        """Write the copy; give the triples of each of its graphs, by the IRI of the graph."""
        counts: Counter[str] = Counter()
        with path.open("w", encoding="utf-8", newline="\n") as file:
            if self.foreign:
                for line in self._runs.merge():
                    file.write(f"{line} .\n")
                    counts[line.rpartition(" ")[2][1:-1]] += 1
            else:
                for number, line in enumerate(self._runs.merge(), start=1):
                    file.write(f"{line} .\n")
                    counts[self.source] = number
            file.flush()
            os.fsync(file.fileno())
        return dict(counts)

    def _put(self, triple: str, graph: str) -> None:
        """Take in a triple of a graph of the source; "" is its default graph."""
        iri = self.source
        if graph:
            iri = mint_copied_graph_iri(self.source, graph)
            self.foreign[iri] = graph
        self._runs.add(f"{triple} <{iri}>")


def copy_files(order: dict[str, Any]) -> None:
    """Follow an order: copy the files from number `first` on, and write the copy when all could be used."""
    folder = Path(order["folder"])
    form = read_form(Path(order["context"]), order["context"]) if order["context"] else None
    copy, usable = Copy(order["source"], folder, order["knot_seconds"]), True
    for number in range(order["first"], len(order["files"])):
        path, name = map(str, order["files"][number])
        say(reading=number, name=name)
        is_table = form is not None and find_form(name) is not None  # read row by row, so time grows with rows alone
        signal.setitimer(signal.ITIMER_VIRTUAL, 0 if is_table else order["seconds"] + Path(path).stat().st_size / MIB)
        try:
            copy.add_file(Path(path), name, order["base"], form)
        except InputError as error:
            usable = False
            say(findings=[asdict(finding) for finding in error.findings])
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    if usable:
        graphs = copy.write(Path(order["data"]))
        say(graphs=graphs, foreign=copy.foreign)


def end_with_order() -> None:
    """End this process when whoever gave the order is gone: then nobody holds our standard input open any more."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(OUT_OF_ORDER)


def main() -> None:
    """Follow the order on standard input; what the system does when a limit is reached is told by how this ends."""
    order = json.loads(sys.stdin.readline())
    threading.Thread(target=end_with_order, daemon=True).start()
    limit_memory(order["memory"])
    try:
        copy_files(order)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    except OSError as error:
        say(failure=error.errno, name=error.strerror or str(error))


if __name__ == "__main__":
    main()

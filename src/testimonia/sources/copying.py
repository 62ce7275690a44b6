"""The program that copies a source in a process of its own, so that what kills it kills nothing else.

It reads one JSON object, the order, from standard input, and writes JSON lines: the file that it reads, the component
of blank nodes that it labels, findings, and at the end the counts. So the last line tells what it was doing when the
system stopped it, because a file or a component took too long or memory ran out.
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
from testimonia.sources.bnode_components import Component, Components, split_line
from testimonia.sources.canonical import digest_lines, label_component, name_node
from testimonia.sources.external_sort import ExternalSort
from testimonia.sources.limits import MIB, SMALL_COMPONENT
from testimonia.sources.reading import read_quads
from testimonia.sources.tables.form import TableForm, read_form
from testimonia.sources.tables.rows import find_form

OUT_OF_MEMORY = 77
"""Exit code when memory ran out while Python asked for it."""
OUT_OF_ORDER = 78
"""Exit code when whoever gave the order is gone."""


def say(**facts: Any) -> None:
    """Write a line to whoever gave the order."""
    print(json.dumps(facts), flush=True)


class Copy:
    """Our copy of a source (its IRI); its lines are kept in `folder`, and a component may take so many `seconds`."""

    def __init__(self, source: str, folder: Path, seconds: float) -> None:
        self.source = source
        self.foreign: dict[str, str] = {}
        self._folder = folder
        self._seconds = seconds
        self._lines = ExternalSort(folder)
        self._alike: Counter[str] = Counter()

    def add_file(self, path: Path, name: str, base: str | None, form: TableForm | None = None) -> None:
        """Add a file; InputError when it cannot be used."""
        folder = self._folder / "components"
        folder.mkdir(exist_ok=True)
        components = Components(folder)
        for quad in read_quads(path, name, base, form):
            line = str(quad)
            if "_:" in line and components.add(line):
                continue
            if isinstance(quad.graph_name, ox.DefaultGraph):
                self._put(line, "")
            else:
                triple, _, graph = line.rpartition(" ")
                self._put(triple, graph[1:-1])
        for component in components.split():
            self.add_component(component, name)

    def add_component(self, component: Component, name: str) -> None:
        """Add a component with its blank nodes named; a timer of the system stops one that takes too long."""
        if component.nodes > SMALL_COMPONENT:
            say(component=[component.nodes, len(component.lines)], name=name)
            signal.setitimer(signal.ITIMER_PROF, self._seconds)
        lines = label_component(component)
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
        """Write the copy; return the number of triples of each of its graphs, by the IRI of the graph."""
        counts: Counter[str] = Counter()
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for line in self._lines.merge():
                file.write(f"{line} .\n")
                counts[line.rpartition(" ")[2]] += 1
            file.flush()
            os.fsync(file.fileno())
        return {name[1:-1]: count for name, count in counts.items()}

    def _put(self, triple: str, graph: str) -> None:
        """Add a triple of a graph of the source; "" is its default graph."""
        iri = self.source
        if graph:
            iri = mint_copied_graph_iri(self.source, graph)
            self.foreign[iri] = graph
        self._lines.add(f"{triple} <{iri}>")


def copy_files(order: dict[str, Any]) -> None:
    """Copy the files of an order from number `first` on, and write the copy when all of them could be used."""
    folder = Path(order["folder"])
    form = read_form(Path(order["context"]), order["context"]) if order["context"] else None
    copy, usable = Copy(order["source"], folder, order["component_seconds"]), True
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
    """End this process when whoever gave the order is gone, and with it the other end of our standard input."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(OUT_OF_ORDER)


def main() -> None:
    """Carry out the order on standard input; the exit code tells which limit stopped it."""
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

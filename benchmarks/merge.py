"""Merge: a large source added and removed, ours beside a store of pyoxigraph on disk, and rdflib.

Run: .venv/bin/python benchmarks/merge.py [TRIPLES]. Prints seconds, those of the processor, and peak memory, each step
once, in a process of its own, and the ratios to ours. Ours keeps the original, gives blank nodes lasting IRIs, and
writes sorted N-Quads; the others load the file into a named graph and keep it on disk: the store as it does, rdflib as
N-Quads.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
from rdflib import Dataset
from rich.console import Console
from rich.table import Table

from testimonia.core.layout import Layout, find_model_root
from testimonia.sources.adding import add_source, remove_source
from testimonia.sources.source_options import SourceOptions

GRAPH = "https://example.org/merged/port"


class Run(NamedTuple):
    """How long a step took, how long it had a processor, and the most memory that it held."""

    seconds: float
    processor: float
    memory: int


def write_triples(number: int) -> Iterator[str]:
    """Give N-Triples of invented ships: of ten triples four mention a blank node, their berth."""
    x = "https://example.com/port/"
    for ship in range(number // 10):
        it, berth = f"<{x}ship/{ship}>", f"_:b{ship}"
        yield f"{it} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{x}Ship> .\n"
        yield f'{it} <http://www.w3.org/2000/01/rdf-schema#label> "Ship {ship} of Ostmark"@en .\n'
        yield f'{it} <{x}call-sign> "XZ{ship:07}" .\n'
        yield f'{it} <{x}built> "{1980 + ship % 60}"^^<http://www.w3.org/2001/XMLSchema#gYear> .\n'
        yield f"{it} <{x}owner> <{x}owner/{ship % 997}> .\n"
        yield f'{it} <{x}note> "Seen {ship % 13} times"@en .\n'
        yield f"{it} <{x}berth> {berth} .\n"
        yield f'{berth} <{x}quay> "{ship % 41}" .\n'
        yield f'{berth} <{x}place> "{ship % 613}" .\n'
        yield f"{berth} <{x}of> {it} .\n"


def add_ours(folder: Path) -> None:
    """Add the source to a workspace."""
    add_source(find_data_set(folder), folder / "workspace", SourceOptions("port", [folder / "port.nt"]))


def remove_ours(folder: Path) -> None:
    """Remove the source from the workspace."""
    remove_source(folder / "workspace", "port")


def add_store(folder: Path) -> None:
    """Load the file into a store on disk."""
    store = ox.Store(str(folder / "store"))
    store.bulk_load(path=str(folder / "port.nt"), to_graph=ox.NamedNode(GRAPH))
    store.flush()


def remove_store(folder: Path) -> None:
    """Remove the graph from the store."""
    store = ox.Store(str(folder / "store"))
    store.remove_graph(ox.NamedNode(GRAPH))
    store.flush()


def add_rdflib(folder: Path) -> None:
    """Parse the file, and write it as N-Quads."""
    data = Dataset()
    data.graph(GRAPH).parse(str(folder / "port.nt"), format="nt")
    data.serialize(str(folder / "rdflib.nq"), format="nquads")


def remove_rdflib(folder: Path) -> None:
    """Parse the N-Quads, remove the graph, and write what is left."""
    data = Dataset()
    data.parse(str(folder / "rdflib.nq"), format="nquads")
    data.remove_graph(GRAPH)
    data.serialize(str(folder / "rdflib.nq"), format="nquads")


STEPS: dict[str, dict[str, Callable[[Path], None]]] = {
    "add": {"Testimonia": add_ours, "pyoxigraph store": add_store, "rdflib": add_rdflib},
    "remove": {"Testimonia": remove_ours, "pyoxigraph store": remove_store, "rdflib": remove_rdflib},
}
"""Step → who does it, ours first → how. What else is done with a source has its line here, in the order it is done."""


def find_data_set(folder: Path) -> Layout:
    """Give a data set that has nothing but a base IRI."""
    settings = folder / "mappings" / "dataset.yaml"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text("base: https://example.org/\n", "utf-8")
    return Layout(folder, find_model_root())


def measure(step: str, who: str, folder: Path) -> Run:
    """Run a step in a process of its own."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, __file__, "--step", step, who, str(folder)])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{step} by {who} failed")
    return Run(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def write_cells(run: Run, ours: Run) -> Iterator[str]:
    """Give the cells of a run, each with its ratio to that of ours."""
    for value, own, unit, digits in zip(run, ours, (1, 1, 2**20), (2, 2, 0), strict=True):
        yield f"{value / unit:,.{digits}f}"
        yield f"{value / own:,.1f}"


def main(triples: int) -> None:
    """Print the table for a source of so many triples."""
    folder = Path(tempfile.mkdtemp(prefix="testimonia-merge-"))
    try:
        with (folder / "port.nt").open("w", encoding="utf-8") as file:
            file.writelines(write_triples(triples))
        size = (folder / "port.nt").stat().st_size / 2**20
        table = Table(title=f"{triples:,} triples of others (N-Triples, {size:.0f} MiB)")
        for name in ("", "", "seconds", "× ours", "processor", "× ours", "peak MiB", "× ours"):
            table.add_column(name, justify="right" if name else "left")
        for step, workers in STEPS.items():
            runs = {who: measure(step, who, folder) for who in workers}
            ours = next(iter(runs.values()))
            for who, run in runs.items():
                table.add_row(step, who, *write_cells(run, ours))
        Console().print(table)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        STEPS[sys.argv[2]][sys.argv[3]](Path(sys.argv[4]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)

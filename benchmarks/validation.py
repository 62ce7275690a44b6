"""Validation: the program's (rudof, part by part, on all cores) beside the pySHACL command line and rudof in one piece.

Run: .venv/bin/python benchmarks/validation.py [TRIPLES …] [--without pyshacl|rudof …]. Prints seconds, processor time
and peak memory of all processes together, and ratios to ours, for 10,000 and 100,000 triples unless sizes are named. At
1,000,000 pySHACL takes many minutes and rudof in one piece many gigabytes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from generator import write_made_graph  # type: ignore[import-not-found]
from rich.console import Console
from rich.table import Table

from testimonia.core.layout import find_layout

OURS = """
import sys
from pathlib import Path
from testimonia.validation.partitions import check_partitions
if __name__ == "__main__":
    print(len(check_partitions(Path(sys.argv[1]), Path(sys.argv[2]))))
"""
WHOLE = """
import sys
from pathlib import Path
from testimonia.validation.rudof import check_files
print(len(check_files([Path(sys.argv[1])], [Path(sys.argv[2])])))
"""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """One run: seconds, processor seconds and peak megabytes of the process and all below it, findings."""

    seconds: float
    processor: float
    megabytes: float
    findings: int


def run(command: list[str]) -> Run:
    """Run a program and watch it and the processes that it starts, twenty times a second."""
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output)
        used: dict[int, float] = {}
        peak = 0.0
        while process.poll() is None:
            tree = find_tree(process.pid)
            used |= {pid: ticks for pid, (ticks, _) in tree.items()}
            peak = max(peak, sum(size for _, size in tree.values()))
            time.sleep(0.05)
        seconds = time.perf_counter() - began
        if process.returncode not in {0, 1}:
            raise SystemExit(f"{command[0]} ended with {process.returncode}")
        output.seek(0)
        text = output.read()
    findings = text.count("Constraint Violation in") if "Validation Report" in text else int(text)
    return Run(seconds, sum(used.values()), peak, findings)


def find_tree(root: int) -> dict[int, tuple[float, float]]:
    """Give processor seconds and proportional megabytes of a process and all that it and its children started."""
    parents, found = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(folder.name)] = int(fields[1])
            found[int(folder.name)] = (int(fields[11]) + int(fields[12])) / TICK
    tree = {root}
    while more := {pid for pid, parent in parents.items() if parent in tree} - tree:
        tree |= more
    return {pid: (found[pid], read_memory(pid)) for pid in tree if pid in found}


def read_memory(pid: int) -> float:
    """Give the megabytes of a process, what it shares with others counted by its share; 0 when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def measure(triples: int, without: set[str]) -> None:
    """Print the table of one size."""
    shapes = find_layout(Path(__file__).parent).shapes
    with tempfile.TemporaryDirectory(prefix="testimonia-") as work:
        graph, merged, written = Path(work, "graph"), Path(work, "graph.nt"), Path(work, "shapes.ttl")
        count = write_made_graph(graph, triples, faults=max(10, triples // 9000))
        with merged.open("wb") as file:
            paths = sorted(graph.rglob("*.nq"))
            quads = (quad.triple for path in paths for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS))
            ox.serialize(quads, file, format=ox.RdfFormat.N_TRIPLES)
        written.write_text("".join(path.read_text("utf-8") for path in sorted(shapes.glob("*.ttl"))), "utf-8")
        script = Path(work, "ours.py")
        script.write_text(OURS)
        rows = {"Testimonia": run([sys.executable, str(script), str(graph), str(shapes)])}
        if "rudof" not in without:
            rows["rudof, one piece"] = run([sys.executable, "-c", WHOLE, str(merged), str(written)])
        if "pyshacl" not in without:
            command = [sys.executable, "-m", "pyshacl", "-s", str(written), "-df", "nt", str(merged)]
            rows["pySHACL"] = run(command)
    table = Table(title=f"{count:,} triples, {os.cpu_count()} cores")
    for name in ("", "seconds", "× ours", "processor s", "× ours", "peak MB", "× ours", "findings"):
        table.add_column(name, justify="left" if not name else "right")
    ours = rows["Testimonia"]
    for name, row in rows.items():
        table.add_row(
            name,
            f"{row.seconds:.1f}",
            f"{row.seconds / ours.seconds:.1f}",
            f"{row.processor:.1f}",
            f"{row.processor / ours.processor:.1f}",
            f"{row.megabytes:,.0f}",
            f"{row.megabytes / ours.megabytes:.1f}",
            str(row.findings),
        )
    Console(width=110).print(table)


def main() -> None:
    """Read the command line and print a table for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("triples", nargs="*", type=int, default=[10_000, 100_000], help="how many triples")
    parser.add_argument("--without", nargs="*", choices=["pyshacl", "rudof"], default=[], help="peers to leave out")
    arguments = parser.parse_args()
    for triples in arguments.triples:
        measure(triples, set(arguments.without))


if __name__ == "__main__":
    main()

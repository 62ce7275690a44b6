"""Exports: every form of graph/ and of an invented graph of a million triples, beside rdflib and bare pyoxigraph.

Run: .venv/bin/python benchmarks/exports.py [TRIPLES …]. Each line is a process of its own, from the files to the file,
with the seconds that it took and the most memory that it held; rdflib writes all its forms in one, as it takes so long
to read. A form that a library does not have is left out.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from generator import write_made_graph  # type: ignore[import-not-found]

from testimonia.core.layout import find_layout

HERE = Path(__file__).resolve()
RDFLIB = {"turtle": "turtle", "trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}
OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
}
FORMS = ("turtle", "trig", "nquads", "jsonld", "csv", "annotations", "nanopub")


def write_ours(folder: Path, form: str, out: Path) -> dict[str, float]:
    from testimonia.export.forms import write_export  # noqa: PLC0415  (its import is part of the time)
    from testimonia.export.source import read_source  # noqa: PLC0415

    return {form: measure(lambda: write_export(read_source(folder), form, str(out / "ours")))}


def write_oxigraph(folder: Path, form: str, out: Path) -> dict[str, float]:
    def write() -> None:
        quads = (quad for path in sorted(folder.rglob("*.nq")) for quad in ox.parse(path=path))
        ox.serialize((q.triple for q in quads) if form == "turtle" else quads, out / "bare", OXIGRAPH[form])

    return {form: measure(write)}


def write_rdflib(folder: Path, _: str, out: Path) -> dict[str, float]:
    import rdflib  # noqa: PLC0415

    dataset = rdflib.Dataset(default_union=True)

    def read() -> None:
        for path in sorted(folder.rglob("*.nq")):
            dataset.parse(path, format="nquads")

    took = measure(read)
    return {
        form: took + measure(lambda: dataset.serialize(out / form, format=name))  # noqa: B023  (called at once)
        for form, name in RDFLIB.items()
    }


WRITERS: dict[str, Callable[[Path, str, Path], dict[str, float]]] = {
    "ours": write_ours,
    "pyoxigraph": write_oxigraph,
    "rdflib": write_rdflib,
}


def measure(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def start(who: str, folder: Path, form: str) -> dict[str, tuple[float, int]]:
    """Run a writer in a process of its own; gives seconds and megabytes by form."""
    with tempfile.TemporaryDirectory() as out:
        done = subprocess.run(
            [sys.executable, str(HERE), "--child", who, str(folder), form, out],
            capture_output=True,
            text=True,
            check=True,
        )
    lines = (line.split() for line in done.stdout.splitlines())
    return {name: (float(seconds), int(megabytes)) for name, seconds, megabytes in lines}


def run_child(who: str, folder: str, form: str, out: str) -> None:
    found = WRITERS[who](Path(folder), form, Path(out))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    for name, seconds in found.items():
        print(name, seconds, peak)


def print_table(folder: Path, triples: int) -> None:
    print(f"\n{triples:,} triples\n")
    print("| form | ours | memory | pyoxigraph | rdflib | memory | rdflib ÷ ours |\n|---|---|---|---|---|---|---|")
    theirs = start("rdflib", folder, "")
    for form in FORMS:
        seconds, peak = start("ours", folder, form)[form]
        bare = f"{start('pyoxigraph', folder, form)[form][0]:.1f} s" if form in OXIGRAPH else "–"
        slow, large = theirs.get(form, (0.0, 0))
        peer = f"{slow:.1f} s | {large} MB | {slow / seconds:.1f}" if slow else "– | – | –"
        print(f"| {form} | {seconds:.1f} s | {peak} MB | {bare} | {peer} |", flush=True)


def main(sizes: list[int]) -> None:
    graph = find_layout(HERE.parent).graph
    print_table(graph, sum(1 for path in graph.rglob("*.nq") for _ in path.open("rb")))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            print_table(Path(folder), write_made_graph(Path(folder), size))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        run_child(*sys.argv[2:])
    else:
        main([int(argument) for argument in sys.argv[1:]] or [1_000_000])

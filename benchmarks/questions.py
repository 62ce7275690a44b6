"""Questions: each saved one, ours end to end beside the same bound query on a bare pyoxigraph store and in rdflib.

Run: .venv/bin/python benchmarks/questions.py [TRIPLES] [--limit SECONDS] [--only SLUG …]. Asks graph/, or so many
triples varied from it (benchmarks/generator.py). Prints processor seconds, the mean of several runs, with ratios and
their medians. rdflib is given one plain graph, and stopped after so many seconds a question: such ratios are at least
what they say. Then the seconds of `testimonia ask` as a process, from cold to its answer.
"""

import argparse
import gc
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import rdflib
from generator import BASE, write_varied_graph  # type: ignore[import-not-found]
from rich.console import Console
from rich.table import Table

from testimonia.core.layout import find_layout
from testimonia.questions.asking import ask_question, bind_question, use_store
from testimonia.questions.question import ANY, Question
from testimonia.questions.reading import read_questions
from testimonia.questions.values import find_values
from testimonia.rdf.short_names import Naming, read_naming
from testimonia.rdf.store import read_store

LAYOUT = find_layout(Path(__file__).parent)
COLD = 7


class Stopped(BaseException):
    """A query that took too long; no Exception, after which rdflib goes on."""


@dataclass(frozen=True)
class Result:
    """A question: how many rows it has, and the seconds of ours, of the bare store and of rdflib."""

    slug: str
    rows: int
    ours: float
    bare: float
    rdflib: float
    stopped: bool


def measure(work: Callable[[], object]) -> float:
    """Give processor seconds: the mean of as many runs as take a fifth of a second, of three at the least."""
    began, runs = time.process_time(), 0
    while runs < 3 or time.process_time() - began < 0.2:
        work()
        runs += 1
        if time.process_time() - began > 3:
            break
    return (time.process_time() - began) / runs


def measure_rdflib(graph: rdflib.Graph, text: str, limit: float) -> tuple[float, bool]:
    """Give the processor seconds of rdflib, and whether it was stopped."""

    def stop(*_: object) -> None:
        raise Stopped

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, limit, 5)  # once more, where it is swallowed
    began = time.process_time()
    try:
        list(graph.query(text))
        signal.setitimer(signal.ITIMER_PROF, 0)
    except Stopped:
        signal.setitimer(signal.ITIMER_PROF, 0)
        return limit, True
    return time.process_time() - began, False


def choose_values(question: Question, naming: Naming, store: ox.Store) -> dict[str, str]:
    """Give the usual values of a question; of varied data the first of those that its own data has, where need be."""
    values = {}
    for name, parameter in question.parameters.items():
        known = find_values(parameter, naming, use_store(store)) if parameter.usual != ANY else []
        first = f"{parameter.usual}-0"
        values[name] = first if first in known else parameter.usual
    return values


def measure_all(folder: Path, naming: Naming, limit: float, only: list[str]) -> list[Result]:
    """Give the result of each question."""
    store, graph = read_store(folder), rdflib.Graph()
    if limit:
        with tempfile.NamedTemporaryFile(suffix=".nt") as whole:
            ox.serialize((quad.triple for quad in store), whole.name, format=ox.RdfFormat.N_TRIPLES)
            graph.parse(whole.name, format="nt")
        gc.freeze()  # else each collection goes through rdflib's millions of objects, in the time of the others
    results = []
    questions = read_questions(LAYOUT)
    for slug in only or questions:
        question = questions[slug]
        values = choose_values(question, naming, store)
        text = bind_question(question, values, naming)
        rows = len(ask_question(question, values, naming, use_store(store)).rows)

        def ask(question: Question = question, values: dict[str, str] = values) -> object:
            return ask_question(question, values, naming, use_store(store))

        def query(text: str = text) -> object:
            results = store.query(text, use_default_graph_as_union=True)
            assert isinstance(results, ox.QuerySolutions)
            return [tuple(row) for row in results]

        slow, stopped = measure_rdflib(graph, text, limit) if limit else (0.0, True)
        results.append(Result(slug, rows, measure(ask), measure(query), slow, stopped))
        print(results[-1], file=sys.stderr, flush=True)
    return results


def measure_cold() -> str:
    """Say how long `testimonia ask` takes as a process, in seconds of the clock and of the processor."""
    program = [str(Path(sys.executable).parent / "testimonia"), "ask", "corroborated"]
    clock, processor = [], []
    for _ in range(COLD):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(program, cwd=LAYOUT.root, check=True, capture_output=True)
        clock.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return (
        f"testimonia ask corroborated, from cold, median of {COLD}: {statistics.median(clock):.2f} s "
        f"({min(clock):.2f} at best), {statistics.median(processor):.2f} s of the processor; "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )


def print_table(results: list[Result], triples: int, limit: float) -> None:
    """Print a line for each question, then the medians."""
    table = Table(title=f"{len(results)} questions over {triples:,} triples, seconds of the processor")
    for name in ("question", "rows", "ours", "bare", "ours ÷ bare", "rdflib", "rdflib ÷ ours"):
        table.add_column(name, justify="left" if name == "question" else "right")
    for r in results:
        sign = "> " if r.stopped else ""
        slow = [f"{sign}{r.rdflib:.2f}", f"{sign}{r.rdflib / r.ours:,.0f}"] if limit else ["", ""]
        table.add_row(r.slug, str(r.rows), f"{r.ours:.4f}", f"{r.bare:.4f}", f"{r.ours / r.bare:.2f}", *slow)
    own, other = (
        statistics.median(x) for x in zip(*((r.ours / r.bare, r.rdflib / r.ours) for r in results), strict=True)
    )
    ours, bare, slow_one = (
        statistics.median(x) for x in zip(*((r.ours, r.bare, r.rdflib) for r in results), strict=True)
    )
    table.add_section()
    last = [f"{slow_one:.2f}", f"{other:,.0f}"] if limit else ["", ""]
    table.add_row("median", "", f"{ours:.4f}", f"{bare:.4f}", f"{own:.2f}", *last)
    console = Console(width=110)
    console.print(table)
    empty, stopped = [r.slug for r in results if not r.rows], sum(r.stopped for r in results)
    if limit:
        console.print(f"rdflib was stopped after {limit:g} s in {stopped} of {len(results)} questions.")
    if empty:
        console.print(f"Without rows: {', '.join(empty)}.")


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("triples", nargs="?", type=int, default=0, help="how many triples; graph/ as it is, if 0")
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for rdflib and a question; 0: without it")
    parser.add_argument("--only", nargs="*", default=[], help="slugs")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="testimonia-") as work:
        folder, naming = LAYOUT.graph, read_naming(LAYOUT)
        if given.triples:
            folder, naming = Path(work), Naming(BASE)
            write_varied_graph(folder, given.triples)
        results = measure_all(folder, naming, given.limit, given.only)
        print_table(results, len(read_store(folder)), given.limit)
    print(measure_cold())


if __name__ == "__main__":
    main()

"""Mapping: JSON-LD documents to quads, ours (pyoxigraph, conservation check included) beside rdflib's parser.

Run: .venv/bin/python benchmarks/mapping.py [COPIES]. Prints seconds, triples a second and the ratio, best of three.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rdflib import Dataset
from rich.console import Console
from rich.table import Table

from testimonia.core.layout import find_layout
from testimonia.dataset.graph import write_documents
from testimonia.dataset.project import read_lock, read_project
from testimonia.mapping.quads import map_document


def measure(work: Callable[[], int]) -> tuple[float, int]:
    """Give the best time of three in seconds, and how many triples came out."""
    times = []
    triples = 0
    for _ in range(3):
        began = time.perf_counter()
        triples = work()
        times.append(time.perf_counter() - began)
    return min(times), triples


def main(copies: int) -> None:
    """Print the table for so many copies of the project's own documents."""
    project = read_project(find_layout(Path(__file__).parent))
    base = project.records.base
    documents: list[dict[str, Any]] = [
        json.loads(json.dumps(document).replace(f"{base}interview/", f"{base}interview/copy-{n}-"))
        for n in range(copies)
        for document in write_documents(project.records, read_lock(project.layout), project.vocabulary)
    ]

    def ours() -> int:
        return sum(len(map_document(document, base)) for document in documents)

    def rdflib() -> int:
        count = 0
        for document in documents:
            dataset = Dataset()
            dataset.parse(data=json.dumps(document), format="json-ld", publicID=base)
            count += len(dataset)
        return count

    rows = [("Testimonia (pyoxigraph)", *measure(ours)), ("rdflib", *measure(rdflib))]
    table = Table(title=f"{len(documents)} documents to quads")
    for name in ("", "seconds", "triples", "triples/s", "× ours"):
        table.add_column(name, justify="left" if not name else "right")
    for name, seconds, triples in rows:
        table.add_row(
            name, f"{seconds:.2f}", f"{triples:,}", f"{triples / seconds:,.0f}", f"{seconds / rows[0][1]:.1f}"
        )
    Console().print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)

"""Links: how long it takes to find ours among 10,000, 100,000 and a million of theirs, with what memory.

Run: .venv/bin/python benchmarks/links.py [COUNT …] [--keep DIR]. Each size is a process of its own. The data are
invented (benchmarks/planted.py): 500 of our 1,000 entities stand among theirs under the same name, turned, with an
initial, with two letters exchanged, with other vowels, or in Cyrillic, Greek or Arabic. Seconds are the processor's.
`--keep` leaves the tables for benchmarks/links_peers.py, which runs other libraries on them.
"""

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from planted import HOW, STEM, make_ours, make_theirs, write_theirs  # type: ignore[import-not-found]
from rich.console import Console
from rich.table import Table

from testimonia.core.layout import find_layout
from testimonia.linking.blocking import NameIndex
from testimonia.linking.ours import read_classes
from testimonia.linking.suggesting import find_open, suggest

OURS = 1000
SIZES = (10_000, 100_000, 1_000_000)
SURE = 0.8


def measure(count: int, folder: Path) -> dict[str, float]:
    """Give what one size took and found."""
    ours, path = make_ours(OURS), folder / "data.nq"
    quads, planted = write_theirs(make_theirs(ours, count), path)
    compared = Counter[str]()
    find = NameIndex.find

    def count_pairs(self: NameIndex, name: object) -> object:
        found = find(self, name)  # type: ignore[arg-type]
        compared["pairs"] += len(found)
        return found

    NameIndex.find = count_pairs  # type: ignore[method-assign, assignment]
    classes = read_classes(find_layout(Path(__file__).parent))
    began = time.process_time()
    found = find_open(suggest(ours, path, stem=STEM, classes=classes), [])
    seconds = time.process_time() - began
    best = {s.subject: s for s in reversed(found)}
    right = {iri for iri, (other, _) in planted.items() if iri in best and best[iri].object == other}
    sure = {iri: s.object for iri, s in best.items() if s.score >= SURE}
    correct = [iri for iri, other in sure.items() if planted.get(iri, ("",))[0] == other]
    hows = Counter(planted[iri][1] for iri in right)
    totals = Counter(how for _, how in planted.values())
    return {
        "count": count,
        "quads": quads,
        "seconds": seconds,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "pairs": compared["pairs"],
        "proposals": len(found),
        "recall": len(right) / len(planted),
        "precision": len(correct) / len(sure),
        "recall when sure": len(correct) / len(planted),
        **{how: hows[how] / totals[how] for how in HOW},
    }


def keep_tables(count: int, folder: Path) -> None:
    """Write ours and theirs as CSV."""
    ours = make_ours(OURS)
    with (folder / "ours.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "name", "cls", "code"))
        for number, one in enumerate(ours):
            code = one.codes[0][1] if one.codes else ""
            writer.writerow((number, one.label, one.classes[0].rpartition("#")[2], code))
    with (folder / "theirs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "name", "cls", "code", "ours"))
        for row in make_theirs(ours, count):
            cls = "Person" if row.cls.endswith("Person") else "Organisation"
            writer.writerow((row.number, row.name, cls, row.code, row.ours))


def main() -> None:
    """Measure each size in a process of its own, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=SIZES)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        with tempfile.TemporaryDirectory(prefix="testimonia-") as name:
            print(json.dumps(measure(options.counts[0], Path(name))))
        return
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        keep_tables(options.counts[0], options.keep)
        return
    results = []
    for count in options.counts:
        done = subprocess.run(
            [sys.executable, __file__, str(count), "--one"], capture_output=True, text=True, check=True
        )
        results.append(json.loads(done.stdout))
    table = Table(title=f"{OURS:,} of ours, half of them planted among theirs")
    table.add_column("theirs")
    for result in results:
        table.add_column(f"{result['count']:,}", justify="right")
    rows = {"quads": ",.0f", "seconds": ",.1f", "memory": ",.0f", "pairs": ",.0f", "proposals": ",.0f"}
    for name in results[0]:
        if name != "count":
            shown = [format(result[name], rows.get(name, ".3f")) for result in results]
            table.add_row(name + (" (MB)" if name == "memory" else ""), *shown)
    Console().print(table)


if __name__ == "__main__":
    main()

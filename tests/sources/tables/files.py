"""Tables on disk, read as `map_table` reads a stream."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from testimonia.sources.tables.form import TableForm
from testimonia.sources.tables.mapping import map_table


def read_table(path: Path, name: str, form: TableForm) -> Iterator[ox.Triple]:
    """Yield the triples of a table file (CSV, TSV, JSON lines; gzip too), `name` is as printed."""
    with path.open("rb") as raw:
        if path.name.lower().endswith(".gz"):
            with gzip.open(raw) as stream:
                yield from map_table(cast("IO[bytes]", stream), name, form)
        else:
            yield from map_table(raw, name, form)

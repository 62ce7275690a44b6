"""The triples of a table, in batches, so that a table may be larger than memory.

JSON-LD drops what it does not know in silence. So what goes into a batch is counted and must come out, triple for
triple; where it does not, each cell of the batch is mapped by itself, and the one that is lost is named.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

import pyoxigraph as ox

from testimonia.core.errors import InputError
from testimonia.mapping.quads import ConservationError
from testimonia.sources.tables.checking import TableChecker, Values
from testimonia.sources.tables.faults import Faults
from testimonia.sources.tables.form import RowNode, TableForm
from testimonia.sources.tables.rows import (
    RowLayout,
    TableRow,
    find_form,
    read_csv_rows,
    read_header,
    read_json_rows,
    read_lines,
)

_BATCH = 2000
"""How many rows are mapped together."""

_PROBE = {"https://example.org/probe": "x"}


def map_table(stream: IO[bytes], name: str, form: TableForm) -> Iterator[ox.Triple]:
    r"""Yield the triples of a table row by row, in no named graph, the subject always an IRI.

    Triples come until the first problem; the rest is read for further problems, and InputError lists them all at the
    end, by file, line and column (that of the table, from 1). So nothing may be used before all has come.

    >>> import io
    >>> from testimonia.sources.tables.form import parse_form
    >>> form = parse_form('{"@context": {"no": "@id", "held": "https://example.org/held"}}', "x.jsonld")
    >>> print(*map_table(io.BytesIO(b"no,held\nurn:x:1,3\n"), "x.csv", form))
    <urn:x:1> <https://example.org/held> "3"
    >>> list(map_table(io.BytesIO(b"no,held\na b,3\n"), "x.csv", form))
    Traceback (most recent call last):
    testimonia.core.errors.InputError: x.csv:2:1 column no: no IRI: a space or a character that IRIs have not;
    expected percent-encoding, or a slug. [table-cell]
    """
    kind = find_form(name)
    if kind is None:
        found = "no table by the ending of its name"
        raise InputError.at(name, "table-header", found=found, expected=".csv, .tsv, .jsonl or .ndjson")
    faults = Faults(name)
    mapper = _Mapper(form, faults, TableChecker(form, faults))
    yield from mapper.map_rows(mapper.read_rows(stream, kind))
    faults.raise_any()


@dataclass(frozen=True, slots=True)
class _Mapper:
    """Maps one table."""

    form: TableForm
    faults: Faults
    checker: TableChecker

    def read_rows(self, stream: IO[bytes], kind: RowLayout) -> Iterator[TableRow]:
        """Yield the rows; a compressed file that is damaged or cut short is reported."""
        lines = read_lines(stream, self.form.dialect, self.faults)
        try:
            if kind is RowLayout.JSON_LINES:
                yield from read_json_rows(lines, self.faults)
                return
            header, reader = read_header(lines, kind, self.form.dialect, self.faults)
            if header and self.checker.check_header(header):
                yield from read_csv_rows(header, reader, self.faults)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            found = "compressed data that are broken or cut short"
            self.faults.report((0, 0), "table-encoding", found=found, fix="Fetch the file again")

    def map_rows(self, rows: Iterator[TableRow]) -> Iterator[ox.Triple]:
        batch: list[tuple[int, list[Values]]] = []
        for row in rows:
            cells = self.checker.check_row(row)
            if cells is not None:
                batch.append((row.line, cells))
            if len(batch) == _BATCH:
                yield from self._map_batch(batch)
                batch = []
        yield from self._map_batch(batch)

    def _map_batch(self, batch: list[tuple[int, list[Values]]]) -> Iterator[ox.Triple]:
        """Yield the triples of some rows, unless there is a fault already or one of these has one."""
        expected = sum(self.form.said + sum(len(v) for _, _, v in cells[1:]) for _, cells in batch)
        triples = self._map([_write_node(cells, self.form.constants) for _, cells in batch])
        if len(triples) != expected or any(isinstance(t.subject, ox.BlankNode) for t in triples):
            before = self.faults.count
            for line, cells in batch:
                self._find_lost(line, cells)
            if self.faults.count == before:
                raise ConservationError(f"{expected} values went into the mapping, {len(triples)} triples came out")
        if not self.faults.count:
            yield from triples

    def _find_lost(self, line: int, cells: list[Values]) -> None:
        """Map each cell of a row by itself, and report those that become no triple."""
        (at, name, identity), *others = cells
        found = self._map([{"@id": identity[0], **_PROBE}])
        if len(found) != 1 or isinstance(found[0].subject, ox.BlankNode):
            got, expected = "no IRI on its own", 'a full IRI, or "@base" in the context'
            self.faults.report((line, at), "table-cell", found=got, expected=expected, header=name)
            return
        for at, name, values in others:
            triples = self._map([{"@id": identity[0], name: values}])
            if len(triples) != len(values) or any(isinstance(t.object, ox.BlankNode) for t in triples):
                got = "a cell that becomes no triple"
                self.faults.report((line, at), "table-cell", found=got, expected="an IRI", header=name)

    def _map(self, nodes: list[RowNode]) -> list[ox.Triple]:
        document = {"@context": self.form.context, "@graph": nodes}
        return [q.triple for q in ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)]


def _write_node(cells: list[Values], constants: RowNode) -> RowNode:
    node: RowNode = {**constants, "@id": cells[0][2][0]}
    for _, name, values in cells[1:]:
        node[name] = values if len(values) > 1 else values[0]
    return node

"""The rows of a table one by one, each with its line; never the whole table at once."""

import codecs
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO, TYPE_CHECKING, Any

from testimonia.sources.tables.dialect import Dialect
from testimonia.sources.tables.faults import Faults

if TYPE_CHECKING:
    import _csv

LONGEST = 1 << 20
"""How long a line and a cell may be, in characters: longer ones are most often a quotation mark that nobody closed."""


class RowLayout(StrEnum):
    """How the rows of a table follow each other."""

    CSV = "csv"
    TSV = "tsv"
    JSON_LINES = "jsonl"

    @property
    def media_type(self) -> str:
        """The registered media type; JSON lines have none of their own."""
        return {RowLayout.CSV: "text/csv", RowLayout.TSV: "text/tab-separated-values"}.get(self, "text/plain")


SUFFIXES = {
    ".csv": RowLayout.CSV,
    ".tsv": RowLayout.TSV,
    ".tab": RowLayout.TSV,
    ".jsonl": RowLayout.JSON_LINES,
    ".ndjson": RowLayout.JSON_LINES,
}
"""The endings of file names that tables have."""


class Number(str):
    """A number of JSON, as it was written."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the line it begins on (1-based) and its cells, as (number of the column from 1, name, value)."""

    line: int
    cells: list[tuple[int, str, Any]]


def find_form(name: str) -> RowLayout | None:
    """Return the form of a table by the ending of its file's name; None when it is no table.

    >>> find_form("register.CSV.gz"), find_form("register.ttl")
    (<RowLayout.CSV: 'csv'>, None)
    """
    stem = name.lower().removesuffix(".gz")
    return next((form for suffix, form in SUFFIXES.items() if stem.endswith(suffix)), None)


def read_lines(stream: IO[bytes], dialect: Dialect, faults: Faults) -> Iterator[str]:
    """Yield the lines of a table; bytes that the encoding does not allow become lone surrogates, for `rows` to find."""
    encoding = "utf-8-sig" if codecs.lookup(dialect.encoding).name == "utf-8" else dialect.encoding
    text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    number = 0
    try:
        while line := text.readline(LONGEST + 1):
            number += 1
            if len(line) > LONGEST:
                faults.report((number, 1), "table-row", found=f"a line of more than {LONGEST:,} characters")
                return
            yield line
    except UnicodeError:
        fix = 'Say which: "dialect": {"encoding": "…"} in the context'
        faults.report((number + 1, 1), "table-encoding", found=f"bytes that are not {dialect.encoding}", fix=fix)
    finally:
        text.detach()


def read_header(
    lines: Iterator[str], form: RowLayout, dialect: Dialect, faults: Faults
) -> tuple[list[str], "_csv.Reader"]:
    """Return the names of the columns, with the reader of the rows that follow; [] for an empty table."""
    csv.field_size_limit(LONGEST)
    delimiter = dialect.delimiter or ("\t" if form is RowLayout.TSV else ",")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = next(reader, [])
    except csv.Error as error:
        faults.report((1, 1), "table-header", found=f"a first line that is no header: {error}")
        return [], reader
    if not any(header):
        faults.report((1, 1), "table-header", found="no header", expected="a first line with the names of the columns")
        return [], reader
    return header, reader


def read_csv_rows(header: list[str], reader: "_csv.Reader", faults: Faults) -> Iterator[TableRow]:
    """Yield the rows of a CSV or TSV table; one without as many cells as the header has is reported and left out."""
    wide = len(header)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            fix = "Look for a quotation mark that is not closed, or not doubled"
            faults.report((line, 1), "table-row", found=f"a row that cannot be read: {error}", fix=fix)
            continue
        if not cells:  # an empty line
            continue
        if len(cells) != wide:
            at, fix = min(len(cells), wide) + 1, "Put cells with a delimiter in quotation marks"
            expected = f"{wide}, as in the header"
            faults.report((line, at), "table-row", found=f"{len(cells)} cells", expected=expected, fix=fix)
            continue
        yield TableRow(line, list(zip(range(1, wide + 1), header, cells, strict=True)))


def read_json_rows(lines: Iterator[str], faults: Faults) -> Iterator[TableRow]:
    """Yield the rows of a file with one JSON object a line; a line that is none is reported and left out."""
    for number, line in enumerate(lines, 1):
        pairs = _read_object(number, line, faults) if line.strip() else None
        if pairs is not None and _has_single_keys(number, pairs, faults):
            yield TableRow(number, [(at, name, value) for at, (name, value) in enumerate(pairs, 1)])


def _read_object(number: int, line: str, faults: Faults) -> "_Pairs | None":
    """Return the JSON object of a line; None after a fault where it is none."""
    column = 1
    try:
        pairs = json.loads(line, object_pairs_hook=_Pairs, parse_int=Number, parse_float=Number, parse_constant=_refuse)
        if isinstance(pairs, _Pairs):
            return pairs
        found = "JSON that is no object"
    except json.JSONDecodeError as error:
        column, found = error.colno, f"not JSON: {error.msg}"
    except (ValueError, RecursionError):
        found = "a number or a nesting that JSON has not"
    faults.report((number, column), "table-row", found=found, expected="one object a line")
    return None


def _has_single_keys(number: int, pairs: "_Pairs", faults: Faults) -> bool:
    """Tell whether no key of an object is there twice; a fault names the first that is."""
    seen: dict[str, int] = {}
    for at, (name, _) in enumerate(pairs, 1):
        if name in seen:
            found, fix = f'"{name}" twice in one object', "Keep one, or write a list"
            faults.report((number, at), "table-header", found=found, fix=fix)
            return False
        seen[name] = at
    return True


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it was written, with keys that may be there twice."""


def _refuse(text: str) -> None:
    raise ValueError(text)

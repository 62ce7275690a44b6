"""Checks of the rows of a table against its form."""

from dataclasses import dataclass, field
from typing import Any

from testimonia.core.errors import find_nearest
from testimonia.sources.tables.cells import CellError, check_iri, split_cell
from testimonia.sources.tables.faults import Faults
from testimonia.sources.tables.form import TableForm
from testimonia.sources.tables.rows import TableRow

Values = tuple[int, str, list[Any]]
"""A cell that is not empty: number of its column, name, values for a JSON-LD document."""

_SEEN = 20_000
"""How many cells are cached."""


@dataclass(slots=True)
class TableChecker:
    """Checks one table and adds what is wrong to `faults`, each unknown JSON key once.

    `seen` caches the values of cells, since most columns repeat a few.
    """

    form: TableForm
    faults: Faults
    unknown: set[str] = field(default_factory=set)
    seen: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    def check_header(self, header: list[str]) -> bool:
        """Tell whether rows can be read under a header: the columns of the context, each once, the id among them."""
        before = self.faults.count
        wanted = {self.form.identity, *self.form.columns}
        for at, name in enumerate(header, 1):
            if is_broken(name):
                self._report_bytes(1, at, "")
                return False
        if not wanted & set(header):  # perhaps no header at all, so its words are not shown
            found, fix = "none of the columns is in the context", "Look at the first line and at the delimiter"
            self.faults.report((1, 1), "table-header", found=found, expected=", ".join(sorted(wanted)), fix=fix)
            return False
        for at, name in enumerate(header, 1):
            if name in header[: at - 1]:
                fix = "Give each column a name of its own"
                self.faults.report((1, at), "table-header", found=f'a second column "{name}"', fix=fix)
            elif name not in wanted:
                self._report_unknown(1, at, name)
        self._report_missing(header, wanted)
        return self.faults.count == before

    def _report_missing(self, header: list[str], wanted: set[str]) -> None:
        """Report each column of the context that the header lacks, with the nearest that is not in the context."""
        unknown = [name for name in header if name not in wanted]
        for name in sorted(wanted - set(header)):
            if name == self.form.identity or self.form.columns[name].needed:
                found, expected = f'no column "{name}"', "each column of the context"
                fix = find_nearest(name, unknown) or "Or take it out of the context"
                self.faults.report((1, 1), "table-header", found=found, expected=expected, fix=fix)

    def check_row(self, row: TableRow) -> list[Values] | None:
        """Return the values of a row, the id first; None when any cell does not fit."""
        before = self.faults.count
        cells = [self._check_cell(row.line, at, name, value) for at, name, value in row.cells]
        names = [name for _, name, _ in row.cells]
        if self.form.identity not in names:
            found = f'no "{self.form.identity}", which is the id'
            self.faults.report((row.line, 1), "table-cell", found=found, expected="an IRI, or a name under @base")
        if self.faults.count > before:
            return None
        identity = cells.pop(names.index(self.form.identity))
        return [cell for cell in (identity, *cells) if cell is not None]

    def _check_cell(self, line: int, at: int, name: str, value: Any) -> Values | None:
        """Return the values of a cell; None when it is empty, left out on purpose, or does not fit."""
        column = self.form.columns.get(name)
        if column is None and name != self.form.identity:
            if name not in self.unknown:
                self.unknown.add(name)
                self._report_unknown(line, at, name)
            return None
        if column is not None and column.dropped:
            return None
        values = self.seen.get((name, value)) if type(value) is str else None
        if values is None:
            values = self._find_values(line, at, name, value)
        return (at, name, values) if values else None

    def _find_values(self, line: int, at: int, name: str, value: Any) -> list[Any]:
        """Return the values of a cell that was not seen before; [] when it is empty or does not fit."""
        if is_broken(value):
            self._report_bytes(line, at, name)
            return []
        column = self.form.columns.get(name)
        try:
            if column is None:
                return [self._check_identity(value)]
            values = split_cell(value, column, self.form.dialect)
            if column.takes.startswith("@"):
                words = column.takes != "@id" and "@vocab" not in self.form.context
                for one in values:
                    check_iri(one, self.form.prefixes, words=words)
        except CellError as error:
            self.faults.report((line, at), "table-cell", found=error.found, expected=error.expected, header=name)
            return []
        if type(value) is str and len(self.seen) < _SEEN:
            self.seen[name, value] = values
        return values

    def _check_identity(self, value: Any) -> str:
        if not isinstance(value, str) or not value.strip() or value in self.form.dialect.null:
            raise CellError("a row without an id", "an IRI, or a name under @base")
        check_iri(value, self.form.prefixes)
        return str(value)

    def _report_unknown(self, line: int, at: int, name: str) -> None:
        fix = find_nearest(name, self.form.columns) or f'To leave it out on purpose: "{name}": null'
        self.faults.report((line, at), "table-header", found=f'column "{name}" is not in the context', fix=fix)

    def _report_bytes(self, line: int, at: int, name: str) -> None:
        fix = 'Say which encoding it is: "dialect": {"encoding": "…"} in the context'
        found = f"bytes that are not {self.form.dialect.encoding}"
        self.faults.report((line, at), "table-encoding", found=found, fix=fix, header=name)


def is_broken(value: Any) -> bool:
    r"""Tell whether a cell has a lone surrogate: a byte that the encoding does not allow, or half a character of JSON.

    >>> is_broken("Zoë"), is_broken(["Zo\udceb"])
    (False, True)
    """
    if isinstance(value, list):
        return any(map(is_broken, value))
    if not isinstance(value, str) or value.isascii():
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return True
    return False

"""The rows of an answer as named tuples of Python values, with conversion to tables and data frames."""

import keyword
from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Self, overload

from testimonia.api.values import PythonValue, read_list, read_term
from testimonia.core.answer import Solutions
from testimonia.core.errors import QueryError
from testimonia.questions.evidence import Backing, Evidenced
from testimonia.rdf.short_names import Naming

if TYPE_CHECKING:
    import pandas
    import polars

_SHOWN = 10


class Row(tuple[PythonValue, ...]):
    """A row: a named tuple whose fields are the columns, in their order.

    A column named like a Python keyword gets an underscore: `row.class_`, `row.for_`.

    >>> row = make_row_type("Raids", ("place", "from"))("harbour", 3)
    >>> row
    Raids(place='harbour', from_=3)
    >>> row.from_, row[0], row._asdict()
    (3, 'harbour', {'place': 'harbour', 'from_': 3})
    """

    __slots__ = ()
    _columns: tuple[str, ...]
    _fields: tuple[str, ...]

    if TYPE_CHECKING:

        def __new__(cls, *values: PythonValue) -> Self: ...  # noqa: D102
        def __getattr__(self, name: str) -> Any: ...
        def _asdict(self) -> dict[str, PythonValue]: ...

    def __reduce__(self) -> tuple[Any, ...]:
        return _make_row, (type(self).__name__, self._columns, tuple(self))


class Rows(Sequence[Row]):
    """The rows of an answer, in its order; `columns` are the variables of the query.

    `evidence` has the claims behind each row, in the order of the rows: who states it, whom they cite, where. `answer`
    has the RDF terms that the values were read from. Printed, it is a table with short names.
    """

    def __init__(
        self,
        answer: Solutions,
        naming: Naming,
        *,
        name: str = "Row",
        lists: frozenset[str] = frozenset(),
        find_evidence: Callable[[], Evidenced] | None = None,
    ) -> None:
        self.answer = answer
        self._find_evidence = find_evidence
        self.columns = answer.variables
        self._naming = naming
        make = make_row_type(name, answer.variables)
        readers = [read_list if column in lists else read_term for column in answer.variables]
        self._rows = tuple(
            make(*(read(term, naming) for read, term in zip(readers, row, strict=True))) for row in answer.rows
        )
        self._lists = lists

    @cached_property
    def evidence(self) -> tuple[tuple[Backing, ...], ...]:
        """The claims behind each row, in the order of the rows, queried on first use.

        QueryError for an answer to a query of your own, and when the data have changed since the answer.
        """
        if self._find_evidence is None:
            raise QueryError("evidence is given for saved questions: their headers say which claims stand behind a row")
        found = self._find_evidence()
        if found.answer != self.answer:
            raise QueryError("the data has changed since the question was asked; ask it again")
        return found.backing

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and (self.columns, self._rows) == (other.columns, other._rows)

    def __hash__(self) -> int:
        return hash((self.columns, self._rows))

    def __repr__(self) -> str:
        from testimonia.questions.tables import write_table  # noqa: PLC0415  (rich takes long to import)

        if not self._rows:
            return f"(no rows; columns: {', '.join(self.columns)})"
        table = write_table(Solutions(self.columns, self.answer.rows[:_SHOWN]), self._naming)
        if len(self) > _SHOWN:
            return f"{table}… and {len(self) - _SHOWN} more rows"
        return f"{table}({len(self)} row{'s' * (len(self) != 1)})"

    def to_dicts(self) -> list[dict[str, PythonValue]]:
        """Return each row as column → value."""
        return [dict(zip(self.columns, row, strict=True)) for row in self._rows]

    def to_pandas(self) -> "pandas.DataFrame":
        """Return a pandas data frame; ImportError says what to install when pandas is not installed.

        Integers have the type Int64, lists are tuples, IRIs and EDTF dates are text; all else is as in the rows.
        """
        from testimonia.api.frames import make_pandas  # noqa: PLC0415  (an optional library)

        return make_pandas(self.columns, self._rows)

    def to_polars(self) -> "polars.DataFrame":
        """Return a polars data frame; ImportError says what to install when polars is not installed.

        Lists are lists of text; a column with values of several types becomes text.
        """
        from testimonia.api.frames import make_polars  # noqa: PLC0415  (an optional library)

        return make_polars(self.columns, self._rows, self._lists)


@lru_cache(maxsize=512)
def make_row_type(name: str, columns: tuple[str, ...]) -> type[Row]:
    """Return the type of rows with these columns; fields are named as `Row` says.

    A column whose name is not a valid field name (it begins with a digit, or occurs twice) is named after its position,
    `_0`, `_1` …
    """
    fields = tuple(f"{column}_" if keyword.iskeyword(column) else column for column in columns)
    base = namedtuple("base", fields, rename=True)  # type: ignore[misc]
    return type(name, (Row, base), {"__slots__": (), "_columns": columns, "__module__": __name__})


def _make_row(name: str, columns: tuple[str, ...], values: tuple[PythonValue, ...]) -> Row:
    """Restore a pickled row: its type is made at run time, so that pickle cannot find it by name."""
    return make_row_type(name, columns)(*values)

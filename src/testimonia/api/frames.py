"""Data frames of pandas or polars from rows; neither library is required otherwise."""

from collections.abc import Sequence
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any

from testimonia.api.values import PythonValue

if TYPE_CHECKING:
    import pandas
    import polars

Cells = Sequence[Sequence[PythonValue]]


def make_pandas(columns: tuple[str, ...], rows: Cells) -> "pandas.DataFrame":
    """Return a pandas data frame; ImportError when pandas is not installed."""
    module = _import("pandas")
    frame = {}
    for number, column in enumerate(columns):
        cells = [_flatten(row[number]) for row in rows]
        frame[column] = module.Series(cells, dtype="Int64" if _list_types(cells) == {int} else None)
    made: pandas.DataFrame = module.DataFrame(frame, columns=list(columns))
    return made


def make_polars(columns: tuple[str, ...], rows: Cells, lists: frozenset[str] = frozenset()) -> "polars.DataFrame":
    """Return a polars data frame; `lists` are the columns of lists. ImportError when polars is not installed."""
    module = _import("polars")
    frame = {}
    for number, column in enumerate(columns):
        cells = [_flatten(row[number]) for row in rows]
        if column in lists:
            frame[column] = module.Series(column, [list(c) for c in cells if isinstance(c, tuple)], module.List(str))
        else:
            frame[column] = module.Series(column, _unify(cells))
    made: polars.DataFrame = module.DataFrame(frame)
    return made


def _import(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ImportError(f"{name} is not installed; run: pip install {name}", name=name) from error


def _flatten(value: PythonValue) -> PythonValue:
    """Return a value with `Iri` and `Edtf` as plain str."""
    if isinstance(value, str):
        return str(value)
    return tuple(map(str, value)) if isinstance(value, tuple) else value


def _unify(cells: list[PythonValue]) -> list[PythonValue]:
    """Return cells of one type: different numbers become decimals, other mixtures become text."""
    types = _list_types(cells)
    if len(types) < 2:
        return cells
    if types == {int, Decimal}:
        return [Decimal(cell) if isinstance(cell, int) else cell for cell in cells]
    return [None if cell is None else str(cell) for cell in cells]


def _list_types(cells: list[PythonValue]) -> set[type]:
    return set(map(type, cells)) - {type(None)}

"""Rows as a data frame of pandas or polars, where it is installed."""

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
    """Return a data frame of pandas; ImportError where it is not installed."""
    module = _import("pandas")
    frame = {}
    for number, column in enumerate(columns):
        cells = [_flatten(row[number]) for row in rows]
        whole = {type(cell) for cell in cells if cell is not None} == {int}
        frame[column] = module.Series(cells, dtype="Int64" if whole else None)
    made: pandas.DataFrame = module.DataFrame(frame, columns=list(columns))
    return made


def make_polars(columns: tuple[str, ...], rows: Cells, lists: frozenset[str] = frozenset()) -> "polars.DataFrame":
    """Return a data frame of polars; `lists` are the columns of lists. ImportError where it is not installed."""
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
    """Return IRIs and dates of our own as plain text."""
    if isinstance(value, str):
        return str(value)
    return tuple(str(part) for part in value) if isinstance(value, tuple) else value


def _unify(cells: list[PythonValue]) -> list[PythonValue]:
    """Return cells of one type: numbers as decimals, all else as text, where they are of several."""
    types = {type(cell) for cell in cells if cell is not None}
    if len(types) < 2:
        return cells
    if types == {int, Decimal}:
        return [Decimal(cell) if isinstance(cell, int) else cell for cell in cells]
    return [None if cell is None else str(cell) for cell in cells]

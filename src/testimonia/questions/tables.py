"""An answer as a table for people, as wide as a screen."""

import io
from collections.abc import Sequence
from itertools import compress

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from testimonia.core.answer import Solutions
from testimonia.rdf.cells import NUMBER, write_short
from testimonia.rdf.short_names import Naming

WIDTH = 80


def write_table(
    answer: Solutions, naming: Naming, *, width: int = WIDTH, beneath: Sequence[Sequence[str]] | None = None
) -> str:
    """Return a table for people, `width` cells wide, without columns that are empty throughout.

    Where the columns do not fit side by side, each row becomes a block of `column  value` lines; so it does with
    `beneath`, lines for each row that are printed indented below it.
    """
    names, rows = _drop_empty_columns(answer, naming)
    console = Console(file=io.StringIO(), width=width, color_system=None, highlight=False, legacy_windows=False)
    blocks = beneath is not None or not _fits(names, rows, width)
    with console.capture() as capture:
        if blocks:
            _print_blocks(console, names, rows, beneath or [()] * len(rows))
        else:
            console.print(_make_table(names, rows))
    lines = [line.rstrip() for line in capture.get().splitlines()]
    return "\n".join(line for line in lines if line or blocks).strip("\n") + "\n"


def _drop_empty_columns(answer: Solutions, naming: Naming) -> tuple[list[str], list[list[str]]]:
    """Return the headings and cells of the columns that have some text, of all in an answer without rows."""
    rows = [[write_short(term, naming) for term in row] for row in answer.rows]
    names = [name.replace("_", " ") for name in answer.variables]
    shown = [any(column) for column in zip(*rows, strict=True)] if rows else [True] * len(names)
    return list(compress(names, shown)), [list(compress(row, shown)) for row in rows]


def _fits(names: list[str], rows: list[list[str]], width: int) -> bool:
    """Tell whether columns fit side by side: each needs its longest word, long texts some room to wrap."""
    needed = 0
    for cells in zip(names, *rows, strict=True):
        longest_word = max(map(cell_len, " ".join(cells).split()), default=1)
        longest = max(map(cell_len, cells))
        needed += max(min(longest_word, 24), 22 if longest > 40 else 0) + 2
    return needed <= width


def _make_table(names: list[str], rows: list[list[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False)
    for i, name in enumerate(names):
        numeric = bool(rows) and all(not row[i] or NUMBER.fullmatch(row[i]) for row in rows)
        table.add_column(Text(name), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _print_blocks(console: Console, names: list[str], rows: list[list[str]], beneath: Sequence[Sequence[str]]) -> None:
    """Print each row as lines of `column  value`, values aligned, followed by the lines beneath it."""
    longest = max(map(cell_len, names), default=0)
    for number, (row, lines) in enumerate(zip(rows, beneath, strict=True)):
        if number:
            console.print()
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
        table.add_column(no_wrap=True, min_width=longest)
        table.add_column(overflow="fold")
        for name, cell in zip(names, row, strict=True):
            if cell:
                table.add_row(Text(name), Text(cell))
        console.print(table)
        for line in lines:
            console.print(Padding(Text(line), (0, 0, 0, 4)))

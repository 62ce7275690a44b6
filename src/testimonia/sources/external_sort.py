"""External merge sort of lines, without duplicates: sorted runs on disk, merged in the end."""

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path

from testimonia.sources.limits import LINES_IN_MEMORY


class ExternalSort:
    """Sorts lines by code point; beyond `most` characters in memory, runs are written to a folder.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lines = ExternalSort(Path(folder), most=4)
    ...     for line in ("b", "a", "c", "b"):
    ...         lines.add(line)
    ...     list(lines.merge())
    ['a', 'b', 'c']
    """

    def __init__(self, folder: Path, *, most: int = LINES_IN_MEMORY) -> None:
        self._folder = folder
        self._most = most
        self._lines: list[str] = []
        self._size = 0
        self._files: list[Path] = []

    def add(self, line: str) -> None:
        """Add a line, without a line feed."""
        self._lines.append(line)
        self._size += len(line)
        if self._size >= self._most:
            self._write()

    def merge(self) -> Iterator[str]:
        """Yield all lines in order, without duplicates; may be called once."""
        last = sorted(set(self._lines))
        with ExitStack() as opened:
            runs: list[Iterable[str]] = [
                _read(opened.enter_context(path.open(encoding="utf-8", newline="\n"))) for path in self._files
            ]
            for line, _ in groupby(heapq.merge(*runs, last) if runs else last):
                yield line
        for path in self._files:
            path.unlink()

    def _write(self) -> None:
        """Write the lines in memory as a run."""
        path = self._folder / f"run-{len(self._files)}"
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in sorted(set(self._lines)))
        self._files.append(path)
        self._lines, self._size = [], 0


def _read(file: Iterable[str]) -> Iterator[str]:
    for line in file:
        yield line[:-1]

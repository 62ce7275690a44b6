"""The output of an export: standard output, a file, a folder or an archive.

Everything is written aside and takes its name when it is whole; nothing that is there already is written over.
"""

import gzip
import os
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, cast

from testimonia.core.atomic import write_aside
from testimonia.core.errors import InputError
from testimonia.core.files import report_unwritable

Bundle = Callable[[str], AbstractContextManager[IO[bytes]]]
"""Opens the file of a name for writing."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive, the earliest that the format allows, so that archives are reproducible."""


@contextmanager
def open_file(name: str) -> Iterator[IO[bytes]]:
    """Yield the stream of a new file, compressed where its name ends in `.gz`; standard output for "".

    InputError when there is something of that name, or it cannot be written; then nothing is left behind.
    """
    if not name:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with _settle(name) as aside, aside.open("wb") as file:
        if not name.endswith(".gz"):
            yield file
            return
        with gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed:
            yield cast("IO[bytes]", packed)


@contextmanager
def open_bundle(name: str) -> Iterator[Bundle]:
    """Yield a function that opens files in a new folder, or in a new archive where the name ends in `.zip`.

    InputError as `open_file`.
    """
    with _settle(name) as aside:
        if not name.endswith(".zip"):
            aside.mkdir()
            yield lambda inner: _open_inside(aside / inner)
            return
        with zipfile.ZipFile(aside, "w") as archive:
            yield lambda inner: _open_packed(archive, inner)


@contextmanager
def _open_inside(path: Path) -> Iterator[IO[bytes]]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        yield file


@contextmanager
def _open_packed(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    with archive.open(entry, "w", force_zip64=True) as file:
        yield file


@contextmanager
def _settle(name: str) -> Iterator[Path]:
    """Yield a path to write to; what was written there is called by its name at the end, or removed on any error."""
    path = Path(name)
    if os.path.lexists(path):  # as a path: "x/" of a file that is there is no other name
        found, fix = "there is something of this name already", "Remove it, or choose another name"
        raise InputError.at(name, "cannot-be-written", found=found, fix=fix)
    try:
        with write_aside(path) as aside:
            yield aside
    except OSError as error:
        raise InputError([report_unwritable(name, error)]) from error

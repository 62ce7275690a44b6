"""Files and folders that appear whole or not at all: written aside, then renamed."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def write_aside(path: Path, *, replace: bool = False) -> Iterator[Path]:
    """Yield a path beside the wanted one; what is written there takes the wanted name at the end.

    On any error, an interruption included, all is as it was. A file takes the place of one that is there; a folder does
    so only with `replace`. Symbolic links are followed, and a device or pipe is written to as it is. OSError when it
    cannot be done.
    """
    path = Path(os.path.realpath(path))
    if path.exists() and not path.is_file() and not path.is_dir():
        yield path
        return
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.", ignore_cleanup_errors=True) as folder:
        new, old = Path(folder, "new"), Path(folder, "old")
        yield new
        if replace and path.is_dir():
            path.rename(old)
        try:
            new.rename(path)
        except BaseException:
            if old.exists():
                old.rename(path)
            raise


def write_file(path: Path, content: bytes, *, mode: int = 0o644, new: bool = False) -> None:
    """Write a file whole, and its folder where there is none: a reader sees the old bytes or the new ones, never half.

    With `new`, FileExistsError when there is something of that name. OSError when it cannot be done.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with write_aside(path) as aside:
        aside.write_bytes(content)
        if aside.is_file():  # no device or pipe
            aside.chmod(mode)
            with aside.open("rb") as written:
                os.fsync(written.fileno())  # a rename can reach the disk before the bytes do
        if new:
            path.hardlink_to(aside)  # unlike a rename, it fails where a file appeared meanwhile


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Replace a folder by new files (relative path → bytes); on any error the old folder stays as it was."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with write_aside(folder, replace=True) as new:
        for name, content in files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(content)


def compare_folder(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Return the names (relative, sorted) that differ between a folder and what it should hold.

    >>> import tempfile
    >>> compare_folder(Path(tempfile.mkdtemp()), {"a.nq": b""})
    ['a.nq']
    """
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    differing = {name for name, path in there.items() if files.get(name) != path.read_bytes()}
    return sorted(differing | (files.keys() - there.keys()))

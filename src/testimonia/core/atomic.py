"""Writing: files and folders that appear whole or not at all (written aside, then renamed)."""

import os
import shutil
import tempfile
from pathlib import Path


def write_file(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file whole: a reader sees the old bytes or the new ones, never half; OSError when it cannot be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(aside).chmod(mode)
        Path(aside).replace(path)
    finally:
        Path(aside).unlink(missing_ok=True)


def write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Replace a folder by new files (relative path → bytes); on any error the old folder stays as it was."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        new, old = aside / "new", aside / "old"
        for name, content in files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(content)
        if folder.exists():
            folder.rename(old)
        try:
            new.rename(folder)
        except BaseException:  # an interruption too must not leave the folder away
            if old.exists():
                old.rename(folder)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def compare_folder(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Return the names (relative, sorted) that differ between a folder and what it should hold.

    >>> import tempfile
    >>> compare_folder(Path(tempfile.mkdtemp()), {"a.nq": b""})
    ['a.nq']
    """
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    differing = {name for name, path in there.items() if files.get(name) != path.read_bytes()}
    return sorted(differing | (files.keys() - there.keys()))

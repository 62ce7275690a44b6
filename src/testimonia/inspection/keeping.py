"""Keeping: small texts in, files of the state folder out, which git is told to pass over."""

from pathlib import Path

from testimonia.build.writing import write_file


def keep(path: Path, text: str) -> bool:
    """Write a file into the state folder; tell whether it could be written.

    A read-only checkout can be validated too: what is kept saves time, nothing else.

    >>> keep(Path("/proc/none/shapes"), "")
    False
    """
    ignore = path.parent / ".gitignore"
    try:
        if not ignore.is_file():
            write_file(ignore, b"*\n")
        write_file(path, text.encode())
    except OSError:
        return False
    return True

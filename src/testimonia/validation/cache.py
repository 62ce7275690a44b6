"""Small files of the state folder, which git is told to ignore."""

from pathlib import Path

from testimonia.core.atomic import write_file


def keep(path: Path, text: str) -> bool:
    """Write a file into the state folder; tell whether it could be written.

    A read-only checkout can be validated too: what is kept saves time, nothing else.

    >>> keep(Path("/proc/none/shapes"), "")
    False
    """
    try:
        write_file(path, text.encode())
    except OSError:
        return False
    return keep_out_of_git(path.parent)


def keep_out_of_git(folder: Path) -> bool:
    """Make the state folder one that git passes over; tell whether it could be written."""
    ignore = folder / ".gitignore"
    try:
        if not ignore.is_file():
            write_file(ignore, b"*\n")
    except OSError:
        return False
    return True

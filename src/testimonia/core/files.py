"""Bytes of regular files, never of a pipe or a device, which may have no end; findings for files that fail."""

import errno
import stat
from pathlib import Path

from testimonia.core.findings import Finding


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a regular file; OSError where it cannot be read, or is something else.

    >>> read_bytes(Path("/dev/null"))
    Traceback (most recent call last):
    OSError: [Errno 22] not a regular file: '/dev/null'
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):  # reading a folder fails by itself, and says so
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return path.read_bytes()


def report_unreadable(name: str, error: OSError | UnicodeDecodeError, fix: str | None = None) -> Finding:
    """Return the finding that a file cannot be read, because of the system or since it is not UTF-8.

    >>> print(report_unreadable("a.yaml", PermissionError(13, "Permission denied"), "Ask its owner"))
    a.yaml: cannot be read: Permission denied. Ask its owner. [unreadable-file]
    """
    if isinstance(error, UnicodeDecodeError):
        return Finding.at(name, "not-utf-8", found=f"not UTF-8 (byte {error.start})", fix=fix)
    return Finding.at(name, "unreadable-file", found=f"cannot be read: {error.strerror or error}", fix=fix)


def report_unwritable(name: str, error: OSError) -> Finding:
    """Return the finding that a file or folder cannot be written.

    >>> report_unwritable("a.csv", OSError(28, "No space left on device")).found
    'cannot be written: No space left on device'
    """
    return Finding.at(name, "cannot-be-written", found=f"cannot be written: {error.strerror or error}")

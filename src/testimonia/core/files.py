"""Files: the path of a regular file in, its bytes out; never a pipe or a device, which may have no end."""

import errno
import stat
from pathlib import Path


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

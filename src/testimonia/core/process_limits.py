"""Limit the memory of a child process, so that one bad input cannot exhaust the machine."""

import resource
from pathlib import Path


def limit_memory(memory: int) -> None:
    """Allow this process so many more bytes of memory, and no core file.

    Where the system does not tell the present size (outside Linux), only the core file is forbidden.
    """
    size = find_size()
    if size:
        resource.setrlimit(resource.RLIMIT_AS, (size + memory, size + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def find_size() -> int:
    """Return the bytes of address space that this process has; 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()

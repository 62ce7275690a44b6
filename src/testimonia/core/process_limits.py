"""How much memory a child process may take, so that one bad input cannot exhaust the machine."""

import resource
from pathlib import Path


def limit_memory(memory: int) -> None:
    """Allow this process so many bytes of memory beside what it has, and no core file.

    Where the system does not tell the present size (it is not Linux), only the core file is forbidden.
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

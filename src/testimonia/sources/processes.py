"""Starting the process that copies a source, and telling why it was stopped."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from testimonia.core.errors import InputError
from testimonia.core.findings import Finding, restore_finding
from testimonia.sources import limits
from testimonia.sources.copying import OUT_OF_MEMORY

PROGRAM = "testimonia.sources.copying"
_APART = "Give the nodes that hang together IRIs in the file, or leave these statements out of it"


@dataclass(slots=True)
class Counted:
    """The size of a copy: triples by graph, and what the graphs are called in the source."""

    graphs: dict[str, int] = field(default_factory=dict)
    foreign: dict[str, str] = field(default_factory=dict)


def make_copy(  # noqa: PLR0913, PLR0917
    files: Sequence[tuple[Path, str]],
    source: str,
    base: str | None,
    folder: Path,
    data: Path,
    context: Path | None = None,
) -> Counted:
    """Write our copy of files (path, and what messages call it) to `data`; `folder` is for temporary files.

    Tables among the files are read by `context`. InputError lists what is wrong with any of the files; OSError when the
    disk is full.
    """
    order = {
        "files": [(str(path), name) for path, name in files],
        "source": source,
        "base": base,
        "context": str(context or ""),
        "data": str(data),
        "memory": limits.MEMORY,
        "seconds": limits.SECONDS,
        "component_seconds": limits.COMPONENT_SECONDS,
    }
    findings: list[Finding] = []
    first = 0
    while first < len(files):  # a stopped process says nothing of the files behind, so another looks at these
        lines = folder / f"from-{first}"
        lines.mkdir(parents=True)
        said, code = _run(order | {"folder": str(lines), "first": first})
        for one in said:
            findings += map(restore_finding, one.get("findings", ()))
            first = one.get("reading", first)
        last = said[-1] if said else {}
        if code:
            findings.append(_explain(code, files[first][1], last))
            first += 1
        elif "failure" in last:
            raise OSError(last["failure"], last["name"], str(data.parent.parent))
        elif not findings:
            return Counted(**last)
        else:
            break
    raise InputError(findings)


def _run(order: dict[str, Any]) -> tuple[list[dict[str, Any]], int]:
    """Return what the program writes in answer to an order, line by line, and its exit code."""
    said: list[dict[str, Any]] = []
    process = subprocess.Popen(
        [sys.executable, "-m", PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{json.dumps(order)}\n".encode())
        process.stdin.flush()  # it stays open: the program ends with it
        for line in process.stdout:
            one = json.loads(line)
            if "component" in one and said and "component" in said[-1]:
                said.pop()
            said.append(one)
        return said, process.wait()
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _explain(code: int, name: str, last: dict[str, Any]) -> Finding:
    """Return the finding on the file at which the program was stopped, from its last line and its exit code."""
    memory = code in {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL}
    if "component" in last:
        nodes, lines = last["component"]
        limit = f"{limits.MEMORY // limits.MIB:,} MiB of memory" if memory else f"{limits.COMPONENT_SECONDS:g} seconds"
        found = f"{nodes:,} blank nodes, tied together by {lines:,} statements, cannot be told apart within {limit}"
        return Finding.at(name, "tied-blank-nodes", found=found, fix=_APART)
    if memory:
        found = f"it takes more than {limits.MEMORY // limits.MIB:,} MiB of memory to read"
        return Finding.at(name, "larger-than-memory", found=found)
    if code == -signal.SIGVTALRM:
        found = f"it was not read within {limits.SECONDS:g} seconds and one more for each MiB"
        return Finding.at(name, "nested-too-deep", found=found, fix="Give it as N-Triples, or less deeply nested")
    found = f"the parser broke down ({_name_end(code)}); it is most often nested too deeply"
    return Finding.at(name, "nested-too-deep", found=found, fix="Give it as N-Triples, or less deeply nested")


def _name_end(code: int) -> str:
    """Return an exit code in words.

    >>> _name_end(-11), _name_end(3)
    ('SIGSEGV', 'exit code 3')
    """
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"

"""The workspace, a folder of merged sources.

    DIR/NAME/original/…     the raw files
    DIR/NAME/data.nq        our copy: sorted N-Quads, IRIs for blank nodes, every quad in a graph of the source's
    DIR/NAME/source.nq      the description of the source

Nothing else in the folder counts; what is being written has a name that begins with a dot.
"""

import os
from collections.abc import Collection, Iterable
from pathlib import Path

import pyoxigraph as ox

from testimonia.core.answer import QueryEngine
from testimonia.core.errors import InputError, find_nearest
from testimonia.core.findings import Finding
from testimonia.core.iris import SLUG
from testimonia.core.layout import Layout
from testimonia.questions.asking import use_store
from testimonia.rdf.store import read_with_sources

DATA, DESCRIPTION, RAW_FILES = "data.nq", "source.nq", "original"
"""What the folder of a source holds."""
ASIDE, IGNORED, IGNORE_ALL = ".aside-", ".gitignore", b"*\n"
"""Prefix of folders that are being written or deleted; the file that keeps a workspace out of git, and its text."""
LONGEST_NAME = 64
"""Characters that the name of a source may have."""
BYTES_IN_MEMORY = 9
"""Bytes of memory that a byte of N-Quads takes in a store; measured: 8.3, over 500,000 quads."""


def find_names(folder: Path) -> list[str]:
    """Return the names of the sources in a workspace, sorted; [] when there is no such folder.

    >>> find_names(Path("/nowhere"))
    []
    """
    if not folder.is_dir():
        return []
    found = (path for path in folder.iterdir() if SLUG.fullmatch(path.name) and not path.is_symlink())
    return sorted(path.name for path in found if (path / DATA).is_file() and (path / DESCRIPTION).is_file())


def can_hold(folder: Path) -> bool:
    """Tell whether an existing folder may be a workspace: it is empty, or was one before.

    Git ignores all that a workspace holds, so none is begun among files of somebody else.
    """
    ignored = folder / IGNORED
    said = ignored.read_bytes() if ignored.is_file() else b""
    if said == IGNORE_ALL or (not said and find_names(folder)):
        return True
    begun = IGNORE_ALL.startswith(said)  # interrupted while it was written
    return begun and all(path == ignored or path.name.startswith(ASIDE) for path in folder.iterdir())


def check_name(name: str) -> list[Finding]:
    """Return what is wrong with the name of a source; it becomes part of IRIs and the name of a folder.

    >>> [problem.found for problem in check_name("../harbour")]
    ['no name of a source']
    """
    if SLUG.fullmatch(name) and len(name) <= LONGEST_NAME:
        return []
    expected = f"at most {LONGEST_NAME} lower-case letters, digits and single hyphens"
    fix = "For example: harbour-archive"
    return [Finding.at(f'"{name}"', "source-name", found="no name of a source", expected=expected, fix=fix)]


def check_known(folder: Path, names: Iterable[str]) -> list[Finding]:
    """Return a problem for each name that no source of a workspace has, with the nearest that one has."""
    there = find_names(folder)
    known = f"one of: {', '.join(there)}" if there else "a source; there is none"
    place = folder.as_posix()
    return [
        Finding.at(place, "no-source", found=f'no source "{name}" here', expected=known, fix=find_nearest(name, there))
        for name in sorted(set(names) - set(there))
    ]


def find_files(folder: Path, without: Collection[str] = ()) -> list[Path]:
    """Return the N-Quads files of the sources of a workspace, but of those to be left out.

    InputError when there is no such folder, or names each name that no source has.
    """
    if not folder.is_dir():
        fix = "Name the folder of a workspace, or begin one: testimonia merge add NAME FILE"
        raise InputError.at(folder.as_posix(), "no-workspace", found="no workspace here", fix=fix)
    findings = check_known(folder, without)
    if findings:
        raise InputError(findings)
    names = [name for name in find_names(folder) if name not in without]
    return [folder / name / file for name in names for file in (DATA, DESCRIPTION)]


def choose_files(folder: Path, without: Collection[str] = ()) -> list[Path]:
    """Return the files that `find_files` gives, to be held in memory; InputError, with figures, when it cannot."""
    files = find_files(folder, without)
    check_memory(folder, files, find_free_memory())
    return files


def read_workspace(layout: Layout, folder: Path, without: Collection[str] = ()) -> ox.Store:
    """Return a store with graph/ and all sources of a workspace, each in its graphs, but without those to be left out.

    Ours stands in the default graph as well: ask with `use_workspace`, or `run_query(store, query, union=False)`, and
    what others say is found by GRAPH alone. InputError when a name is unknown, a file does not parse, or all that is
    more than memory holds, with figures.
    """
    return read_with_sources(layout.graph, choose_files(folder, without))


def use_workspace(layout: Layout, folder: Path, without: Collection[str] = ()) -> QueryEngine:
    """Return the engine that asks graph/ and the sources of a workspace together; see `read_workspace`."""
    return use_store(read_workspace(layout, folder, without), union=False)


def check_memory(folder: Path, files: Iterable[Path], free: int) -> None:
    """Raise InputError, with figures, when files are more than so many bytes of free memory hold; 0 is not known."""
    sizes = {file.parent.name: file.stat().st_size for file in files if file.name == DATA}
    needed = sum(sizes.values()) * BYTES_IN_MEMORY
    if free and needed > free:
        largest = max(sizes, key=lambda name: sizes[name])
        found = f"the sources need about {needed / 2**30:,.1f} GiB of memory, and {free / 2**30:,.1f} GiB are free"
        fix = f"Leave some out, for example the largest: --without {largest}"
        raise InputError.at(folder.as_posix(), "larger-than-memory", found=found, fix=fix)


def find_free_memory() -> int:
    """Return the bytes of memory that are free or can be freed; 0 where the system does not tell."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
    except (OSError, StopIteration):
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")

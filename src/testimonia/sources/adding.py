"""Adding a source to a workspace, whole or not at all, and removing it without a trace.

What is made lies aside, in a folder whose name begins with a dot, until it is renamed in one step; what is removed is
renamed in one step, and deleted then. Whatever is interrupted, the next time begins with taking away what it left.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from testimonia.core.atomic import write_file
from testimonia.core.errors import InputError
from testimonia.core.iris import mint_source_iri
from testimonia.core.layout import Layout
from testimonia.rdf.short_names import read_naming
from testimonia.sources.processes import make_copy
from testimonia.sources.raw_files import copy_originals
from testimonia.sources.source import MergedSource, Subset, write_source
from testimonia.sources.source_options import Wish, check_wish, find_time, write_time
from testimonia.sources.workspace import (
    ASIDE,
    DATA,
    DESCRIPTION,
    IGNORE_ALL,
    IGNORED,
    ORIGINALS,
    check_known,
    find_names,
)


def add_source(layout: Layout, folder: Path, wish: Wish) -> MergedSource:
    """Add a source to a workspace, and give what is known of it.

    InputError lists all that is wrong with the wish or the files; OSError when the disk is full. Then, and whenever it
    is interrupted, the workspace is as it was.
    """
    findings = check_wish(wish, layout, folder)
    if findings:
        raise InputError(findings)
    base = read_naming(layout).base
    with _hold(folder, begin=True):
        if (folder / wish.name).is_symlink() or (folder / wish.name).exists():
            fix = f"Choose another name, or first: testimonia merge remove {wish.name}"
            place = (folder / wish.name).as_posix()
            raise InputError.at(place, "source-there-already", found="is there already", fix=fix)
        aside = folder / f"{ASIDE}{wish.name}"
        aside.mkdir()
        try:
            source = _make(aside, wish, mint_source_iri(base, wish.name))
            write_file(folder / IGNORED, IGNORE_ALL)
            aside.rename(folder / wish.name)
        except OSError as error:
            raise _tell_full(error, folder, wish) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return source


def remove_source(folder: Path, name: str) -> None:
    """Remove a source; the folder of the workspace goes with the last one. InputError when there is no such source."""
    findings = check_known(folder, [name])
    if findings:
        raise InputError(findings)
    with _hold(folder):
        (folder / name).rename(folder / f"{ASIDE}{name}")


def _make(aside: Path, wish: Wish, iri: str) -> MergedSource:
    """Make the folder of a source aside."""
    retrieved = find_time(wish.retrieved) or write_time(
        datetime.fromtimestamp(max(path.stat().st_mtime for path in wish.files), UTC)
    )
    context = aside / ORIGINALS / wish.context.name if wish.context else None
    originals = copy_originals((*wish.files, *([wish.context] if wish.context else [])), aside / ORIGINALS)
    files = [(aside / ORIGINALS / path.name, path.as_posix()) for path in wish.files]
    waiting = aside / "waiting"
    counted = make_copy(files, iri, wish.base or None, waiting, aside / DATA, context)
    shutil.rmtree(waiting)
    source = MergedSource(
        iri,
        wish.name,
        wish.address,
        wish.licence,
        retrieved,
        wish.base,
        sum(counted.graphs.values()),
        tuple(sorted(originals, key=lambda file: file.name)),
        tuple(Subset(graph, counted.foreign[graph], counted.graphs[graph]) for graph in sorted(counted.foreign)),
    )
    write_file(aside / DESCRIPTION, write_source(source))
    return source


@contextmanager
def _hold(folder: Path, *, begin: bool = False) -> Iterator[None]:
    """Hold a workspace for oneself, and take away before and after what lies aside; InputError when another has it."""
    if begin:
        folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            found, fix = "another program adds or removes a source here", "Wait until it is done"
            raise InputError.at(folder.as_posix(), "workspace-busy", found=found, fix=fix) from error
        _clear(folder)
        try:
            yield
        finally:
            _tidy(folder)
    finally:
        os.close(descriptor)


def _clear(folder: Path) -> None:
    """Take away what lies aside."""
    for path in folder.glob(f"{ASIDE}*"):
        shutil.rmtree(path, ignore_errors=True)


def _tidy(folder: Path) -> None:
    """Take away what lies aside; and the whole folder, if it holds no source and nothing of anybody else."""
    _clear(folder)
    if not find_names(folder) and {path.name for path in folder.iterdir()} <= {IGNORED}:
        (folder / IGNORED).unlink(missing_ok=True)
        folder.rmdir()


def _tell_full(error: OSError, folder: Path, wish: Wish) -> Exception:
    """Return the error of a full disk with figures; any other as it is."""
    if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        return error
    needed = sum(path.stat().st_size for path in wish.files)
    free = shutil.disk_usage(folder).free
    found = f"the disk is full: {free / 2**20:,.0f} MiB are free, and the files alone have {needed / 2**20:,.0f} MiB"
    fix = "Make room (about three times the files, unpacked), or choose another place: --workspace DIR"
    return InputError.at(folder.as_posix(), "disk-full", found=found, fix=fix)

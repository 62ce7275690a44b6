"""Adding a source to a workspace, whole or not at all, and removing it without a trace.

A new source is written to a folder whose name begins with a dot and renamed at the end; a removed one is renamed first
and deleted then. After an interruption, the next command removes what was left.
"""

import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from testimonia.core.atomic import write_file
from testimonia.core.errors import InputError
from testimonia.core.iris import mint_source_iri
from testimonia.core.layout import Layout
from testimonia.rdf.short_names import read_naming
from testimonia.sources.processes import make_copy
from testimonia.sources.raw_files import copy_raw_files
from testimonia.sources.source import MergedSource, Subset, write_source
from testimonia.sources.source_options import SourceOptions, check_options, find_time, write_time
from testimonia.sources.workspace import (
    ASIDE,
    DATA,
    DESCRIPTION,
    IGNORE_ALL,
    IGNORED,
    RAW_FILES,
    check_known,
    find_names,
)


def add_source(layout: Layout, folder: Path, options: SourceOptions) -> MergedSource:
    """Add a source to a workspace and return its description.

    InputError lists all that is wrong with the options or the files, or says that the disk is full. After an error or
    an interruption the workspace is as it was.
    """
    findings = check_options(options, layout, folder)
    if findings:
        raise InputError(findings)
    base = read_naming(layout).base
    with _hold(folder, begin=True):
        target = folder / options.name
        if target.is_symlink() or target.exists():
            fix = f"Choose another name, or first: testimonia merge remove {options.name}"
            raise InputError.at(target.as_posix(), "source-there-already", found="is there already", fix=fix)
        aside = folder / f"{ASIDE}{options.name}"
        aside.mkdir()
        try:
            source = _make(aside, options, mint_source_iri(base, options.name))
            write_file(aside / IGNORED, IGNORE_ALL)
            (aside / IGNORED).replace(folder / IGNORED)
            aside.rename(target)
        except OSError as error:
            raise _explain_full(error, folder, options) from error
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


def _make(aside: Path, options: SourceOptions, iri: str) -> MergedSource:
    """Write the folder of a source: its raw files, our copy of their triples, its description."""
    last_change = max(path.stat().st_mtime for path in options.files)
    retrieved = find_time(options.retrieved) or write_time(datetime.fromtimestamp(last_change, UTC))
    raw_files = copy_raw_files(options.all_files, aside / RAW_FILES)
    context = aside / RAW_FILES / options.context.name if options.context else None
    files = [(aside / RAW_FILES / path.name, path.as_posix()) for path in options.files]
    temporary = aside / "temporary"
    counted = make_copy(files, iri, options.base or None, temporary, aside / DATA, context)
    shutil.rmtree(temporary)
    source = MergedSource(
        iri,
        options.name,
        options.address,
        options.licence,
        retrieved,
        options.base,
        sum(counted.graphs.values()),
        tuple(sorted(raw_files, key=lambda file: file.name)),
        tuple(Subset(graph, counted.foreign[graph], counted.graphs[graph]) for graph in sorted(counted.foreign)),
    )
    write_file(aside / DESCRIPTION, write_source(source))
    return source


@contextmanager
def _hold(folder: Path, *, begin: bool = False) -> Iterator[None]:
    """Lock a workspace, and remove leftovers before and after; InputError while another process holds it."""
    if begin:
        folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        stack.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            found, fix = "another program adds or removes a source here", "Wait until it is done"
            raise InputError.at(folder.as_posix(), "workspace-busy", found=found, fix=fix) from error
        _clear(folder)
        stack.callback(_tidy, folder)
        yield


def _clear(folder: Path) -> None:
    """Remove half-made and removed sources."""
    for path in folder.glob(f"{ASIDE}*"):
        shutil.rmtree(path, ignore_errors=True)


def _tidy(folder: Path) -> None:
    """Remove leftovers, and the whole folder when it holds no source and no file of somebody else."""
    _clear(folder)
    if not find_names(folder) and {path.name for path in folder.iterdir()} <= {IGNORED}:
        (folder / IGNORED).unlink(missing_ok=True)
        folder.rmdir()


def _explain_full(error: OSError, folder: Path, options: SourceOptions) -> Exception:
    """Return the error of a full disk with figures; any other as it is."""
    if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        return error
    needed = sum(path.stat().st_size for path in options.files)
    free = shutil.disk_usage(folder).free
    found = f"the disk is full: {free / 2**20:,.0f} MiB are free, and the files alone have {needed / 2**20:,.0f} MiB"
    fix = "Make room (about three times the files, unpacked), or choose another place: --workspace DIR"
    return InputError.at(folder.as_posix(), "disk-full", found=found, fix=fix)
